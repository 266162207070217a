/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * recall.c - open questions and their answers. See recall.h.
 */
#include "recall.h"
#include "record.h"
#include "text.h"
#include "worker.h"
#include <string.h>

/* ?1: a batch. Serials it may decide about although their lists were judged before: asked, or decided and in no
 * package although a form is asked for (a cell is missing, two requests contradict each other), or answered anew. */
#define OPEN_SERIALS \
	"(SELECT serial FROM decision d WHERE batch < ?1 AND " DECISION_WAITS " " \
	"AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.serial = d.serial AND e.id > d.id AND e.batch < ?1) " \
	"UNION SELECT d.serial FROM answer a JOIN decision d ON d.id = a.decision " \
	"WHERE a.id > (SELECT coalesce(max(answers), 0) FROM batch WHERE id < ?1) " \
	"AND a.id <= (SELECT answers FROM batch WHERE id = ?1))"

bool recall_is_due(struct ledger *l)
{
	return ledger_count(l, "SELECT (SELECT coalesce(max(id), 0) FROM answer) > (SELECT coalesce(max(answers), 0) FROM batch)",
			    "") > 0;
}

void recall_mention(struct ledger *l, int64_t id, const struct letter *letter)
{
	static const char put[] = "INSERT OR IGNORE INTO mention (serial, form, letter) VALUES (?, ?, ?)";
	bool assigns = false, none = false;
	for (int i = 0; i < letter->requests.n; i++) {
		const struct request *r = &letter->requests.at[i];
		const char *serial = request_cell(r, "serial");
		assigns = assigns || text_same(r->form, "assignment-list");
		none = none || text_same(r->form, "no-certificate");
		if (serial == NULL || *serial == 0)
			continue;
		char *key = text_serial(letter, serial);
		ledger_put(l, put, "tti", key, r->form, id);
		talloc_free(key);
	}
	if (assigns)
		ledger_put(l, put, "tti", "", "assignment-list", id);
	if (none)
		ledger_put(l, put, "tti", "", "no-certificate", id);
	for (int i = 0; i < letter->signatures.n; i++)
		if (letter->signatures.at[i].signer.serial != NULL)
			ledger_put(l, put, "tti", letter->signatures.at[i].signer.serial, "signature", id);
}

/* Of several lists that name a certificate the latest speaks; a signature only where no list does. */
#define LIVE "m.letter IN (SELECT id FROM letter WHERE state = '5_emit' AND batch < ?1 AND disposition IS NOT 'reject')"
#define DECIDED "m.serial IN (SELECT serial_key(serial) FROM decision)"

void recall_choose(struct ledger *l, int64_t batch)
{
	ledger_put(l, "UPDATE batch SET answers = (SELECT coalesce(max(id), 0) FROM answer) WHERE id = ?", "i", batch);
	int64_t due = ledger_count(l, "SELECT (SELECT count(*) FROM mention JOIN letter ON letter.id = mention.letter WHERE batch = ?1) "
				      "+ EXISTS (SELECT 1 FROM " OPEN_SERIALS ")", "i", batch);
	if (due == 0)
		return;
	ledger_put(l,
		"WITH latest AS ("
		"SELECT max(letter) AS letter FROM mention m WHERE form = 'certificate-list' AND " LIVE " GROUP BY serial UNION "
		"SELECT max(letter) FROM mention m WHERE form = 'signature' AND " LIVE " AND " DECIDED " AND NOT EXISTS "
		"(SELECT 1 FROM mention k WHERE k.serial = m.serial AND k.form = 'certificate-list') GROUP BY serial UNION "
		"SELECT max(letter) FROM mention m WHERE form LIKE '%/mau-%' AND " LIVE " AND m.letter IN "
		"(SELECT id FROM letter WHERE verdict IS NOT 'unsigned') AND (" DECIDED " OR m.serial IN "
		"(SELECT n.serial FROM mention n JOIN letter ON letter.id = n.letter WHERE batch = ?1)) GROUP BY serial, form UNION "
		"SELECT letter FROM mention m WHERE form IN ('assignment-list', 'no-certificate') AND " LIVE ") "
		"INSERT INTO batch_known (batch, letter) SELECT ?1, letter FROM latest", "i", batch);
}

static void add_request(struct letter *l, const char *form, const char *const names[], struct row *r, int from)
{
	struct request *q = letter_add_request(l, form, l->requests.n + 1);
	for (int i = 0; names[i] != NULL; i++)
		request_add_cell(l, q, names[i], row_text(r, from + i));
}

