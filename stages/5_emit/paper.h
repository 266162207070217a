/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * paper.h - an official paper before it is typeset: what NĐ 30/2020 Phụ lục I wants on it, box by box.
 *
 * Composed once (compose.c), written as PDF and as DOCX; neither writer knows what the paper is about. A value
 * that is not known stays NULL and is drawn as a dotted space for a person to fill; nothing is made up. Number
 * and day are always dotted: the signature's appearance draws them (LAW section 6).
 */
#pragma once
#include "letter.h"

enum paper_block_kind { BLOCK_TEXT, BLOCK_HEADING, BLOCK_PAIR, BLOCK_ITEM, BLOCK_TABLE };

struct paper_column {
	const char *label, *group;             /* group: upper cell of a two-row head, shared with neighbours */
	double width;                          /* share; all sum to 100 */
	bool centred;
};

struct paper_table {
	LIST(struct paper_column) columns;
	LIST(char **) rows;                    /* as many cells as columns; NULL: empty */
};

struct paper_block {
	enum paper_block_kind kind;
	char *text;                            /* paragraph, heading, label of a pair */
	char *value;                           /* of a pair; NULL: dotted */
	struct paper_table *table;
};

struct paper {
	bool landscape;
	char *mark;                            /* "Mẫu số 04", above the head, or NULL */
	char *parent, *agency;                 /* box 2; agency NULL: dotted */
	char *symbol;                          /* box 3, after the number: "UBND-KGVX"; NULL: dotted */
	char *place;                           /* box 4; NULL: dotted */
	int year;
	char *type;                            /* box 5a: "BIÊN BẢN"; NULL: a công văn, which has 5b */
	char *subject;                         /* trích yếu, with "V/v" for a công văn */
	struct texts to;                       /* box 9a */
	LIST(struct paper_block) blocks;       /* box 6 */
	struct texts sign_as;                  /* box 7a, a line each: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" */
	struct texts sign_beside;              /* left of it, for minutes: the other side; else empty */
	struct texts copies;                   /* box 9b */
	char *address;                         /* box 13, or NULL */
	char *title;                           /* document metadata */
	time_t at;                             /* the only time on it */
};

struct paper *paper_new(const void *mem, time_t at, const char *title);
char *paper_agency(const void *mem, const char *agency);               /* box 2: upper case, what it governs on a line below */
void paper_text(struct paper *, const char *text);                      /* a paragraph of the body */
void paper_heading(struct paper *, const char *text);
void paper_pair(struct paper *, const char *label, const char *value);  /* "Họ và tên: ..." */
void paper_item(struct paper *, const char *text);                      /* "- ..." */
struct paper_table *paper_table(struct paper *);
void table_column(struct paper *, struct paper_table *, const char *label, const char *group, double width,
		  bool centred);
char **table_row(struct paper *, struct paper_table *);                 /* cells all NULL */

struct label {                                 /* NULL: a dotted line */
	const char *from, *from_address, *from_phone, *to, *to_address, *to_phone, *inside, *title;
	time_t at;
};

/* Fonts are read once, before the seal; layout uses nothing else of the machine, so that the same paper gives
 * the same bytes everywhere. */
bool pdf_prepare(char **why);
struct bytes write_pdf(const void *mem, const struct paper *);
struct bytes write_label(const void *mem, const struct label *);
struct bytes write_docx(const void *mem, const struct paper *);

/* A face of the papers, after pdf_prepare(): what a signature shows looks like them. */
struct _cairo_font_face *pdf_face(bool italic);

/* Named destinations (ISO 32000-1 12.3.2.3) that tell whoever signs the PDF where things belong: the middle of the room
 * for the signature of box 7c; the left end of the dots for number, day and month (boxes 3, 4), on the baseline. */
#define PAPER_SIGN_HERE "congvan.ky"
#define PAPER_NUMBER_HERE "congvan.so"
#define PAPER_DAY_HERE "congvan.ngay"
#define PAPER_MONTH_HERE "congvan.thang"
#define PAPER_NUMBER_DOTS "............"
#define PAPER_DAY_DOTS "......"
