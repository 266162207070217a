/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * covers.c - see covers.h.
 */
#include "covers.h"
#include "text.h"
#include <string.h>

static const struct signature *drawer_of(const struct letter *l, const struct value *v)
{
	for (int i = 0; v->place.drawn_by != NULL && i < l->signatures.n; i++)
		if (l->signatures.at[i].part == v->place.part && text_same(l->signatures.at[i].name, v->place.drawn_by))
			return &l->signatures.at[i];
	return NULL;
}

static bool covers(const struct signature *s, const struct signature *drawer, const struct value *v)
{
	if (s->intact != YES || s->coverage == COVERS_PART)
		return false;
	if (v->place.drawn_by != NULL)
		return drawer != NULL && (s == drawer || (s->covered > 0 && s->covered >= drawer->covered));
	return s->changes_after == CHANGES_NONE || s->changes_after == CHANGES_PERMITTED;
}

bool covers_find(const void *mem, const struct letter *l, const struct value *v, struct texts *names)
{
	const struct signature *drawer = drawer_of(l, v);
	bool any = false;
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		if ((s->part != v->place.part && s->over != v->place.part) || v->place.part == 0)
			continue;
		any = true;
		if (covers(s, drawer, v) && s->name != NULL)
			texts_add(mem, names, s->name);
	}
	return any;
}
