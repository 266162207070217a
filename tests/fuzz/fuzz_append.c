/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz_append.c - any bytes as the PDF that is to be signed: qpdf and the tail that is written after it.
 */
#include "fuzz.h"
#include "5_emit/append.h"
#include "stage.h"
#include <stdlib.h>

static struct settings settings = { .data = ".", .at = 1751850000 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char *why = NULL;
	(void)argc;
	(void)argv;
	if (!stage_emit.prepare(&settings, &why))
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct append_wish wish = { .look = size % 2 ? LOOK_PERSON : LOOK_ATTACHED, .at = 1751850000, .room = 64 };
	struct append made;
	texts_add(mem, &wish.words, "12/UBND-NC; 07.07.2025 08:00:00 +07:00");
	if (append_signature(mem, (struct bytes){ data, size }, &wish, &made)
	    && (made.contents >= made.tail.len || made.tail.at[made.contents] != '<'))
		abort();
	talloc_free(mem);
	return 0;
}
