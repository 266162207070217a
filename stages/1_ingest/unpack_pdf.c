/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unpack_pdf.c - files embedded in a PDF (ISO 32000-1, 7.11.4).
 *
 * Opening a PDF costs more than everything else here, so it is done only where the bytes speak of embedded files;
 * such a stream cannot hide in another stream. The name tree is walked with limits, since it may loop. qpdf
 * is asked not to mend: whether the PDF can be read is for its readers to say.
 */
#include "ingest.h"
#include "text.h"
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH_OF_TREE = 16, MAX_FILES = 100, MAX_NODES = 2000 };

struct walk {
	struct letter *l;
	int part, files, nodes;
	int seen[MAX_NODES];                   /* object numbers of the nodes walked through */
	qpdf_data pdf;
};

static void drop_pdf(void *pdf)
{
	qpdf_data handle = pdf;
	qpdf_cleanup(&handle);
}

/* /UF is the name in Unicode, /F the older one. */
static char *name_of(struct walk *w, qpdf_oh spec)
{
	static const char *const keys[] = { "/UF", "/F", NULL };
	for (int i = 0; keys[i] != NULL; i++) {
		qpdf_oh name = qpdf_oh_get_key(w->pdf, spec, keys[i]);
		if (qpdf_oh_is_string(w->pdf, name))
			return text_line(w->l, qpdf_oh_get_utf8_value(w->pdf, name));
	}
	return copy_text(w->l, "?");
}

static void take_file(struct walk *w, qpdf_oh spec)
{
	if (!qpdf_oh_is_dictionary(w->pdf, spec) || w->files++ >= MAX_FILES)
		return;
	qpdf_oh held = qpdf_oh_get_key(w->pdf, spec, "/EF");
	qpdf_oh stream = qpdf_oh_is_dictionary(w->pdf, held) ? qpdf_oh_get_key(w->pdf, held, "/F")
							     : qpdf_oh_new_null(w->pdf);
	unsigned char *bytes = NULL;
	size_t len = 0;
	QPDF_BOOL filtered = QPDF_FALSE;
	if (!qpdf_oh_is_stream(w->pdf, stream))
		return;
	QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(w->pdf, stream, qpdf_dl_all, &filtered, &bytes, &len);
	char *name = name_of(w, spec);
	if ((code & QPDF_ERRORS) == 0 && bytes != NULL && filtered)
		ingest_add(w->l, w->part, name, copy_bytes(w->l, bytes, len));
	else
		ingest_tell(w->l, w->part, "1_ingest/embedded-file", WARN, NULL,
			    format_text(w->l, "Tệp \"%s\" nhúng trong PDF không lấy ra được.", name),
			    format_text(w->l, "The file \"%s\" embedded in the PDF could not be taken out.",
					name));
	free(bytes);
}

static void walk_tree(struct walk *w, qpdf_oh node, int depth)
{
	if (depth > MAX_DEPTH_OF_TREE || w->nodes >= MAX_NODES || !qpdf_oh_is_dictionary(w->pdf, node))
		return;
	int id = qpdf_oh_get_object_id(w->pdf, node);
	for (int i = 0; i < w->nodes; i++)
		if (id != 0 && w->seen[i] == id)
			return;
	w->seen[w->nodes++] = id;
	qpdf_oh names = qpdf_oh_get_key(w->pdf, node, "/Names"), kids = qpdf_oh_get_key(w->pdf, node, "/Kids");
	int n = qpdf_oh_is_array(w->pdf, names) ? qpdf_oh_get_array_n_items(w->pdf, names) : 0;
	for (int i = 1; i < n && w->files < MAX_FILES; i += 2)
		take_file(w, qpdf_oh_get_array_item(w->pdf, names, i));
	n = qpdf_oh_is_array(w->pdf, kids) ? qpdf_oh_get_array_n_items(w->pdf, kids) : 0;
	for (int i = 0; i < n && w->nodes < MAX_NODES; i++)
		walk_tree(w, qpdf_oh_get_array_item(w->pdf, kids, i), depth + 1);
}

void unpack_pdf(struct letter *l, int part)
{
	struct bytes b = letter_find_part(l, part)->bytes;
	if (memmem(b.at, b.len, "/EmbeddedFile", 13) == NULL)
		return;
	void *scratch = talloc_new(l);
	struct walk w = { .l = l, .part = part, .pdf = qpdf_init() };
	own(scratch, w.pdf, drop_pdf);
	qpdf_set_suppress_warnings(w.pdf, QPDF_TRUE);
	qpdf_silence_errors(w.pdf);
	qpdf_set_attempt_recovery(w.pdf, QPDF_FALSE);
	if ((qpdf_read_memory(w.pdf, "part", (const char *)b.at, b.len, NULL) & QPDF_ERRORS) == 0) {
		qpdf_oh root = qpdf_get_root(w.pdf);
		qpdf_oh names = qpdf_oh_is_dictionary(w.pdf, root) ? qpdf_oh_get_key(w.pdf, root, "/Names")
			: qpdf_oh_new_null(w.pdf);
		if (qpdf_oh_is_dictionary(w.pdf, names))
			walk_tree(&w, qpdf_oh_get_key(w.pdf, names, "/EmbeddedFiles"), 0);
	}
	talloc_free(scratch);
}
