-- facts.sql - what rules may read: the public and only-growing API of rules/.
--
-- A rule is one SELECT over these tables, in a fresh database in memory that holds the facts of one batch of
-- letters, or of one inventory, and the tables of the law (rules/*.tsv, at the end). Columns are only ever
-- added. A missing fact is NULL, never ''. Yes and no are 1 and 0, and NULL is "cannot tell". Dates are
-- YYYY-MM-DD. Functions that rules may call are listed in rules/README.md; there is no clock: today is
-- context.today. INT is a whole number that may be below zero, INTEGER one that is not.

-- One row: the circumstances of the run.
CREATE TABLE context (
	today TEXT NOT NULL,          -- the day the verdicts are of (--at), in Vietnam
	effective TEXT,               -- day the mergers take effect
	ruleset TEXT,                 -- day that decides which rule set applies to the mergers
	province TEXT                 -- whose routing applies, when the run says so
) STRICT;

-- Letters and what was read in them ------------------------------------------------------------------

CREATE TABLE letter (
	letter INTEGER PRIMARY KEY,   -- number in the batch, from 1
	name TEXT, sha256 TEXT,       -- of the file as it came
	kind TEXT,                    -- letter decision resolution form notice minutes certificate-list other
	form TEXT,                    -- nd68-2024/mau-05 when the letter carries a form
	issued TEXT,                  -- its date; NULL unless day, month and year were read
	issued_as_read TEXT,          -- the same as far as read: 2025-06 where the day is blank
	received TEXT,                -- day it came in; the run's day when the intake did not say
	dated TEXT NOT NULL,          -- issued, else received: the day whose law counts
	agency TEXT, parent_agency TEXT, number TEXT, symbol TEXT, place TEXT, document_type TEXT, subject TEXT,
	province TEXT,                -- province the sender belongs to, as far as its names say
	sender_level TEXT,            -- commune district province department office other; NULL: no agency read
	pages INTEGER, text_source TEXT,
	unreadable INTEGER NOT NULL,  -- an earlier stage could not read it
	signatures INTEGER NOT NULL,  -- how many signatures it bears, document time-stamps left out
	sender_fate TEXT,             -- of the agency, where it is a commune: as in cert
	sender_successor TEXT         -- "Ủy ban nhân dân xã Bình Chương"
) STRICT;

CREATE TABLE part (letter INTEGER, part INTEGER, inside INTEGER, name TEXT, media TEXT, sha256 TEXT, size INT) STRICT;

CREATE TABLE document (
	letter INTEGER, document INTEGER,     -- document from 0; 0 is the main one
	part INTEGER, kind TEXT, form TEXT, text_source TEXT
) STRICT;

CREATE TABLE field (                  -- every field; list fields repeat the name, n counts from 1
	letter INTEGER, document INTEGER, name TEXT, n INTEGER,
	value TEXT, raw TEXT, confidence REAL, source TEXT, drawn_by TEXT, part INTEGER, page INTEGER
) STRICT;

CREATE TABLE signer (                 -- who signs in print
	letter INTEGER, document INTEGER, n INTEGER, name TEXT,
	authority TEXT,               -- KT. TL. TM. TUQ. Q. or NULL
	for_title TEXT,               -- the title signed for: CHỦ TỊCH
	title TEXT                    -- the signer's own: PHÓ CHỦ TỊCH
) STRICT;

CREATE TABLE recipient (letter INTEGER, n INTEGER, value TEXT) STRICT;        -- Kính gửi

CREATE TABLE citation (letter INTEGER, n INTEGER, value TEXT, type TEXT, code TEXT, date TEXT, issuer TEXT, article TEXT) STRICT;

CREATE TABLE page_text (letter INTEGER, page INTEGER, text TEXT, strong TEXT) STRICT; -- strong: see fold()

CREATE TABLE signature (
	letter INTEGER, signature INTEGER,    -- from 1, in signing order
	part INTEGER, name TEXT, format TEXT, level TEXT,
	indication TEXT, sub_indication TEXT,
	intact INTEGER, valid INTEGER, trusted INTEGER,
	coverage TEXT, changes_after TEXT,
	claimed_time TEXT, timestamp_time TEXT, best_time TEXT,
	signed TEXT,                  -- day of best_time in Vietnam
	revocation TEXT, digest TEXT, algorithm TEXT, key_bits INTEGER, page INTEGER,
	cn TEXT, o TEXT,
	ou TEXT, ou2 TEXT,            -- the first two; real subjects repeat OU from the body outward
	l TEXT, email TEXT, subject TEXT, serial TEXT,
	valid_from TEXT, valid_to TEXT,
	by_body INTEGER,              -- 1: the certificate is a body's; 0: a person's
	body_class TEXT, fate TEXT,   -- of that body, as in cert: what the mergers do to it
	successor_body TEXT
) STRICT;

-- Rows of letters that were judged on an earlier night stand here too; those letters are not in the table letter.
CREATE TABLE request (                -- a row of a filled form; row 0 is the contact block
	letter INTEGER, request INTEGER,      -- from 1 within the letter
	document INTEGER, form TEXT, row INTEGER,
	holder_name TEXT, org_name TEXT, serial TEXT, email TEXT, info_old TEXT, info_new TEXT,
	renew INTEGER, change INTEGER,        -- 1 where the box is ticked
	reason TEXT, device_serial TEXT, old_serial TEXT, identity TEXT, birth_date TEXT, workplace TEXT,
	title TEXT, province TEXT, phone TEXT, address TEXT, tax_code TEXT, budget_code TEXT,
	for_body INTEGER              -- 1: asked for a body, 0: for a person, by form and name
) STRICT;

CREATE TABLE cell (letter INTEGER, request INTEGER, name TEXT, value TEXT, part INTEGER, page INTEGER) STRICT;

CREATE TABLE choice (                 -- what a person answered; the last one counts
	n INTEGER PRIMARY KEY, serial TEXT, action TEXT, who TEXT, at TEXT, reason TEXT, letter INTEGER
) STRICT;

-- Certificates and what the mergers do to their bodies ---------------------------------------------------

CREATE TABLE cert (
	cert INTEGER PRIMARY KEY,     -- number in the inventory, from 1
	letter INTEGER, request INTEGER,      -- the list it came in, in a batch
	serial TEXT NOT NULL,         -- upper-case hex without leading zeros, here and in every table
	subject TEXT, org_name TEXT, org_code TEXT, holder_name TEXT, title TEXT, email TEXT,
	kind TEXT NOT NULL,           -- agency person device
	valid_from TEXT, valid_to TEXT, device_serial TEXT, renewals INTEGER,
	days_left INT,                -- to valid_to, from the effective date or, when that has passed, from today
	body TEXT,                    -- UBND HDND VP-UBND VP-HDND-UBND ...; NULL: core says what it is
	body_class TEXT NOT NULL,     -- commune commune-office school district district-office province department other
	core TEXT,                    -- weak() of the body's own words, its place left out: so tu phap
	identity TEXT NOT NULL,       -- clear, conflict (code against name), ambiguous, ended (in an earlier wave), unknown
	unit TEXT,                    -- code of the commune that is, or holds, the body
	unit_name TEXT,               -- "xã Bình Mỹ, Huyện Bình Sơn"
	fate TEXT,                    -- of that unit: rules/README.md lists the words
	successors INTEGER,           -- how many units it goes to
	successor TEXT, successor_body TEXT,  -- code; "Ủy ban nhân dân xã Bình Chương"
	alone INTEGER,                -- 1: the successor has no other predecessor
	resolution TEXT, merged TEXT, -- number and day of the resolution that merges
	grp TEXT,                     -- "UBND:21250": bodies that end in one (agencies only); UBND and HĐND never meet
	group_units TEXT,             -- the units of the group, for people
	keeper TEXT,                  -- code of the unit whose name the successor keeps
	subject_changes INTEGER,      -- what the subject shows will not be so
	parent_in_subject INTEGER,    -- it shows a superior that changes
	stays INTEGER,                -- the body goes on as it is
	province TEXT, province_merged INTEGER, province_kept INTEGER,        -- of the subject; does its name go on?
	province_next TEXT,           -- the province it becomes or becomes part of
	zone TEXT,                    -- code of the special zone its district becomes
	followed_by TEXT,             -- of a unit that had ended: what followed
	assignment TEXT,              -- assigned, left, or NULL: not on the list
	new_unit TEXT, new_body TEXT, new_province TEXT,
	same_body INTEGER,            -- the assignment's body is the one it has, and that one stays
	seen INTEGER                  -- 1: known from a signature only, in no list; device and renewals are not known
) STRICT;

-- Units whose list has not come, where another certificate of their group is known: the unit may hold the one
-- that is to be kept. Empty in an audit, whose inventory is the whole. Which list speaks for whom: heard.h.
CREATE TABLE unheard (grp TEXT, unit TEXT, unit_name TEXT) STRICT;

CREATE TABLE decision (               -- the decisions, for rules that give findings
	cert INTEGER PRIMARY KEY, serial TEXT, action TEXT, rule TEXT, reason TEXT, successor TEXT, grp TEXT
) STRICT;

CREATE TABLE request_unit (           -- units made by a resolution, of any wave, that a request names
	letter INTEGER, request INTEGER, cell TEXT,   -- the cell that names it: org_name info_new holder_name workplace
	code TEXT, unit TEXT, province TEXT, since TEXT, resolution TEXT,
	kept INTEGER,                 -- one of its predecessors had the name
	predecessors INTEGER,
	here INTEGER                  -- in the sender's province
) STRICT;

-- A certificate that R1 may keep for the new body: in use long enough, of a whole, unsplit, clear predecessor.
CREATE VIEW candidate AS
	SELECT cert, grp, serial, unit_name,
	       row_number() OVER (PARTITION BY grp ORDER BY valid_to DESC, renewals NULLS LAST, serial) AS place,
	       count(*) OVER (PARTITION BY grp) AS candidates
	  FROM cert
	 WHERE kind = 'agency' AND body_class = 'commune' AND fate = 'new' AND identity = 'clear'
	   AND successors = 1 AND days_left >= (SELECT value FROM settings WHERE name = 'usable-days')
	   AND serial NOT IN (SELECT serial FROM choice h WHERE action = 'revoke'
	                      AND NOT EXISTS (SELECT 1 FROM choice later WHERE later.serial = h.serial AND later.n > h.n));

-- Letters whose requests are not taken as they stand: nobody signed them, or a signature was found broken (NĐ 30/2020
-- Đ21 k2: first authenticity and integrity, then the rest). What the command line gives is no letter (sha256 NULL); of
-- earlier nights' letters only signed ones are recalled.
CREATE VIEW unproven AS
	SELECT letter FROM letter WHERE sha256 IS NOT NULL AND signatures = 0
	UNION SELECT letter FROM signature WHERE intact = 0 OR valid = 0;

-- What was chosen for a group whose new name nobody bore: a person's last answer on a certificate, or the
-- request Mẫu 04 by which the new body has that certificate changed to its name.
CREATE VIEW chosen AS
	SELECT c.serial, c.grp, h.who
	  FROM choice h JOIN cert c ON c.serial = h.serial
	 WHERE c.kind = 'agency' AND c.fate = 'new' AND h.action IN ('choose', 'chọn', 'Chọn', 'x', 'X', 'change-info')
	   AND NOT EXISTS (SELECT 1 FROM choice later WHERE later.serial = h.serial AND later.n > h.n)
	UNION
	SELECT c.serial, c.grp, 'theo văn bản đề nghị của đơn vị mới'
	  FROM request r JOIN cert c ON c.serial = r.serial
	 WHERE c.kind = 'agency' AND c.fate = 'new' AND r.form LIKE '%/mau-04' AND r.change = 1
	   AND r.letter NOT IN (SELECT letter FROM unproven)
	   AND (same_body(r.info_new, c.successor_body) = 'yes' OR has_word(r.info_new, c.successor_body));

-- The tables of the law: rules/NAME.tsv, loaded as they stand ---------------------------------------------

CREATE TABLE settings (name TEXT, value INTEGER, "from" TEXT, until TEXT, vi TEXT, law TEXT, sure TEXT) STRICT;
CREATE TABLE form_numbers (form TEXT, regime TEXT, number TEXT, vi TEXT, asks TEXT, holder TEXT, replaced_by TEXT, law TEXT) STRICT;
CREATE TABLE routing (province TEXT, form TEXT, "from" TEXT, until TEXT, addressee TEXT, channel TEXT, deadline TEXT, received_by TEXT, law TEXT, sure TEXT) STRICT;
CREATE TABLE departments (old TEXT, new TEXT, keeps TEXT, merged TEXT, law TEXT) STRICT;
CREATE TABLE required_fields (kind TEXT, field TEXT, vi TEXT, en TEXT, "from" TEXT, until TEXT, severity TEXT, law TEXT) STRICT;
CREATE TABLE required_cells (form TEXT, cell TEXT, vi TEXT, en TEXT, "when" TEXT, severity TEXT, law TEXT) STRICT;
CREATE TABLE private_mail (domain TEXT) STRICT;
CREATE TABLE abbreviations (kind TEXT, type_name TEXT, abbrev TEXT) STRICT;
CREATE TABLE duties (event TEXT, form TEXT, who TEXT, vi TEXT, en TEXT, "from" TEXT, until TEXT, law TEXT, seed TEXT, sure TEXT) STRICT;
CREATE TABLE contacts (what TEXT, value TEXT, "from" TEXT, until TEXT, law TEXT, seed TEXT) STRICT;

-- Indexes: made once the facts are in ------------------------------------------------------------------------

CREATE INDEX cert_of_agencies ON cert (body_class, identity, fate) WHERE kind = 'agency';
CREATE INDEX cert_of_devices ON cert (body_class) WHERE kind = 'device';
CREATE INDEX cert_of_persons ON cert (assignment, same_body) WHERE kind = 'person';
CREATE INDEX request_by_serial ON request (serial);
CREATE INDEX choice_by_serial ON choice (serial, n);
CREATE INDEX signature_by_letter ON signature (letter);
CREATE INDEX field_by_letter ON field (letter, name);
CREATE INDEX signer_by_letter ON signer (letter);
CREATE INDEX recipient_by_letter ON recipient (letter);
CREATE INDEX citation_by_letter ON citation (letter);
CREATE INDEX page_text_by_letter ON page_text (letter);
CREATE INDEX part_by_letter ON part (letter);
CREATE INDEX document_by_letter ON document (letter);
CREATE INDEX request_by_letter ON request (letter);
CREATE INDEX cell_by_letter ON cell (letter, request);
CREATE INDEX unheard_by_group ON unheard (grp, unit);
CREATE INDEX cert_by_group ON cert (grp, unit) WHERE grp IS NOT NULL;
