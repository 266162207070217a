/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * find.c - the letter of the ledger that a person names. See find.h.
 */
#include "find.h"
#include "mapped.h"
#include "text.h"
#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *hash_of_file(const void *mem, const char *path)
{
	struct stat st;
	struct bytes all;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *hash = NULL;
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && mapped_bytes(mem, fd, st.st_size, &all))
		hash = text_sha256(mem, all);
	if (fd >= 0)
		close(fd);
	return hash;
}

/* The ids a query gives: one, or 0, or -1. */
static int64_t only(struct row *r)
{
	int64_t id = 0;
	while (row_next(r))
		id = id == 0 ? row_int(r, 0) : -1;
	return id;
}

static int64_t by_hash(struct ledger *l, const void *mem, const char *word)
{
	char *key = copy_text(mem, text_starts(word, "sha256:") ? word + 7 : word);
	for (char *p = key; *p != 0; p++)
		*p = (char)tolower((unsigned char)*p);
	if (strlen(key) < 4 || strspn(key, "0123456789abcdef") != strlen(key))
		return 0;
	return only(ledger_ask(l, "SELECT id FROM letter WHERE substr(sha256, 1, length(?1)) = ?1 LIMIT 2", "t", key));
}

static int64_t by_name(struct ledger *l, const void *mem, const char *word)
{
	char *wanted = text_nfc_part(mem, word, strlen(word));
	int64_t id = 0;
	for (struct row *r = ledger_ask(l, "SELECT DISTINCT letter, name FROM arrival", ""); row_next(r);) {
		struct bytes name = row_bytes(r, 1);
		char *one = text_nfc_part(mem, (const char *)name.at, name.len);
		if (strcmp(one, wanted) == 0 && id != row_int(r, 0))
			id = id == 0 ? row_int(r, 0) : -1;
		talloc_free(one);
	}
	return id;
}

/* identity: agency|number|symbol|date (batch.c). */
static int64_t by_code(struct ledger *l, const void *mem, const char *word)
{
	const char *slash = strchr(word, '/');
	if (slash == NULL || slash == word || slash[1] == 0)
		return 0;
	char *number = text_strong(mem, copy_part(mem, word, (size_t)(slash - word)));
	char *code = format_text(mem, "|%s|%s|", number, text_strong(mem, slash + 1));
	return only(ledger_ask(l, "SELECT id FROM letter WHERE instr(identity, ?) > 0 AND same_as IS NULL LIMIT 2", "t", code));
}

int64_t find_letter(struct ledger *l, const char *word)
{
	void *mem = talloc_new(NULL);
	char *hash = hash_of_file(mem, word);
	int64_t id = by_hash(l, mem, hash != NULL ? hash : word);
	if (id == 0)
		id = by_name(l, mem, word);
	if (id == 0)
		id = by_code(l, mem, word);
	talloc_free(mem);
	return id;
}
