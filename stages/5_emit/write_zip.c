/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_zip.c - a ZIP through libarchive. See write_zip.h.
 */
#include "write_zip.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static la_ssize_t append(struct archive *a, void *to, const void *at, size_t len)
{
	(void)a;
	buffer_add(to, at, len);
	return (la_ssize_t)len;
}

static void drop_archive(void *a) { archive_write_free(a); }
static void drop_entry(void *e) { archive_entry_free(e); }

/* Everything is in memory: what fails here is want of memory or a bug. */
static void must(int outcome)
{
	if (outcome != ARCHIVE_OK)
		abort();
}

/* PDF, ZIP (and what is made of it: DOCX, XLSX), PNG, JPEG are deflated inside; again gains nothing but heat. */
static bool is_deflated(struct bytes b)
{
	static const char *const heads[] = { "%PDF-", "PK\3\4", "\x89PNG", "\xFF\xD8\xFF" };
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (b.len > 8 && memcmp(b.at, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

struct bytes write_zip(const void *mem, const struct packed *files, int n)
{
	void *work = talloc_new(mem);
	struct buffer out = { .mem = work };
	struct archive *a = own(work, archive_write_new(), drop_archive);
	struct archive_entry *e = own(work, archive_entry_new(), drop_entry);
	if (a == NULL || e == NULL)
		abort();
	must(archive_write_set_format_zip(a));
	must(archive_write_set_bytes_per_block(a, 0));
	must(archive_write_open(a, &out, NULL, append, NULL));
	for (int i = 0; i < n; i++) {
		must(is_deflated(files[i].bytes) ? archive_write_zip_set_compression_store(a)
						 : archive_write_zip_set_compression_deflate(a));
		archive_entry_clear(e);
		archive_entry_set_pathname(e, files[i].name);
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_perm(e, 0644);
		archive_entry_set_size(e, (la_int64_t)files[i].bytes.len);
		must(archive_write_header(a, e));
		if (files[i].bytes.len > 0
		    && archive_write_data(a, files[i].bytes.at, files[i].bytes.len) != (la_ssize_t)files[i].bytes.len)
			abort();
	}
	must(archive_write_close(a));
	struct bytes made = copy_bytes(mem, out.text, out.len);
	talloc_free(work);
	return made;
}
