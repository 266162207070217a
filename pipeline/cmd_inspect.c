/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_inspect.c - verify, extract, check: what is in these files? No ledger, nothing written.
 *
 * Every file named gets exactly one answer, in the order of the command line, also when it is not there, is a
 * folder, or kills its sealed child: then it is unreadable and a finding says why. Files are opened when their
 * turn comes and forgotten when answered, so thousands cost no more memory than a few.
 */
#include "command.h"
#include "mapped.h"
#include "report_html.h"
#include "report_json.h"
#include "report_page.h"
#include "report_proof.h"
#include "report_text.h"
#include "durable.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_verify(struct options *);
int cmd_extract(struct options *);
int cmd_check(struct options *);

struct view {                                  /* one of the three commands */
	const struct stage *const *stages;
	json_t *(*json)(const struct letter *, const char *file, bool with_text);
	void (*text)(const struct letter *, const char *file, enum lang, bool with_text, FILE *);
	void (*html)(const struct letter *, const char *file, enum lang, FILE *);      /* NULL: not made */
	const char *vi, *en;                   /* heading of the page of HTML */
	bool drawn;                            /* the last stage only draws */
	bool not_of_signatures;                /* what they are worth is no part of the answer */
	bool whole;                            /* a letter with its detached signature, or a signature with what it signs */
	int spare;                             /* its jobs are short: see options_jobs */
};

struct inspection {
	struct options *o;
	const struct view *view;
	int next, code, answered;
	int verdicts[5];
};

enum { STDIN_MAX = 1 << 28 };                  /* held in memory: 256 MB */

static const char *const verdict_words[] = { "passed", "indeterminate", "failed", "unsigned", "unreadable" };

/* The worst of a run is told: a missing file above an unusable one above one that needs a person. */
static void raise_code(struct inspection *in, int code)
{
	static const int ranks[] = { EXIT_DONE, EXIT_PERSON, EXIT_INPUT, EXIT_NO_PERMISSION, EXIT_NO_INPUT, EXIT_TRY_LATER };
	int have = 0, want = 0;
	for (size_t k = 0; k < sizeof ranks / sizeof *ranks; k++) {
		int i = (int)k;
		have = ranks[i] == in->code ? i : have;
		want = ranks[i] == code ? i : want;
	}
	in->code = want > have ? code : in->code;
}

static void cannot_open(struct inspection *in, struct letter *l, int error)
{
	static const struct { int error; const char *rule; int code; const char *vi, *en; } reasons[] = {
		{ ENOENT, "worker/no-such-file", EXIT_NO_INPUT, "Không có tệp này; hãy xem lại tên và thư mục.",
		  "There is no such file; look at its name and folder." },
		{ EISDIR, "worker/unreadable", EXIT_INPUT, "Đây là thư mục; hãy nêu các tệp trong đó (THƯ-MỤC/*).",
		  "This is a folder; name the files in it (FOLDER/*)." },
		{ EACCES, "worker/unreadable", EXIT_NO_PERMISSION, "Không có quyền đọc tệp này; hãy nhờ chủ tệp hoặc người quản trị cấp quyền.",
		  "This file may not be read; ask its owner or the administrator for the right to." },
		{ EINVAL, "worker/unreadable", EXIT_INPUT, "Không phải tệp thường nên không đọc.", "Not a regular file, so it is not read." },
		{ 0, "worker/unreadable", EXIT_INPUT, "Không mở được tệp này để đọc.", "The file cannot be opened for reading." },
	};
	int i = 0;
	while (reasons[i].error != 0 && reasons[i].error != error)
		i++;
	letter_finding(l, reasons[i].rule, HOLD, NULL, reasons[i].vi, reasons[i].en);
	say("%s: %s", l->name, say_error(error));
	raise_code(in, reasons[i].code);
}

