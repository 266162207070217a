/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * units.h - the registry of administrative units and what the mergers of one day do to them.
 *
 * Read from rules/mergers/ (or one draft table): the predecessors alive on the eve of a day, their successors,
 * who keeps whose name, which units had ended before. The name decides, a code only locates: in 708 successors
 * that keep a name the code is another predecessor's. Nothing here knows what should be done; that is asked in
 * rules/. Read-only once made, so that sealed children share it.
 */
#pragma once
#include "name.h"
#include "table.h"

enum fate {
	FATE_NONE,
	ALONE_KEPT,                            /* the only predecessor, and its name stays */
	ALONE_RENAMED,
	KEPT,                                  /* the successor has this one's name */
	OTHER_KEPT,                            /* ... another predecessor's name */
	NAMESAKE_OTHER_KIND,                   /* two bear the name; the other one's kind fits too */
	NEW,                                   /* a wholly new name */
	NEAR, NEAR_IN_GROUP,                   /* equal but for marks: to this one's, to another's of the group */
	DISPUTED, DISPUTED_IN_GROUP,
	SPLIT,                                 /* several successors, none or several of which keep its name */
	SPECIAL_ZONE,                          /* an island district that becomes a special zone */
	UNTOUCHED,                             /* the same in name, kind, members; its superiors may change */
};
const char *fate_text(enum fate);

struct aliases { struct keys *at; int n, room; };     /* other spellings of the name */

struct unit {                                  /* a predecessor, a district, or a unit that ended before */
	const char *code, *name, *kind_text, *alt;
	enum place_kind kind;
	struct keys key;
	int district, province;                /* indices, -1 none */
	const char *district_weak;             /* its district's weak key, also of one that is no more */
	int n_successors, successor;           /* the one it goes to; -1 when split without name */
	int successors[8];
	enum fate fate;
	struct aliases aliases;
	bool part, disputed;
	const char *followed_by;               /* of an ended unit: who followed, as a text */
	int keeper;                            /* unit whose name the successor keeps, or -1 */
};

struct successor {
	const char *code, *name, *kind_text, *district, *resolution, *effective;
	enum place_kind kind;
	struct keys key;
	int province;                          /* index in provinces: the new one */
	struct aliases aliases;
	int *from, n, room;                    /* its predecessors */
};

struct district { const char *name, *code; enum place_kind kind; struct keys key; int province, zone; };
struct province { const char *name, *code, *resolution; enum place_kind kind; struct keys key; int successor; bool kept, merged; };

struct birth {                                 /* a unit that a resolution made, in whichever wave */
	const char *code, *name, *kind_text, *district, *province, *since, *resolution;
	enum place_kind kind;
	struct keys key;
	bool kept;                             /* one of its predecessors had the name */
	int predecessors;
};

struct registry;

/* effective NULL: the latest day in the tables. draft NULL: rules/mergers. */
struct registry *units_read(const void *mem, const char *folder, const char *draft, const char *effective, char **why);
const char *units_effective(const struct registry *);
const struct unit *units_at(const struct registry *, int unit);
const struct successor *units_successor(const struct registry *, int successor);
const struct district *units_district(const struct registry *, int district);
const struct province *units_province(const struct registry *, int province);
int units_count(const struct registry *);
int units_successors(const struct registry *);
int units_districts(const struct registry *);
int units_provinces(const struct registry *);
int units_find_code(const struct registry *, const char *code);        /* predecessor; -1 */
int units_find_province(const struct registry *, const struct site *); /* -1: none, or several */
int units_find_district(const struct registry *, const struct site *, bool bare, int province);

enum found { FOUND_NOT, FOUND_CLEAR, FOUND_CONFLICT, FOUND_AMBIGUOUS, FOUND_ENDED };

/* Where is a commune of that name? scope: indices or -1. code: five digits or NULL. */
enum found units_find(const struct registry *, const struct site *, bool bare, int district, int province,
		      const char *code, int *unit);

/* Live units, and units that had ended, of that name, one after the other; after starts at -1. -1: no more. */
int units_next(const struct registry *, const struct site *, bool bare, int district, int province, int after);
int units_next_ended(const struct registry *, const struct site *, bool bare, int province, int after);

/* Units made under that name, one after the other; *at starts at -1. NULL: no more. */
const struct birth *units_next_birth(const struct registry *, const struct site *, bool bare, int *at);

/* "Sở Y tế", by its own words' weak key; NULL: no body of a province that every one has. */
const char *units_body_name(const struct registry *, const char *weak);

/* Two written names, one body? registry may be NULL. */
enum same units_compare(const struct registry *, const char *a, const char *b, const char **why);
