/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_bag.h - a package that gets new files, whole or not at all.
 *
 *     old folder, old ZIP ──▶ old folder ──▶ new folder ──▶ new folder, new ZIP
 *
 * Everything new is built in .NAME.new beside the package and synced; then come three renames, of which the
 * middle one exchanges the folders. Each state between passes 'package check' (a folder alone is a package),
 * and the next call finishes what was cut off. What was there before is the beginning of what is there now:
 * PDFs only grow, the payload keeps its names, bag-info.txt gets a line for every signature.
 *
 * The package's folder is locked while it is open; another signer gets EXIT_TRY_LATER.
 */
#pragma once
#include "command.h"
#include "sign_pdf.h"

struct bag_tree {		    /* a talloc object: unlocked when freed */
	char *path, *parent, *name; /* of the folder, absolute */
	struct texts files;	    /* "data/..." in the order of the manifest */
	struct bytes info;	    /* bag-info.txt */
	bool zipped;		    /* it has, or had, a ZIP beside it */
	int lock;
};

struct bag_tree *tree_open(const void *mem, const char *path, int *code); /* NULL: said why */
bool tree_read(const struct bag_tree *, const char *name,
	       struct bytes *);					/* mapped below the tree; false: errno */
bool tree_has_line(const struct bag_tree *, const char *start); /* of bag-info.txt */
char *tree_label(const struct bag_tree *, const void *mem,
		 const char *name); /* value of "Name: value", or NULL */

/* The same with these files in place of those of their name (below the folder), and a line more. */
int tree_write(struct bag_tree *, const struct sign_made *changed, int n, const char *line);

/* A file beside the folder, "NAME" + ending: whole or not at all, over an older one. */
int tree_put_beside(const struct bag_tree *, const char *ending, struct bytes);
bool map_whole(const void *mem, const char *path, struct bytes *); /* a regular file; false: errno */
/* Any new file; one that is there stays (EXIT_CANNOT_WRITE). */
int put_new_file(const char *path, struct bytes);
