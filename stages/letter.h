/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * letter.h - everything known about one letter, and about a batch of them.
 *
 * A letter (an envelope that may hold several files) starts as bytes. Each stage adds its own kind of fact
 * and changes nothing that is already there, so this file is also the story of the program:
 *
 *     1_ingest   part                        what the envelope held, by SHA-256
 *     2_extract  document page field request what is written, and where it was read
 *     3_verify   signature certificate       who signed, what holds, what changed since
 *                picture                     how pages looked then and look now; for a report only
 *     4_judge    finding decision            what the law says of it; any stage may add a finding
 *     5_emit     output                      what a person signs and sends
 *
 * Every fact remembers where it was read (struct place). All memory hangs below the letter's (or the
 * batch's) talloc context. Text is UTF-8, NFC; times are text: RFC 3339 in UTC for instants, YYYY-MM-DD for
 * dates. Parts and pages count from 1; 0 means none. The one text form of all this is record.h.
 *
 * letter_add_X() gives room for one more fact, zeroed; the pointer holds until the next one of its kind.
 */
#pragma once
#include "own.h"
#include <stdbool.h>
#include <time.h>

#define LIST(type) struct { type *at; int n, room; }

struct texts { char **at; int n, room; };

enum answer { CANNOT_TELL, NO, YES };          /* three-valued: unknown is never yes */
enum source { FROM_TEXT, FROM_OCR, FROM_XML, FROM_APPEARANCE, FROM_SHEET, FROM_OFFICE, DERIVED };
enum severity { NOTE, WARN, HOLD, REJECT };

struct box { double x0, y0, x1, y1; };         /* points (1/72 inch), origin top left */

struct place {                                 /* where a fact was read */
	int part, page;
	struct box box;
	enum source source;
	char *drawn_by;                        /* name of the signature field whose appearance drew it, or NULL */
	char *path;                            /* XPath, or sheet and cell, or NULL */
};

struct value {                                 /* something read */
	char *value;                           /* as its kind wants it: 2025-06-20, TB-UBND; one line, NFC */
	char *raw;                             /* as read */
	double confidence;                     /* 0..1: the least sure of its words */
	struct place place;
};

/* 1_ingest ------------------------------------------------------------------------------------------- */

struct part {                                  /* one file of the envelope; never changed */
	char *name;                            /* file name inside its container; of the first, as it came in */
	char *media;                           /* what the bytes prove it to be: see ingest.h */
	char *sha256;
	int64_t size;
	int inside;                            /* number of the part that held it; 0: the envelope itself, or along with it */
	struct bytes bytes;                    /* not in the record: found again by its hash */
};

/* A file beside the envelope, by a plain name. One that a signature in it names is no part: nobody sent it along.
 * One that came along (the detached signature of the envelope, or what such a signature signs) is a part too; those
 * stand first. */
struct beside {
	char *name;
	char *sha256;                          /* of a wanted file, when the signature tells it; else NULL */
	bool along;
	struct bytes bytes;                    /* not in the record; at NULL: wanted, nobody brought it */
};

/* 2_extract ------------------------------------------------------------------------------------------ */

struct document {                              /* one letter, form or list found in a part; the first is the main one */
	int part, first_page, last_page;
	char *kind;                            /* letter decision resolution form notice minutes certificate-list other */
	double confidence;
	char *reason;                          /* why we think so */
	char *text_source;                     /* text ocr mixed xml */
	char *form;                            /* "nd68-2024/mau-05" when kind is form */
};

struct word {
	char *text;                            /* NFC */
	char *raw;                             /* as stored in the file when that differs, else NULL */
	struct box box;
	double confidence;
	enum source source;
	char *drawn_by;
	float size;                            /* font size in points, 0 unknown */
	bool bold, italic, red;
	int pass;                              /* 0: the page's reading; 1 ..: another reading of the same spot */
};

struct page {
	int part, number;
	double width, height;                  /* points */
	enum source source;
	char *text;                            /* lines in reading order */
	LIST(struct word) words;               /* in the record only when asked for: they are many */
	void **kept;                           /* what 2_extract worked out from the words; not in the record */
};

struct attr { char *name, *value; };

