/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table.c - the project's own tables. See table.h.
 *
 * A file is read whole and cut in place: cells point into its text. A row with more or fewer cells than the
 * head is an error with its line; a table that lies about a law must not load.
 */
#include "table.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *file_read(const void *mem, const char *path, size_t *len, char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		*why = format_text(mem, "%s: %s", path, fd < 0 ? strerror(errno) : "not a file");
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	char *text = new_array(mem, char, (size_t)st.st_size + 1);
	size_t done = 0;
	ssize_t n;
	while (done < (size_t)st.st_size && (n = read(fd, text + done, (size_t)st.st_size - done)) > 0)
		done += (size_t)n;
	close(fd);
	text[done] = 0;
	*len = done;
	return text;
}

/* Cuts one cell out of the text at *at; true when more cells of the row follow. Quotes only in CSV. */
static bool cut_cell(char **at, char sep, char **cell)
{
	char *in = *at, *out = in;
	*cell = out;
	if (sep == ',' && *in == '"') {
		for (in++; *in != 0; in++) {
			if (*in == '"' && in[1] == '"')
				in++;
			else if (*in == '"')
				break;
			*out++ = *in;
		}
		in += *in == '"';
	} else {
		while (*in != 0 && *in != sep && *in != '\n')
			*out++ = *in++;
	}
	char end = *in;
	*at = end == 0 ? in : in + 1;
	if (out > *cell && out[-1] == '\r')
		out--;
	*out = 0;
	return end == sep;
}

static int cut_row(const void *mem, char **at, char sep, char ***cells)
{
	char *cell;
	int n = 0, room = 0;
	bool more;
	*cells = NULL;
	do {
		more = cut_cell(at, sep, &cell);
		*cells = own_grow(mem, *cells, n, &room, sizeof **cells);
		(*cells)[n++] = cell;
	} while (more);
	return n;
}

bool table_read(const void *mem, const char *path, struct table *t, char **why)
{
	size_t len;
	char *text = file_read(mem, path, &len, why);
	if (text == NULL)
		return false;
	const char *slash = strrchr(path, '/');
	*t = (struct table){ .name = copy_text(mem, slash != NULL ? slash + 1 : path) };
	char *dot = strrchr(t->name, '.');
	if (dot != NULL)
		*dot = 0;
	for (char *c = t->name; *c != 0; c++)
		if (*c == '-')
			*c = '_';
	char sep = text_ends(path, ".tsv") ? '\t' : ',';
	char *at = text_starts(text, "\xEF\xBB\xBF") ? text + 3 : text;
	t->columns = cut_row(mem, &at, sep, &t->head);
	for (int line = 2; *at != 0; line++) {
		char **cells;
		int n = cut_row(mem, &at, sep, &cells);
		if (n == 1 && cells[0][0] == 0)
			continue;
		if (n != t->columns) {
			*why = format_text(mem, "%s:%d: %d cells under a head of %d", path, line, n, t->columns);
			return false;
		}
		t->rows = own_grow(mem, t->rows, t->n, &t->room, sizeof *t->rows);
		t->rows[t->n++] = cells;
	}
	return true;
}

int table_find(const struct table *t, const char *name)
{
	for (int i = 0; i < t->columns; i++)
		if (strcmp(t->head[i], name) == 0)
			return i;
	return -1;
}

const char *table_cell(const struct table *t, int row, const char *name)
{
	int column = table_find(t, name);
	return column >= 0 ? t->rows[row][column] : "";
}
