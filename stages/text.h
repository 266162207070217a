/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text.h - text as Vietnamese offices write it.
 *
 * One canonical form (NFC, spaces squeezed) is kept for people; keys are made for comparing only. The strong
 * key forgets case, kinds of dash and quote, and where in a syllable the tone mark stands (hoà = hòa, uỷ = ủy),
 * but no letter and no tone. The weak key forgets all diacritics too, so it may propose and never decides.
 * Invalid UTF-8 never gets past text_nfc(): each bad byte becomes U+FFFD.
 */
#pragma once
#include "own.h"
#include <stdbool.h>
#include <time.h>

char *text_nfc(const void *mem, const char *text);                     /* valid UTF-8, NFC */
char *text_nfc_part(const void *mem, const char *text, size_t len);
char *text_line(const void *mem, const char *text);                    /* NFC, one line, spaces squeezed, trimmed */
char *text_strong(const void *mem, const char *text);                  /* key: case, tone position, dashes, spaces */
char *text_weak(const void *mem, const char *text);                    /* key: as above, no diacritics; ASCII */
char *text_weak_of(const void *mem, const char *strong);               /* the same from a strong key */
char *text_upper(const void *mem, const char *text);
char *text_lower(const void *mem, const char *text);
bool text_is_valid(struct bytes);                                      /* valid UTF-8 without NUL */
int text_codepoints(const char *text);

/* The one form in which serials of certificates are compared, in C and (as serial_key) in the ledger's SQL: upper case,
 * without what people put between octets (blanks, colons, dashes), 0x before and leading zeros. NULL gives NULL. */
char *text_serial(const void *mem, const char *);
void text_serial_into(const char *, char *out);         /* the same; out has room for the text and its NUL */
bool text_starts(const char *text, const char *with);                  /* bytewise */
bool text_ends(const char *text, const char *with);
bool text_same(const char *a, const char *b);                          /* both may be NULL; equal bytes */
int text_distance(const char *a, const char *b);                       /* edits between code points, Levenshtein */

char *text_hex(const void *mem, const void *bytes, size_t len);        /* upper case */
char *text_sha256(const void *mem, struct bytes);                      /* lower-case hex */
char *text_base64(const void *mem, struct bytes);
bool text_from_base64(const void *mem, const char *text, size_t len, struct bytes *); /* spaces and line ends skipped */

/* Dates are dates: days since 1970-01-01 of the proleptic Gregorian calendar, no zone. */
bool date_parse(const char *text, int64_t *days);                      /* exactly YYYY-MM-DD, a real day */
char *date_text(const void *mem, int64_t days);                        /* YYYY-MM-DD */
bool date_is_real(int year, int month, int day);

/* Instants: RFC 3339 text in UTC. Vietnam has been at +07:00 since 1975 and every stored time is younger. */
char *time_text(const void *mem, time_t);                              /* 2025-06-20T08:11:02Z */
bool time_parse(const char *text, time_t *);                           /* RFC 3339 with any zone, or a date: its end in Vietnam */
int64_t time_vn_day(time_t);                                           /* the day it is then in Vietnam */
