/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worksheet.h - the sheet of open questions that persons answer: its columns and the words of its answers.
 *
 * `congvan decide --out` writes it; it comes back by `decide --in` or by the inbox. Writer and both readers share
 * this table. Headings are matched without case and diacritics, in English or in Vietnamese; other columns may
 * stand between. serial, answer, person and reason must be there; id only names a question that another would hide.
 */
#pragma once
#include "sheet.h"

enum worksheet_column {
	WORKSHEET_ID, WORKSHEET_SERIAL, WORKSHEET_QUESTION, WORKSHEET_GROUP, WORKSHEET_BODY, WORKSHEET_PROPOSAL,
	WORKSHEET_SAYS, WORKSHEET_LAW, WORKSHEET_CHOICES, WORKSHEET_ANSWER, WORKSHEET_PERSON, WORKSHEET_REASON,
	WORKSHEET_COLUMNS
};

struct worksheet_heading { const char *name, *head; double width; };
extern const struct worksheet_heading worksheet_headings[WORKSHEET_COLUMNS];

/* Is this row its heading? at[c]: the column of the row that holds c, or -1. */
bool worksheet_find_heading(const struct sheet_row *, int at[WORKSHEET_COLUMNS]);

/* The cell of a row under such a heading; "" where there is none. */
const char *worksheet_cell(const struct sheet_row *, const int at[WORKSHEET_COLUMNS], enum worksheet_column);

/* What is asked, and what may be answered, of a decision that says action. worksheet_answers: the same for a list to pick
 * from, with commas. */
const char *worksheet_question(const char *action);
const char *worksheet_choices(const char *action);
const char *worksheet_answers(bool choose);

/* "chọn" is choose, "Thu hồi" is revoke ...; NULL: none of the answers. for_group: it chooses among several. */
const char *worksheet_answer(const char *text, bool *for_group);
