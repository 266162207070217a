/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worksheet.c - questions for persons, as columns and words. See worksheet.h.
 */
#include "worksheet.h"
#include "text.h"
#include <string.h>

const struct worksheet_heading worksheet_headings[WORKSHEET_COLUMNS] = {
	{ "id", "Mã câu hỏi", 8 }, { "serial", "Số hiệu CTS", 22 }, { "question", "Việc cần quyết định", 18 },
	{ "group", "Nhóm", 13 }, { "body", "Cơ quan, tổ chức mới", 24 }, { "proposal", "Đề xuất", 9 },
	{ "says", "Diễn giải", 52 }, { "law", "Căn cứ", 30 }, { "choices", "Các lựa chọn", 20 },
	{ "answer", "Trả lời", 16 }, { "person", "Họ tên người quyết định", 20 }, { "reason", "Lý do quyết định", 26 },
};

const char *worksheet_question(const char *action)
{
	return text_same(action, "choose-one") ? "Chọn một chứng thư trong nhóm" : text_same(action, "needs-person")
		? "Quyết định đối với chứng thư này" : "Bổ sung thông tin: chưa lập được hồ sơ";
}

const char *worksheet_choices(const char *action)
{
	return text_same(action, "choose-one") ? "chọn; không chọn (cả nhóm chọn đúng 01)" : text_same(action, "needs-person")
		? "giữ nguyên; thay đổi thông tin; thu hồi; cấp mới"
		: "gửi lại dòng danh sách đã bổ sung; hoặc: giữ nguyên; thay đổi thông tin; thu hồi; cấp mới";
}

const char *worksheet_answers(bool choose)
{
	return choose ? "chọn,không chọn" : "giữ nguyên,thay đổi thông tin,thu hồi,cấp mới";
}


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
	return at[WORKSHEET_SERIAL] >= 0 && at[WORKSHEET_ANSWER] >= 0
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
