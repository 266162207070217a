/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz_verify.c - any bytes through 1_ingest and 3_verify: containers, PDF and its revisions, CMS, XML signatures.
 */
#include "fuzz.h"
#include "stage.h"
#include <stdlib.h>

static struct settings settings = { .data = ".", .at = 1751850000 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char *why = NULL;
	(void)argc;
	(void)argv;
	if (!stage_verify.prepare(&settings, &why))
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct letter *l = letter_new(NULL, &settings, "input");
	letter_add_part(l, 0, "input", (struct bytes){ data, size });
	if (stage_ingest.run(l) == PASS)
		stage_verify.run(l);
	talloc_free(l);
	return 0;
}
