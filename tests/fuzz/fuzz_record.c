/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz_record.c - the strict reader of what sealed children answer. What it takes it must be able to write, and to
 * take again as the same.
 */
#include "fuzz.h"
#include "record.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

static char *written(struct letter *l)
{
	struct buffer b = { .mem = l };
	record_write(l, &(struct record_mark){ 0 }, true, &b);
	return b.text != NULL ? b.text : copy_text(l, "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *why = NULL;
	struct letter *one = letter_new(NULL, NULL, "input"), *two = letter_new(NULL, NULL, "input");
	if (record_read(one, (const char *)data, size, &why)) {
		char *text = written(one);
		if (!record_read(two, text, strlen(text), &why) || strcmp(text, written(two)) != 0)
			abort();
	}
	talloc_free(one);
	talloc_free(two);
	return 0;
}
