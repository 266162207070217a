/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sandbox.h - the walls around a process that looks at a letter.
 *
 * A sandbox is planned once in the nursery (sandbox_new: opens the folders, compiles the filter) and put up in
 * every child after its fork (sandbox_seal), which costs some tenths of a millisecond. After the seal a
 * process can compute, read below the planned folders, and write to the descriptors it was given; nothing else.
 *
 *     descriptors     everything from `keep` on is closed
 *     parent death    the kernel kills the child when its nursery goes
 *     not dumpable    no core, no ptrace from outside
 *     no new privs    set-id programs give nothing
 *     rlimits         AS, CPU, FSIZE 0, NPROC 0, CORE 0, NOFILE
 *     Landlock        read only below the folders, no TCP, no signals out; where the kernel has it
 *     seccomp         an allow-list; harmless probes fail with an errno, the rest is SIGSYS and named
 */
#pragma once
#include "stage.h"
#include <sys/types.h>

enum { SANDBOX_WALLS = 48 };                   /* room for "landlock7,seccomp" */

struct sandbox;

/* readable: folders and files that may be read, NULL ends; one that is not there is left out. Beside them the
 * fonts, fontconfig, poppler-data and character set modules of the system are always readable. */
struct sandbox *sandbox_new(const void *mem, const char *const *readable);

/* In the child. parent: who must still live. walls gets which of Landlock and seccomp stand ("none" if none).
 * False: seccomp or no_new_privs could not be had; a caller that was not told --unsealed must end then. */
bool sandbox_seal(const struct sandbox *, const struct limits *, int keep, pid_t parent,
		  char walls[SANDBOX_WALLS]);

/* The CPU belt for the next stage: so many seconds from what is used now, never above the sum of all. */
void sandbox_cpu(int seconds);

/* What a sealed process wrote on its standard error before SIGSYS killed it: the call's name, or NULL. The
 * text is hostile: only a name of letters, digits and _ is taken. */
const char *sandbox_forbidden_call(const char *words, char name[32]);
