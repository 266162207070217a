/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * calendar.c - Vietnam's working days. See calendar.h.
 */
#include "calendar.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

struct exception { int64_t day; bool works; };

struct calendar {
	struct exception *at;                  /* by day */
	int n, room;
	int64_t first, last;                   /* whole years the table covers */
};

static int by_day(const void *a, const void *b)
{
	const struct exception *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

static int64_t new_year(const char *date)
{
	int64_t day = 0;
	char text[11] = "0000-01-01";
	memcpy(text, date, 4);
	date_parse(text, &day);
	return day;
}

struct calendar *calendar_new(const void *mem, const struct table *t, char **why)
{
	struct calendar *c = new_zero(mem, struct calendar);
	c->first = INT64_MAX;
	for (int i = 0; i < t->n; i++) {
		const char *date = table_cell(t, i, "date"), *what = table_cell(t, i, "off_or_work");
		int64_t day;
		if (!date_parse(date, &day) || (strcmp(what, "off") != 0 && strcmp(what, "work") != 0)) {
			*why = format_text(mem, "nonworking-days.tsv: row %d is no day off or of work", i + 2);
			return NULL;
		}
		c->at = own_grow(c, c->at, c->n, &c->room, sizeof *c->at);
		c->at[c->n++] = (struct exception){ day, strcmp(what, "work") == 0 };
		int64_t start = new_year(date), end = start + 365;
		c->first = start < c->first ? start : c->first;
		c->last = end > c->last ? end : c->last;
	}
	if (c->n > 0)
		qsort(c->at, (size_t)c->n, sizeof *c->at, by_day);
	return c;
}

bool calendar_covers(const struct calendar *c, int64_t day)
{
	return day >= c->first && day <= c->last;
}

/* 1/1, 30/4, 1/5 and 2/9 are days off in any year. */
static bool fixed_holiday(int64_t day)
{
	static const char *const days[] = { "-01-01", "-04-30", "-05-01", "-09-02" };
	char *date = date_text(NULL, day);
	bool is = false;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		is = is || text_ends(date, days[i]);
	talloc_free(date);
	return is;
}

bool calendar_works(const struct calendar *c, int64_t day)
{
	struct exception key = { day, false };
	const struct exception *e = c->n > 0 ? bsearch(&key, c->at, (size_t)c->n, sizeof *c->at, by_day) : NULL;
	if (e != NULL)
		return e->works;
	int64_t weekday = ((day + 3) % 7 + 7) % 7;     /* 1970-01-01 was a Thursday; 0 is Monday */
	return weekday < 5 && !fixed_holiday(day);
}

int64_t calendar_add(const struct calendar *c, int64_t day, int64_t n)
{
	int64_t step = n < 0 ? -1 : 1;
	for (int64_t left = n * step; left > 0;) {
		day += step;
		left -= calendar_works(c, day);
	}
	return day;
}
