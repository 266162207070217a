/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * route.c - tables of the law that packages need: provinces before and after, and who takes which form when.
 */
#include "plan.h"
#include "sheet.h"
#include "text.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct reading { const void *mem; struct tables *to; };

static char *without_kind(const void *mem, const char *name)
{
	static const char *const kinds[] = { "Tỉnh ", "Thành phố ", "tỉnh ", "thành phố " };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_starts(name, kinds[i]))
			return copy_text(mem, name + strlen(kinds[i]));
	return copy_text(mem, name);
}

static char *province_key(const void *mem, const char *name)
{
	return text_strong(mem, without_kind(mem, name));
}

/* successor_code, successor_name, predecessor_code, predecessor_name */
static bool province_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (row->n < 4 || strcmp(row->cells[0], "successor_code") == 0)
		return true;
	struct province *one = ADD(r->mem, &r->to->provinces);
	one->now = text_line(r->mem, row->cells[1]);
	one->key = province_key(r->mem, text_line(r->mem, row->cells[3]));
	return true;
}

/* province, form, from, until, addressee, channel, deadline */
static bool route_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (row->n < 7 || strcmp(row->cells[0], "province") == 0)
		return true;
	struct route *one = ADD(r->mem, &r->to->routes);
	one->province = province_key(r->mem, text_line(r->mem, row->cells[0]));
	one->form = text_line(r->mem, row->cells[1]);
	one->from = text_line(r->mem, row->cells[2]);
	one->until = text_line(r->mem, row->cells[3]);
	one->addressee = text_line(r->mem, row->cells[4]);
	one->channel = text_line(r->mem, row->cells[5]);
	one->deadline = text_line(r->mem, row->cells[6]);
	return true;
}

/* what, value, from, until */
static bool contact_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (row->n < 4 || strcmp(row->cells[0], "what") == 0)
		return true;
	struct contact *one = ADD(r->mem, &r->to->contacts);
	*one = (struct contact){ text_line(r->mem, row->cells[0]), text_line(r->mem, row->cells[1]),
				 text_line(r->mem, row->cells[2]), text_line(r->mem, row->cells[3]) };
	return true;
}

static bool load(const void *mem, const char *path, struct tables *to, bool (*row)(void *, const struct sheet_row *),
		 char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	bool good = fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0;
	void *at = good ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	if (fd >= 0)
		close(fd);
	if (at == MAP_FAILED) {
		*why = format_text(mem, "%s: cannot be read", path);
		return false;
	}
	struct reading r = { mem, to };
	struct sheet_trouble trouble = { 0 };
	good = sheet_read_csv(mem, (struct bytes){ at, (size_t)st.st_size }, row, &r, &trouble);
	*why = good ? NULL : format_text(mem, "%s: %s", path, trouble.en);
	munmap(at, (size_t)st.st_size);
	return good;
}

bool tables_load(const void *mem, const char *data, struct tables *to, char **why)
{
	return load(mem, format_text(mem, "%s/rules/mergers/provinces-2025-07-01.csv", data), to, province_row, why)
		&& load(mem, format_text(mem, "%s/rules/routing.tsv", data), to, route_row, why)
		&& load(mem, format_text(mem, "%s/rules/contacts.tsv", data), to, contact_row, why);
}

const char *province_now(const struct tables *t, const char *name)
{
	void *work = talloc_new(NULL);
	char *key = province_key(work, name);
	const char *found = NULL;
	for (int i = 0; i < t->provinces.n && found == NULL; i++)
		if (strcmp(t->provinces.at[i].key, key) == 0)
			found = t->provinces.at[i].now;
	talloc_free(work);
	return found;
}

const char *contact_find(const struct tables *t, const char *what, const char *day)
{
	for (int i = 0; i < t->contacts.n; i++) {
		const struct contact *c = &t->contacts.at[i];
		if (strcmp(c->what, what) == 0 && strcmp(c->from, day) <= 0 && (*c->until == 0 || strcmp(day, c->until) <= 0))
			return c->value;
	}
	return NULL;
}

const struct route *route_find(const struct tables *t, const char *province, const char *form, const char *day)
{
	void *work = talloc_new(NULL);
	const char *key = province != NULL ? province_key(work, province) : "";
	const struct route *found = NULL;
	for (int i = 0; i < t->routes.n; i++) {
		const struct route *r = &t->routes.at[i];
		bool here = strcmp(r->province, key) == 0 || (*r->province == 0 && found == NULL);
		if (here && strcmp(r->form, form) == 0 && strcmp(r->from, day) <= 0
		    && (*r->until == 0 || strcmp(day, r->until) <= 0) && (found == NULL || *found->province == 0))
			found = r;
	}
	talloc_free(work);
	return found;
}
