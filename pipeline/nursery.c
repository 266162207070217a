/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nursery.c - the prepared parent, and what a sealed child does. See worker.h and nursery.h.
 *
 * The nursery lives as long as its socket: when the supervisor goes, the socket ends, the nursery ends, and
 * the kernel ends its children (PR_SET_PDEATHSIG). It reads orders of its own supervisor only, never anything
 * that came from a letter.
 */
#include "nursery.h"
#include "command.h"
#include "record.h"
#include "sandbox.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILE_MAX = 256 << 20 };                 /* bytes of a letter; RELIABILITY: 200 MB */

struct nest {                                  /* all a nursery knows */
	const struct nursery_wish *wish;
	struct sandbox *sandbox;
	struct limits limits;
	int socket;
	struct { pid_t pid; int id; } children[JOBS_MAX];
	int children_n;
};

struct limits nursery_limits(const struct nursery_wish *w)
{
	struct limits all = w->limits;
	for (const struct stage *const *s = w->stages; s != NULL && *s != NULL; s++) {
		const struct limits *l = &(*s)->limits;
		if (w->limits.cpu_seconds == 0)
			all.cpu_seconds += l->cpu_seconds;
		if (all.megabytes < l->megabytes)
			all.megabytes = l->megabytes;
		if (w->limits.output_megabytes == 0)
			all.output_megabytes += l->output_megabytes;
	}
	return all;
}

/* the child ------------------------------------------------------------------------------------------ */

static void answer(struct buffer *b)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(ANSWER_FD, b->text + at, b->len - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(EXIT_IO);        /* nobody listens any more */
		at += (size_t)n;
	}
	b->len = 0;
}

/* New facts of a batch and its steps last. Outputs went out while the stage ran (send_outputs), a few are left. */
static void answer_batch(struct batch *b, struct record_mark *mark, struct buffer *out)
{
	buffer_text(out, "{\"to\":0}\n");
	record_write_batch(b, mark, out);
	answer(out);
}

struct sending { struct record_mark *mark; struct buffer *out; int sent; };

/* batch.send of a child: what is there goes to the supervisor, and the bytes are given back. */
static void send_outputs(struct batch *b)
{
	struct sending *s = b->send_with;
	answer_batch(b, s->mark, s->out);
	for (; s->sent < b->outputs.n; s->sent++) {
		struct output *o = &b->outputs.at[s->sent];
		talloc_free((void *)(uintptr_t)o->bytes.at);
		o->bytes = (struct bytes){ 0 };
	}
}

/* Everything of an open file, mapped; an empty one is "". */
static struct bytes map(int fd, bool *too_big)
{
	struct stat st;
	*too_big = false;
	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return (struct bytes){ (const uint8_t *)"", 0 };
	*too_big = st.st_size > FILE_MAX;
	void *at = *too_big ? MAP_FAILED : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED) {
		*too_big = true;
		return (struct bytes){ (const uint8_t *)"", 0 };
	}
	return (struct bytes){ at, (size_t)st.st_size };
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static const char *const outcome_words[] = { "pass", "stop", "retry" };

static struct step step_of(const struct stage *s, enum outcome outcome, double since, char *walls)
{
	return (struct step){ (char *)(uintptr_t)s->name, s->version, (char *)(uintptr_t)outcome_words[outcome],
			      milliseconds() - since, walls };
}

static enum outcome run_one(const struct stage *s, struct letter *l)
{
	sandbox_cpu(s->limits.cpu_seconds);
	if (s->run != NULL)
		return s->run(l);
	struct batch *b = batch_new(l, l->settings);
	batch_add_letter(b, l);
	return s->run_batch(b);
}

/* One of the five that is not the first. */
static bool is_later(const struct stage *s)
{
	for (const struct stage *const *known = stages + 1; *known != NULL; known++)
		if (*known == s)
			return true;
	return false;
}

/* The bytes of inner parts are not in a record: 1_ingest finds them again. What it says was said before. */
static void ingest_again(struct letter *l, bool had_parts)
{
	int findings = l->findings.n;
	run_one(&stage_ingest, l);
	if (had_parts)
		l->findings.n = findings;
}

