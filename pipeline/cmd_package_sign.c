/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_package_sign.c - package sign: seal a package, or one PDF, with a key of the agency's own.
 *
 *     package sign PATH [PDF...]            the cover letter and the form: PAdES B-B
 *     package sign PATH --asic              the whole payload as NAME.asice: CAdES over an ASiC-E manifest
 *     package sign PATH [--asic] --tsq DIR  a request to the time-stamp authority for each signature
 *     package sign PATH [--asic] --tsr DIR  its replies put in: B-T
 *     package sign PATH --signed PDF        takes in what a person signed with a tool of his own
 *     package sign FILE.pdf --out FILE      the same for any one PDF
 *
 * The order of a package: look at it and at the ledger, ask for the PIN, plan, sign and prove in memory; then
 * the renames of sign_bag.h; then the ledger's event. A call that was cut off before the event writes it the
 * next time, since bag-info.txt says what was signed. A package that was submitted is signed no more.
 */
#include "sign_deed.h"
#include "5_emit/edxml_renew.h"
#include "bag_check.h"
#include "ledger.h"
#include "say.h"
#include "sign_stamp.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int cmd_package_sign(struct options *);

static int cannot_read(const char *path)
{
	int error = errno;
	say("%s: %s", path, say_error(error));
	return error == EACCES ? EXIT_NO_PERMISSION : EXIT_NO_INPUT;
}

/* One PDF --------------------------------------------------------------------------------------------------
 */

static int stamp_one(struct deed *d, struct bytes file, const char *reply, const char *out)
{
	struct stamping s = { .name = d->o->words[0], .file = file };
	if (reply != NULL && !map_whole(d->mem, reply, &s.reply))
		return cannot_read(reply);
	int code = stamp_files(d->o, d->mem, &s, 1);
	if (code == EXIT_DONE && reply != NULL)
		code = sign_prove(d->o, &(struct sign_made){ s.name, s.made }, 1, true, NULL);
	if (code == EXIT_DONE)
		code = put_new_file(out, s.made);
	if (code == EXIT_DONE && reply != NULL)
		printf("%s: PAdES B-T, %s\n", out, s.time);
	return code;
}

static int sign_one(struct deed *d)
{
	struct options *o = d->o;
	const char *path = o->words[0];
	struct bytes before;
	if (o->words_n > 1 || o->sign.taken != NULL ||
	    (o->out == NULL && (deed_has_key(o) || o->sign.tsr != NULL))) {
		TELL(o->lang, "%s: ký một tệp PDF thì cần --out TỆP",
		     "%s: to sign one PDF, --out FILE is wanted", path);
		return EXIT_USE;
	}
	if (!map_whole(d->mem, path, &before))
		return cannot_read(path);
	if (o->sign.tsr != NULL)
		return stamp_one(d, before, o->sign.tsr, o->out);
	if (!deed_has_key(o))
		return stamp_one(d, before, NULL, o->sign.tsq);
	int code = deed_open_key(d);
	if (code != EXIT_DONE)
		return code;
	const char *slash = strrchr(path, '/');
	deed_add(d, slash != NULL ? slash + 1 : path, before, true);
	code = deed_sign(d);
	if (code == EXIT_DONE)
		code = put_new_file(o->out, d->s.files.at[0].after);
	if (code != EXIT_DONE)
		return code;
	printf("%s: PAdES B-B, %s\n", o->out, d->s.face.serial);
	return o->sign.tsq != NULL ? stamp_one(d, d->s.files.at[0].after, NULL, o->sign.tsq) : EXIT_DONE;
}

/* A package ------------------------------------------------------------------------------------------------
 */

struct soundness {
	struct options *o;
	const char *path;
};

static int check_work(void *arg, struct batch *back)
{
	struct soundness *c = arg;
	struct bag_report r;
	char *schema = format_text(back, "%s/schemas/package.xsd", c->o->settings.data);
	if (!bag_check(back, c->path, schema, &r)) {
		say("%s: cannot be read", c->path);
		return EXIT_NO_INPUT;
	}
	for (int i = 0; i < r.faults.n; i++)
		say("%s: %s", c->path, r.faults.at[i]);
	return r.faults.n == 0 ? EXIT_DONE : EXIT_INPUT;
}

