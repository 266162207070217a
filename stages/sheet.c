/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sheet.c - rows of CSV, and what the headings of lists mean. See sheet.h; XLSX is sheet_xlsx.c.
 *
 * RFC 4180, read kindly: a quote that opens and never closes must not swallow the rows after it. A quoted cell
 * that grows past CELL_LINES lines, or that "closes" in the middle of a later line's text, was never meant to
 * be one: its row is read again with quotes taken as they stand, and marked broken.
 */
#include "sheet.h"
#include "sheet_xlsx.h"
#include "text.h"
#include "zip.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

enum { CELL_LINES = 50, LOOK_LINES = 20 };

/* A row while it is put together: the cells' bytes one after the other, each with its NUL. */
struct line {
	struct buffer bytes;
	size_t starts[SHEET_MAX_COLUMNS];
	int n;
};

static void open_cell(struct line *l)
{
	if (l->n < SHEET_MAX_COLUMNS)
		l->starts[l->n] = l->bytes.len;
	l->n++;
}

size_t sheet_unmark(char *text, size_t len)
{
	size_t skip = len > 1 && text[0] == '\'' ? 1 : len > 3 && text[0] == '=' && text[1] == '"' && text[len - 1] == '"' ? 2 : 0;
	if (skip == 0)
		return len;
	len -= skip == 2 ? 3 : 1;
	memmove(text, text + skip, len);
	return len;
}

static void close_cell(struct line *l, bool repair)
{
	if (l->n > SHEET_MAX_COLUMNS) {
		l->n = SHEET_MAX_COLUMNS;
		return;
	}
	size_t from = l->starts[l->n - 1];
	l->bytes.len = from + sheet_unmark(l->bytes.text + from, l->bytes.len - from);
	if (repair && l->bytes.len > from) {
		char *good = text_nfc_part(l->bytes.mem, l->bytes.text + from, l->bytes.len - from);
		l->bytes.len = from;
		buffer_text(&l->bytes, good);
		talloc_free(good);
	}
	buffer_add(&l->bytes, "", 1);
}

struct csv {
	const char *at, *end;
	char delimiter;
	bool repair;                           /* the file holds bytes that are not UTF-8 */
	int number;                            /* line */
	struct line line;
};

static bool over_columns(const struct csv *c)
{
	return c->line.n > SHEET_MAX_COLUMNS;
}

/* The quoted cell that begins after the quote at p. Returns where reading goes on, or NULL: it is none. */
static const char *quoted_cell(struct csv *c, const char *p, int *lines)
{
	size_t from = c->line.bytes.len;
	*lines = 0;
	for (;;) {
		const char *q = memchr(p, '"', (size_t)(c->end - p));
		size_t n = (size_t)((q != NULL ? q : c->end) - p);
		for (const char *nl = p; (nl = memchr(nl, '\n', (size_t)(p + n - nl))) != NULL; nl++)
			++*lines;
		if (q == NULL || *lines > CELL_LINES || c->line.bytes.len - from + n > SHEET_MAX_CELL)
			return NULL;
		if (!over_columns(c))
			buffer_add(&c->line.bytes, p, n);
		p = q + 1;
		if (p < c->end && *p == '"') {
			if (!over_columns(c))
				buffer_add(&c->line.bytes, "\"", 1);
			p++;
			continue;
		}
		bool closes = p == c->end || *p == c->delimiter || *p == '\n' || *p == '\r';
		return closes || *lines == 0 ? p : NULL;
	}
}

static const char *plain_cell(struct csv *c, const char *p)
{
	const char *q = p;
	while (q < c->end && *q != c->delimiter && *q != '\n' && *q != '\r')
		q++;
	if (!over_columns(c))
		buffer_add(&c->line.bytes, p, (size_t)(q - p));
	return q;
}

