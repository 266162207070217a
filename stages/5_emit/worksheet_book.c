/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worksheet_book.c - see worksheet_book.h.
 */
#include "worksheet_book.h"
#include "text.h"

struct book_sheet *worksheet_sheet(struct book *b)
{
	double widths[WORKSHEET_COLUMNS];
	const char *heads[WORKSHEET_COLUMNS];
	for (int i = 0; i < WORKSHEET_COLUMNS; i++) {
		widths[i] = worksheet_headings[i].width;
		heads[i] = worksheet_headings[i].head;
	}
	struct book_sheet *s = book_sheet(b, "Chờ quyết định", WORKSHEET_COLUMNS, widths);
	book_texts(b, s, CELL_HEAD, WORKSHEET_COLUMNS, heads);
	s->frozen = s->columns_head = 1;
	s->frozen_columns = WORKSHEET_SERIAL + 1;
	s->locked = true;
	return s;
}

void worksheet_add(struct book *b, struct book_sheet *s, const char *cells[WORKSHEET_COLUMNS], const char *action,
		   const char *suggested)
{
	bool choose = text_same(action, "choose-one");
	char **row = book_row(b, s, CELL_LIST, WORKSHEET_COLUMNS);
	cells[WORKSHEET_QUESTION] = worksheet_question(action);
	cells[WORKSHEET_CHOICES] = worksheet_choices(action);
	cells[WORKSHEET_PROPOSAL] = choose ? (text_same(suggested, "Y") ? "chọn" : "không chọn") : NULL;
	for (int i = 0; i < WORKSHEET_COLUMNS; i++)
		if (cells[i] != NULL && cells[i][0] != 0)
			row[i] = copy_text(b, cells[i]);
	for (int i = WORKSHEET_ANSWER; i <= WORKSHEET_REASON; i++)
		book_open(b, s, i);
	book_choices(b, s, WORKSHEET_ANSWER, worksheet_answers(choose));
}
