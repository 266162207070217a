/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz_extract.c - any bytes through 1_ingest and 2_extract: text layers, office files, edXML, sheets, fields, forms.
 */
#include "fuzz.h"
#include "stage.h"
#include <stdlib.h>

static struct settings settings = { .data = ".", .at = 1751850000, .ocr = OCR_FIELDS };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char *why = NULL;
	(void)argc;
	(void)argv;
	if (!stage_extract.prepare(&settings, &why))
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct letter *l = letter_new(NULL, &settings, "input");
	letter_add_part(l, 0, "input", (struct bytes){ data, size });
	if (stage_ingest.run(l) == PASS)
		stage_extract.run(l);
	talloc_free(l);
	return 0;
}