/* One row from c->at on; returns false when a quote in it makes no sense, unless literal. */
static bool read_row(struct csv *c, bool literal, const char **next, int *lines)
{
	const char *p = c->at;
	c->line.n = 0;
	c->line.bytes.len = 0;
	*lines = 1;
	for (;;) {
		open_cell(&c->line);
		if (!literal && p < c->end && *p == '"') {
			int inner;
			p = quoted_cell(c, p + 1, &inner);
			if (p == NULL)
				return false;
			*lines += inner;
		}
		p = plain_cell(c, p);
		close_cell(&c->line, c->repair);
		if (p < c->end && *p == c->delimiter) {
			p++;
			continue;
		}
		if (p < c->end && *p == '\r')
			p++;
		if (p < c->end && *p == '\n')
			p++;
		*next = p;
		return true;
	}
}

/* The delimiter whose number is the same in the most of the first lines: titles above a list hold none, and the
 * commas of names and addresses come and go. Quotes hide what is in them. */
static char find_delimiter(const char *at, const char *end)
{
	static const char known[] = { '\t', ';', ',' };
	int counts[3][LOOK_LINES] = { 0 }, lines = 0;
	bool quoted = false;
	for (; at < end && lines < LOOK_LINES; at++) {
		quoted ^= *at == '"';
		if (quoted)
			continue;
		lines += *at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'));
		for (int d = 0; d < 3 && lines < LOOK_LINES; d++)
			counts[d][lines] += *at == known[d];
	}
	char best = ',';
	int best_score = 0;
	for (int d = 0; d < 3; d++)
		for (int i = 0; i < LOOK_LINES; i++) {
			int same = 0;
			for (int k = 0; k < LOOK_LINES; k++)
				same += counts[d][i] > 0 && counts[d][k] == counts[d][i];
			if (same > best_score) {
				best_score = same;
				best = known[d];
			}
		}
	return best;
}

