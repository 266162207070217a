/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * durable.h - what reaches the disk in which order. A name may point only at bytes that are safe already, so:
 * write, fsync the file, fsync its folder, rename, fsync the folder it went to.
 */
#pragma once
#include "command.h"

bool durable_write(int fd, const void *bytes, size_t len);     /* all of it, or false and errno */
bool durable_mkdirs(const char *path);                         /* like mkdir -p, 0755; each new folder's parent synced */
bool durable_private(const char *path);                        /* the same; when it is new, closed to strangers */
bool durable_sync_folder(const char *path);
bool durable_rename(int from, const char *name, int to, const char *new_name);  /* never over something: EEXIST */
bool durable_replace(const char *new, const char *path);       /* a file made whole as `new` comes to its name */
bool durable_remove(const char *path);                         /* a file or a whole tree; true: it is not there */

/* What an errno of writing means to the caller of the program: 75 disk full, 74 I/O error, 73, 77. */
enum exit_code durable_code(int error);
