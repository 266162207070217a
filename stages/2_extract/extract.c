/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * extract.c - 2_extract: what is written in the parts, and where it was read.
 *
 * The table of readers is also the order in which a letter's documents stand: the first document is the main
 * one, so what names its own fields comes first (edXML), then what a clerk would open first, then lists, then
 * text that nobody signed. Every part is read once, by the first reader that bids for it.
 */
#include "reader.h"
#include "pages.h"
#include "fields.h"
#include "forms.h"
#include "kind.h"
#include "lexicon.h"
#include "lists.h"
#include "tables.h"
#include "text.h"
#include <string.h>

/* A reader is its file and its row here. */
extern const struct reader reader_edxml, reader_pdf, reader_office, reader_scan, reader_sheet, reader_text;
static const struct reader *const readers[] = {
	&reader_edxml,
	&reader_pdf,
	&reader_office,
	&reader_scan,
	&reader_sheet,
	&reader_text,
	NULL
};

bool reader_media(const struct part *p, const char *const *media)
{
	for (; *media != NULL; media++)
		if (text_same(p->media, *media))
			return true;
	return false;
}

struct page *reader_add_page(struct letter *l, int part, int number, enum source source)
{
	struct page *p = letter_add_page(l);
	p->part = part;
	p->number = number;
	p->source = source;
	p->width = 595.3;
	p->height = 841.9;
	return p;
}

static bool prepare(const struct settings *s, char **why)
{
	for (const struct reader *const *r = readers; *r != NULL; r++)
		if ((*r)->prepare != NULL && !(*r)->prepare(s, why))
			return false;
	return lexicon_prepare(s, why);
}

/* text, ocr, mixed or xml: from what its pages are made of. */
static const char *text_source(const struct letter *l, const struct document *d)
{
	bool text = false, ocr = false, xml = false;
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		if (p->part != d->part || p->number < d->first_page || p->number > d->last_page)
			continue;
		ocr |= p->source == FROM_OCR;
		xml |= p->source == FROM_XML;
		text |= p->source != FROM_OCR && p->source != FROM_XML;
	}
	return ocr && (text || xml) ? "mixed" : ocr ? "ocr" : xml ? "xml" : "text";
}

/* The pages of a part are one document unless its reader said otherwise. */
static void add_document(struct letter *l, int part, int documents_before)
{
	int last = 0;
	for (int i = 0; i < l->pages.n; i++)
		if (l->pages.at[i].part == part && l->pages.at[i].number > last)
			last = l->pages.at[i].number;
	if (l->documents.n == documents_before && last > 0) {
		struct document *d = letter_add_document(l);
		d->part = part;
		d->first_page = 1;
		d->last_page = last;
	}
	for (int i = documents_before; i < l->documents.n; i++) {
		struct document *d = &l->documents.at[i];
		if (d->kind == NULL)
			d->kind = copy_text(l, "other");
		if (d->text_source == NULL)
			d->text_source = copy_text(l, text_source(l, d));
	}
}

static bool has_fields(const struct letter *l, int document)
{
	for (int i = 0; i < l->fields.n; i++)
		if (l->fields.at[i].document == document)
			return true;
	return false;
}

static bool has_words(const struct letter *l, const struct document *d)
{
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		if (p->part == d->part && p->number >= d->first_page && p->number <= d->last_page &&
		    p->words.n > 0)
			return true;
	}
	return false;
}

/* A signature, a time-stamp or a package without anything to read is no letter yet; silence would accept it. What
 * brings certificates or evidence is read by 3_verify, and what could not be read was told. */
static void tell_nothing_read(struct letter *l)
{
	static const char *const empty[] = { "application/pkcs7-mime", "application/timestamp-token", "application/zip",
					     "application/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-s+zip", NULL };
	static const char *const evidence[] = { "application/pkix-cert", "application/pkix-crl", "application/ocsp-response", NULL };
	bool read = l->parts.n == 0 || l->pages.n > 0 || l->documents.n > 0 || l->requests.n > 0 ||
		    !reader_media(&l->parts.at[0], empty);
	for (int i = 0; i < l->parts.n; i++)
		read = read || reader_media(&l->parts.at[i], evidence);
	for (int i = 0; i < l->findings.n; i++)
		read = read || l->findings.at[i].severity >= HOLD;
	if (read)
		return;
	letter_finding(l, "2_extract/nothing-read", HOLD, NULL,
		       "Không có nội dung nào để đọc: tệp chỉ có chữ ký, dấu thời gian hoặc gói rỗng, còn văn bản được ký không "
		       "kèm theo. Đề nghị nơi gửi gửi văn bản (tệp x.pdf cùng x.pdf.p7s).",
		       "There is nothing to read: the file holds a signature, a time-stamp or an empty package, and what was "
		       "signed did not come with it. Ask the sender for the letter itself (x.pdf together with x.pdf.p7s).");
}

static enum outcome run(struct letter *l)
{
	struct tables tables = { .mem = l };
	bool *done = new_array(l, bool, (size_t)l->parts.n);
	for (const struct reader *const *r = readers; *r != NULL; r++)
		for (int i = 0; i < l->parts.n; i++) {
			if (done[i] || !(*r)->bid(&l->parts.at[i]))
				continue;
			int before = l->documents.n;
			done[i] = true;
			(*r)->read(l, i + 1, &tables);
			add_document(l, i + 1, before);
		}
	for (int i = 0; i < l->documents.n; i++) {
		bool plain_xml = text_same(l->documents.at[i].text_source, "xml");
		if (!plain_xml && !has_fields(l, i) && has_words(l, &l->documents.at[i]))
			fields_read(l, i);
		forms_read(l, i, &tables);
		if (!plain_xml)
			tables_mailboxes(l, i, &tables);
		if (l->documents.at[i].form == NULL && has_words(l, &l->documents.at[i]))
			lists_read(l, i);
		kind_tell(l, i);
	}
	forms_check(l);
	compare_documents(l);
	tell_nothing_read(l);
	return PASS;
}

const struct stage_work extract_work = { .prepare = prepare, .run = run };
