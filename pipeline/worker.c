/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worker.c - the supervisor's side: start jobs, read answers, watch the clock. See worker.h.
 *
 * An answer is read line by line as it comes, so what a child said before it died is kept. Nothing in it is
 * believed beyond its facts: which stage a step belongs to, its version and the walls are what we ordered, not
 * what the child says.
 */
#include "nursery.h"
#include "command.h"
#include "durable.h"
#include "record.h"
#include "sandbox.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct nursery {
	struct nursery_wish wish;
	struct limits limits;
	pid_t pid;
	int socket, last_id;
	char walls[SANDBOX_WALLS];
};

/* Why the supervisor ended a job itself. */
enum trouble { NO_TROUBLE, TOO_LATE, TOO_MUCH, BAD_ANSWER };
enum { ANSWER, WORDS, OUT, STREAMS };          /* what is read from a child */
enum { WINDOW = 64 };                          /* answers that may wait for an earlier one */

struct job {
	struct task task;
	enum job_kind kind;
	struct batch *batch;                   /* JOB_BATCH, JOB_CALL: where facts go */
	struct letter *to;                     /* the letter the next facts belong to; NULL: the batch */
	struct buffer line;                    /* what came after the last line end */
	struct record_mark none;
	int id, streams[STREAMS], status, steps;
	int records;                           /* JOB_BATCH: its facts are in this file; -1: in the batch */
	int64_t answered;
	double started, deadline;
	bool running, ended;                   /* ended: the nursery reaped it */
	bool again;                            /* its second time */
	enum trouble trouble;
	char reason[256], words[512];
	size_t words_len;
	void *mem;
};

static double seconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* the nursery ---------------------------------------------------------------------------------------- */

static int nursery_end(struct nursery *n)
{
	if (n->socket >= 0)
		close(n->socket);
	if (n->pid > 0)
		waitpid(n->pid, NULL, 0);
	return 0;
}

struct nursery *nursery_new(const void *mem, const struct nursery_wish *wish)
{
	int pair[2];
	struct nursery *n = new_zero(mem, struct nursery);
	n->wish = *wish;
	n->limits = nursery_limits(wish);
	n->socket = -1;
	fflush(stdout);
	fflush(stderr);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return n;
	pid_t self = getpid();
	n->pid = fork();
	if (n->pid == 0) {
		close(pair[0]);
		nursery_main(pair[1], self, &n->wish);
	}
	close(pair[1]);
	n->socket = pair[0];
	talloc_set_destructor(n, nursery_end);
	return n;
}

bool nursery_ready(struct nursery *n, int *code, char **why)
{
	struct report r = { .word = REPORT_MISSING };
	*code = EXIT_BUG;
	if (n->walls[0] != 0)
		return true;
	if (n->pid <= 0 || recv(n->socket, &r, sizeof r, 0) != (ssize_t)sizeof r) {
		*why = copy_text(n, said("the nursery ended before it was prepared"));
		return false;
	}
	if (r.word == REPORT_READY) {
		snprintf(n->walls, sizeof n->walls, "%.47s", r.text);
		return true;
	}
	*code = EXIT_MISSING;
	*why = r.word == REPORT_MISSING ? copy_text(n, r.text)
		: format_text(n, "the sandbox cannot stand here (walls: %s); --unsealed goes on without it", r.text);
	return false;
}

const char *nursery_walls(const struct nursery *n) { return n->walls; }