static int check_sound(struct deed *d)
{
	static const struct stage *const none[] = { NULL };
	char *zip = format_text(d->mem, "%s.zip", d->tree->path);
	const char *readable[] = { d->tree->path, zip, format_text(d->mem, "%s.asice", d->tree->path), NULL };
	struct soundness c = { d->o, d->tree->path };
	struct nursery_wish wish = { .settings = &d->o->settings,
				     .stages = none,
				     .unsealed = d->o->unsealed,
				     .readable = readable,
				     .work = check_work,
				     .arg = &c,
				     .limits = { 120, 2048, 64 } };
	int code = worker_call(&wish, batch_new(d->mem, &d->o->settings));
	if (code == EXIT_INPUT)
		TELL(d->o->lang, "%s: gói hồ sơ không còn nguyên vẹn; không ký",
		     "%s: the package is not sound; nothing is signed", d->tree->path);
	return code;
}

static bool named(const struct options *o, const char *name)
{
	for (int i = 1; i < o->words_n; i++)
		if (strcmp(o->words[i], name) == 0 ||
		    (text_starts(o->words[i], "data/") && strcmp(o->words[i] + 5, name) == 0))
			return true;
	return false;
}

/* The PDFs named; else the letter and the form the package is called after ("nd68-2024-mau-05-001"). */
static int choose_pdfs(struct deed *d)
{
	for (int i = 0; i < d->tree->files.n; i++) {
		const char *name = d->tree->files.at[i] + 5;
		size_t stem = strlen(name) > 4 ? strlen(name) - 4 : 0;
		bool is_pdf = text_ends(name, ".pdf") && strchr(name, '/') == NULL;
		bool is_form = strncmp(name, d->tree->name, stem) == 0 && d->tree->name[stem] == '-';
		if (is_pdf &&
		    (d->o->words_n > 1 ? named(d->o, name) : strcmp(name, DEED_COVER) == 0 || is_form))
			texts_add(d->mem, &d->pdfs, name);
	}
	if (d->pdfs.n > 0 && (d->o->words_n == 1 || d->pdfs.n == d->o->words_n - 1))
		return EXIT_DONE;
	TELL(d->o->lang, "%s: gói không có tệp PDF được nêu", "%s: the package has no such PDF",
	     d->tree->name);
	return EXIT_NO_INPUT;
}

/* New PDFs, the message that carries them, the manifests; then the ledger. */
static int put_into_package(struct deed *d, struct sign_made *made, int n, const char *line,
			    const char *person)
{
	struct bytes message;
	struct ledger *l = NULL;
	struct sign_made *all = new_array(d->mem, struct sign_made, (size_t)n + 1);
	bool carried = tree_read(d->tree, "data/package.edxml", &message);
	for (int i = 0; i < n; i++) {
		all[i] = (struct sign_made){ format_text(d->mem, "data/%s", made[i].name), made[i].bytes };
		if (carried)
			edxml_renew(d->mem, message, made[i].name, made[i].bytes, &message);
	}
	if (carried)
		all[n] = (struct sign_made){ "data/package.edxml", message };
	int code = entry_begin(d->o, d->mem, &d->entry, &l);
	if (code == EXIT_DONE)
		code = tree_write(d->tree, all, n + carried, line);
	if (code == EXIT_DONE)
		code = entry_signed(d->o, l, &d->entry, person, strchr(line, ' ') + 1);
	return code;
}

static char *join(const void *mem, const struct sign_made *made, int n)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, "");
	for (int i = 0; i < n; i++)
		buffer_format(&b, "%s%s", i > 0 ? " " : "", made[i].name);
	return b.text;
}

static char *request_path(const struct deed *d, const char *name, const char *ending)
{
	const char *dot = strrchr(name, '.');
	return format_text(d->mem, "%s/%.*s%s", ending[3] == 'q' ? d->o->sign.tsq : d->o->sign.tsr,
			   dot != NULL ? (int)(dot - name) : (int)strlen(name), name, ending);
}

/* One request for each file, replacing older ones: the same signature gives the same request. */
static int write_requests(struct deed *d, struct stamping *s, int n)
{
	int code = stamp_files(d->o, d->mem, s, n);
	if (code == EXIT_DONE && mkdir(d->o->sign.tsq, 0755) != 0 && errno != EEXIST) {
		say("%s: %s", d->o->sign.tsq, say_error(errno));
		return EXIT_CANNOT_WRITE;
	}
	for (int i = 0; code == EXIT_DONE && i < n; i++) {
		char *path = request_path(d, s[i].name, ".tsq");
		remove(path);
		code = put_new_file(path, s[i].made);
		if (code == EXIT_DONE)
			printf("%s\n", path);
	}
	return code;
}

