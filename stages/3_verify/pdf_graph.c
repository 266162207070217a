/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_graph.c - which objects of one view refer to which. See pdf_graph.h.
 *
 * An object that stands at the same byte in two views is the same text in both, so the references of the
 * later view serve for both: what the search backwards from all changed objects does not reach is the same
 * through and through.
 */
#include "pdf_graph.h"
#include "pdf_form.h"
#include <string.h>

struct counting {
	struct pdf *view;
	int *first, *from; /* from NULL: only counting */
	int referrer;
};

/* By the parts both play, not by the key alone: a resource may be called /P too. */
static bool leads_up(struct counting *k, const struct pdf_value *key, const struct pdf_value *v)
{
	const struct pdf_form *f = k->view->form;
	enum pdf_role from = pdf_form_role(f, k->referrer),
		      to = v->type == PDF_REFERENCE ? pdf_form_role(f, v->ref.num) : ROLE_NONE;
	if (pdf_is_name(key, "P"))
		return from == ROLE_ANNOTATION && to == ROLE_PAGE;
	return pdf_is_name(key, "Parent") &&
	       (to == ROLE_PAGES ? from == ROLE_PAGE || from == ROLE_PAGES
				 : to == ROLE_FIELD && (from == ROLE_ANNOTATION || from == ROLE_FIELD));
}

static void count(struct counting *k, const struct pdf_value *v, bool top)
{
	bool pairs = v->type == PDF_DICTIONARY || v->type == PDF_STREAM;
	int n = pairs ? 2 * v->items.n : v->type == PDF_ARRAY ? v->items.n : 0;
	if (v->type == PDF_REFERENCE && v->ref.num < k->view->entries_n) {
		if (k->from != NULL)
			k->from[k->first[v->ref.num]] = k->referrer;
		k->first[v->ref.num]++;
	}
	for (int i = pairs; i < n; i += 1 + pairs)
		if (!pairs || !top || !leads_up(k, &v->items.at[i - 1], &v->items.at[i]))
			count(k, &v->items.at[i], false);
}

static void count_all(struct counting *k)
{
	struct pdf *view = k->view;
	k->referrer = 0;
	count(k, view->trailer, false);
	for (int num = 1; num < view->entries_n; num++) {
		k->referrer = num;
		if (view->entries[num].kind == 1 || view->entries[num].kind == 2)
			count(k, pdf_object(view, num), true);
	}
}

const struct pdf_graph *pdf_graph_read(struct pdf *view)
{
	if (view->graph != NULL)
		return view->graph;
	struct pdf_graph *g = view->graph = new_zero(view, struct pdf_graph);
	pdf_form_read(view); /* tells the parts */
	int n = view->entries_n;
	struct counting k = { .view = view, .first = new_array(g, int, (size_t)n + 2) };
	count_all(&k);
	int sum = 0;
	for (int i = 0; i <= n; i++) { /* from counts to beginnings */
		int here = k.first[i];
		k.first[i] = sum;
		sum += here;
	}
	k.from = new_array(g, int, (size_t)sum + 1);
	count_all(&k);
	memmove(k.first + 1, k.first,
		(size_t)n * sizeof *k.first); /* each had moved to where the next begins */
	k.first[0] = 0;
	g->first = k.first;
	g->from = k.from;
	return g;
}

static bool is_changed(struct pdf *a, struct pdf *b, int num)
{
	static const struct pdf_entry absent;
	const struct pdf_entry *x = num < a->entries_n ? &a->entries[num] : &absent, *y = &b->entries[num];
	bool here = x->kind == 1 || x->kind == 2, there = y->kind == 1 || y->kind == 2;
	if (!here && !there)
		return false;
	if (x->kind != y->kind || x->at != y->at || x->gen != y->gen)
		return true;
	return x->kind == 2 && pdf_object(a, (int)x->at) != pdf_object(b, (int)y->at);
}

void pdf_graph_mark_stale(struct pdf *a, struct pdf *b, uint8_t *stale, int room)
{
	const struct pdf_graph *g = pdf_graph_read(b);
	int n = b->entries_n < room ? b->entries_n : room, queue_n = 0;
	int *queue = new_array(b, int, (size_t)n + 1);
	for (int num = b->entries_n; num < room; num++)
		stale[num] = 1;
	for (int num = 0; num < n; num++)
		if (is_changed(a, b, num)) {
			stale[num] = 1;
			queue[queue_n++] = num;
		}
	for (int done = 0; done < queue_n; done++)
		for (int i = g->first[queue[done]]; i < g->first[queue[done] + 1]; i++)
			if (g->from[i] < n && !stale[g->from[i]]) {
				stale[g->from[i]] = 1;
				queue[queue_n++] = g->from[i];
			}
	talloc_free(queue);
}
