/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fuzz_sheet.c - inventories as people save them: CSV in any encoding, XLSX.
 */
#include "fuzz.h"
#include "sheet.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

static bool row(void *with, const struct sheet_row *r)
{
	struct sheet_heading h;
	int *rows = with;
	if (sheet_find_heading(r, &h))
		sheet_extend_heading(r, &h);
	sheet_is_remark(r, &h);
	return ++*rows < 20000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct sheet_trouble why = { 0 };
	int rows = 0;
	sheet_read(mem, (struct bytes){ data, size }, row, &rows, &why);
	talloc_free(mem);
	return 0;
}
