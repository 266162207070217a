/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * emit.c - the stage: what a person signs and sends, made of a batch's facts.
 *
 *     decisions, requests ─▶ plan ─▶ for each package: cover, form (PDF, DOCX, XLSX), package.xml, evidence ─▶ bag
 *     refused letters     ─▶ notice to the sender
 *     what waits          ─▶ worksheet
 *
 * Nothing is written here: every file is an output fact, below the folder of the day. The same facts and the
 * same settings->at give the same bytes, whatever the zone and the locale. Evidence is read from the batch or
 * from the store, never changed, and checked against its hash before it is vouched for in a manifest.
 */
#include "pages.h"
#include "bag.h"
#include "compose.h"
#include "lists.h"
#include "post.h"
#include "text.h"
#include "write_edxml.h"
#include "write_package.h"
#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct forms forms;
static struct tables tables;
static void *loaded;

static bool prepare(const struct settings *s, char **why)
{
	if (loaded != NULL)
		return true;
	void *mem = talloc_named_const(NULL, 0, "5_emit");
	if (!forms_load(mem, s->data, &forms, why) || !tables_load(mem, s->data, &tables, why)
	    || !pdf_prepare(why))
		return false;
	loaded = mem;
	return true;
}

/* Bytes of what came in: with the letter, or in the store. False: not to be had, or no longer the same. */
static bool source_bytes(const void *mem, const char *store, const struct part *p, struct bytes *bytes)
{
	*bytes = p->bytes;
	if (bytes->at == NULL && store != NULL && p->sha256 != NULL) {
		char *path = format_text(mem, "%s/%.2s/%s", store, p->sha256, p->sha256);
		int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		struct stat st;
		void *at = fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0
			? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
		if (fd >= 0)
			close(fd);
		if (at == MAP_FAILED)
			return false;
		*bytes = (struct bytes){ at, (size_t)st.st_size };
	}
	return bytes->at != NULL && text_same(text_sha256(mem, *bytes), p->sha256);
}

static const char *base_name(const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;
	return slash != NULL ? slash + 1 : path != NULL ? path : "";
}

/* "01-de-nghi-thu-hoi.pdf": a name without marks, at most 50 letters long, as portals want it. */
static char *plain_name(const void *mem, int number, const char *name, bool with_extension)
{
	const char *base = base_name(name), *dot = strrchr(base, '.');
	size_t stem = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base), n = 0;
	char extension[8] = "bin";
	for (const char *c = dot; c != NULL && c[1] != 0 && isalnum((unsigned char)c[1]) && n < sizeof extension - 1; c++)
		extension[n++] = (char)tolower((unsigned char)c[1]);
	if (n > 0)
		extension[n] = 0;
	char *short_name = slug(mem, copy_part(mem, base, stem), 36);
	return with_extension ? format_text(mem, "%02d-%s.%s", number, short_name, extension)
			      : format_text(mem, "%02d-%s", number, short_name);
}

/* The letter as it came, and what came along with it: its detached signature. */
static bool add_sources(struct plan *p, const struct package *k, struct bag *bag, int number, struct evidence_file *file)
{
	const struct letter *l = file->letter;
	for (int i = 0; i < l->parts.n; i++) {
		const struct part *part = &l->parts.at[i];
		struct bytes bytes = { 0 };
		if (part->inside != 0)
			continue;
		if (!source_bytes(bag, p->batch->settings->store, part, &bytes)) {
			batch_finding(p->batch, "5_emit/evidence-missing", HOLD, NULL,
				format_text(bag, "Hồ sơ %s chưa lập được: văn bản gốc %s không còn trong kho hoặc đã khác.",
					    k->name, part->sha256),
				format_text(bag, "Package %s is held: the source %s is not in the store, or differs.",
					    k->name, part->sha256));
			return false;
		}
		const char *called = i == 0 ? l->name : format_text(bag, "%d-%s", i + 1, base_name(part->name));
		char *name = format_text(bag, "evidence/%s", plain_name(bag, number, called, true));
		bag_add(bag, name, bytes, bytes.at == part->bytes.at ? NULL : part->sha256);
		if (i == 0)
			file->name = name;
	}
	return l->parts.n > 0;
}

