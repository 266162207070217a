/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worksheet.c - questions for persons, as columns and words. See worksheet.h.
 */
#include "worksheet.h"
#include "text.h"
#include <string.h>

const struct worksheet_heading worksheet_headings[WORKSHEET_COLUMNS] = {
	{ "id", "Mã câu hỏi", 10 }, { "serial", "Số hiệu CTS", 20 }, { "question", "Việc cần quyết định", 24 },
	{ "group", "Nhóm", 14 }, { "body", "Cơ quan, tổ chức mới", 34 }, { "proposal", "Đề xuất", 12 },
	{ "says", "Diễn giải", 70 }, { "law", "Căn cứ", 40 }, { "choices", "Các lựa chọn", 40 },
	{ "answer", "Trả lời", 18 }, { "person", "Họ tên người quyết định", 24 }, { "reason", "Lý do quyết định", 40 },
};

static const struct { const char *key, *answer; bool for_group; } answers[] = {
	{ "chon", "choose", true }, { "x", "choose", true }, { "choose", "choose", true },
	{ "khong chon", "not-chosen", true }, { "not chosen", "not-chosen", true }, { "not-chosen", "not-chosen", true },
	{ "giu nguyen", "keep", false }, { "keep", "keep", false },
	{ "thay doi thong tin", "change-info", false }, { "change-info", "change-info", false },
	{ "thu hoi", "revoke", false }, { "revoke", "revoke", false },
	{ "cap moi", "issue", false }, { "issue", "issue", false },
};

bool worksheet_find_heading(const struct sheet_row *row, int at[WORKSHEET_COLUMNS])
{
	void *mem = talloc_new(NULL);
	char **keys = new_array(mem, char *, (size_t)row->n + 1);
	for (int i = 0; i < row->n; i++)
		keys[i] = text_weak(mem, text_line(mem, row->cells[i]));
	for (int c = 0; c < WORKSHEET_COLUMNS; c++) {
		char *head = text_weak(mem, worksheet_headings[c].head);
		at[c] = -1;
		for (int i = 0; i < row->n && at[c] < 0; i++)
			if (strcmp(keys[i], head) == 0 || strcmp(keys[i], worksheet_headings[c].name) == 0)
				at[c] = i;
	}
	talloc_free(mem);
	return at[WORKSHEET_ID] >= 0 && at[WORKSHEET_SERIAL] >= 0 && at[WORKSHEET_ANSWER] >= 0
	       && at[WORKSHEET_PERSON] >= 0 && at[WORKSHEET_REASON] >= 0;
}

const char *worksheet_cell(const struct sheet_row *row, const int at[WORKSHEET_COLUMNS], enum worksheet_column c)
{
	return at[c] >= 0 && at[c] < row->n ? row->cells[at[c]] : "";
}

const char *worksheet_answer(const char *text, bool *for_group)
{
	void *mem = talloc_new(NULL);
	char *key = text_weak(mem, text_line(mem, text));
	const char *answer = NULL;
	for (size_t i = 0; i < sizeof answers / sizeof *answers && answer == NULL; i++)
		if (strcmp(answers[i].key, key) == 0) {
			answer = answers[i].answer;
			*for_group = answers[i].for_group;
		}
	talloc_free(mem);
	return answer;
}
