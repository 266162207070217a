/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_parse.h - between the files that make up the reader of pdf.h: words and values out of bytes.
 */
#pragma once
#include "pdf.h"

struct pdf_parser {
	struct bytes in;
	size_t pos;
	bool in_stream;
	struct pdf_pool *pool;
	int depth;
	const struct pdf_crypt *crypt; /* strings of object num, gen are decrypted; NULL: as they are */
	int num, gen;
};

struct pdf_pool *pdf_pool_new(const void *mem);
void *pdf_pool_take(struct pdf_pool *, size_t size); /* zeroed, aligned; lives as long as the pool */

/* Looking for an end goes so far and no further, since a hostile file may have ten thousand beginnings and
 * no end: the byte before which to stop; and how far it went. */
size_t pdf_search_limit(const struct pdf_parser *);
void pdf_searched(struct pdf_parser *, size_t to);

void pdf_skip_space(struct pdf_parser *);		 /* white space and comments */
bool pdf_word(struct pdf_parser *, const char *word);	 /* takes it when it stands next as a whole word */
bool pdf_digits(struct pdf_parser *, int64_t *);	 /* takes an unsigned integer */
bool pdf_value(struct pdf_parser *, struct pdf_value *); /* false: no value stands next, or nested too deep */
bool pdf_is_regular(uint8_t);

/* Encryption (ISO 32000-1 7.6, 32000-2 7.6): the standard handler with the empty user password. */
struct pdf_crypt *pdf_crypt_new(const void *mem, struct pdf *, const struct pdf_value *encrypt,
				struct bytes id);
struct bytes pdf_decrypt(const void *mem, const struct pdf_crypt *, int num, int gen, struct bytes,
			 bool stream);

/* Inflates, undoes the predictor; at NULL: damaged or larger than the limit. */
struct bytes pdf_inflate(const void *mem, struct bytes, int predictor, int colors, int bits, int columns);

/* pdf_xref.c: reads the section at that byte and all before it into the view. False: *why. */
bool pdf_read_sections(struct pdf *, size_t at, const char **why);
