/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stages.c - the list of stages: the whole program in five lines.
 */
#include "stage.h"
#include <string.h>

const struct stage *const stages[] = {
	&stage_ingest,                         /* bytes   -> parts */
	&stage_extract,                        /* parts   -> pages, fields, requests */
	&stage_verify,                         /* parts   -> signatures, certificates */
	&stage_judge,                          /* facts   -> findings, decisions */
	&stage_emit,                           /* decided -> packages, notices */
	NULL,
};

const struct stage *stage_find(const char *name)
{
	for (const struct stage *const *s = stages; *s != NULL; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	return NULL;
}