/* beside: how many files that stand beside it came along. */
static void letter_job(const struct nest *n, int beside, char *walls)
{
	bool too_big;
	char *why = NULL;
	const struct stage *const *at = n->wish->stages;
	struct letter *l = letter_new(NULL, n->wish->settings, NULL);
	struct record_mark mark = { 0 };
	struct buffer b = { .mem = l };
	struct bytes facts = map(FACTS_FD, &too_big);
	if (!record_read(l, (const char *)facts.at, facts.len, &why))
		_exit(EXIT_BUG);
	bool had_parts = l->parts.n > 0;
	l->parts.n = 0;
	for (int i = 0; i < l->beside.n && i < beside; i++)
		l->beside.at[i].bytes = map(JOB_FDS + i, &too_big);
	if (beside > 0)
		record_skip(l, &mark);
	struct bytes bytes = map(STDIN_FILENO, &too_big);
	letter_add_part(l, 0, l->name, bytes);
	l->sha256 = l->parts.at[0].sha256;
	if (had_parts || is_later(*at))
		ingest_again(l, had_parts);
	if (had_parts)
		record_skip(l, &mark);
	struct letter head = { .name = l->name, .path = l->path, .sha256 = l->sha256, .received = l->received };
	record_write(&head, &(struct record_mark){ 0 }, false, &b);
	mark.head = true;
	if (too_big) {
		letter_finding(l, "worker/unreadable", HOLD, NULL,
			       "Tệp quá lớn (trên 256 MB) hoặc không đọc được, nên không được xử lý tự động. "
			       "Đề nghị gửi lại thành nhiều tệp nhỏ hơn.",
			       "The file is over 256 MB or cannot be read. Send it again in smaller files.");
		record_write(l, &mark, n->wish->with_words, &b);
		answer(&b);
		return;
	}
	enum outcome outcome = PASS;
	for (; *at != NULL && outcome != RETRY; at++) {
		const struct stage *s = *at;
		if (outcome == STOP && s->run != NULL)
			continue;
		answer(&b);
		double since = milliseconds();
		enum outcome this = run_one(s, l);
		outcome = this == PASS && outcome == STOP ? STOP : this;
		struct step step = step_of(s, this, since, walls);
		l->steps.at = own_grow(l, l->steps.at, l->steps.n, &l->steps.room, sizeof step);
		l->steps.at[l->steps.n++] = step;
		record_write(l, &mark, n->wish->with_words, &b);
	}
	answer(&b);
}

/* A line {"to":N}: which letter the next facts belong to. -1: not such a line. */
static int addressee(const char *line, size_t len)
{
	int to = -1, end = 0;
	char text[32];
	if (len < 8 || len >= sizeof text || memcmp(line, "{\"to\":", 6) != 0)
		return -1;
	memcpy(text, line, len);
	text[len] = 0;
	return sscanf(text, "{\"to\":%d}%n", &to, &end) == 1 && (size_t)end == len ? to : -1;
}

static bool read_batch(struct batch *b, struct bytes facts)
{
	struct letter *to = NULL;
	const char *at = (const char *)facts.at, *end = at + facts.len;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		char *why = NULL;
		if (stop == NULL)
			return false;
		size_t len = (size_t)(stop - at);
		int n = addressee(at, len);
		if (n > 0)
			to = batch_add_letter(b, letter_new(b, b->settings, NULL));
		else if (n == 0)
			to = NULL;
		else if (to != NULL ? !record_read_line(to, at, len, &why)
				    : !record_read_batch(b, at, len + 1, &why))
			return false;
		at = stop + 1;
	}
	return true;
}

