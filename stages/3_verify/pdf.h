/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf.h - PDF objects as one revision of a file shows them (ISO 32000-1 7), strictly.
 *
 * libqpdf's C API knows neither where an object stands nor what an earlier revision said, and repairs in
 * silence; a verdict needs the first two and must not have the third. So this is a small reader of its own:
 * no recovery, nothing rendered, only FlateDecode with predictors, and of encryption what opens with the
 * empty password.
 *
 * A pdf_file is the bytes; a pdf is the view of it that ends at some byte: what a reader would have seen had
 * the file been cut off there. Views share parsed objects, which stay valid as long as the file does. Values
 * are const and may be compared by position: at and end are bytes of the file for objects that stand in it,
 * of the decoded object stream for others (in_stream tells).
 *
 * Hostile input: nesting, reference chains, sizes and counts are limited here, loops of sections end; a
 * walker of the object graph keeps its own limits.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

enum pdf_type {
	PDF_NULL,
	PDF_BOOLEAN,
	PDF_INTEGER,
	PDF_REAL,
	PDF_STRING,
	PDF_NAME,
	PDF_ARRAY,
	PDF_DICTIONARY,
	PDF_STREAM,
	PDF_REFERENCE
};

struct pdf_value {
	enum pdf_type type;
	bool in_stream, hex; /* stands in an object stream; a string written in hexadecimal */
	size_t at, end;	     /* of its text */
	union {
		int64_t integer; /* booleans too */
		double real;
		struct bytes text; /* strings decoded (and decrypted), names without slash */
		struct {
			struct pdf_value *at;
			int n;
		} items; /* array: n values; else n pairs of name and value */
		struct {
			int num, gen;
		} ref;
	};
	struct bytes raw; /* of a stream: as stored */
	int num, gen;	  /* of a top-level object: its own */
};

struct pdf_entry {	  /* where an object stands, by the cross-reference */
	uint8_t kind;	  /* 0 not there, 1 at a byte, 2 in an object stream, 3 free */
	uint16_t section; /* number of the section that said so, 0 the newest */
	int gen;	  /* generation, or index in the object stream */
	size_t at;	  /* byte, or number of the object stream */
};

struct pdf_section {
	size_t at, end;
}; /* one cross-reference with its trailer */

struct pdf_place {
	size_t at;
	int num;
};

struct pdf_file {
	struct bytes bytes;
	size_t shift;		 /* bytes before %PDF-, to which offsets may be relative */
	struct pdf_crypt *crypt; /* NULL: not encrypted */
	struct pdf_pool *pool;
	struct pdf_seen *seen; /* objects parsed already, by their byte */
	int seen_n, seen_room;
};

struct pdf {
	struct pdf_file *file;
	size_t end;	  /* the view ends before this byte */
	size_t startxref; /* position of the newest section */
	struct pdf_entry *entries;
	int entries_n;
	struct pdf_section *sections; /* newest first */
	int sections_n, sections_room;
	struct pdf_place *known; /* every object at a byte that any section named, superseded ones too */
	int known_n, known_room;
	struct pdf_form *form;		 /* pdf_form.h; made when asked for */
	struct pdf_graph *graph;	 /* pdf_graph.h; the same */
	const struct pdf_value *trailer; /* of the newest section */
	bool encrypted;			 /* and cannot be decrypted */
	int doubled; /* newest section that names an object twice, at two places, plus 1; 0: none */
};

struct pdf_file *pdf_file_new(const void *mem, struct bytes);

/* NULL: no sound view ends there; *why says what is wrong. */
struct pdf *pdf_open(struct pdf_file *, size_t end, const char **why);

const struct pdf_value *pdf_object(struct pdf *, int num); /* the null value when absent; never NULL */
const struct pdf_value *pdf_resolve(struct pdf *, const struct pdf_value *);
/* A reference to what the cross-reference says is there, but nothing can be read at that place. */
bool pdf_is_unreadable(struct pdf *, const struct pdf_value *);
const struct pdf_value *pdf_raw(const struct pdf_value *dictionary, const char *key); /* NULL: absent */
const struct pdf_value *pdf_find(struct pdf *, const struct pdf_value *dictionary,
				 const char *key); /* resolved, never NULL */
int pdf_count_key(const struct pdf_value *dictionary, const char *key);
bool pdf_is_name(const struct pdf_value *, const char *name);
int64_t pdf_integer(const struct pdf_value *, int64_t otherwise);
char *pdf_text(const void *mem,
	       const struct pdf_value *); /* text string or name as UTF-8, NFC; NULL: no text */

/* Decoded content of a stream; at NULL: a filter not known here, or damaged. */
struct bytes pdf_decode(struct pdf *, const struct pdf_value *stream);
/* Gives back what pdf_decode made of that stream, where it made something. */
void pdf_drop(struct pdf *, const struct pdf_value *stream, struct bytes);

/* Does an object stream hold two objects of one number? Readers differ in which one they take. */
bool pdf_is_doubled(struct pdf *, const struct pdf_value *stream);

/* Parses one indirect object "N G obj" that begins at that byte; NULL: there is none. */
const struct pdf_value *pdf_parse_at(struct pdf *, size_t at);

/* The string at that byte as it is written, not decrypted. */
struct bytes pdf_plain_string(struct pdf_file *, size_t at);

/* White space as PDF has it. */
bool pdf_is_space(uint8_t);

/* The null value, for what is absent. */
extern const struct pdf_value pdf_null;