static bool order(const struct nursery *n, const struct order *what, const int *fds)
{
	char control[CMSG_SPACE(sizeof(int[JOB_FDS_MAX]))] = { 0 };
	size_t fds_len = (size_t)what->fds * sizeof *fds;
	struct order copy = *what;
	struct iovec part = { &copy, sizeof copy };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	if (fds != NULL) {
		message.msg_control = control;
		message.msg_controllen = CMSG_SPACE(fds_len);
		struct cmsghdr *head = CMSG_FIRSTHDR(&message);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(fds_len);
		memcpy(CMSG_DATA(head), fds, fds_len);
	}
	return sendmsg(n->socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof copy;
}

/* a job's start -------------------------------------------------------------------------------------- */

static const struct stage *stage_at(const struct nursery *n, int i)
{
	const struct stage *const *s = n->wish.stages;
	for (; s != NULL && *s != NULL && i > 0; i--)
		s++;
	return s != NULL ? *s : NULL;
}

static void set_deadline(const struct nursery *n, struct job *j)
{
	const struct stage *s = stage_at(n, j->steps);
	int cpu = n->wish.limits.cpu_seconds > 0 || s == NULL ? n->limits.cpu_seconds : s->limits.cpu_seconds;
	j->deadline = seconds_now() + (n->wish.deadline > 0 ? n->wish.deadline : 3.0 * cpu);
}

int worker_records_new(void) { return memfd_create("facts", MFD_CLOEXEC); }

bool worker_records_add(int records, int number, const char *record)
{
	char to[32];
	int n = snprintf(to, sizeof to, "{\"to\":%d}\n", number);
	return durable_write(records, to, (size_t)n) && durable_write(records, record, strlen(record));
}

static void write_facts(const struct job *j, struct buffer *b)
{
	if (j->kind == JOB_LETTER)
		record_write(j->task.letter, &(struct record_mark){ 0 }, false, b);
	if (j->kind != JOB_BATCH)
		return;
	for (int i = 0; i < j->batch->letters.n; i++) {
		buffer_format(b, "{\"to\":%d}\n", i + 1);
		record_write(j->batch->letters.at[i], &(struct record_mark){ 0 }, false, b);
	}
	buffer_text(b, "{\"to\":0}\n");
	record_write_batch(j->batch, &(struct record_mark){ 0 }, b);
}

/* Pipes, facts, order. False: not a descriptor left or the nursery gone; nothing was started. */
static bool start(struct nursery *n, struct job *j)
{
	int ends[STREAMS][2], given[JOB_FDS_MAX], given_n = JOB_FDS + j->task.beside_n;
	struct buffer facts = { .mem = j->mem };
	int known = j->records >= 0 ? j->records : worker_records_new();
	if (j->records < 0)
		write_facts(j, &facts);
	bool good = known >= 0 && durable_write(known, facts.text, facts.len);
	talloc_free(facts.text);
	j->records = -1;
	for (int i = 0; i < STREAMS; i++)
		if (!good || pipe2(ends[i], O_CLOEXEC) != 0) {
			ends[i][0] = ends[i][1] = -1;
			good = false;
		}
	int input = j->task.fd >= 0 ? j->task.fd : open("/dev/null", O_RDONLY | O_CLOEXEC);
	given[0] = input;
	given[1] = ends[OUT][1];
	given[2] = ends[WORDS][1];
	given[ANSWER_FD] = ends[ANSWER][1];
	given[FACTS_FD] = known;
	j->id = ++n->last_id;
	for (int i = 0; i < j->task.beside_n; i++)
		given[JOB_FDS + i] = j->task.beside[i];
	j->task.beside_n = 0;
	time_t at = j->kind == JOB_BATCH ? j->batch->settings->at : n->wish.settings->at;
	good = good && input >= 0 && order(n, &(struct order){ ORDER_START, j->kind, j->id, at, given_n }, given);
	for (int i = 0; i < given_n; i++)
		if (given[i] >= 0)
			close(given[i]);
	j->task.fd = -1;
	j->started = seconds_now();
	for (int i = 0; i < STREAMS; i++) {
		j->streams[i] = ends[i][0];
		if (ends[i][0] >= 0)
			fcntl(ends[i][0], F_SETFL, O_NONBLOCK);
		if (!good && ends[i][0] >= 0)
			close(ends[i][0]);
	}
	j->running = good;
	j->line = (struct buffer){ .mem = j->mem };
	set_deadline(n, j);
	return good;
}

/* its answer ----------------------------------------------------------------------------------------- */

static void end_job(const struct nursery *n, struct job *j, enum trouble trouble)
{
	if (j->trouble == NO_TROUBLE)
		j->trouble = trouble;
	order(n, &(struct order){ .word = ORDER_KILL, .id = j->id }, NULL);
}

/* The last step of the list is what we ordered as number j->steps. */
static bool take_step(struct nursery *n, struct job *j, struct step *s)
{
	const struct stage *stage = stage_at(n, j->steps++);
	if (stage == NULL) {
		snprintf(j->reason, sizeof j->reason, "more steps than stages");
		return false;
	}
	if (strcmp(s->outcome, "retry") == 0)
		j->task.end = END_RETRY;
	s->stage = copy_text(j->mem, stage->name);
	s->version = stage->version;
	s->walls = copy_text(j->mem, n->walls);
	set_deadline(n, j);
	return true;
}

static bool read_address(struct job *j, const char *line, size_t len, bool *is_address)
{
	char text[32];
	int to = -1;
	*is_address = j->kind != JOB_LETTER && len > 6 && len < sizeof text && memcmp(line, "{\"to\":", 6) == 0;
	if (!*is_address)
		return true;
	memcpy(text, line, len);
	text[len] = 0;
	if (sscanf(text, "{\"to\":%d}", &to) != 1 || to < 0 || to > j->batch->letters.n)
		return false;
	j->to = to > 0 ? j->batch->letters.at[to - 1] : NULL;
	return true;
}

static bool read_line(struct nursery *n, struct job *j, const char *line, size_t len)
{
	bool is_address;
	char *why = NULL;
	if (!read_address(j, line, len, &is_address)) {
		snprintf(j->reason, sizeof j->reason, "a letter that is not there");
		return false;
	}
	if (is_address)
		return true;
	int letter_steps = j->to != NULL ? j->to->steps.n : 0, batch_steps = j->batch != NULL ? j->batch->steps.n : 0;
	bool good = j->to != NULL ? record_read_line(j->to, line, len, &why)
				  : record_read_batch(j->batch, line, len + 1, &why);
	if (!good) {
		snprintf(j->reason, sizeof j->reason, "%s", why);
		return false;
	}
	if (j->kind == JOB_LETTER && j->to->steps.n > letter_steps)
		return take_step(n, j, &j->to->steps.at[letter_steps]);
	if (j->kind == JOB_BATCH && j->batch->steps.n > batch_steps)
		return take_step(n, j, &j->batch->steps.at[batch_steps]);
	return true;
}

static void take_answer(struct nursery *n, struct job *j, const char *bytes, size_t len)
{
	j->answered += (int64_t)len;
	if (j->trouble != NO_TROUBLE)
		return;
	if (j->answered > (int64_t)n->limits.output_megabytes << 20 || j->line.len + len > RECORD_MAX_LINE) {
		end_job(n, j, TOO_MUCH);
		return;
	}
	for (const char *end = bytes + len; bytes < end;) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		if (stop == NULL) {
			buffer_add(&j->line, bytes, (size_t)(end - bytes));
			return;
		}
		bool good;
		if (j->line.len > 0) {
			buffer_add(&j->line, bytes, (size_t)(stop - bytes) + 1);
			good = read_line(n, j, j->line.text, j->line.len - 1);
			j->line.len = 0;
		} else
			good = read_line(n, j, bytes, (size_t)(stop - bytes));
		if (!good) {
			end_job(n, j, BAD_ANSWER);
			return;
		}
		bytes = stop + 1;
	}
}

