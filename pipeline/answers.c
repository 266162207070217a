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

/* The question: by its id, with the serial as a check that rows have not been moved; without an id (the worksheet of the
 * outbox has none) the last one about the certificate. */
static bool find_question(struct ledger *l, const void *mem, struct answered *a, bool *choose)
{
	static const char by_id[] = "SELECT id, action, grp FROM decision d WHERE id = ?1 AND serial_key(serial) = serial_key(?2) AND "
		DECISION_WAITS;
	static const char by_serial[] = "SELECT id, action, grp FROM decision d WHERE id = (SELECT max(id) FROM decision WHERE "
		"serial_key(serial) = serial_key(?2)) AND ?1 = 0 AND " DECISION_WAITS;
	struct row *q = ledger_ask(l, *a->id != 0 ? by_id : by_serial, "it", (int64_t)strtoll(a->id, NULL, 10), a->serial);
	if (!row_next(q))
		return false;
	a->id = format_text(mem, "%lld", (long long)row_int(q, 0));
	*choose = strcmp(row_text(q, 1), "choose-one") == 0;
	a->group = *choose ? copy_text(mem, row_text(q, 2)) : NULL;
	row_stop(q);
	return true;
}

static bool check_row(struct ledger *l, const void *mem, struct answered *a)
{
	bool choose = false, for_group = false, known = find_question(l, mem, a, &choose);
	a->answer = worksheet_answer(a->choice, &for_group);
	if (!known)
		return refuse(a, "không có câu hỏi này trong sổ, hoặc số hiệu không khớp; xuất lại phiếu bằng 'congvan decide --out'",
			      "no such question, or another serial; write the worksheet anew by 'congvan decide --out'");
	if (a->answer == NULL || for_group != choose)
		return refuse(a, format_text(mem, "câu trả lời \"%s\" không phải một trong các lựa chọn: %s", a->choice, worksheet_answers(choose)),
			      format_text(mem, "the answer \"%s\" is none of the choices: %s", a->choice, worksheet_answers(choose)));
	if (*a->person == 0 || *a->reason == 0)
		return refuse(a, *a->person == 0 ? "thiếu họ tên người quyết định" : "thiếu lý do quyết định",
			      *a->person == 0 ? "the name of who decides is missing" : "the reason is missing");
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
				refuse(of[k], format_text(mem, "cả nhóm phải chọn đúng 01 chứng thư số, phiếu này chọn %d", chosen),
				       format_text(mem, "of a group exactly one is chosen, here %d are", chosen));
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
