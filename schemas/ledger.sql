-- ledger.sql - the ledger: what came, what became of it, what was made of it. One file, state/ledger.db.
--
-- This is the data dictionary. Only pipeline/ledger.c opens the database; one process writes (run lock). Nothing
-- is ever deleted. Instants are RFC 3339 text in UTC, dates YYYY-MM-DD, hashes SHA-256 in lower-case hex.
-- Personal data stands in letter.record, letter_text, finding and decision; nowhere else.

PRAGMA application_id = 1131376231;            -- 'Cong'
PRAGMA user_version = 6;                       -- raised with every change of this file; ledger.c migrates

-- One call of `congvan run` that got the lock.
CREATE TABLE run (
	id          INTEGER PRIMARY KEY,
	started     TEXT NOT NULL,                 -- instant
	ended       TEXT,                          -- NULL: running, or was killed
	at          TEXT NOT NULL,                 -- the time its verdicts are as of
	inbox       BLOB NOT NULL,                 -- absolute paths, as bytes
	outbox      BLOB NOT NULL,
	walls       TEXT NOT NULL,                 -- "landlock7,seccomp"
	exit        INTEGER                        -- its exit code
) STRICT;

-- Bytes in the store, once each: store/ab/<sha256>.
CREATE TABLE object (
	sha256      TEXT PRIMARY KEY,
	size        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The letters of one judgement: 4_judge and 5_emit see them together. Written before they start, so that a run
-- that was killed is resumed with the same letters and the same time and gives the same bytes.
CREATE TABLE batch (
	id          INTEGER PRIMARY KEY,
	run         INTEGER NOT NULL REFERENCES run,
	at          TEXT NOT NULL,                 -- verdicts and papers as of
	closed      TEXT,                          -- NULL: its outputs are not all in the outbox yet
	answers     INTEGER NOT NULL DEFAULT 0,    -- the last answer it judges with; later ones wait for the next
	options     TEXT                           -- what its run was told about judging; resumed with the same
) STRICT;

-- Letters of earlier batches that a batch reads again: the lists of certificates, newest first, and what was asked
-- or signed with them (pipeline/recall.h).
CREATE TABLE batch_known (
	batch       INTEGER NOT NULL REFERENCES batch,
	letter      INTEGER NOT NULL REFERENCES letter,
	PRIMARY KEY (batch, letter)
) STRICT, WITHOUT ROWID;

-- A letter is an envelope's bytes; the same bytes twice are one letter and two arrivals.
--
--   received ──▶ 3_verify ──▶ 5_emit            state: the last stage that is done with it
--      │            └───────▶ linked            the same letter in other bytes was taken before: see same_as
--      └─ a detached signature ─▶ linked            read with the letter it signs: see same_as, companion
--      └─ two deaths of its child ─▶ quarantined
CREATE TABLE letter (
	id          INTEGER PRIMARY KEY,
	sha256      TEXT NOT NULL UNIQUE REFERENCES object,
	received    TEXT NOT NULL,                 -- instant of its first arrival
	state       TEXT NOT NULL CHECK (state IN ('received', '3_verify', '5_emit', 'linked', 'quarantined')),
	attempts    INTEGER NOT NULL DEFAULT 0,    -- deaths of its child
	batch       INTEGER REFERENCES batch,
	same_as     INTEGER REFERENCES letter,
	identity    TEXT,                          -- agency|number|symbol|date, strong keys, then #forms it fills in; NULL: not all were read
	kind        TEXT,                          -- of its main document
	verdict     TEXT,                          -- unreadable unsigned failed passed indeterminate
	disposition TEXT,                          -- accept hold reject; NULL: not judged
	record      TEXT                           -- its facts, JSON Lines (schemas/record.schema.json), no words
) STRICT;
CREATE INDEX letter_state ON letter (state);
CREATE INDEX letter_identity ON letter (identity);

-- A detached signature (x.pdf.p7s) that came as a file of its own is read with the letter it signs.
CREATE TABLE companion (
	letter      INTEGER NOT NULL REFERENCES letter,
	signature   INTEGER NOT NULL REFERENCES letter,
	PRIMARY KEY (letter, signature)
) STRICT, WITHOUT ROWID;

-- What a detached signature signs, by its digest, while that has not come.
CREATE TABLE wish (
	sha256      TEXT NOT NULL,
	letter      INTEGER NOT NULL REFERENCES letter,    -- the signature
	PRIMARY KEY (sha256, letter)
) STRICT, WITHOUT ROWID;

-- Which letters speak of which certificate.
CREATE TABLE mention (
	serial      TEXT NOT NULL,                 -- upper-case hex without leading zeros; '' of an assignment list
	form        TEXT NOT NULL,                 -- certificate-list, assignment-list, no-certificate, a form's id, or signature
	letter      INTEGER NOT NULL REFERENCES letter,
	PRIMARY KEY (serial, form, letter)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_letter ON mention (letter);

-- A file that came to an inbox. (name, inode, mtime, size, letter) tells a file whose intake was cut off from
-- one that came again.
CREATE TABLE arrival (
	id          INTEGER PRIMARY KEY,
	letter      INTEGER NOT NULL REFERENCES letter,
	run         INTEGER NOT NULL REFERENCES run,
	name        BLOB NOT NULL,                 -- bytes, as the file system has it
	inode       INTEGER NOT NULL,
	mtime       INTEGER NOT NULL,              -- nanoseconds
	size        INTEGER NOT NULL,
	received    TEXT NOT NULL,
	done        BLOB NOT NULL                  -- where it goes, below the inbox: done/<date>/<name>
) STRICT;
CREATE INDEX arrival_letter ON arrival (letter);
CREATE INDEX arrival_name ON arrival (name);

-- One run of one stage over one letter (letter) or one batch (batch).
CREATE TABLE attempt (
	id          INTEGER PRIMARY KEY,
	run         INTEGER NOT NULL REFERENCES run,
	letter      INTEGER REFERENCES letter,
	batch       INTEGER REFERENCES batch,
	stage       TEXT NOT NULL,
	version     INTEGER NOT NULL,              -- of the stage: which code made the result
	outcome     TEXT NOT NULL,                 -- pass stop retry, or worker/<how it died>
	ms          REAL NOT NULL,
	walls       TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_letter ON attempt (letter);

-- The findings of letters and of batches, for lists and reports; a letter's stand in its record too.
CREATE TABLE finding (
	id          INTEGER PRIMARY KEY,
	letter      INTEGER REFERENCES letter,
	batch       INTEGER REFERENCES batch,      -- about no single letter: a row of an inventory
	rule        TEXT NOT NULL,
	severity    TEXT NOT NULL CHECK (severity IN ('note', 'warn', 'hold', 'reject')),
	law         TEXT,
	vi          TEXT NOT NULL,
	en          TEXT NOT NULL
) STRICT;
CREATE INDEX finding_letter ON finding (letter);
CREATE INDEX finding_of_batch ON finding (vi) WHERE letter IS NULL;

-- What should happen to one certificate. A person's answer is an event in answer; decisions are never changed.
CREATE TABLE decision (
	id             INTEGER PRIMARY KEY,
	batch          INTEGER NOT NULL REFERENCES batch,
	serial         TEXT,
	action         TEXT NOT NULL,              -- keep change-info revoke choose-one needs-person none ...
	rule           TEXT,
	reason         TEXT,
	successor_code TEXT,
	successor_body TEXT,
	grp            TEXT,                       -- decisions of one group are answered together
	suggested      TEXT,                       -- Y N
	form           TEXT,
	channel        TEXT,
	deadline       TEXT,
	law            TEXT,
	says           TEXT
) STRICT;
CREATE INDEX decision_serial ON decision (serial);

CREATE TABLE answer (
	id          INTEGER PRIMARY KEY,
	decision    INTEGER NOT NULL REFERENCES decision,
	answer      TEXT NOT NULL,
	person      TEXT NOT NULL,
	reason      TEXT NOT NULL,
	given       TEXT NOT NULL                  -- instant
) STRICT;
CREATE INDEX answer_decision ON answer (decision);

-- Files of the outbox, each written once: outbox/<path>.
CREATE TABLE output (
	id          INTEGER PRIMARY KEY,
	batch       INTEGER NOT NULL REFERENCES batch,
	path        TEXT NOT NULL UNIQUE,
	unit        TEXT NOT NULL,                 -- what was renamed into place: a bag's folder, or the file itself
	sha256      TEXT NOT NULL,
	size        INTEGER NOT NULL
) STRICT;

-- A bag of the outbox and what happened to it since (package_event):
--
--   drafted ─▶ signed ─▶ submitted ─▶ accepted ─▶ fulfilled
--                            └───────────┴─▶ returned          its lines may go into another package
CREATE TABLE package (
	id          INTEGER PRIMARY KEY,
	batch       INTEGER NOT NULL REFERENCES batch,
	path        TEXT NOT NULL UNIQUE
) STRICT;

-- What its lines ask. A certificate comes into a second package only when the first was returned, or did what it
-- asked and something else is asked now.
CREATE TABLE package_line (
	id          INTEGER PRIMARY KEY,
	package     INTEGER NOT NULL REFERENCES package,
	number      INTEGER NOT NULL,              -- in the form's list, from 1
	serial      TEXT,                          -- NULL: there is no certificate yet
	form        TEXT NOT NULL,                 -- nd68-2024/mau-04
	asks        TEXT NOT NULL,                 -- issue renew change renew+change revoke recover tell; 'unknown' before version 3
	holder      TEXT,                          -- as on the form
	email       TEXT,
	device      TEXT,
	becomes     TEXT,                          -- the information it shall bear
	deadline    TEXT,
	agency      TEXT,                          -- who manages it and sends the package
	UNIQUE (package, number)
) STRICT;
CREATE INDEX package_line_serial ON package_line (serial);

-- What the authority's answers show of a line, by `congvan reconcile`. The last one says where the line stands:
-- done (as asked) or wrong (done, but not as asked); a line without any is open.
CREATE TABLE line_event (
	id          INTEGER PRIMARY KEY,
	line        INTEGER NOT NULL REFERENCES package_line,
	status      TEXT NOT NULL CHECK (status IN ('done', 'wrong')),
	happened    TEXT NOT NULL,                 -- the time of the comparison
	source      TEXT REFERENCES object,        -- the answer's bytes; NULL: no answer names it
	serial      TEXT,                          -- of the certificate that came of it
	vi          TEXT NOT NULL,                 -- what was found, in words
	en          TEXT NOT NULL
) STRICT;
CREATE INDEX line_event_line ON line_event (line);

-- Certificates that answers brought, each once: what later answers are compared with.
CREATE TABLE certificate (
	sha256      TEXT PRIMARY KEY,              -- of its DER
	serial      TEXT NOT NULL,
	key         TEXT NOT NULL,                 -- SHA-256 of its public key
	subject     TEXT NOT NULL,
	issuer      TEXT NOT NULL,
	not_before  TEXT NOT NULL,
	not_after   TEXT NOT NULL,
	source      TEXT NOT NULL REFERENCES object
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_serial ON certificate (serial);

CREATE TABLE package_event (
	id          INTEGER PRIMARY KEY,
	package     INTEGER NOT NULL REFERENCES package,
	status      TEXT NOT NULL,
	happened    TEXT NOT NULL,
	person      TEXT,
	reason      TEXT
) STRICT;

-- Full text; rowid is letter.id. strong keeps letters and tones, weak has no diacritics (text.h).
CREATE VIRTUAL TABLE letter_text USING fts5 (strong, weak, tokenize = "unicode61 remove_diacritics 0");