/* The last of what it said is kept: a forbidden call's name stands there. A call's words are for people. */
static void take_words(struct job *j, const char *bytes, size_t len)
{
	if (j->kind == JOB_CALL)
		fwrite(bytes, 1, len, stderr);
	size_t room = sizeof j->words - 1;
	if (len > room) {
		bytes += len - room;
		len = room;
	}
	if (j->words_len + len > room) {
		size_t drop = j->words_len + len - room;
		memmove(j->words, j->words + drop, j->words_len - drop);
		j->words_len -= drop;
	}
	for (size_t i = 0; i < len; i++)
		j->words[j->words_len++] = bytes[i] != 0 ? bytes[i] : ' ';
	j->words[j->words_len] = 0;
}

static void take(struct nursery *n, struct job *j, int stream)
{
	static char chunk[1 << 16];
	ssize_t len = read(j->streams[stream], chunk, sizeof chunk);
	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (len <= 0) {
		close(j->streams[stream]);
		j->streams[stream] = -1;
	} else if (stream == ANSWER)
		take_answer(n, j, chunk, (size_t)len);
	else if (stream == OUT && j->kind == JOB_CALL)
		fwrite(chunk, 1, (size_t)len, stdout);
	else
		take_words(j, chunk, (size_t)len);
}

/* its end -------------------------------------------------------------------------------------------- */

