/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * container.h - a signed ZIP package: its members by the one reading of zip.h, and what rules of the package
 * a signature depends on.
 *
 * Added, doubled, hidden and renamed members are what XML and CMS cannot see: a signature over a package says
 * nothing of a file it does not name. So each signature is asked which members it covers, and the package
 * whether every reader sees the same members.
 */
#pragma once
#include "sig_xml.h"
#include "zip.h"

struct member {
	struct bytes bytes;
	bool tried, read;
};

struct container {
	struct letter *l;
	int part;
	struct zip *zip;
	struct member *members;	   /* one each of zip->entries */
	bool *covered;		   /* by the signature that is looked at */
	struct material *material; /* evidence of the whole package */
	struct xml_members serve;  /* members by Reference URI; what holds a digest must mark covered */
};

struct container *container_open(struct letter *, int part); /* hangs below the letter until freed */
const char *container_name(const struct container *, int entry);
bool container_read(struct container *, int entry, struct bytes *); /* cached; false: barred or broken */
xmlDoc *container_read_xml(struct container *, int entry, const char **why);
int container_find(const struct container *, const char *name); /* exact; -1: none */
/* By a URI relative to the root of the package: percent-decoded once (RFC 3986), "./" and a leading "/" dropped.
 * Nothing else is tried: a name written unescaped, or with '+' for a space as in HTML forms, is another name to
 * other programs. */
int container_find_uri(const struct container *, const char *uri);

/* Forgets coverage, and takes it from a checked XML signature. */
void container_uncover(struct container *);
void container_cover(struct container *, const struct xml_signature *);

/* Faults of the archive itself: every signature in it says so. */
void container_tell_faults(struct container *, struct signature *);
/* A rule of the container that a signature must not pass over in silence, yet that breaks nothing signed. */
void container_hold(struct container *, struct signature *, const char *code, const char *text);

/* Office programs show the signer from KeyInfo, whatever signed property names another: certificates there that
 * are not one chain (XMLDSig 4.5.4) would show different people to different readers. */
void container_judge_signers(struct container *, struct xml_found *);

/* A document that should hold signatures cannot be read: the signature that cannot be told. */
void container_unreadable(struct container *, int entry, const char *format, const char *why);
