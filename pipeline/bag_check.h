/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bag_check.h - is a package still what was made? For the sender before it leaves, and for who receives it.
 *
 * A bag (RFC 8493), as a folder or as ZIP, is sound when: bagit.txt and bag-info.txt say what they must; every
 * payload file stands in every manifest with its hash and no manifest names what is not there; the tag
 * manifests hold; Payload-Oxum counts right; data/package.xml fits schemas/package.xsd, its lines are
 * numbered and no certificate stands on two; data/package.edxml fits schemas/edxml.xsd; each source it names is
 * in evidence/ with the very hash it is named by; and a ZIP or a sealed whole (.asice) beside the folder holds the
 * same bytes. Nothing is believed because a file says so, and a name that leaves the bag is a fault, never opened.
 */
#pragma once
#include "letter.h"

struct bag_report {
	char *path;
	int files;
	int64_t octets;                        /* of the payload */
	bool zip_too, sealed_too;              /* its ZIP, its .asice was compared */
	struct texts faults;
};

/* Path of a bag's folder or ZIP. schema: path of package.xsd. False: there is no such file or folder. */
bool bag_check(const void *mem, const char *path, const char *schema, struct bag_report *);

/* Every bag's folder at or below path, in the order of their names; a ZIP is itself. */
bool bag_find(const void *mem, const char *path, struct texts *found);
