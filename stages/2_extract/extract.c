/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * extract.c - placeholder of the stage while it is being built.
 */
#include "stage.h"

static enum outcome run(struct letter *l)
{
	(void)l;
	return PASS;
}

const struct stage stage_extract = { .name = "2_extract", .adds = "document,page,field,request", .version = 1,
	.limits = { 60, 1024, 32 }, .run = run };
