/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stage.h - the contract every folder under stages/ fulfils, and what a run tells its stages.
 *
 * Stages 1 to 3 look at one letter at a time, in a sealed child: run() may read the letter's bytes and what
 * prepare() loaded before the seal, may write nothing, and sees no clock but settings->at. Stages 4 and 5 run
 * over a batch, sealed too: run_batch() gets the letters' facts and adds findings, decisions and outputs.
 *
 * When 1_ingest starts, part 1 is there with its bytes: the file as it came in.
 *
 * prepare() runs once in the nursery, before any letter is seen and before the seal. It loads what is dear
 * (OCR model, trust anchors, rules) and must not start a thread: a nursery forks. It may be called again with
 * other settings only in a new process.
 *
 * A stage never includes another stage (tests/one-way.sh holds that).
 */
#pragma once
#include "letter.h"

enum outcome {
	PASS,                                  /* go on to the next stage */
	STOP,                                  /* a person must look; the findings say why */
	RETRY,                                 /* not the letter's fault; leave it where it is */
};                                             /* crash, deadline, forbidden call: the worker reports those */

struct limits { int cpu_seconds, megabytes, output_megabytes; };

enum ocr { OCR_FIELDS, OCR_FULL };

/* What a run is told. Owned by the caller; lives longer than every letter and batch. */
struct settings {
	time_t at;                             /* verdicts as of then */
	const char *data;                      /* folder that holds rules/, schemas/ and share/ */
	struct texts trust;                    /* --trust: files or folders */
	const char *tessdata;                  /* folder of vie.traineddata, or NULL: the system's */
	enum ocr ocr;
	const char *store;                     /* folder of stored objects for 5_emit, or NULL */
	const char *province;                  /* whose routing and rules apply, or NULL: by the letter */
	const char *ruleset;                   /* "2024", "2025", or NULL: by date */
	struct texts whole_lists;              /* run: names (with * and ?) of lists that are whole inventories */
	const char *effective;                 /* audit: date the mergers take effect, or NULL: the table's */
	long package_lines;                    /* at most so many lines a package; 0: PLAN_MAX_LINES */
	const char *mergers;                   /* audit: another table, or NULL: rules/mergers/ */
};

struct stage {
	const char *name;                      /* "2_extract": folder, state, log word, suffix, filter */
	const char *adds;                      /* its kind of fact */
	int version;                           /* raise it when results change */
	struct limits limits;
	bool (*prepare)(const struct settings *, char **why); /* false: a needed thing is missing, why says what */
	enum outcome (*run)(struct letter *);
	enum outcome (*run_batch)(struct batch *);
};

extern const struct stage *const stages[];     /* in order; NULL ends */
const struct stage *stage_find(const char *name);                             /* NULL: no such stage */

extern const struct stage stage_ingest, stage_extract, stage_verify, stage_judge, stage_emit;
extern const struct stage stage_draw;          /* none of the five: what a report wants beside 3_verify */
