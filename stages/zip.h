/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * zip.h - ZIP archives as a careful clerk opens them: look at the list first, then at one thing at a time.
 *
 * An archive says twice what it holds: in the header before each entry and in the directory at the end. Readers
 * that believe different ones show different content, which is how a signed container is made to lie. So the
 * directory is read here once, every entry is compared with its own header, and the same reading is what
 * entries are inflated by (zlib): what was checked is what is read. libarchive, which writes our packages,
 * keeps quiet about such differences and turns names into the locale's bytes; hence this file.
 *
 * Limits: RELIABILITY, table of limits (the numbers of the EU's DSS). Faults are told, not hidden: an entry with
 * a fault of its own is never opened. Names are data and are never used as paths.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

enum {
	ZIP_MAX_ENTRIES = 1000,
	ZIP_MAX_NAME = 1024,
	ZIP_MAX_ENTRY = 256 << 20,             /* bytes inflated */
	ZIP_MAX_TOTAL = 1 << 30,
	ZIP_MAX_RATIO = 100,                   /* inflated to packed, asked above ZIP_RATIO_FROM bytes */
	ZIP_RATIO_FROM = 1 << 20,
};

enum zip_fault_kind {
	ZIP_NO_DIRECTORY,                      /* the end is missing: cut off, or no ZIP at all */
	ZIP_TWO_DIRECTORIES,                   /* readers would not all take the same */
	ZIP_CUT_OFF,                           /* an entry or the directory reaches beyond the file */
	ZIP_TOO_MANY,
	ZIP_NAME_TOO_LONG,
	ZIP_NAME_ABSOLUTE,                     /* "/etc/passwd", "C:\..." */
	ZIP_NAME_UPWARDS,                      /* ".." among its segments */
	ZIP_NAME_CONTROL,                      /* control characters */
	ZIP_DOUBLE_NAME,
	ZIP_OVERLAP,
	ZIP_HEADERS_DIFFER,                    /* local header and directory disagree */
	ZIP_ENCRYPTED,
	ZIP_METHOD,                            /* packed by something other than store and deflate */
	ZIP_TOO_BIG,
	ZIP_TOTAL_TOO_BIG,
	ZIP_RATIO,
	ZIP_BAD_DATA,                          /* does not inflate, wrong length, wrong checksum */
	ZIP_FAULTS
};

struct zip_entry {
	char *name;                            /* valid UTF-8, NFC; for showing and comparing */
	uint64_t at, data, size, packed;       /* offsets of its header and of its bytes; sizes as stated */
	uint32_t crc;
	uint16_t method, flags;
	bool folder, barred;                   /* barred: has a fault, is not opened */
};

struct zip_fault {
	enum zip_fault_kind kind;
	int entry;                             /* index, or -1: the archive */
};

struct zip {
	struct bytes bytes;
	struct zip_entry *entries;
	int n;
	struct zip_fault *faults;
	int n_faults, room_faults;
	uint64_t directory;                    /* where the directory begins */
	bool loose;                            /* readable, yet strict readers would refuse it: lengths or flags that
						* disagree without changing what is read */
	uint64_t end;                          /* behind the end record and its comment */
	uint64_t inflated;                     /* so far, over all entries: against ZIP_MAX_TOTAL */
};

bool zip_looks_like(struct bytes);             /* begins as a ZIP does */
struct zip *zip_open(const void *mem, struct bytes);   /* never NULL; faults say what is wrong */
int zip_find(const struct zip *, const char *name);    /* index, or -1 */
bool zip_has_fault(const struct zip *, enum zip_fault_kind);

/* The whole entry, terminated by an uncounted NUL. false: barred, or a fault that was found while inflating and
 * is now the last one in the list. limit: bytes at most, beside the limits above. */
bool zip_read(const void *mem, struct zip *, int entry, size_t limit, struct bytes *);

/* An entry as a stream; read gives bytes, 0 at the end, -1 on a fault (then noted in the zip). */
struct zip_stream *zip_stream_open(const void *mem, struct zip *, int entry);  /* NULL: barred */
int zip_stream_read(void *stream, char *out, int len);