static void batch_job(const struct nest *n, time_t at, char *walls)
{
	bool too_big;
	struct settings settings = *n->wish->settings;
	settings.at = at;
	struct batch *b = batch_new(NULL, &settings);
	if (!read_batch(b, map(FACTS_FD, &too_big)) || too_big)
		_exit(EXIT_BUG);
	struct record_mark *marks = new_array(b, struct record_mark, (size_t)b->letters.n + 1);
	struct buffer out = { .mem = b };
	b->send = send_outputs;
	b->send_with = &(struct sending){ &marks[0], &out, 0 };
	for (int i = 0; i < b->letters.n; i++)
		record_skip(b->letters.at[i], &marks[i + 1]);
	enum outcome outcome = PASS;
	for (const struct stage *const *at_stage = n->wish->stages; *at_stage != NULL && outcome != RETRY; at_stage++) {
		const struct stage *s = *at_stage;
		double since = milliseconds();
		sandbox_cpu(s->limits.cpu_seconds);
		outcome = s->run_batch(b);
		struct step step = step_of(s, outcome, since, walls);
		b->steps.at = own_grow(b, b->steps.at, b->steps.n, &b->steps.room, sizeof step);
		b->steps.at[b->steps.n++] = step;
		for (int i = 0; i < b->letters.n; i++) {
			buffer_format(&out, "{\"to\":%d}\n", i + 1);
			record_write(b->letters.at[i], &marks[i + 1], false, &out);
		}
		answer_batch(b, &marks[0], &out);
	}
}

static int call_job(const struct nest *n)
{
	struct batch *back = batch_new(NULL, n->wish->settings);
	struct record_mark mark = { 0 };
	struct buffer out = { .mem = back };
	back->send = send_outputs;
	back->send_with = &(struct sending){ &mark, &out, 0 };
	int code = n->wish->work(n->wish->arg, back);
	fflush(stdout);
	answer_batch(back, &mark, &out);
	return code;
}

static _Noreturn void child(const struct nest *n, const struct order *order, const int *fds, pid_t parent)
{
	char walls[SANDBOX_WALLS];
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 1; i < 32; i++)
		signal(i, SIG_DFL);            /* a library's handler must not hide how the child died */
	signal(SIGPIPE, SIG_IGN);
	setsid();
	int high[JOB_FDS_MAX];                 /* above the places where they go */
	for (int i = 0; i < order->fds; i++)
		high[i] = fcntl(fds[i], F_DUPFD, 16);
	for (int i = 0; i < order->fds; i++)
		if (high[i] < 0 || dup2(high[i], i) < 0)
			_exit(EXIT_BUG);
	if (!sandbox_seal(n->sandbox, &n->limits, order->fds, parent, walls) && !n->wish->unsealed)
		_exit(EXIT_MISSING);
	int code = EXIT_DONE;
	if (order->kind == JOB_LETTER)
		letter_job(n, order->fds - JOB_FDS, walls);
	else if (order->kind == JOB_BATCH)
		batch_job(n, order->at, walls);
	else
		code = call_job(n);
	_exit(code);
}

/* the nursery ---------------------------------------------------------------------------------------- */

static void tell(const struct nest *n, enum report_word word, int id, int status, const char *text)
{
	struct report r = { .word = word, .id = id, .status = status };
	snprintf(r.text, sizeof r.text, "%s", text != NULL ? text : "");
	if (send(n->socket, &r, sizeof r, MSG_NOSIGNAL) != (ssize_t)sizeof r)
		_exit(0);                      /* the supervisor has gone */
}

static void start(struct nest *n, const struct order *order, const int *fds)
{
	pid_t self = getpid();
	pid_t pid = n->children_n < JOBS_MAX ? fork() : -1;
	if (pid == 0)
		child(n, order, fds, self);
	if (pid < 0) {
		tell(n, REPORT_ENDED, order->id, EXIT_TRY_LATER << 8, NULL);
		return;
	}
	n->children[n->children_n].pid = pid;
	n->children[n->children_n++].id = order->id;
}

/* False: the supervisor closed its end. */
static bool take_order(struct nest *n)
{
	struct order order;
	int fds[JOB_FDS_MAX];
	char control[CMSG_SPACE(sizeof fds)];
	struct iovec part = { &order, sizeof order };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof control };
	if (recvmsg(n->socket, &message, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof order)
		return false;
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	size_t fds_len = (size_t)order.fds * sizeof *fds;
	if (order.word == ORDER_START && head != NULL && order.fds >= JOB_FDS && order.fds <= JOB_FDS_MAX
	    && head->cmsg_len == CMSG_LEN(fds_len)) {
		memcpy(fds, CMSG_DATA(head), fds_len);
		start(n, &order, fds);
		for (int i = 0; i < order.fds; i++)
			close(fds[i]);
	}
	for (int i = 0; order.word == ORDER_KILL && i < n->children_n; i++)
		if (n->children[i].id == order.id) {
			kill(-n->children[i].pid, SIGKILL);
			kill(n->children[i].pid, SIGKILL);
		}
	return true;
}