struct death { const char *rule; char vi[480], en[480]; };

#define TELL(d, name, vi_text, en_text, ...) \
	((d)->rule = (name), snprintf((d)->vi, sizeof (d)->vi, vi_text, __VA_ARGS__), \
	 snprintf((d)->en, sizeof (d)->en, en_text, __VA_ARGS__))

static bool died_of_memory(const char *words)
{
	return strstr(words, "out of memory") != NULL || strstr(words, "bad_alloc") != NULL
	       || strstr(words, "failed to allocate") != NULL;
}

static bool tell_signal(struct death *d, const char *stage, int number, const char *words)
{
	char call[32];
	const char *name = sigabbrev_np(number);
	if (number == SIGSYS && sandbox_forbidden_call(words, call) != NULL)
		TELL(d, "worker/forbidden-call", "Bước %s dừng vì gọi lệnh hệ thống bị cấm (%s)",
		     "%s was stopped for the forbidden call %s", stage, call);
	else if (number == SIGXCPU)
		TELL(d, "worker/cpu-limit", "Bước %s dừng vì dùng quá thời gian xử lý cho phép",
		     "%s used more than its CPU time", stage);
	else if (died_of_memory(words))
		TELL(d, "worker/out-of-memory", "Bước %s dừng vì cần nhiều bộ nhớ hơn mức cho phép",
		     "%s needed more than its memory", stage);
	else
		TELL(d, "worker/crashed", "Bước %s dừng đột ngột (tín hiệu SIG%s)", "%s crashed (SIG%s)", stage,
		     name != NULL ? name : "?");
	return true;
}

/* False: it did not die. */
static bool tell_death(struct nursery *n, const struct job *j, struct death *d)
{
	const struct stage *s = stage_at(n, j->steps);
	const char *stage = s != NULL ? s->name : "end";
	if (j->trouble == TOO_LATE)
		TELL(d, "worker/deadline", "Bước %s dừng vì quá thời hạn", "%s was stopped at its deadline", stage);
	else if (j->trouble == TOO_MUCH)
		TELL(d, "worker/too-much-output", "Bước %s dừng vì trả về quá nhiều dữ liệu",
		     "%s answered with more than it may", stage);
	else if (j->trouble == BAD_ANSWER)
		TELL(d, "worker/bad-answer", "Bước %s trả về dữ liệu sai quy cách (%s)",
		     "%s gave an answer that is not a record (%s)", stage, j->reason);
	else if (WIFSIGNALED(j->status))
		return tell_signal(d, stage, WTERMSIG(j->status), j->words);
	else if (j->kind == JOB_CALL || (WEXITSTATUS(j->status) == 0 && j->line.len == 0
					 && (j->steps > 0 || j->kind == JOB_LETTER)))
		return false;
	else
		TELL(d, "worker/exited", "Bước %s tự kết thúc (mã %d) mà không trả lời",
		     "%s ended by itself (code %d) without an answer", stage, WEXITSTATUS(j->status));
	return true;
}

