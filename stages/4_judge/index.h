/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * index.h - from a text to the numbers filed under it, in the order they were added.
 *
 * The texts are not copied: they must outlive the index.
 */
#pragma once
#include "own.h"

struct index;
struct index *index_new(const void *mem);
void index_add(struct index *, const char *key, int number);
int index_first(const struct index *, const char *key, int *at);       /* -1: none; *at goes to index_next */
int index_next(const struct index *, int *at);                        /* -1: no more */
