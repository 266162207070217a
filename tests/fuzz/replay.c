/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replay.c - a fuzz target without a fuzzer: every file named, then MUTANTS mutations of each.
 *
 *     fuzz_NAME [-mutants=N] [-seed=S] FILE...
 *
 * A mutation is one to six cuts, copies, flips, swaps, numbers put at their edge, or pieces of another of the files;
 * which ones follows from seed, file and number alone. Before each input its name is written where a crash leaves it
 * (FILE#N of seed S), and -only=N runs one of them again. Each input has ten seconds.
 */
#include "fuzz.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS = 10, MOST = 64 << 20 };

static uint64_t state;

static uint64_t draw(uint64_t below)           /* splitmix64 */
{
	uint64_t z = state += 0x9E3779B97F4A7C15;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return below > 0 ? (z ^ z >> 31) % below : 0;
}

struct input { uint8_t *at; size_t len; };

static struct input load(const char *path)
{
	struct input in = { 0 };
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size > MOST) {
		perror(path);
		exit(1);
	}
	in.at = malloc((size_t)st.st_size + 1);
	while (in.at != NULL && in.len < (size_t)st.st_size) {
		ssize_t n = read(fd, in.at + in.len, (size_t)st.st_size - in.len);
		if (n <= 0)
			break;
		in.len += (size_t)n;
	}
	close(fd);
	return in;
}

static void cut(struct input *m)
{
	size_t from = draw(m->len), n = draw(m->len - from < 4096 ? m->len - from : 4096);
	memmove(m->at + from, m->at + from + n, m->len - from - n);
	m->len -= n;
}

static void paste(struct input *m, const struct input *of)
{
	size_t from = draw(of->len), n = draw(of->len - from < 4096 ? of->len - from : 4096), to = draw(m->len + 1);
	uint8_t *more = malloc(m->len + n + 1);
	if (more == NULL)
		return;
	memcpy(more, m->at, to);
	memcpy(more + to, of->at + from, n);
	memcpy(more + to + n, m->at + to, m->len - to);
	free(m->at);
	m->at = more;
	m->len += n;
}

static void number(struct input *m)            /* the next digits become a number at an edge */
{
	static const char *const edges[] = { "0", "-1", "1", "255", "65536", "2147483647", "4294967296", "99999999999999999999" };
	size_t at = draw(m->len), end;
	while (at < m->len && (m->at[at] < '0' || m->at[at] > '9'))
		at++;
	for (end = at; end < m->len && m->at[end] >= '0' && m->at[end] <= '9';)
		end++;
	const char *edge = edges[draw(sizeof edges / sizeof *edges)];
	for (size_t i = at; i < end; i++)
		m->at[i] = *edge != 0 ? (uint8_t)*edge++ : ' ';
}

static struct input mutate(const struct input *of, const struct input *all, int n)
{
	struct input m = { malloc(of->len + 1), of->len };
	memcpy(m.at, of->at, of->len);
	for (uint64_t times = 1 + draw(6); times > 0 && m.len > 0; times--)
		switch (draw(7)) {
		case 0: m.at[draw(m.len)] ^= (uint8_t)(1 << draw(8)); break;
		case 1: m.at[draw(m.len)] = (uint8_t)draw(256); break;
		case 2: cut(&m); break;
		case 3: paste(&m, &m); break;
		case 4: paste(&m, &all[draw((uint64_t)n)]); break;
		case 5: number(&m); break;
		case 6: m.len = draw(m.len + 1); break;
		}
	return m;
}

int main(int argc, char **argv)
{
	long mutants = 0, seed = 1, only = -1, ran = 0;
	LLVMFuzzerInitialize(&argc, &argv);
	int first = 1;
	for (; first < argc && argv[first][0] == '-'; first++)
		if (sscanf(argv[first], "-mutants=%ld", &mutants) != 1 && sscanf(argv[first], "-seed=%ld", &seed) != 1
		    && sscanf(argv[first], "-only=%ld", &only) != 1) {
			fprintf(stderr, "usage: %s [-mutants=N] [-seed=S] [-only=N] FILE...\n", argv[0]);
			return 64;
		}
	int files = argc - first;
	struct input *all = calloc((size_t)files + 1, sizeof *all);
	for (int i = 0; i < files && all != NULL; i++)
		all[i] = load(argv[first + i]);
	int trace = open("/proc/self/comm", O_WRONLY | O_CLOEXEC);     /* the kernel's and the sanitizer's word for us */
	for (int i = 0; i < files; i++)
		for (long k = 0; k <= mutants; k++) {
			char name[16];
			state = (uint64_t)seed * 1000003 + (uint64_t)i * 7919 + (uint64_t)k;
			if (only >= 0 && k != only)
				continue;
			snprintf(name, sizeof name, "%d#%ld", i, k);
			if (trace >= 0 && write(trace, name, strlen(name)) < 0)
				trace = -1;
			if (getenv("FUZZ_TELL") != NULL)
				fprintf(stderr, "%s#%ld\n", argv[first + i], k);
			struct input m = k == 0 ? all[i] : mutate(&all[i], all, files);
			alarm(SECONDS);
			LLVMFuzzerTestOneInput(m.at, m.len);
			ran++;
			if (k != 0)
				free(m.at);
		}
	printf("%ld inputs\n", ran);
	return 0;
}
