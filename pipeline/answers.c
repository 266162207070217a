/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answers.c - answers of persons. See answers.h.
 */
#include "answers.h"
#include "text.h"
#include "worksheet.h"
#include <stdlib.h>
#include <string.h>

static bool refuse(struct answered *a, const char *vi, const char *en)
{
	a->vi = vi;
	a->en = en;
	return false;
}

static bool check_row(struct ledger *l, const void *mem, struct answered *a)
{
	struct row *q = ledger_ask(l, "SELECT serial, action, grp FROM decision d WHERE id = ? AND " DECISION_WAITS, "i", (int64_t)strtoll(a->id, NULL, 10));
	bool known = row_next(q), choose = false, for_group = false;
	if (known) {
		known = row_text(q, 0) != NULL && strcmp(row_text(q, 0), a->serial) == 0;
		choose = strcmp(row_text(q, 1), "choose-one") == 0;
		a->group = choose ? copy_text(mem, row_text(q, 2)) : NULL;
		row_stop(q);
	}
	a->answer = worksheet_answer(a->choice, &for_group);
	if (!known)
		return refuse(a, "không có câu hỏi này trong sổ, hoặc số hiệu không khớp", "no such question, or another serial");
	if (a->answer == NULL || for_group != choose)
		return refuse(a, "câu trả lời không phải một trong các lựa chọn", "the answer is none of the choices");
	if (*a->person == 0 || *a->reason == 0)
		return refuse(a, "thiếu họ tên người quyết định hoặc lý do", "the name or the reason is missing");
	return true;
}

static int by_group(const void *a, const void *b)
{
	const struct answered *x = *(struct answered *const *)a, *y = *(struct answered *const *)b;
	int order = strcmp(x->group, y->group);
	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int check_groups(const void *mem, struct answered *a, int n)
{
	struct answered **of = new_array(mem, struct answered *, (size_t)n + 1);
	int grouped = 0, refused = 0;
	for (int i = 0; i < n; i++)
		if (a[i].group != NULL)
			of[grouped++] = &a[i];
	qsort(of, (size_t)grouped, sizeof *of, by_group);
	for (int i = 0, end; i < grouped; i = end) {
		int chosen = 0;
		for (end = i; end < grouped && strcmp(of[end]->group, of[i]->group) == 0; end++)
			chosen += of[end]->vi == NULL && strcmp(of[end]->answer, "choose") == 0;
		for (int k = i; k < end && chosen != 1; k++)
			if (of[k]->vi == NULL) {
				refuse(of[k], "cả nhóm phải chọn đúng 01 chứng thư số", "of a group exactly one is chosen");
				refused++;
			}
	}
	return refused;
}

int answers_check(struct ledger *l, const void *mem, struct answered *a, int n)
{
	int refused = 0;
	for (int i = 0; i < n; i++)
		refused += !check_row(l, mem, &a[i]);
	return refused + check_groups(mem, a, n);
}

void answers_put(struct ledger *l, const struct answered *a, int n, const char *given)
{
	for (int i = 0; i < n; i++)
		if (a[i].vi == NULL)
			ledger_put(l, "INSERT INTO answer (decision, answer, person, reason, given) VALUES (?, ?, ?, ?, ?)",
				   "itttt", (int64_t)strtoll(a[i].id, NULL, 10), a[i].answer, a[i].person, a[i].reason, given);
}
