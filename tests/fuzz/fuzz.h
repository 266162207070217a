/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz.h - what a fuzz target is: one file fuzz_NAME.c with these two, libFuzzer's own contract.
 *
 * clang links a target with libFuzzer (`make fuzz`), gcc with replay.c, which runs the same entry over files and
 * over mutations of them (`make test-all`). An input may be refused in any way; what may not happen is a crash, a
 * hang, or memory touched that is not ours.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