static void reap(struct nest *n)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < n->children_n; i++)
			if (n->children[i].pid == pid) {
				int id = n->children[i].id;
				n->children[i] = n->children[--n->children_n];
				tell(n, REPORT_ENDED, id, status, NULL);
				break;
			}
}

/* A child of no job puts the walls up, so that the supervisor knows which stand before any letter is seen. */
static bool try_walls(struct nest *n, char walls[SANDBOX_WALLS])
{
	int ends[2], status = 0;
	pid_t self = getpid();
	memset(walls, 0, SANDBOX_WALLS);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], ANSWER_FD);
		bool sealed = sandbox_seal(n->sandbox, &n->limits, ANSWER_FD + 1, self, walls);
		ssize_t written = write(ANSWER_FD, walls, strlen(walls));
		_exit(sealed && written > 0 ? 0 : 1);
	}
	close(ends[1]);
	ssize_t len = read(ends[0], walls, SANDBOX_WALLS - 1);
	close(ends[0]);
	if (len <= 0)
		strcpy(walls, "none");
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static void prepare_one(const struct nest *n, const struct stage *s)
{
	char *why = NULL;
	if (s->prepare == NULL || s->prepare(n->wish->settings, &why))
		return;
	char *text = format_text(NULL, "%s: %s", s->name, why != NULL ? why : "cannot prepare");
	tell(n, REPORT_MISSING, 0, 0, text);
	_exit(0);
}

static void prepare(struct nest *n)
{
	const struct nursery_wish *w = n->wish;
	const char *readable[8 + 64] = { w->settings->data, w->settings->tessdata, w->settings->store };
	int readable_n = 0;
	for (int i = 0; i < 3; i++)
		if (readable[i] != NULL)
			readable[readable_n++] = readable[i];
	readable[readable_n] = NULL;
	for (int i = 0; w->readable != NULL && w->readable[i] != NULL && readable_n < 64; i++) {
		readable[readable_n++] = w->readable[i];
		readable[readable_n] = NULL;
	}
	if (w->stages != NULL && *w->stages != NULL && is_later(*w->stages))
		prepare_one(n, &stage_ingest);
	for (const struct stage *const *s = w->stages; s != NULL && *s != NULL; s++)
		prepare_one(n, *s);
	/* OpenSSL and text.c fill their tables at first use: 1 ms, once instead of each time. */
	talloc_free(text_sha256(NULL, (struct bytes){ (const uint8_t *)"", 0 }));
	talloc_free(text_strong(NULL, "ký"));
	char walls[SANDBOX_WALLS];
	n->sandbox = sandbox_new(NULL, readable);
	bool sealed = try_walls(n, walls);
	tell(n, sealed || w->unsealed ? REPORT_READY : REPORT_UNSEALED, 0, 0, walls);
}

_Noreturn void nursery_main(int socket, pid_t supervisor, const struct nursery_wish *wish)
{
	struct nest n = { .wish = wish, .limits = nursery_limits(wish), .socket = socket };
	sigset_t child_ends;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != supervisor)
		_exit(0);
	/* What the supervisor holds, the run lock above all, must not outlive it in us. */
	close_range(3, (unsigned)socket - 1, 0);
	close_range((unsigned)socket + 1, ~0u, 0);
	sigemptyset(&child_ends);
	sigaddset(&child_ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child_ends, NULL);
	prepare(&n);
	int signals = signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK);
	for (;;) {
		struct pollfd on[] = { { .fd = socket, .events = POLLIN }, { .fd = signals, .events = POLLIN } };
		if (poll(on, 2, -1) < 0 && errno != EINTR)
			_exit(EXIT_BUG);
		if (on[1].revents & POLLIN) {
			struct signalfd_siginfo what;
			while (read(signals, &what, sizeof what) > 0)
				;
			reap(&n);
		}
		if (on[0].revents != 0 && !take_order(&n))
			_exit(0);
	}
}
