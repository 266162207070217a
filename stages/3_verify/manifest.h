/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manifest.h - what manifests of packages say: ASiCManifest and ASiCArchiveManifest (EN 319 162-1 A.4), and
 * the OpenDocument manifest (ODF 1.2 part 3).
 */
#pragma once
#include "container.h"

struct asic_reference {
	char *uri, *media;
	int member; /* -1: not in the package */
	enum answer intact;
	const char *code;
	const char *digest;
};

struct asic_manifest {
	int entry;     /* of the manifest itself */
	int signature; /* entry its SigReference names; -1: none */
	struct asic_reference *references;
	int n;
};

/* Every ASiC manifest of the package, each reference's digest checked. Broken ones are left out and counted.
 */
struct asic_manifest *manifest_read_all(struct container *, int *n, int *broken);
const struct asic_manifest *manifest_of(const struct asic_manifest *, int n, int signature); /* NULL: none */

/* META-INF/manifest.xml: the media type it gives a member, NULL: not listed. */
struct odf_manifest {
	xmlNode **entries;
	int n;
	bool there, broken, encrypted;
};
struct odf_manifest manifest_read_odf(struct container *);
const char *manifest_media(struct container *, const struct odf_manifest *, const char *name);
bool manifest_lists_all(struct container *, const struct odf_manifest *, const char **missing);