/* "-": what comes in on standard input, whole, in memory. */
static int open_stdin(int *error)
{
	static char chunk[1 << 16];
	int fd = memfd_create("stdin", MFD_CLOEXEC);
	off_t all = 0;
	for (ssize_t n = 1; fd >= 0 && n != 0;) {
		n = read(STDIN_FILENO, chunk, sizeof chunk);
		all += n > 0 ? n : 0;
		errno = all > STDIN_MAX ? EFBIG : errno;
		if ((n < 0 && errno != EINTR) || all > STDIN_MAX || (n > 0 && !durable_write(fd, chunk, (size_t)n))) {
			*error = errno;
			close(fd);
			return -1;
		}
	}
	*error = errno;
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int open_regular(const char *path, int *error)
{
	struct stat st;
	if (strcmp(path, "-") == 0)
		return open_stdin(error);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	*error = errno;
	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
		return fd;
	*error = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	close(fd);
	return -1;
}

/* verify --save-signed-revision N: the file as it was when signature N was made. The signature is told to say where
 * that ends; whoever wants to know whether it is good asks without the option. */
static void save_revision(struct inspection *in, const struct letter *l)
{
	int n = atoi(in->o->save_revision), error;
	const struct signature *s = n >= 1 && n <= l->signatures.n ? &l->signatures.at[n - 1] : NULL;
	if (s == NULL || s->part != 1 || s->covered <= 0 || s->coverage == COVERS_PART) {
		say("%s: no signature %d that covers a whole revision", l->name, n);
		raise_code(in, EXIT_INPUT);
		return;
	}
	int fd = open_regular(l->name, &error);
	char piece[65536];
	int64_t left = s->covered;
	while (fd >= 0 && left > 0) {
		ssize_t got = read(fd, piece, left < (int64_t)sizeof piece ? (size_t)left : sizeof piece);
		if (got <= 0 || fwrite(piece, 1, (size_t)got, stdout) != (size_t)got)
			break;
		left -= got;
	}
	if (fd >= 0)
		close(fd);
	if (left > 0 || fflush(stdout) != 0) {
		say("%s: the revision cannot be written", l->name);
		in->code = EXIT_CANNOT_WRITE;
	}
}

static void answer(struct inspection *in, const struct letter *l)
{
	if (in->o->save_revision != NULL) {
		in->answered++;
		save_revision(in, l);
		return;
	}
	const char *verdict = report_verdict(l);
	in->answered++;
	for (int i = 0; i < 5; i++)
		in->verdicts[i] += strcmp(verdict, verdict_words[i]) == 0;
	if (strcmp(verdict, "unreadable") == 0)
		raise_code(in, EXIT_INPUT);
	if ((!in->view->not_of_signatures && (strcmp(verdict, "failed") == 0 || strcmp(verdict, "indeterminate") == 0))
	    || strcmp(report_disposition(l), "accept") != 0)
		raise_code(in, EXIT_PERSON);
	if (in->o->format == FORMAT_JSON) {
		json_t *j = in->view->json(l, l->name, in->o->with_text);
		json_dumpf(j, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
		putchar('\n');
		json_decref(j);
	} else if (in->o->format == FORMAT_HTML)
		in->view->html(l, l->name, in->o->lang, stdout);
	else
		in->view->text(l, l->name, in->o->lang, in->o->with_text, stdout);
	fflush(stdout);
}

static int open_beside(const char *file, const char *name);

/* The letter's detached signature beside it belongs to it. */
static void bring_signature(struct task *task, const char *file)
{
	static const char *const endings[] = { ".p7s", ".P7S" };
	const char *slash = strrchr(file, '/');
	for (size_t i = 0; i < sizeof endings / sizeof *endings && task->beside_n == 0; i++) {
		char *name = format_text(task->letter, "%s%s", slash != NULL ? slash + 1 : file, endings[i]);
		int fd = open_beside(file, name);
		if (fd < 0)
			continue;
		letter_add_beside(task->letter, name)->along = true;
		task->beside[task->beside_n++] = fd;
	}
}

static bool next(void *with, struct task *task)
{
	struct inspection *in = with;
	if (in->next >= in->o->words_n)
		return false;
	int error;
	const char *file = in->o->words[in->next++];
	task->letter = letter_new(NULL, &in->o->settings, file);
	task->letter->received = time_text(task->letter, in->o->settings.at);
	task->fd = open_regular(file, &error);
	if (task->fd < 0)
		cannot_open(in, task->letter, error);
	else if (in->view->whole && strcmp(file, "-") != 0)
		bring_signature(task, file);
	return true;
}

/* Opens a file of that plain name beside the other. -1: not there, no regular file, or too big a name for one. */
static int open_beside(const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	struct stat st;
	if (name == NULL || name[0] == 0 || name[0] == '.' || strlen(name) > 255 || strpbrk(name, "/\\:") != NULL)
		return -1;
	char *folder = slash == NULL ? copy_text(NULL, ".") : copy_part(NULL, file, (size_t)(slash - file) + 1);
	int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = at >= 0 ? openat(at, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW) : -1;
	talloc_free(folder);
	if (at >= 0)
		close(at);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Is this what the signature signs, so that it is the letter? "cv.pdf.p7s" names cv.pdf beyond doubt; of what only may
 * be meant, the digest tells. */
static bool is_signed_file(const struct letter *signature, const struct beside *wish, int fd)
{
	const char *slash = strrchr(signature->name, '/'), *base = slash != NULL ? slash + 1 : signature->name;
	size_t len = strlen(wish->name);
	if (signature->parts.n == 0 || !text_same(signature->parts.at[0].media, "application/pkcs7-mime"))
		return false;
	if (strncmp(base, wish->name, len) == 0 && base[len] == '.')
		return true;
	struct bytes bytes;
	struct stat st;
	void *mem = talloc_new(NULL);
	bool same = wish->sha256 != NULL && fstat(fd, &st) == 0 && mapped_bytes(mem, fd, st.st_size, &bytes)
		&& text_same(text_sha256(mem, bytes), wish->sha256);
	talloc_free(mem);
	return same;
}

/* A signature wished for files that stand beside its own: it is asked again with those there are. What it said the
 * first time holds when there is none. */
static bool again(void *with, struct task *task)
{
	struct inspection *in = with;
	int error;
	const struct letter *first = task->letter;
	const char *file = in->o->words[in->answered];
	struct letter *l = letter_new(NULL, &in->o->settings, file);
	l->received = copy_text(l, first->received);
	bool fresh = false;
	for (int round = 0; round < 2; round++)        /* those that are parts stand first */
		for (int i = 0; i < first->beside.n && task->beside_n < BESIDE_MAX; i++) {
			const struct beside *wish = &first->beside.at[i];
			int fd = open_beside(file, wish->name);
			bool along = fd >= 0 && (wish->along || (in->view->whole && is_signed_file(first, wish, fd)));
			if (fd >= 0 && along == (round == 0)) {
				letter_add_beside(l, wish->name)->along = along;
				task->beside[task->beside_n++] = fd;
				fresh = fresh || !wish->along;
			} else if (fd >= 0)
				close(fd);
		}
	task->fd = fresh ? open_regular(file, &error) : -1;
	if (task->fd < 0) {
		while (task->beside_n > 0)
			close(task->beside[--task->beside_n]);
		talloc_free(l);
		return false;
	}
	talloc_free(task->letter);
	task->letter = l;
	return true;
}

/* The signatures stand, whatever became of their pictures. */
static bool was_verified(const struct letter *l)
{
	for (int i = 0; i < l->steps.n; i++)
		if (strcmp(l->steps.at[i].stage, stage_verify.name) == 0)
			return l->findings.n > 0;
	return false;
}

static void done(void *with, struct task *task)
{
	struct inspection *in = with;
	struct letter *l = task->letter;
	l->name = copy_text(l, (in->o->called != NULL ? in->o->called : in->o->words)[in->answered]);  /* not what the child calls it */
	if (task->end == END_LOST)
		letter_finding(l, "worker/lost", HOLD, NULL, "Không xử lý được tệp này lúc này; đề nghị chạy lại.",
			       "The file could not be looked at now. Run again.");
	if (task->end == END_LOST || task->end == END_RETRY)
		raise_code(in, EXIT_TRY_LATER);
	if (task->end == END_DIED && in->view->drawn && was_verified(l)) {
		say("%s: the pages cannot be drawn: %s", l->name, l->findings.at[l->findings.n - 1].en);
		l->findings.n--;
	} else if (task->end == END_DIED) {
		const struct finding *f = &l->findings.at[l->findings.n - 1];
		say("%s: %s%s%s", l->name, f->en, task->last_words[0] != 0 ? " Last words: " : "", task->last_words);
	}
	answer(in, l);
	if (isatty(STDOUT_FILENO) != 1)        /* where the answers go elsewhere */
		say_progress(in->answered, in->o->words_n);
	talloc_free(l);
}

static void sum_up(const struct inspection *in)
{
	if (in->answered < 2)
		return;
	say_clear();
	fprintf(stderr, said("congvan: %d files:"), in->answered);
	for (int i = 0; i < 5; i++)
		if (in->verdicts[i] > 0)
			fprintf(stderr, " %d %s", in->verdicts[i], report_text_word(verdict_words[i], in->o->lang));
	fputc('\n', stderr);
}

static int inspect(struct options *o, const struct view *view)
{
	struct inspection in = { .o = o, .view = view };
	if (o->words_n == 0) {
		say("name at least one file");
		return EXIT_USE;
	}
	if (o->save_revision != NULL && (o->words_n != 1 || isatty(STDOUT_FILENO))) {
		say("--save-signed-revision writes one file's revision to standard output; send it to a file");
		return EXIT_USE;
	}
	struct nursery_wish wish = { .settings = &o->settings, .stages = view->stages, .unsealed = o->unsealed,
				     .with_words = o->with_words || o->format == FORMAT_HTML };
	struct nursery *n = nursery_new(NULL, &wish);
	int code;
	char *why;
	if (!nursery_ready(n, &code, &why)) {
		say("%s", why);
		talloc_free(n);
		return code;
	}
	struct feed feed = { next, done, &in, options_jobs(o, view->spare), again };
	if (o->format == FORMAT_HTML)
		report_html_head(o->lang == LANG_VI ? view->vi : view->en, o->lang, stdout);
	if (!worker_letters(n, &feed))
		raise_code(&in, EXIT_TRY_LATER);
	if (o->format == FORMAT_HTML)
		report_html_foot(stdout);
	talloc_free(n);
	sum_up(&in);
	return in.code;
}

static json_t *verify_json(const struct letter *l, const char *file, bool with_text)
{
	(void)with_text;
	json_t *j = report_verify(l, file);
	if (strcmp(report_verdict(l), "unreadable") == 0)
		json_object_set_new(j, "messages", report_messages(l));
	return j;
}

int cmd_verify(struct options *o)
{
	static const struct stage *const list[] = { &stage_ingest, &stage_verify, NULL };
	static const struct stage *const drawing[] = { &stage_ingest, &stage_verify, &stage_draw, NULL };
	bool html = o->format == FORMAT_HTML;
	return inspect(o, &(struct view){ html ? drawing : list, verify_json, report_text_verify, report_proof,
					  "Kết quả kiểm tra chữ ký số", "Signatures checked", html, false, false, html ? 0 : 2 });
}

int cmd_extract(struct options *o)
{
	/* 3_verify only tells which signature covers what was read. */
	static const struct stage *const list[] = { &stage_ingest, &stage_extract, &stage_verify, NULL };
	return inspect(o, &(struct view){ list, report_extract, report_text_extract, report_page_extract, "Nội dung đọc được",
					  "What was read", false, true, true, 0 });
}

int cmd_check(struct options *o)
{
	static const struct stage *const list[] = { &stage_ingest, &stage_extract, &stage_verify, &stage_judge,
							NULL };
	return inspect(o, &(struct view){ list, report_check, report_text_check, NULL, NULL, NULL, false, false, true, 0 });
}