static void keep_words(struct job *j)
{
	size_t n = 0;
	for (const char *p = j->words; *p != 0 && n < sizeof j->task.last_words - 1; p++)
		j->task.last_words[n++] = *p >= ' ' && *p < 127 ? *p : ' ';
	while (n > 0 && j->task.last_words[n - 1] == ' ')
		n--;
	j->task.last_words[n] = 0;
}

static void conclude(struct nursery *n, struct job *j)
{
	struct death d;
	j->task.ms = (seconds_now() - j->started) * 1e3;
	j->running = false;
	bool no_process = WIFEXITED(j->status) && WEXITSTATUS(j->status) == EXIT_TRY_LATER && j->kind != JOB_CALL;
	if (no_process) {
		j->task.end = END_RETRY;
		return;
	}
	if (!tell_death(n, j, &d))
		return;
	j->task.end = END_DIED;
	keep_words(j);
	snprintf(j->reason, sizeof j->reason, "%.255s", d.en);
	if (j->kind != JOB_LETTER)
		return;
	char *vi = format_text(j->mem, "%s; những gì các bước trước đọc được vẫn được giữ. "
			       "Cần người xem trực tiếp tệp này.", d.vi);
	char *en = format_text(j->mem, "%s; what the stages before it found is kept. A person must look at the "
			       "file itself.", d.en);
	letter_finding(j->task.letter, d.rule, HOLD, NULL, vi, en);
}

/* the loop ------------------------------------------------------------------------------------------- */

struct ring {                                  /* jobs in the order in which they were given */
	struct job *at[WINDOW + JOBS_MAX];
	int first, n;
};

#define RING_ROOM ((int)(sizeof ((struct ring *)0)->at / sizeof ((struct ring *)0)->at[0]))

static struct job *ring_at(const struct ring *r, int i) { return r->at[(r->first + i) % RING_ROOM]; }

static int running(const struct ring *r)
{
	int n = 0;
	for (int i = 0; i < r->n; i++)
		n += ring_at(r, i)->running;
	return n;
}