/* UTF-16 with its mark becomes UTF-8; half a pair becomes U+FFFD. */
static struct bytes from_utf16(const void *mem, struct bytes b)
{
	bool big = b.at[0] == 0xFE;
	struct buffer out = { .mem = mem };
	for (size_t i = 2; i + 1 < b.len; i += 2) {
		ucs4_t u = big ? (ucs4_t)(b.at[i] << 8 | b.at[i + 1]) : (ucs4_t)(b.at[i + 1] << 8 | b.at[i]);
		if (u >= 0xD800 && u < 0xDC00 && i + 3 < b.len) {
			ucs4_t low = big ? (ucs4_t)(b.at[i + 2] << 8 | b.at[i + 3])
				: (ucs4_t)(b.at[i + 3] << 8 | b.at[i + 2]);
			if (low >= 0xDC00 && low < 0xE000) {
				u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		uint8_t utf8[6];
		int n = u8_uctomb(utf8, u >= 0xD800 && u < 0xE000 ? 0xFFFD : u, sizeof utf8);
		if (n > 0)
			buffer_add(&out, utf8, (size_t)n);
	}
	return (struct bytes){ (const uint8_t *)(out.text != NULL ? out.text : ""), out.len };
}

static bool is_blank(const struct line *l)
{
	return l->n == 1 && l->bytes.text[0] == 0;
}

bool sheet_read_csv(const void *mem, struct bytes b, bool (*row)(void *, const struct sheet_row *), void *with,
		    struct sheet_trouble *why)
{
	void *scratch = talloc_new(mem);
	if (b.len >= 2 && ((b.at[0] == 0xFF && b.at[1] == 0xFE) || (b.at[0] == 0xFE && b.at[1] == 0xFF)))
		b = from_utf16(scratch, b);
	else if (b.len >= 3 && memcmp(b.at, "\xEF\xBB\xBF", 3) == 0)
		b = (struct bytes){ b.at + 3, b.len - 3 };
	struct csv c = { .at = (const char *)b.at, .number = 1, .line.bytes.mem = scratch };
	c.end = c.at + b.len;
	c.repair = !text_is_valid(b);
	c.delimiter = find_delimiter(c.at, c.end);
	if (b.len >= 5 && memcmp(c.at, "sep=", 4) == 0) {      /* Excel's own word about it, a line of its own */
		c.delimiter = c.at[4];
		while (c.at < c.end && *c.at++ != '\n')
			;
		c.number = 2;
	}
	buffer_add(&c.line.bytes, "", 1);
	const char *cells[SHEET_MAX_COLUMNS];
	bool whole = true;
	int rows = 0;
	while (c.at < c.end) {
		const char *next;
		int lines;
		bool sound = read_row(&c, false, &next, &lines);
		if (!sound)
			read_row(&c, true, &next, &lines);
		for (int i = 0; i < c.line.n; i++) {
			cells[i] = c.line.bytes.text + c.line.starts[i];
			if ((i + 1 < c.line.n ? c.line.starts[i + 1] : c.line.bytes.len) - c.line.starts[i] >
			    SHEET_MAX_CELL)
				whole = false;
		}
		if (!whole || ++rows > SHEET_MAX_ROWS) {
			why->vi = format_text(mem, "dòng %d: %s", c.number, whole ? "nhiều hơn 5.000.000 dòng"
					      : "có ô dài hơn 64 KiB");
			why->en = format_text(mem, "line %d: %s", c.number, whole ? "more than 5,000,000 rows"
					      : "a cell of more than 64 KiB");
			whole = false;
			break;
		}
		struct sheet_row r = {
			.sheet = "", .number = c.number, .n = c.line.n, .cells = cells, .broken = !sound
		};
		if (!is_blank(&c.line) && !row(with, &r))
			break;
		c.number += lines;
		c.at = next;
	}
	talloc_free(scratch);
	return whole;
}

/* What lists come as and is no list. The bytes at the beginning tell, an OLE file's names of streams (UTF-16) the rest. */
static const char *foreign(struct bytes b, const char **en)
{
	static const uint8_t ole[] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	static const char ods[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
	size_t blank = 0;
	while (blank < b.len && blank < 64 && strchr(" \t\r\n\xEF\xBB\xBF", b.at[blank]) != NULL)
		blank++;
	const char *text = (const char *)b.at + blank;
	size_t left = b.len - blank;
	if (b.len >= sizeof ole && memcmp(b.at, ole, sizeof ole) == 0) {
		bool has_password = memmem(b.at, b.len, locked, sizeof locked) != NULL;
		*en = has_password ? "the workbook is protected by a password; open it, take the password off (File, Info, Protect Workbook) "
			"and save it again as .xlsx" : "an old Office file (.xls, Excel 97-2003); open it and save it as .xlsx or as CSV UTF-8";
		return has_password ? "bảng tính đặt mật khẩu mở tệp; hãy mở tệp, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại "
			"thành .xlsx" : "tệp Office đời cũ (.xls, Excel 97-2003); hãy mở tệp và lưu lại thành .xlsx hoặc CSV UTF-8";
	}
	if (b.len >= 30 + sizeof ods && memcmp(b.at + 30, ods, sizeof ods - 1) == 0) {
		*en = "a spreadsheet of OpenDocument (.ods); open it and save it as .xlsx or as CSV UTF-8";
		return "bảng tính OpenDocument (.ods); hãy mở tệp và lưu lại thành .xlsx hoặc CSV UTF-8";
	}
	if (b.len >= 5 && memcmp(b.at, "%PDF-", 5) == 0) {
		*en = "a PDF; send the list as .xlsx or CSV, which it was made from";
		return "tệp PDF; hãy gửi danh sách ở dạng .xlsx hoặc CSV (bản đã dùng để in ra PDF)";
	}
	if (left > 6 && (strncasecmp(text, "<html", 5) == 0 || strncasecmp(text, "<table", 6) == 0
			 || (left > 9 && strncasecmp(text, "<!doctype", 9) == 0) || (left > 5 && strncasecmp(text, "<?xml", 5) == 0))) {
		*en = "a web page or XML under the name of a table; open it in Excel or LibreOffice and save it as .xlsx";
		return "trang web hoặc XML mang tên bảng tính; hãy mở bằng Excel hoặc LibreOffice và lưu lại thành .xlsx";
	}
	return NULL;
}

bool sheet_read(const void *mem, struct bytes b, bool (*row)(void *, const struct sheet_row *), void *with,
		struct sheet_trouble *why)
{
	const char *en, *vi = foreign(b, &en);
	if (vi != NULL) {
		*why = (struct sheet_trouble){ copy_text(mem, vi), copy_text(mem, en) };
		return false;
	}
	return zip_looks_like(b) ? sheet_read_xlsx(mem, b, row, with, why)
				 : sheet_read_csv(mem, b, row, with, why);
}

char *sheet_cell_name(const void *mem, int column, int row)
{
	char letters[8], *at = letters + sizeof letters;
	*--at = 0;
	for (int c = column + 1; c > 0 && at > letters; c = (c - 1) / 26)
		*--at = (char)('A' + (c - 1) % 26);
	return format_text(mem, "%s%d", at, row);
}

/* Headings ------------------------------------------------------------------------------------------- */

enum { BOTH, ONLY_INVENTORY, ONLY_ASSIGNMENTS };

/* Weak keys (text_weak) of headings, and the column of INTERFACE they mean. */
static const struct { const char *key, *name; int list; } headings[] = {
	{ "serial", "serial", ONLY_INVENTORY },
	{ "serial number", "serial", ONLY_INVENTORY },
	{ "serialnumber", "serial", ONLY_INVENTORY },
	{ "so hieu chung thu", "serial", ONLY_INVENTORY },
	{ "so hieu chung thu so", "serial", ONLY_INVENTORY },
	{ "so hieu chung thu chu ky so", "serial", ONLY_INVENTORY },
	{ "so hieu cts", "serial", ONLY_INVENTORY },
	{ "so serial", "serial", ONLY_INVENTORY },
	{ "so seri", "serial", ONLY_INVENTORY },
	{ "serial chung thu so", "serial", ONLY_INVENTORY },
	{ "serial cts", "serial", ONLY_INVENTORY },
	{ "ma chung thu so", "serial", ONLY_INVENTORY },
	{ "subject dn", "subject_dn", ONLY_INVENTORY },
	{ "subject", "subject_dn", ONLY_INVENTORY },
	{ "ten phan biet", "subject_dn", ONLY_INVENTORY },
	{ "ten phan biet (dn)", "subject_dn", ONLY_INVENTORY },
	{ "dn", "subject_dn", ONLY_INVENTORY },
	{ "chu the chung thu", "subject_dn", ONLY_INVENTORY },
	{ "org name", "org_name", ONLY_INVENTORY },
	{ "co quan", "org_name", ONLY_INVENTORY },
	{ "ten co quan", "org_name", ONLY_INVENTORY },
	{ "co quan, to chuc", "org_name", ONLY_INVENTORY },
	{ "ten co quan, to chuc", "org_name", ONLY_INVENTORY },
	{ "ten co quan, to chuc cong tac", "org_name", ONLY_INVENTORY },
	{ "co quan cong tac", "org_name", ONLY_INVENTORY },
	{ "don vi", "org_name", ONLY_INVENTORY },
	{ "ten don vi", "org_name", ONLY_INVENTORY },
	{ "don vi cong tac", "org_name", ONLY_INVENTORY },
	{ "co quan, don vi", "org_name", ONLY_INVENTORY },
	{ "org code", "org_code", ONLY_INVENTORY },
	{ "ma co quan", "org_code", ONLY_INVENTORY },
	{ "ma don vi", "org_code", ONLY_INVENTORY },
	{ "ma don vi hanh chinh", "org_code", ONLY_INVENTORY },
	{ "ma dvhc", "org_code", ONLY_INVENTORY },
	{ "ma co quan, don vi", "org_code", ONLY_INVENTORY },
	{ "ma dinh danh co quan", "org_code", ONLY_INVENTORY },
	{ "ma dinh danh", "org_code", ONLY_INVENTORY },
	{ "holder name", "holder_name", BOTH },
	{ "ten cts", "holder_name", BOTH },
	{ "ten chung thu so", "holder_name", BOTH },
	{ "ten chung thu", "holder_name", BOTH },
	{ "ten chung thu chu ky so", "holder_name", BOTH },
	{ "ten chu the", "holder_name", BOTH },
	{ "ten chu the chung thu", "holder_name", BOTH },
	{ "chu the", "holder_name", BOTH },
	{ "ten thue bao", "holder_name", BOTH },
	{ "thue bao", "holder_name", BOTH },
	{ "ho va ten", "holder_name", BOTH },
	{ "ho ten", "holder_name", BOTH },
	{ "ho va ten chu the", "holder_name", BOTH },
	{ "nguoi su dung", "holder_name", BOTH },
	{ "title", "title", ONLY_INVENTORY },
	{ "chuc vu", "title", ONLY_INVENTORY },
	{ "chuc danh", "title", ONLY_INVENTORY },
	{ "chuc vu, chuc danh", "title", ONLY_INVENTORY },
	{ "email", "email", BOTH },
	{ "e-mail", "email", BOTH },
	{ "email cong vu", "email", BOTH },
	{ "e-mail cong vu", "email", BOTH },
	{ "thu dien tu", "email", BOTH },
	{ "thu dien tu cong vu", "email", BOTH },
	{ "dia chi thu dien tu", "email", BOTH },
	{ "dia chi thu dien tu cong vu", "email", BOTH },
	{ "dia chi email", "email", BOTH },
	{ "dia chi email cong vu", "email", BOTH },
	{ "hop thu cong vu", "email", BOTH },
	{ "cert kind", "cert_kind", ONLY_INVENTORY },
	{ "loai chung thu", "cert_kind", ONLY_INVENTORY },
	{ "loai chung thu so", "cert_kind", ONLY_INVENTORY },
	{ "loai cts", "cert_kind", ONLY_INVENTORY },
	{ "loai thue bao", "cert_kind", ONLY_INVENTORY },
	{ "valid from", "valid_from", ONLY_INVENTORY },
	{ "hieu luc tu", "valid_from", ONLY_INVENTORY },
	{ "co hieu luc tu", "valid_from", ONLY_INVENTORY },
	{ "tu ngay", "valid_from", ONLY_INVENTORY },
	{ "ngay cap", "valid_from", ONLY_INVENTORY },
	{ "ngay hieu luc", "valid_from", ONLY_INVENTORY },
	{ "ngay bat dau", "valid_from", ONLY_INVENTORY },
	{ "ngay bat dau hieu luc", "valid_from", ONLY_INVENTORY },
	{ "valid to", "valid_to", ONLY_INVENTORY },
	{ "hieu luc den", "valid_to", ONLY_INVENTORY },
	{ "den ngay", "valid_to", ONLY_INVENTORY },
	{ "ngay het han", "valid_to", ONLY_INVENTORY },
	{ "ngay het hieu luc", "valid_to", ONLY_INVENTORY },
	{ "het hieu luc", "valid_to", ONLY_INVENTORY },
	{ "het han", "valid_to", ONLY_INVENTORY },
	{ "han su dung", "valid_to", ONLY_INVENTORY },
	{ "thoi han", "valid_to", ONLY_INVENTORY },
	{ "device serial", "device_serial", ONLY_INVENTORY },
	{ "so hieu thiet bi", "device_serial", ONLY_INVENTORY },
	{ "so hieu thiet bi luu khoa bi mat", "device_serial", ONLY_INVENTORY },
	{ "so hieu thiet bi luu khoa", "device_serial", ONLY_INVENTORY },
	{ "so serial thiet bi", "device_serial", ONLY_INVENTORY },
	{ "serial thiet bi", "device_serial", ONLY_INVENTORY },
	{ "so hieu usb token", "device_serial", ONLY_INVENTORY },
	{ "so hieu token", "device_serial", ONLY_INVENTORY },
	{ "thiet bi", "device_serial", ONLY_INVENTORY },
	{ "renewals", "renewals", ONLY_INVENTORY },
	{ "so lan gia han", "renewals", ONLY_INVENTORY },
	{ "so lan da gia han", "renewals", ONLY_INVENTORY },
	{ "da gia han", "renewals", ONLY_INVENTORY },
	{ "lan gia han", "renewals", ONLY_INVENTORY },
	{ "status", "status", ONLY_ASSIGNMENTS },
	{ "trang thai", "status", ONLY_ASSIGNMENTS },
	{ "tinh trang", "status", ONLY_ASSIGNMENTS },
	{ "tinh trang cong tac", "status", ONLY_ASSIGNMENTS },
	{ "tinh trang bo tri", "status", ONLY_ASSIGNMENTS },
	{ "new unit code", "new_unit_code", ONLY_ASSIGNMENTS },
	{ "ma don vi moi", "new_unit_code", ONLY_ASSIGNMENTS },
	{ "ma don vi hanh chinh moi", "new_unit_code", ONLY_ASSIGNMENTS },
	{ "ma dvhc moi", "new_unit_code", ONLY_ASSIGNMENTS },
	{ "new body", "new_body", ONLY_ASSIGNMENTS },
	{ "co quan moi", "new_body", ONLY_ASSIGNMENTS },
	{ "don vi moi", "new_body", ONLY_ASSIGNMENTS },
	{ "don vi cong tac moi", "new_body", ONLY_ASSIGNMENTS },
	{ "co quan cong tac moi", "new_body", ONLY_ASSIGNMENTS },
	{ "co quan, don vi moi", "new_body", ONLY_ASSIGNMENTS },
	{ "new province", "new_province", ONLY_ASSIGNMENTS },
	{ "tinh moi", "new_province", ONLY_ASSIGNMENTS },
	{ "tinh, thanh pho moi", "new_province", ONLY_ASSIGNMENTS },
	{ "tinh/thanh pho moi", "new_province", ONLY_ASSIGNMENTS },
};

/* A heading as its key: no case, no diacritics, '_' as a space, an explanation in brackets and a star left out. */
static char *heading_key(const void *mem, const char *cell)
{
	char *line = text_line(mem, cell), *key = text_weak(mem, line);
	for (char *p = key; *p != 0; p++)
		if (*p == '_')
			*p = ' ';
	char *bracket = strchr(key, '(');
	if (bracket != NULL && bracket > key)
		*bracket = 0;
	for (size_t n = strlen(key); n > 0 && strchr(" .:*", key[n - 1]) != NULL; n--)
		key[n - 1] = 0;
	talloc_free(line);
	return key;
}

/* Column of INTERFACE that a heading means; NULL: unknown, or the list has that column already. */
static const char *column_named(const struct sheet_heading *h, const char *cell, int *list)
{
	if (cell[0] == 0 || strlen(cell) > 200)
		return NULL;
	char *key = heading_key(NULL, cell);
	const char *name = NULL;
	for (size_t k = 0; k < sizeof headings / sizeof *headings && name == NULL; k++)
		if (strcmp(headings[k].key, key) == 0 && sheet_column(h, headings[k].name) < 0) {
			name = headings[k].name;
			*list = headings[k].list;
		}
	talloc_free(key);
	return name;
}

static uint32_t hash_of(const char *text)      /* FNV-1a */
{
	uint32_t h = 2166136261u;
	for (; *text != 0; text++)
		h = (h ^ (uint8_t)*text) * 16777619u;
	return h;
}

bool sheet_find_heading(const struct sheet_row *r, struct sheet_heading *h)
{
	int inventory = 0, assignments = 0, known = 0;
	*h = (struct sheet_heading){ .list = SHEET_NONE, .n = r->n < SHEET_MAX_COLUMNS ? r->n : SHEET_MAX_COLUMNS };
	for (int i = 0; i < h->n; i++) {
		int list = BOTH;
		h->name[i] = column_named(h, r->cells[i], &list);
		h->written[i] = hash_of(r->cells[i]);
		known += h->name[i] != NULL;
		inventory += list == ONLY_INVENTORY;
		assignments += list == ONLY_ASSIGNMENTS;
	}
	if (sheet_column(h, "serial") >= 0 && known >= 3)
		h->list = SHEET_INVENTORY;
	else if (known >= 3 && assignments >= 2 && assignments > inventory - 2)
		h->list = SHEET_ASSIGNMENTS;
	return h->list != SHEET_NONE;
}

bool sheet_extend_heading(const struct sheet_row *r, struct sheet_heading *h)
{
	struct sheet_heading more = *h;
	int added = 0;
	for (int i = 0; i < r->n && i < SHEET_MAX_COLUMNS; i++) {
		if (r->cells[i][0] == 0 || (i < h->n && h->written[i] == hash_of(r->cells[i])))
			continue;
		int list;
		const char *name = column_named(&more, r->cells[i], &list);
		if (name == NULL)
			return false;
		more.name[i] = name;
		more.n = i >= more.n ? i + 1 : more.n;
		added++;
	}
	if (added > 0)
		*h = more;
	return added > 0;
}

/* 1, (1), 12, A, (B), (3)=(1)+(2): what stands under a heading to number its columns. */
static bool numbers_a_column(const char *cell)
{
	size_t n = 0, letters = 0;
	for (const char *c = cell; *c != 0; c++) {
		if (strchr(" ()=+-*/", *c) != NULL)
			continue;
		if (!isalnum((unsigned char)*c))
			return false;
		letters += isalpha((unsigned char)*c) != 0;
		n++;
	}
	return n > 0 && (letters == 0 ? n <= 2 || strchr(cell, '=') != NULL : letters == 1 && n == 1);
}

bool sheet_is_remark(const struct sheet_row *r, const struct sheet_heading *h)
{
	int filled = 0, others = 0, numbered = 0, serial = sheet_column(h, "serial");
	bool counted = false;                  /* a number of its own stands before it, as before every line of a list */
	for (int i = 0; i < r->n; i++) {
		const char *cell = r->cells[i] + strspn(r->cells[i], " \t\n\xC2\xA0");
		if (*cell == 0)
			continue;
		bool known = i < h->n && h->name[i] != NULL;
		counted |= !known && filled == 0 && cell[strspn(cell, "0123456789. ")] == 0 && isdigit((unsigned char)*cell);
		filled++;
		others += known && i != serial;
		numbered += numbers_a_column(cell);
	}
	if (filled == 0 || (filled >= 3 && numbered == filled))
		return true;
	if (others > 2 && serial >= 0 && serial < r->n && isxdigit((unsigned char)r->cells[serial][0]))
		return false;                  /* the common case: not worth a look at the words */
	struct sheet_heading again;
	return (others <= 1 && !counted && (h->list == SHEET_INVENTORY || others == 0)
		&& (serial < 0 || serial >= r->n || r->cells[serial][strspn(r->cells[serial], "0123456789ABCDEFabcdef: -")] != 0
		    || r->cells[serial][0] == 0))
		|| (sheet_find_heading(r, &again) && again.list == h->list);
}

int sheet_column(const struct sheet_heading *h, const char *name)
{
	for (int i = 0; i < h->n; i++)
		if (h->name[i] != NULL && strcmp(h->name[i], name) == 0)
			return i;
	return -1;
}