struct field {                                 /* one value of a letter; list fields repeat the name */
	int document;                          /* index from 0 */
	char *name;                            /* INTERFACE: number symbol date agency recipients signers ... */
	struct value read;
	LIST(struct attr) attrs;               /* signers: authority for_title title; citations: type code ... */
};

struct cell { char *name; struct value read; };

struct request {                               /* one row of a filled form or of a list */
	int document;
	char *form;                            /* "nd68-2024/mau-05"; lists: "certificate-list", "assignment-list";
						* "no-certificate": a body says that it has none */
	int row;                               /* from 1; 0: what stands once on the form (contact block) */
	LIST(struct cell) cells;               /* by column name of the form's description */
};

/* 3_verify ------------------------------------------------------------------------------------------- */

struct certificate {
	int part;
	char *role;                            /* signer, tsa, ca, anchor, attached (a file of its own) */
	char *cn, *o, *l, *email;
	struct texts ou;
	char *subject, *issuer;                /* RFC 4514 text, UTF-8 */
	char *serial;                          /* upper-case hex without leading zeros */
	char *not_before, *not_after, *sha256;
};

struct message { enum severity severity; char *code, *text; };

enum indication { TOTAL_PASSED, INDETERMINATE, TOTAL_FAILED };        /* EN 319 102-1 */
enum coverage { COVERS_WHOLE_FILE, COVERS_WHOLE_REVISION, COVERS_PART };
enum changes { CHANGES_NONE, CHANGES_PERMITTED, CHANGES_FORBIDDEN, CHANGES_UNKNOWN };

struct signature {                             /* independent facts; whether they suffice is asked in rules/ */
	int part;
	int over;                              /* the part it signs when that is another one (CMS, a package of one file); 0: its own */
	char *name, *format, *level;           /* INTERFACE: PAdES PKCS7 XAdES XMLDSig CAdES CMS DocTimeStamp */
	enum indication indication;
	char *sub_indication;                  /* EN 319 102-1 name, or NULL */
	enum answer intact, valid, trusted;
	enum coverage coverage;
	enum changes changes_after;
	struct texts changes;                  /* what changed, in words, with page and object */
	char *claimed_time, *timestamp_time, *best_time, *validated_at;
	struct certificate signer;
	char *digest, *algorithm;
	int key_bits;
	struct { char *status, *source, *produced_at; } revocation;   /* good revoked unknown */
	LIST(struct message) messages;
	int revision, revisions;               /* the one it signed, of how many; 0 where that has no meaning */
	int64_t covered;                       /* bytes from the start of the part to the last one signed; 0: no meaning */
	int page;                              /* of its appearance; 0: invisible */
	struct box box;
};

struct region { struct box box; };

struct picture {                               /* a page, drawn: a pixel is a point */
	int part, signature, page;             /* as signature number (from 1) signed it; 0: as the file shows it now */
	int width, height;
	LIST(struct region) changed;           /* what looks different now */
	struct bytes png;
};

/* 4_judge -------------------------------------------------------------------------------------------- */

struct evidence {
	char *what;                            /* "field:number", "signature:Signature1", "part:2", "request:3" */
	int part, page;
	struct box box;
};

struct finding {                               /* the only way to speak of a letter */
	char *rule;                            /* "nd30-2020/two-signatures"; of the machine: "1_ingest/too-big" */
	enum severity severity;
	char *law, *vi, *en;
	LIST(struct evidence) evidence;
};

struct decision {                              /* what should happen to one certificate */
	char *serial, *action, *rule, *reason;
	char *code;                            /* short name of the rule among those of a merger: R1 ... R7, GAP */
	char *successor_code, *successor_body, *group;
	char *suggested;                       /* Y, N or NULL */
	char *form, *channel, *deadline, *law, *says;
	struct evidence evidence;
};

/* 5_emit --------------------------------------------------------------------------------------------- */

struct asked_line {                                 /* a line of a package: what is asked for which certificate */
	char *serial;                          /* NULL: there is none yet */
	char *form;                            /* "nd68-2024/mau-04" */
	char *asks;                            /* issue renew change renew+change revoke recover tell */
	char *holder, *email, *device;         /* as on the form, or NULL */
	char *becomes;                         /* the information it shall bear ("Tên cơ quan, tổ chức: ..."), or NULL */
	char *deadline;                        /* or NULL */
	char *agency;                          /* who sends it */
};