/* Waits for what happens first: an answer, an end, a deadline. False: the nursery is gone. */
static bool wait_for_any(struct nursery *n, const struct ring *r)
{
	struct pollfd on[1 + JOBS_MAX * STREAMS] = { { .fd = n->socket, .events = POLLIN } };
	struct { struct job *job; int stream; } whose[1 + JOBS_MAX * STREAMS];
	nfds_t on_n = 1;
	double now = seconds_now(), next = now + 60;
	for (int i = 0; i < r->n; i++) {
		struct job *j = ring_at(r, i);
		if (!j->running)
			continue;
		if (j->deadline < next)
			next = j->deadline;
		for (int s = 0; s < STREAMS; s++)
			if (j->streams[s] >= 0) {
				whose[on_n].job = j;
				whose[on_n].stream = s;
				on[on_n++] = (struct pollfd){ .fd = j->streams[s], .events = POLLIN };
			}
	}
	poll(on, on_n, next > now ? (int)((next - now) * 1000) + 1 : 0);
	for (nfds_t i = 1; i < on_n; i++)
		if (on[i].revents != 0)
			take(n, whose[i].job, whose[i].stream);
	while (on[0].revents != 0) {
		struct report report;
		ssize_t len = recv(n->socket, &report, sizeof report, MSG_DONTWAIT);
		if (len < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (len != (ssize_t)sizeof report)
			return false;
		for (int i = 0; i < r->n; i++)
			if (ring_at(r, i)->id == report.id) {
				ring_at(r, i)->ended = true;
				ring_at(r, i)->status = report.status;
			}
	}
	now = seconds_now();
	for (int i = 0; i < r->n; i++) {
		struct job *j = ring_at(r, i);
		if (j->running && now >= j->deadline) {
			end_job(n, j, TOO_LATE);
			j->deadline = now + 5;
		}
		if (j->running && j->ended && j->streams[ANSWER] < 0 && j->streams[WORDS] < 0 && j->streams[OUT] < 0)
			conclude(n, j);
	}
	return true;
}

static void lose(struct job *j)
{
	j->task.end = END_LOST;
	j->running = false;
	for (int s = 0; s < STREAMS; s++)
		if (j->streams[s] >= 0)
			close(j->streams[s]);
}

static struct job *job_new(enum job_kind kind)
{
	struct job *j = new_zero(NULL, struct job);
	j->mem = j;
	j->kind = kind;
	j->task.fd = j->records = -1;
	return j;
}

/* A job as it was before it started, for the letter that again() put into its task. */
static bool begin_again(const struct feed *feed, struct job *j)
{
	if (feed->again == NULL || j->again || j->task.end != END_DONE || !feed->again(feed->with, &j->task))
		return false;
	j->again = true;
	j->to = j->task.letter;
	j->mem = j->task.letter;
	j->ended = false;
	j->status = j->steps = 0;
	j->answered = 0;
	j->words_len = 0;
	j->trouble = NO_TROUBLE;
	return true;
}

bool worker_letters(struct nursery *n, const struct feed *feed)
{
	struct ring r = { 0 };
	int jobs = feed->jobs < 1 ? 1 : feed->jobs > JOBS_MAX ? JOBS_MAX : feed->jobs;
	bool more = true, alive = true;
	while (more || r.n > 0) {
		while (more && alive && running(&r) < jobs && r.n < jobs + WINDOW) {
			struct job *j = job_new(JOB_LETTER);
			more = feed->next(feed->with, &j->task);
			if (!more) {
				talloc_free(j);
				break;
			}
			j->to = j->task.letter;
			j->mem = j->task.letter;
			r.at[(r.first + r.n++) % RING_ROOM] = j;
			if (j->task.fd >= 0 && !start(n, j))
				j->task.end = END_LOST;
		}
		while (r.n > 0 && !ring_at(&r, 0)->running) {
			struct job *j = ring_at(&r, 0);
			if (alive && begin_again(feed, j)) {
				j->task.end = start(n, j) ? END_DONE : END_LOST;
				continue;
			}
			r.first = (r.first + 1) % RING_ROOM;
			r.n--;
			feed->done(feed->with, &j->task);
			talloc_free(j);
		}
		if (!alive && r.n == 0)
			break;
		if (running(&r) > 0 && !wait_for_any(n, &r)) {
			alive = more = false;
			for (int i = 0; i < r.n; i++)
				if (ring_at(&r, i)->running)
					lose(ring_at(&r, i));
		}
	}
	return alive;
}

/* One job alone. */
static enum end one(struct nursery *n, struct job *j, char **why)
{
	struct ring r = { .n = 1, .at = { j } };
	if (!start(n, j))
		j->task.end = END_LOST;
	while (j->running)
		if (!wait_for_any(n, &r))
			lose(j);
	if (j->task.end != END_DONE && why != NULL)
		*why = copy_text(n, j->reason[0] != 0 ? j->reason
				    : j->task.end == END_RETRY ? said("a stage asks to try later") : said("the nursery was lost"));
	return j->task.end;
}

enum end worker_batch(struct nursery *n, struct batch *b, char **why)
{
	return worker_batch_records(n, b, -1, why);
}

enum end worker_batch_records(struct nursery *n, struct batch *b, int records, char **why)
{
	struct job *j = job_new(JOB_BATCH);
	j->batch = b;
	j->records = records;
	j->mem = b;
	enum end end = one(n, j, why);
	talloc_free(j);
	return end;
}

int worker_call(const struct nursery_wish *wish, struct batch *back)
{
	int code;
	char *why = NULL;
	struct nursery *n = nursery_new(NULL, wish);
	if (!nursery_ready(n, &code, &why)) {
		say("%s", why);
		talloc_free(n);
		return code;
	}
	struct job *j = job_new(JOB_CALL);
	j->batch = back;
	j->mem = back;
	enum end end = one(n, j, &why);
	code = end == END_DONE ? WEXITSTATUS(j->status) : EXIT_BUG;
	if (end != END_DONE)
		say("%s", why);
	talloc_free(j);
	talloc_free(n);
	return code;
}
