/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * paper.c - building a paper. See paper.h.
 */
#include "paper.h"
#include "text.h"
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct paper *paper_new(const void *mem, time_t at, const char *title)
{
	struct paper *p = new_zero(mem, struct paper);
	int64_t days = time_vn_day(at);
	p->at = at;
	p->title = copy_text(p, title);
	for (const char *c = date_text(p, days); *c >= '0' && *c <= '9'; c++)
		p->year = p->year * 10 + (*c - '0');
	return p;
}

char *paper_agency(const void *mem, const char *agency)
{
	static const char *const bodies[] = { "ỦY BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN " };
	char *upper = text_upper(mem, agency);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (text_starts(upper, bodies[i]))
			upper[strlen(bodies[i]) - 1] = '\n';
	return upper;
}

static struct paper_block *block(struct paper *p, enum paper_block_kind kind, const char *text)
{
	struct paper_block *b = ADD(p, &p->blocks);
	b->kind = kind;
	b->text = copy_text(p, text);
	return b;
}

void paper_text(struct paper *p, const char *text) { block(p, BLOCK_TEXT, text); }
void paper_heading(struct paper *p, const char *text) { block(p, BLOCK_HEADING, text); }
void paper_item(struct paper *p, const char *text) { block(p, BLOCK_ITEM, text); }

void paper_pair(struct paper *p, const char *label, const char *value)
{
	block(p, BLOCK_PAIR, label)->value = value == NULL || *value == 0 ? NULL : copy_text(p, value);
}

struct paper_table *paper_table(struct paper *p)
{
	struct paper_table *t = new_zero(p, struct paper_table);
	block(p, BLOCK_TABLE, NULL)->table = t;
	return t;
}

void table_column(struct paper *p, struct paper_table *t, const char *label, const char *group, double width,
		  bool centred)
{
	struct paper_column *c = ADD(p, &t->columns);
	c->label = copy_text(p, label);
	c->group = copy_text(p, group);
	c->width = width;
	c->centred = centred;
}

char **table_row(struct paper *p, struct paper_table *t)
{
	char ***row = ADD(p, &t->rows);
	return *row = new_array(p, char *, (size_t)t->columns.n);
}