static bool add_evidence(struct plan *p, const struct package *k, struct bag *bag, struct evidence_file *files)
{
	for (int i = 0; i < k->sources.n; i++) {
		const struct letter *l = k->sources.at[i];
		files[i].letter = l;
		if (!is_list(l) && !add_sources(p, k, bag, i + 1, &files[i]))
			return false;
		bag_add(bag, format_text(bag, "evidence/%s.report.json", plain_name(bag, i + 1, l->name, false)),
			write_evidence_report(bag, k, l), NULL);
	}
	return true;
}

static void say_open_ends(struct plan *p, const struct package *k)
{
	if (k->deadline != NULL && strcmp(k->deadline, p->day) < 0)
		batch_finding(p->batch, "5_emit/deadline-passed", WARN, k->form->law,
			format_text(p, "Hồ sơ %s/%s đã quá hạn gửi (%s); gửi ngay và nêu lý do.", k->folder, k->name,
				    date_vn(p, k->deadline)),
			format_text(p, "Package %s/%s is past its deadline (%s); send it at once and say why.", k->folder,
				    k->name, k->deadline));
	if (k->blanks > 0)
		batch_finding(p->batch, "5_emit/blank-cells", WARN, k->form->law,
			format_text(p, "Hồ sơ %s/%s còn %d ô để trống (số định danh, mã số thuế, mã QHNS); bổ sung trước khi ký "
				    "nếu mẫu yêu cầu.", k->folder, k->name, k->blanks),
			format_text(p, "Package %s/%s has %d blank cells; fill them in before signing where the form asks.",
				    k->folder, k->name, k->blanks));
	if (k->contact == NULL && k->form->contact.n > 0)
		batch_finding(p->batch, "5_emit/no-contact", WARN, k->form->law,
			format_text(p, "Hồ sơ %s/%s chưa có đầu mối tiếp nhận; điền vào chỗ chấm trước khi ký.", k->folder, k->name),
			format_text(p, "Package %s/%s names no contact yet; fill in the dots before signing.", k->folder,
				    k->name));
}

/* What goes over the axis: the letter, the form, its list, the data; not the evidence and the drafts to edit. */
static void add_envelope(struct plan *p, const struct package *k, struct bag *bag, const char *form)
{
	const char *const names[] = { "cong-van.pdf", format_text(bag, "%s.pdf", form), format_text(bag, "%s.xlsx", form),
		"package.xml" };
	struct bag_file files[4];
	int n = 0;
	size_t total = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (int j = 0; j < bag->files.n; j++)
			if (strcmp(bag->files.at[j].name, names[i]) == 0) {
				files[n++] = bag->files.at[j];
				total += bag->files.at[j].bytes.len;
			}
	if (total <= EDXML_MAX) {
		bag_add(bag, "package.edxml", write_edxml_package(bag, p, k, files, n), NULL);
		return;
	}
	batch_finding(p->batch, "5_emit/too-big-for-the-axis", WARN, NULL,
		format_text(bag, "Hồ sơ %s/%s vượt dung lượng của Trục liên thông; gửi qua kênh khác.", k->folder, k->name),
		format_text(bag, "Package %s/%s is too big for the axis; send it another way.", k->folder, k->name));
}

/* The ledger remembers what is asked in which package: no certificate is in two, and the authority's answers are
 * held against it. */
