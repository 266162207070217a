/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_signature.h - one ds:Signature (XMLDSig 1.1): its References, its value, its key, and what it covers.
 *
 * XML signatures fall to documents in which what was signed and what is shown are different elements. So
 * every Reference is listed with what it resolved to, ids must be unique, what held leaves its mark on the
 * tree, and the caller asks afterwards which part of the document nobody vouched for (xml_coverage.h).
 *
 * A signature covers nothing it does not say: References of a ds:Manifest are checked as those of SignedInfo
 * are, since the formats here (OOXML, XAdES) put the real content there.
 */
#pragma once
#include "conclude.h"
#include "certificate.h"
#include "xml_key.h"

enum {
	XML_MAX_SIGNATURES = 100, /* a document */
	XML_MAX_REFERENCES = 64,  /* a signature, into its own document */
	XML_MAX_MEMBERS = 4096,	  /* a signature, to files of its container */
};

/* Who serves References to other files. find may set *octets to the bytes of the member, false: no such one.
 */
struct xml_members {
	bool (*find)(void *arg, const char *uri, struct bytes *octets, int *member);
	void *arg;
	bool plain; /* the format asks for XMLDSig alone: XAdES properties not marked as such are one more
		       Object */
};

struct xml_reference {
	xmlNode *node;
	char *uri, *type; /* may be NULL */
	enum answer intact;
	const char *code;	   /* why not: a message's code */
	const char *digest;	   /* "SHA256" */
	xmlNode *target;	   /* the element it resolved to; NULL: whole document, or a member */
	int member;		   /* as find() told; -1: none */
	bool in_manifest, partial; /* partial: a transform left something of the target out */
};

struct xml_signature {
	xmlNode *node, *signed_info, *value, *key_info;
	struct xml_reference *references;
	int references_n;
	xmlNode *signed_properties; /* XAdES, when this signature has them and signs them; else NULL */
	bool plain;		    /* as of xml_members */
	bool misnamed; /* the signer committed himself to another certificate than the one found */
	bool untyped;  /* they are signed, but by a Reference that does not say so: not vouched for */
	struct xml_key_info *keys;
	X509 *signer;		     /* NULL: only a bare key, or none */
	STACK_OF(X509) *candidates; /* no certificate enclosed: those at hand that may be meant; else NULL */
	bool named;		     /* they are those that KeyInfo names, not just all there are */
};

/* The top-level signatures of a document in order: those not inside another one. */
int xml_find_signatures(xmlDoc *, xmlNode **out, int room);

/* Checks one signature: fills intact, valid, digest, algorithm, key_bits, signer, format, claimed_time,
 * messages and, on a proven fault, sub_indication of s. Certificates go to the material. */
struct xml_signature *xml_signature_check(struct letter *, struct signature *s, xmlNode *node,
					  const struct xml_members *, struct material *);

/* Does its digest hold, over this element and all that is in it? */
bool xml_reference_signs(const struct xml_reference *, const xmlNode *);

/* The octets a Reference digests, for time-stamps over the references; nodes that its transforms leave are
 * canonicalised by the time-stamp's method (NULL: C14N 1.0). */
bool xml_reference_octets(const void *mem, const struct xml_signature *, const struct xml_reference *,
			  const struct xml_members *, xmlNode *method, struct bytes *);

/* A fault of a signature: its sub-indication, unless an earlier one stands, and a message. */
void xml_fault(struct letter *, struct signature *, const char *sub_indication, const char *code,
	       const char *text);
/* The sentence for a code of strict.h and xml_transform.h. */
const char *xml_reason(const char *code);
