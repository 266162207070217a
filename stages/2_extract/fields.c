/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields.c - the fields that need no geometry: mailboxes, wherever they stand on the page.
 */
#include "fields.h"
#include "text.h"
#include <string.h>

void fields_read(struct letter *l, int document)
{
	const struct document *d = &l->documents.at[document];
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		if (p->part != d->part || p->number < d->first_page || p->number > d->last_page)
			continue;
		for (int k = 0; k < p->words.n; k++) {
			const struct word *w = &p->words.at[k];
			const char *at = strchr(w->text, '@');
			if (at == NULL || at == w->text || strchr(at, '.') == NULL)
				continue;
			struct field *f = letter_add_field(l, "emails", w->text);
			f->document = document;
			f->read.raw = f->read.value;
			f->read.confidence = w->confidence;
			f->read.place = (struct place){ .part = p->part, .page = p->number, .box = w->box,
							.source = w->source, .drawn_by = w->drawn_by };
		}
	}
}