static void tell_lines(struct plan *p, const struct package *k)
{
	for (int i = p->batch->outputs.n - 1; i >= 0; i--) {
		struct output *o = &p->batch->outputs.at[i];
		if (!text_ends(o->path, "/data/package.xml"))
			continue;
		for (int j = 0; j < k->lines.n; j++) {
			o->lines.at = own_grow(p->batch, o->lines.at, o->lines.n, &o->lines.room, sizeof *o->lines.at);
			o->lines.at[o->lines.n++] = line_asked(p->batch, k->lines.at[j]);
		}
		return;
	}
}

static void emit_package(struct plan *p, const struct package *k)
{
	struct bag *bag = bag_new(p);
	char *form = format_text(bag, "%s-mau-%s", k->form->regime, k->form->number);
	struct evidence_file *files = new_array(bag, struct evidence_file, (size_t)k->sources.n + 1);
	struct paper *cover = compose_cover(bag, p, k), *paper = compose_form(bag, p, k);
	bag_add(bag, "cong-van.pdf", write_pdf(bag, cover), NULL);
	bag_add(bag, "cong-van.docx", write_docx(bag, cover), NULL);
	bag_add(bag, format_text(bag, "%s.pdf", form), write_pdf(bag, paper), NULL);
	bag_add(bag, format_text(bag, "%s.docx", form), write_docx(bag, paper), NULL);
	bag_add(bag, format_text(bag, "%s.xlsx", form), write_xlsx(bag, compose_list(bag, p, k)), NULL);
	add_post_set(p, k, bag);
	if (!add_evidence(p, k, bag, files)) {
		talloc_free(bag);
		return;
	}
	bag_add(bag, "package.xml", write_package(bag, p, k, files, k->sources.n), NULL);
	add_envelope(p, k, bag, form);
	bag_tag(bag, "Source-Organization", k->agency);
	bag_tag(bag, "External-Description", k->form->title);
	bag_tag(bag, "Bagging-Date", p->day);
	bag_tag(bag, "External-Identifier", format_text(bag, "%s/%s", k->folder, k->name));
	bag_write(p->batch, bag, k->folder, k->name);
	tell_lines(p, k);
	say_open_ends(p, k);
	talloc_free(bag);
	if (p->batch->send != NULL)
		p->batch->send(p->batch);
}

static void emit_refusal(struct plan *p, const struct letter *l)
{
	void *work = talloc_new(p);
	const char *asked = p->batch->settings->province;
	const char *here = asked != NULL ? province_now(p->tables, asked) : NULL;
	struct paper *a = compose_refusal(work, p->batch->settings, here, l);
	const char *base = base_name(l->name), *dot = strrchr(base, '.');
	size_t stem = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);
	char *path = format_text(work, "%s/refusals/%s-%.8s", p->day, slug(work, copy_part(work, base, stem), 36),
				 l->sha256 != NULL ? l->sha256 : "");
	batch_add_output(p->batch, format_text(work, "%s.pdf", path), write_pdf(work, a));
	batch_add_output(p->batch, format_text(work, "%s.docx", path), write_docx(work, a));
	if (came_by_axis(l))
		batch_add_output(p->batch, format_text(work, "%s.edxml", path),
				 write_edxml_refusal(work, p->batch->settings, l, refusal_reasons(work, l)));
	talloc_free(work);
}

static enum outcome run(struct batch *b)
{
	struct plan *p = plan_new(NULL, b, &forms, &tables);
	for (int i = 0; i < p->packages.n; i++)
		emit_package(p, &p->packages.at[i]);
	for (int i = 0; i < b->letters.n; i++)
		if (!b->letters.at[i]->known && is_refused(b->letters.at[i]))
			emit_refusal(p, b->letters.at[i]);
	emit_lists(p);
	struct book *worksheet = compose_worksheet(p, p);
	if (worksheet != NULL)
		batch_add_output(b, format_text(p, "%s/worksheet.xlsx", p->day), write_xlsx(p, worksheet));
	talloc_free(p);
	return PASS;
}

const struct stage_work emit_work = { .prepare = prepare, .run_batch = run };
