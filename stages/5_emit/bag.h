/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bag.h - a package as a bag (RFC 8493), in a folder and as ZIP.
 *
 * Payload names are plain ASCII (letters, digits, "-", ".", "_", "/"), given without "data/". The order of
 * files is the order of the manifests and of the ZIP. Objects of the store are named, not copied, and the ZIP is
 * asked for, not made: the supervisor copies and packs, so the bytes in the outbox are the bytes that came in.
 */
#pragma once
#include "letter.h"

struct bag_file {
	char *name;                            /* below data/ */
	struct bytes bytes;
	char *object;                          /* SHA-256 of a stored object with these bytes, or NULL */
};

struct bag {
	LIST(struct bag_file) files;
	LIST(struct attr) tags;                /* lines of bag-info.txt, before Payload-Oxum */
};

struct bag *bag_new(const void *mem);
void bag_add(struct bag *, const char *name, struct bytes, const char *object);
void bag_tag(struct bag *, const char *name, const char *value);
void bag_write(struct batch *, const struct bag *, const char *folder, const char *name);
