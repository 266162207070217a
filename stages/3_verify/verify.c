/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify.c - placeholder of the stage while it is being built.
 */
#include "stage.h"

static enum outcome run(struct letter *l)
{
	(void)l;
	return PASS;
}

const struct stage stage_verify = { .name = "3_verify", .adds = "signature,certificate", .version = 1,
	.limits = { 60, 1024, 32 }, .run = run };