static int requests_for(struct deed *d, const struct sign_made *made, int n)
{
	struct stamping *s = new_array(d->mem, struct stamping, (size_t)n);
	for (int i = 0; i < n; i++)
		s[i] = (struct stamping){ .name = made[i].name, .file = made[i].bytes };
	return write_requests(d, s, n);
}

/* Replies for those files that have one; at least one must. */
static int read_replies(struct deed *d, struct stamping *s, int *n)
{
	int have = 0;
	for (int i = 0; i < *n; i++) {
		char *path = request_path(d, s[i].name, ".tsr");
		if (map_whole(d->mem, path, &s[i].reply))
			s[have++] = s[i];
		else if (errno != ENOENT)
			return cannot_read(path);
	}
	if (have == 0)
		TELL(d->o->lang, "%s: không có tệp .tsr nào cho gói này",
		     "%s: no .tsr for this package in there", d->o->sign.tsr);
	*n = have;
	return have > 0 ? EXIT_DONE : EXIT_NO_INPUT;
}

static int stamp_package(struct deed *d)
{
	int n = d->pdfs.n, code = EXIT_DONE;
	struct stamping *s = new_array(d->mem, struct stamping, (size_t)n);
	for (int i = 0; i < n; i++) {
		s[i].name = d->pdfs.at[i];
		if (!tree_read(d->tree, format_text(d->mem, "data/%s", s[i].name), &s[i].file))
			return cannot_read(s[i].name);
	}
	if (d->o->sign.tsr == NULL)
		return write_requests(d, s, n);
	code = read_replies(d, s, &n);
	if (code == EXIT_DONE)
		code = stamp_files(d->o, d->mem, s, n);
	struct sign_made *made = new_array(d->mem, struct sign_made, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		made[i] = (struct sign_made){ s[i].name, s[i].made };
	if (code == EXIT_DONE)
		code = sign_prove(d->o, made, n, true, NULL);
	if (code == EXIT_DONE)
		code = put_into_package(
			d, made, n,
			format_text(d->mem, "Time-Stamp: %s %s", s[0].time, join(d->mem, made, n)), NULL);
	for (int i = 0; code == EXIT_DONE && i < n; i++)
		printf("%s: PAdES B-T, %s\n", made[i].name, s[i].time);
	return code;
}

/* Has this certificate signed that file in this role? bag-info.txt says so since it did. */
static bool signed_already(const struct deed *d, const char *name)
{
	char *text = copy_part(d->mem, (const char *)d->tree->info.at, d->tree->info.len), *rest = text;
	char *start = format_text(d->mem, "Signature: %s %s ", deed_role(d->o), d->s.face.serial),
	     *word = format_text(d->mem, " %s ", name);
	for (char *line; (line = strsep(&rest, "\n")) != NULL;)
		if (text_starts(line, start) && strstr(format_text(d->mem, "%s ", line), word) != NULL)
			return true;
	return false;
}

/* Everything was signed: by a call that was cut off before the ledger heard of it, or just so. */
static int nothing_left(struct deed *d)
{
	struct ledger *l = NULL;
	TELL(d->o->lang, "%s: chứng thư này đã ký các tệp ấy rồi; không ký lại",
	     "%s: this certificate has signed these already; nothing is signed again", d->tree->name);
	if (strcmp(d->entry.state, "drafted") != 0)
		return EXIT_DONE;
	int code = entry_begin(d->o, d->mem, &d->entry, &l);
	return code == EXIT_DONE
		       ? entry_signed(d->o, l, &d->entry, d->s.face.cn,
				      format_text(d->mem, "%s %s", deed_role(d->o), d->s.face.serial))
		       : code;
}

static int sign_package(struct deed *d)
{
	int code = deed_open_key(d);
	if (code != EXIT_DONE)
		return code;
	for (int i = 0; i < d->pdfs.n; i++) {
		struct bytes before;
		if (!tree_read(d->tree, format_text(d->mem, "data/%s", d->pdfs.at[i]), &before))
			return cannot_read(d->pdfs.at[i]);
		if (!signed_already(d, d->pdfs.at[i]))
			deed_add(d, d->pdfs.at[i], before, strcmp(d->pdfs.at[i], DEED_COVER) == 0);
	}
	int n = d->s.files.n;
	if (n == 0)
		return nothing_left(d);
	deed_compare_body(d);
	code = deed_sign(d);
	if (code != EXIT_DONE)
		return code;
	struct sign_made *made = new_array(d->mem, struct sign_made, (size_t)n);
	for (int i = 0; i < n; i++)
		made[i] = (struct sign_made){ d->s.files.at[i].name, d->s.files.at[i].after };
	char *line = format_text(d->mem, "Signature: %s %s %s %s", deed_role(d->o), d->s.face.serial,
				 time_text(d->mem, d->o->settings.at), join(d->mem, made, n));
	code = put_into_package(d, made, n, line, d->s.face.cn);
	for (int i = 0; code == EXIT_DONE && i < n; i++)
		printf("%s: PAdES B-B, %s\n", made[i].name, d->s.face.serial);
	return code == EXIT_DONE && d->o->sign.tsq != NULL ? requests_for(d, made, n) : code;
}

/* What a person signed with a tool of his own (a USB token's): it must go on from one of the package's PDFs
 * to the byte, so nothing but signatures came to it, and all of them must hold. */
static int take_in(struct deed *d)
{
	struct sign_made made = { NULL, { 0 } };
	struct sign_by by;
	struct bytes before;
	if (!map_whole(d->mem, d->o->sign.taken, &made.bytes))
		return cannot_read(d->o->sign.taken);
	for (int i = 0; i < d->tree->files.n && made.name == NULL; i++) {
		const char *name = d->tree->files.at[i];
		if (text_ends(name, ".pdf") && strchr(name + 5, '/') == NULL &&
		    tree_read(d->tree, name, &before) && before.len < made.bytes.len &&
		    memcmp(before.at, made.bytes.at, before.len) == 0)
			made.name = name + 5;
	}
	if (made.name == NULL) {
		TELL(d->o->lang,
		     "%s: không phải bản ký nối tiếp của tệp PDF nào trong gói; hãy ký chính tệp trong gói, "
		     "không in hay "
		     "lưu lại",
		     "%s: goes on from no PDF of the package; sign the very file of the package, not one "
		     "printed or saved "
		     "anew",
		     d->o->sign.taken);
		return EXIT_INPUT;
	}
	int code = sign_prove(d->o, &made, 1, false, &by);
	if (code != EXIT_DONE)
		return code;
	if (by.covered <= (int64_t)before.len) {
		TELL(d->o->lang, "%s: không có thêm chữ ký nào", "%s: bears no signature more", d->o->sign.taken);
		return EXIT_INPUT;
	}
	if (by.serial[0] == 0 || by.serial[strspn(by.serial, "0123456789ABCDEF")] != 0) {
		say("%s: the proof of its signature is not one", made.name);
		return EXIT_BUG;
	}
	code = put_into_package(d, &made, 1,
				format_text(d->mem, "Signature: elsewhere %s %s %s", by.serial,
					    time_text(d->mem, d->o->settings.at), made.name),
				by.cn);
	if (code == EXIT_DONE)
		printf("%s: %s\n", made.name, by.serial);
	return code;
}

/* The whole as ASiC-E -------------------------------------------------------------------------------------
 */

static int seal_whole(struct deed *d)
{
	struct packed *files = new_array(d->mem, struct packed, (size_t)d->tree->files.n);
	char *path = format_text(d->mem, "%s.asice", d->tree->path);
	const char *name = format_text(d->mem, "%s.asice", d->tree->name);
	struct bytes old = { 0 }, whole, p7s;
	struct ledger *l = NULL;
	bool there = map_whole(d->mem, path, &old);
	int n = d->tree->files.n, code = EXIT_DONE;
	if (there == (deed_has_key(d->o) != 0)) {
		TELL(d->o->lang,
		     there ? "%s: đã có; hãy cất đi trước khi ký lại"
			   : "%s: chưa có; hãy ký gói trước (--asic)",
		     there ? "%s is there already; put it away before it is made again"
			   : "%s is not there; seal the package first (--asic)",
		     path);
		return there ? EXIT_CANNOT_WRITE : EXIT_NO_INPUT;
	}
	for (int i = 0; i < n; i++) {
		files[i].name = d->tree->files.at[i] + 5;
		if (!tree_read(d->tree, d->tree->files.at[i], &files[i].bytes))
			return cannot_read(files[i].name);
	}
	struct bytes manifest = asic_manifest(d->mem, files, n);
	struct stamping s = { .name = name, .file = old };
	if (deed_has_key(d->o)) {
		uint8_t digest[64] = { 0 };
		code = deed_open_key(d);
		if (code != EXIT_DONE)
			return code;
		deed_compare_body(d);
		sign_digest(&d->s.face, &manifest, 1, digest);
		if (!key_sign(d->s.key, digest, &p7s, &code))
			return code;
	} else if (d->o->sign.tsr == NULL)
		return write_requests(d, &s, 1);
	else {
		int one = 1;
		code = read_replies(d, &s, &one);
		if (code == EXIT_DONE)
			code = stamp_files(d->o, d->mem, &s, 1);
		p7s = s.made;
	}
	if (code != EXIT_DONE)
		return code;
	whole = write_asic(d->mem, files, n, manifest, p7s);
	code = sign_prove(d->o, &(struct sign_made){ name, whole }, 1, d->o->sign.tsr != NULL, NULL);
	if (code == EXIT_DONE)
		code = entry_begin(d->o, d->mem, &d->entry, &l);
	if (code == EXIT_DONE)
		code = tree_put_beside(d->tree, ".asice", whole);
	if (code == EXIT_DONE)
		code = entry_signed(d->o, l, &d->entry, d->s.face.cn,
				    format_text(d->mem, "%s %s %s %s", deed_role(d->o), d->s.face.serial,
						time_text(d->mem, d->o->settings.at), name));
	if (code == EXIT_DONE)
		printf("%s: ASiC-E, CAdES %s, %s\n", name, d->o->sign.tsr != NULL ? "B-T" : "B-B",
		       d->o->sign.tsr != NULL ? s.time : d->s.face.serial);
	return code == EXIT_DONE && d->o->sign.tsq != NULL && deed_has_key(d->o)
		       ? requests_for(d, &(struct sign_made){ name, whole }, 1)
		       : code;
}

static int one_package(struct deed *d)
{
	int code = entry_find(d->o, d->mem, d->o->words[0], &d->entry);
	if (code != EXIT_DONE)
		return code;
	d->tree = tree_open(d->mem, d->entry.path, &code);
	if (d->tree == NULL)
		return code;
	code = entry_find(d->o, d->mem, d->tree->path, &d->entry);
	if (code == EXIT_DONE)
		code = check_sound(d);
	if (code == EXIT_DONE)
		code = choose_pdfs(d);
	if (code != EXIT_DONE)
		return code;
	if (d->entry.id == 0)
		TELL(d->o->lang, "%s: sổ không có gói này; không ghi sự kiện 'signed'",
		     "%s: the ledger does not know it; no event 'signed' is written", d->tree->name);
	else if (strcmp(d->entry.state, "drafted") != 0 && strcmp(d->entry.state, "signed") != 0) {
		say("%s is %s; it is signed no more", d->tree->name, d->entry.state);
		return EXIT_INPUT;
	}
	if (d->o->sign.asic)
		return seal_whole(d);
	struct stat st;
	char *sealed = format_text(d->mem, "%s.asice", d->tree->path);
	if ((deed_has_key(d->o) || d->o->sign.tsr != NULL || d->o->sign.taken != NULL) &&
	    lstat(sealed, &st) == 0) {
		TELL(d->o->lang,
		     "%s: gói đã được niêm phong toàn bộ; ký từng tệp phải làm trước, hãy cất tệp này đi",
		     "%s: the package is sealed as a whole; its PDFs are signed before that, put this file "
		     "away",
		     sealed);
		return EXIT_INPUT;
	}
	return d->o->sign.taken != NULL ? take_in(d)
	       : deed_has_key(d->o)	? sign_package(d)
					: stamp_package(d);
}

int cmd_package_sign(struct options *o)
{
	struct stat st;
	int ways = deed_has_key(o) + (o->sign.tsr != NULL) + (o->sign.taken != NULL);
	bool only_asks = ways == 0 && o->sign.tsq != NULL;
	if (o->words_n == 0 || (o->sign.p12 != NULL && o->sign.pkcs11 != NULL) || (ways != 1 && !only_asks) ||
	    (o->sign.tsq != NULL && !deed_has_key(o) && !only_asks) ||
	    (o->sign.taken != NULL && o->sign.asic)) {
		say("package sign PATH [PDF...] with one of --p12 FILE, --pkcs11 URI (and --tsq PATH), --tsq "
		    "PATH, --tsr "
		    "PATH, --signed PDF");
		return EXIT_USE;
	}
	struct deed d = { .o = o, .mem = talloc_new(NULL) };
	d.s = (struct signing){ .o = o, .mem = d.mem };
	bool one = stat(o->words[0], &st) == 0 && !S_ISDIR(st.st_mode);
	int code = deed_read_wishes(&d);
	if (code == EXIT_DONE)
		code = one ? sign_one(&d) : one_package(&d);
	talloc_free(d.mem);
	return code;
}