struct output {                                /* one file below the outbox */
	char *path;                            /* relative, plain names, no dot segments */
	char *object;                          /* SHA-256 of a stored object to copy, or NULL */
	struct bytes bytes;                    /* its content when object is NULL; X.zip without any: the files below X,
						* packed in their order by whoever writes them */
	LIST(struct asked_line) lines;              /* package.xml: what its lines ask, in their order */
};

/* The runner's note of one stage's run; no stage writes it. */
struct step { char *stage; int version; char *outcome; double ms; char *walls; };

struct settings;

struct letter {
	const struct settings *settings;       /* stage.h; the only clock a stage can see is in there */
	char *name, *path, *sha256;            /* as it came in; path: where its bytes can be read */
	char *received;                        /* when the intake took it */
	bool known;                            /* judged before: its lists are facts, nothing more is said of it */
	LIST(struct part) parts;
	LIST(struct beside) beside;
	LIST(struct document) documents;
	LIST(struct page) pages;
	LIST(struct field) fields;
	LIST(struct request) requests;
	LIST(struct signature) signatures;
	LIST(struct certificate) certificates;
	LIST(struct picture) pictures;
	LIST(struct finding) findings;
	LIST(struct step) steps;
};

struct batch {                                 /* what 4_judge and 5_emit run over */
	const struct settings *settings;
	LIST(struct letter *) letters;
	LIST(struct decision) decisions;
	LIST(struct finding) findings;         /* about no single letter: a bad row of an inventory */
	LIST(struct output) outputs;
	LIST(struct step) steps;
	/* Of whoever runs the stage, or NULL: a stage calls it when the outputs so far are complete. They go out then
	 * and their bytes are gone: a province's packages need not stand in memory together, and whoever takes them
	 * works meanwhile. */
	void (*send)(struct batch *);
	void *send_with;
};

struct letter *letter_new(const void *mem, const struct settings *, const char *name);
struct batch *batch_new(const void *mem, const struct settings *);
struct letter *batch_add_letter(struct batch *, struct letter *); /* the batch does not take ownership */

struct part *letter_add_part(struct letter *, int inside, const char *name, struct bytes); /* hashes, counts */
struct part *letter_find_part(const struct letter *, int number);              /* NULL: no such part */
struct beside *letter_add_beside(struct letter *, const char *name);
struct document *letter_add_document(struct letter *);
struct page *letter_add_page(struct letter *);
struct word *page_add_word(struct letter *, struct page *);
struct field *letter_add_field(struct letter *, const char *name, const char *value);
void field_add_attr(struct letter *, struct field *, const char *name, const char *value); /* NULL, "": no-op */
struct request *letter_add_request(struct letter *, const char *form, int row);
struct cell *request_add_cell(struct letter *, struct request *, const char *name, const char *value);
struct signature *letter_add_signature(struct letter *);
struct certificate *letter_add_certificate(struct letter *);
struct picture *letter_add_picture(struct letter *);
void signature_message(struct letter *, struct signature *, enum severity, const char *code, const char *text);
void texts_add(const void *mem, struct texts *, const char *text);

/* Both texts are needed: the program speaks Vietnamese first. law may be NULL for the machine's findings. */
struct finding *letter_finding(struct letter *, const char *rule, enum severity, const char *law,
			       const char *vi, const char *en);
struct finding *batch_finding(struct batch *, const char *rule, enum severity, const char *law,
			      const char *vi, const char *en);
void finding_evidence(const void *mem, struct finding *, const char *what, const struct place *);
struct decision *batch_add_decision(struct batch *);
struct output *batch_add_output(struct batch *, const char *path, struct bytes); /* copies the bytes */

/* First field of that name in the main document; NULL when not read. field_next: the following one of its name. */
const struct field *letter_find_field(const struct letter *, const char *name);
const struct field *field_next(const struct letter *, const struct field *);
const char *field_attr(const struct field *, const char *name);                /* NULL: not there */
const char *request_cell(const struct request *, const char *name);            /* value or NULL */
