/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * record.h - the one text form of a letter and of a batch.
 *
 * JSON Lines, one fact a line, each an object whose first key "fact" names its kind. A worker writes it to its
 * pipe, `congvan stage` speaks it, `congvan show` prints it and golden files hold it. Writer and reader share
 * one table of members (record.c), so they cannot drift apart; schemas/record.schema.json is the same table
 * for other programs, and a test compares the two.
 *
 * Reading trusts nothing: an unknown fact or key, a missing or doubled key, a wrong type, a number out of
 * range, text that is not UTF-8, more than RECORD_MAX_FACTS facts or RECORD_MAX_LINE bytes a line: false, and
 * *why says line and reason. What was read before the bad line stays.
 */
#pragma once
#include "letter.h"
#include <jansson.h>

enum { RECORD_MAX_LINE = 64 << 20, RECORD_MAX_FACTS = 4000000 };

/* How many facts of each kind were written already; start with all zero. */
struct record_mark { int n[16]; bool head; };

/* Writes the facts added since the mark and moves it. Words go along only when asked for: nothing after
 * 2_extract needs them, and they are most of the bytes. */
void record_write(const struct letter *, struct record_mark *, bool with_words, struct buffer *);
void record_skip(const struct letter *, struct record_mark *);   /* all there is counts as written */
void record_write_batch(const struct batch *, struct record_mark *, struct buffer *); /* not its letters */

bool record_read(struct letter *, const char *text, size_t len, char **why);
bool record_read_batch(struct batch *, const char *text, size_t len, char **why);
bool record_read_line(struct letter *, const char *line, size_t len, char **why);

/* One fact as JSON, for reports; the caller owns the reference. */
json_t *record_signature(const struct signature *);
json_t *record_finding(const struct finding *);
json_t *record_value(const struct value *);

/* The table as text, a line a member: fact, key, type, optional. For the test against the schema. */
char *record_members(const void *mem);