/* What the ledger itself says. */
static struct letter *ledger_letter(struct ledger *l, int64_t batch, const struct batch *b)
{
	static const char *const answer[] = { "serial", "choice", "name", "reason", "time", NULL };
	static const char *const open[] = { "serial", NULL }, *const placed[] = { "serial", "path", "state", NULL };
	struct letter *own_word = letter_new(b, b->settings, "ledger.db");
	own_word->known = true;
	/* The only candidate of its group, in a package by now, is the group's choice, unless a person chose. */
	for (struct row *r = ledger_ask(l, "SELECT d.serial, 'choose', 'hồ sơ ' || p.path, d.reason, b.at FROM decision d "
		"JOIN batch b ON b.id = d.batch JOIN package_line e ON e.serial = serial_key(d.serial) JOIN package p ON p.id = e.package "
		"WHERE d.reason = 'ONLY_CANDIDATE' AND d.batch < ?1 AND d.id = (SELECT max(id) FROM decision WHERE serial = d.serial AND batch < ?1) "
		"AND NOT EXISTS (SELECT 1 FROM answer a JOIN decision q ON q.id = a.decision WHERE q.grp = d.grp AND a.answer = 'choose') "
		"ORDER BY d.id", "i", batch); row_next(r);)
		add_request(own_word, "decision-list", answer, r, 0);
	/* The group's last choice is its choice; one before it is no longer. */
	for (struct row *r = ledger_ask(l, "SELECT d.serial, CASE WHEN a.answer = 'choose' AND a.id < max(a.id) "
		"FILTER (WHERE a.answer = 'choose') OVER (PARTITION BY d.grp) THEN 'not-chosen' ELSE a.answer END, "
		"a.person, a.reason, a.given FROM answer a "
		"JOIN decision d ON d.id = a.decision WHERE a.id <= (SELECT answers FROM batch WHERE id = ?1) ORDER BY a.id", "i", batch);
	     row_next(r);)
		add_request(own_word, "decision-list", answer, r, 0);
	for (struct row *r = ledger_ask(l, "SELECT serial FROM " OPEN_SERIALS " ORDER BY serial", "i", batch); row_next(r);)
		add_request(own_word, "open-list", open, r, 0);
	/* Of a package that was returned nothing stands in the way of another one, only its number is taken; of a line
	 * that was done only the same once more, and after a revocation everything. */
	for (struct row *r = ledger_ask(l, "SELECT e.serial, p.path, CASE WHEN coalesce((SELECT status FROM "
		"package_event v WHERE v.package = p.id ORDER BY v.id DESC LIMIT 1), '') = 'returned' THEN 'returned' WHEN e.asks = 'tell' OR e.asks <> 'revoke' AND (SELECT status FROM line_event v "
		"WHERE v.line = e.id ORDER BY v.id DESC LIMIT 1) = 'done' THEN 'done' ELSE 'open' END "
		"FROM package p JOIN package_line e ON e.package = p.id WHERE p.batch < ?1 AND e.serial IS NOT NULL "
		"ORDER BY p.id, e.number", "i", batch); row_next(r);)
		add_request(own_word, "package-list", placed, r, 0);
	return own_word;
}

static char *head_line(const void *mem, const struct letter *l)
{
	struct buffer b = { .mem = mem };
	record_write(l, &(struct record_mark){ 0 }, false, &b);
	return b.text;
}

bool recall_load(struct ledger *l, int64_t batch, struct batch *b, int records)
{
	struct letter *word = ledger_letter(l, batch, b);
	bool good = true;
	for (struct row *r = ledger_ask(l, "SELECT l.record, l.sha256, l.received, (SELECT CAST(name AS TEXT) FROM arrival "
		"WHERE letter = l.id ORDER BY id LIMIT 1) FROM letter l JOIN batch_known k ON k.letter = l.id "
		"WHERE k.batch = ? ORDER BY l.id DESC", "i", batch); row_next(r);) {
		struct letter *one = letter_new(b, b->settings, NULL);
		const char *name = row_text(r, 3) != NULL ? row_text(r, 3) : "";
		one->name = text_nfc_part(one, name, strlen(name));
		one->sha256 = copy_text(one, row_text(r, 1));
		one->received = copy_text(one, row_text(r, 2));
		one->known = true;
		batch_add_letter(b, one);
		/* A second head line stands for the first: the same letter, known now. */
		char *record = format_text(b, "%s%s", row_text(r, 0), head_line(one, one));
		good = good && worker_records_add(records, b->letters.n, record);
		talloc_free(record);
	}
	if (word->requests.n == 0)
		return good;
	batch_add_letter(b, word);
	return good && worker_records_add(records, b->letters.n, head_line(word, word));
}

bool recall_is_asked(struct ledger *l, const struct decision *d, bool again)
{
	if (d->serial == NULL || (!again && !text_same(d->action, "choose-one") && !text_same(d->action, "needs-person")))
		return false;
	return ledger_count(l, "SELECT count(*) FROM decision d WHERE d.id = (SELECT max(id) FROM decision WHERE serial = ?1) "
			    "AND d.action = ?2 AND d.rule IS ?3 AND d.grp IS ?4 AND d.suggested IS ?5 AND d.says IS ?6 "
			    "AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.decision = d.id)", "tttttt", d->serial,
			    d->action, d->rule, d->group, d->suggested, d->says) > 0;
}
