/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reconcile.h - what was asked, held against what the authority answered.
 *
 *     ledger: lines of packages ─┐
 *     ledger: what lists say     ├─▶ compare ─▶ done (as asked), wrong (not as asked), open (asked, not seen),
 *     answers: certificates,     │              unasked (done, not asked), note
 *       CRLs, exports ───────────┘
 *
 * Only lines of packages that were sent (submitted, accepted, fulfilled) can be done. A certificate or a CRL counts
 * only when it is proven to be the authority's; an export counts for what is absent from it only when it plainly is
 * the whole list (it holds half of what the ledger knows). Nothing is guessed: what fits two lines alike waits for a
 * person. Checked of a new certificate: the holder and the information asked for stand in its subject, its mailbox,
 * its key (the old one for a renewal or a change, a new one for a new issue) and its time.
 */
#pragma once
#include "ledger.h"

enum reconciled_kind { RECONCILED_DONE, RECONCILED_WRONG, RECONCILED_OPEN, RECONCILED_UNASKED, RECONCILED_NOTE };

struct reconciled {
	enum reconciled_kind kind;
	const struct awaited *line;            /* NULL: about no line */
	const char *serial;                    /* the certificate spoken of */
	const char *new_serial;                /* what came of the line, or NULL */
	const char *source, *object;           /* name of the answer's file, its hash; or NULL */
	char *vi, *en;
};

struct awaited {                               /* a line of a package */
	int64_t id;
	char *package, *state, *submitted;     /* path, last event, instant of "submitted" or NULL */
	int number;
	char *serial, *form, *asks, *holder, *email, *becomes;
	char *key, *not_after;                 /* of the old certificate where they are known, else NULL */
	char *came;                            /* serial of the certificate that came of it already, or NULL */
	bool sent, done;
	bool settled;                          /* by the answers at hand */
};

struct reconcile;

struct reconcile *reconcile_new(const void *mem, struct ledger *, time_t at);
const struct texts *reconcile_serials(const struct reconcile *);       /* all the ledger has heard of, sorted */
/* Facts of one answer (3_verify/answer.h); the letter and the names must live as long as the reconcile. */
void reconcile_take(struct reconcile *, const struct letter *, const char *source, const char *object);
void reconcile_compare(struct reconcile *);    /* after the last answer */
int reconcile_count(const struct reconcile *);
const struct reconciled *reconcile_at(const struct reconcile *, int i);
/* Events of lines, certificates, packages whose lines are all done; inside a transaction. */
void reconcile_put(struct reconcile *, const void *mem, struct texts *closed);
