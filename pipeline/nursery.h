/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nursery.h - what supervisor and nursery say to each other; nobody else includes this.
 *
 * Over a SOCK_SEQPACKET pair: an order down (ORDER_START with the job's descriptors), a report up. A job's own
 * descriptors are, in the child: 0 the letter, 1 relayed output, 2 words for people, 3 the answer, 4 the facts
 * that are known already (a memfd with a record, or with a batch), from 5 on what stands beside the letter, in the
 * order of its facts.
 *
 * A batch is written as the records of its letters, each after a line {"to":N} (N from 1), then the batch's own
 * facts after {"to":0}. The answer has the same form and holds only what is new.
 */
#pragma once
#include "worker.h"

enum job_kind { JOB_LETTER, JOB_BATCH, JOB_CALL };
enum { JOB_FDS = 5, JOB_FDS_MAX = JOB_FDS + BESIDE_MAX, ANSWER_FD = 3, FACTS_FD = 4, JOBS_MAX = 256 };
enum order_word { ORDER_START, ORDER_KILL };
enum report_word { REPORT_READY, REPORT_MISSING, REPORT_UNSEALED, REPORT_ENDED };

/* at: of a batch that is resumed; fds: how many come along */
struct order { enum order_word word; enum job_kind kind; int id; time_t at; int fds; };
struct report { enum report_word word; int id, status; char text[512]; };

/* The nursery's life, in a fresh fork. */
_Noreturn void nursery_main(int socket, pid_t supervisor, const struct nursery_wish *);

struct limits nursery_limits(const struct nursery_wish *);     /* of a whole job: the sum of CPU, the most memory */
