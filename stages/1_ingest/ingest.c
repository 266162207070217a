/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ingest.c - placeholder of the stage while it is being built: knows a PDF when it sees one.
 */
#include "stage.h"
#include <string.h>

static enum outcome run(struct letter *l)
{
	struct part *p = letter_find_part(l, 1);
	p->media = copy_text(l, memmem(p->bytes.at, p->bytes.len < 1024 ? p->bytes.len : 1024, "%PDF-", 5)
				? "application/pdf" : "application/octet-stream");
	return PASS;
}

const struct stage stage_ingest = { .name = "1_ingest", .adds = "part", .version = 1,
	.limits = { 60, 1024, 32 }, .run = run };
