/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_run_book.c - runs as a workbook: what a clerk sorts and filters. A sheet is a row of the table below:
 * its name, its columns, its query. Every cell is text (nothing of a letter becomes a formula), rows go to disk
 * as they come (libxlsxwriter's constant memory), so that a hundred thousand rows take no more room than one.
 */
#include "report_run_words.h"
#include "text.h"
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { COLUMNS = 12, CELL_MOST = 32000 };      /* Excel takes 32,767 letters a cell */

struct column { const char *vi, *en; double width; };

static const struct sheet {
	const char *vi, *en;
	struct column columns[COLUMNS + 1];
	const char *sql;                       /* a column each; the letter's face is put in where FACE stands */
	int face;                              /* column of letter_face's four, which the query gives as the record; -1: none */
} sheets[] = {
	{ "Văn bản", "Letters",
	  { { "Mã", "Id", 14 }, { "Tệp", "File", 32 }, { "Nhận lúc", "Received", 22 }, { "Nơi gửi", "Sender", 32 },
	    { "Số, ký hiệu", "Number, symbol", 20 }, { "Ngày", "Date", 12 }, { "Trích yếu", "Subject", 60 }, { "Loại", "Kind", 14 },
	    { "Chữ ký số", "Signatures", 16 }, { "Kết quả", "Outcome", 16 }, { 0 } },
	  OF_RUNS "SELECT substr(l.sha256, 1, 12), (SELECT CAST(name AS TEXT) FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1), "
	  "l.received, l.record, l.kind, l.verdict, " OUTCOME " FROM letter l JOIN mine USING (id) ORDER BY l.id", 3 },
	{ "Phát hiện", "Findings",
	  { { "Văn bản", "Letter", 14 }, { "Mức", "Severity", 10 }, { "Nội dung", "What (vi)", 80 }, { "Tiếng Anh", "What (en)", 60 },
	    { "Căn cứ", "Law", 50 }, { "Quy tắc", "Rule", 32 }, { 0 } },
	  OF_RUNS "SELECT substr(l.sha256, 1, 12), f.severity, f.vi, f.en, f.law, f.rule FROM finding f LEFT JOIN letter l ON l.id = f.letter "
	  "WHERE f.letter IN (SELECT id FROM mine) OR f.batch IN (SELECT id FROM batches) ORDER BY f.id", -1 },
	{ "Chứng thư số", "Certificates",
	  { { "Số hiệu", "Serial", 24 }, { "Quyết định", "Action", 16 }, { "Lý do", "Reason", 26 }, { "Đơn vị mới", "Successor", 36 },
	    { "Nhóm", "Group", 16 }, { "Đề xuất", "Suggested", 10 }, { "Biểu mẫu", "Form", 18 }, { "Nơi gửi", "Channel", 36 },
	    { "Hạn", "By", 12 }, { "Diễn giải", "Says", 80 }, { "Căn cứ", "Law", 50 }, { "Gói hồ sơ", "Package", 50 }, { 0 } },
	  OF_RUNS "SELECT d.serial, d.action, d.reason, d.successor_body, d.grp, d.suggested, d.form, d.channel, d.deadline, d.says, d.law, "
	  "(SELECT p.path FROM package_line e JOIN package p ON p.id = e.package WHERE e.serial = d.serial AND p.batch = d.batch) "
	  "FROM decision d WHERE d.batch IN (SELECT id FROM batches) ORDER BY d.id", -1 },
	{ "Gói hồ sơ", "Packages",
	  { { "Gói hồ sơ", "Package", 60 }, { "Số dòng", "Lines", 10 }, { "Tình trạng", "State", 14 }, { "Từ lúc", "Since", 22 },
	    { 0 } },
	  OF_RUNS "SELECT p.path, (SELECT count(*) FROM package_line WHERE package = p.id), "
	  "coalesce((SELECT status FROM package_event WHERE package = p.id ORDER BY id DESC LIMIT 1), 'drafted'), "
	  "(SELECT happened FROM package_event WHERE package = p.id ORDER BY id DESC LIMIT 1) "
	  "FROM package p WHERE p.batch IN (SELECT id FROM batches) ORDER BY p.path", -1 },
};

static void put_cell(lxw_worksheet *w, lxw_row_t row, int column, const char *text, lxw_format *format)
{
	void *mem = talloc_new(NULL);
	char *clean = text_nfc(mem, text != NULL ? text : "");
	if (text_codepoints(clean) > CELL_MOST) {
		size_t cut = CELL_MOST;        /* bytes are never fewer than letters */
		while (cut > 0 && ((unsigned char)clean[cut] & 0xC0) == 0x80)
			cut--;
		clean[cut] = 0;
	}
	for (char *p = clean; *p != 0; p++)
		if ((unsigned char)*p < ' ' && *p != '\n')
			*p = ' ';
	worksheet_write_string(w, row, (lxw_col_t)column, clean, format);
	talloc_free(mem);
}

static void put_row(lxw_worksheet *w, lxw_row_t at, const struct sheet *s, int columns, const struct row *r, lxw_format *format)
{
	void *mem = talloc_new(NULL);
	struct letter_face f = { 0 };
	for (int c = 0, q = 0; c < columns; c++) {
		if (c == s->face)
			f = letter_face(mem, row_text(r, q++));
		int part = s->face >= 0 ? c - s->face : -1;
		const char *const face[] = { f.agency, f.code, f.date, f.subject };
		put_cell(w, at, c, part >= 0 && part < 4 ? face[part] : row_text(r, q++), format);
	}
	talloc_free(mem);
}

static void put_sheet(struct ledger *l, struct runs run, enum lang lang, const struct sheet *s, lxw_workbook *book)
{
	lxw_worksheet *w = workbook_add_worksheet(book, lang == LANG_VI ? s->vi : s->en);
	lxw_format *head = workbook_add_format(book), *body = workbook_add_format(book);
	format_set_bold(head);
	format_set_text_wrap(head);
	format_set_num_format(body, "@");
	format_set_align(body, LXW_ALIGN_VERTICAL_TOP);
	int columns = 0;
	lxw_row_t rows = 0;
	for (; s->columns[columns].vi != NULL; columns++) {
		worksheet_set_column(w, (lxw_col_t)columns, (lxw_col_t)columns, s->columns[columns].width, NULL);
		worksheet_write_string(w, 0, (lxw_col_t)columns, lang == LANG_VI ? s->columns[columns].vi : s->columns[columns].en, head);
	}
	worksheet_freeze_panes(w, 1, 1);
	for (struct row *r = ledger_ask(l, s->sql, "ii", RUNS(run)); row_next(r);)
		put_row(w, ++rows, s, columns, r, body);
	worksheet_autofilter(w, 0, 0, rows, (lxw_col_t)(columns - 1));
}

bool report_run_book(struct ledger *l, struct runs run, enum lang lang, FILE *out)
{
	int fd = memfd_create("report.xlsx", MFD_CLOEXEC);
	char path[64], block[1 << 16];
	if (fd < 0)
		return false;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_workbook *book = workbook_new_opt(path, &options);
	for (size_t i = 0; book != NULL && i < sizeof sheets / sizeof *sheets; i++)
		put_sheet(l, run, lang, &sheets[i], book);
	errno = EIO;
	bool good = book != NULL && workbook_close(book) == LXW_NO_ERROR;
	ssize_t n;
	for (off_t at = 0; good && (n = pread(fd, block, sizeof block, at)) != 0; at += n)
		good = n > 0 && fwrite(block, 1, (size_t)n, out) == (size_t)n;
	close(fd);
	return good;
}
