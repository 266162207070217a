/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_fields.c - fields from hand-written pages: words where NĐ 30/2020 puts them, no file and no OCR behind.
 */
#include "fields.h"
#include "kind.h"
#include "ocr.h"
#include "lexicon.h"
#include "reading.h"
#include "stage.h"
#include "text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static struct settings settings = { .data = "." };

/* Sets a line of words: letters half as wide as they are high, as in Times. */
static void set(struct letter *l, struct page *p, double x, double y, const char *text)
{
	char *copy = copy_text(l, text), *save = NULL;
	for (char *w = strtok_r(copy, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) {
		double wide = 6.5 * text_codepoints(w);
		struct word *word = page_add_word(l, p);
		*word = (struct word){ .text = text_nfc(l, w), .box = { x, y, x + wide, y + 13 }, .confidence = 1, .source = p->source,
			.size = 13 };
		x += wide + 3;
	}
}

static struct letter *new_letter(enum source source)
{
	struct letter *l = letter_new(NULL, &settings, "test");
	letter_add_part(l, 0, "test", (struct bytes){ (const uint8_t *)"", 0 });
	struct page *p = letter_add_page(l);
	*p = (struct page){ .part = 1, .number = 1, .width = 595, .height = 842, .source = source, .text = copy_text(l, "") };
	struct document *d = letter_add_document(l);
	*d = (struct document){ .part = 1, .first_page = 1, .last_page = 1, .kind = copy_text(l, "other"),
		.text_source = copy_text(l, "text") };
	return l;
}

static void set_header(struct letter *l, const char *number, const char *date)
{
	struct page *p = &l->pages.at[0];
	set(l, p, 60, 50, "UBND TỈNH QUẢNG NGÃI");
	set(l, p, 90, 65, "SỞ Y TẾ");
	set(l, p, 290, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	set(l, p, 330, 65, "Độc lập - Tự do - Hạnh phúc");
	set(l, p, 70, 95, number);
	set(l, p, 310, 95, date);
}

static const char *value(const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return f != NULL ? f->read.value : NULL;
}

static void set_body(struct letter *l)
{
	struct page *p = &l->pages.at[0];
	set(l, p, 60, 110, "V/v báo cáo số lượng");
	set(l, p, 75, 124, "chứng thư số");
	set(l, p, 200, 165, "Kính gửi: Sở Khoa học và Công nghệ.");
	set(l, p, 120, 190, "Thực hiện Công văn số 23/BCY-CTSBMTT ngày 14/01/2025 của Ban Cơ yếu");
	set(l, p, 85, 206, "Chính phủ và khoản 1 Điều 34 Nghị định số 68/2024/NĐ-CP ngày 25 tháng 6 năm");
	set(l, p, 85, 222, "2024 của Chính phủ, đề nghị gửi trước ngày 23/6/2025, điện thoại 024.3773.8668,");
	set(l, p, 85, 238, "hộp thư so-yte@quangngai.example./.");
	set(l, p, 85, 280, "Nơi nhận:");
	set(l, p, 85, 294, "- Như trên;");
	set(l, p, 85, 308, "- Lưu: VT, NVY. AHu3.");
	set(l, p, 360, 280, "KT. GIÁM ĐỐC");
	set(l, p, 350, 294, "PHÓ GIÁM ĐỐC");
	set(l, p, 350, 370, "BS. Lê Văn Khuê");
}

static void letter_of_an_office(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_TEXT);
	set_header(l, "Số: 507/SYT-NVY", "Quảng Ngãi, ngày 04 tháng 6 năm 2025");
	set_body(l);
	fields_read(l, 0);
	assert_string_equal(value(l, "parent_agency"), "UBND TỈNH QUẢNG NGÃI");
	assert_string_equal(value(l, "agency"), "SỞ Y TẾ");
	assert_string_equal(value(l, "number"), "507");
	assert_string_equal(value(l, "symbol"), "SYT-NVY");
	assert_string_equal(value(l, "place"), "Quảng Ngãi");
	assert_string_equal(value(l, "date"), "2025-06-04");
	assert_string_equal(value(l, "document_type"), "Công văn");
	assert_string_equal(value(l, "subject"), "báo cáo số lượng chứng thư số");
	assert_string_equal(value(l, "recipients"), "Sở Khoa học và Công nghệ");
	assert_string_equal(value(l, "drafting_unit"), "NVY");
	assert_string_equal(value(l, "drafter"), "AHu");
	assert_string_equal(value(l, "deadlines"), "2025-06-23");
	assert_string_equal(value(l, "phones"), "024.3773.8668");
	assert_string_equal(value(l, "emails"), "so-yte@quangngai.example");
	const struct field *signer = letter_find_field(l, "signers");
	assert_string_equal(signer->read.value, "Lê Văn Khuê");
	assert_string_equal(field_attr(signer, "authority"), "KT.");
	assert_string_equal(field_attr(signer, "for_title"), "GIÁM ĐỐC");
	assert_string_equal(field_attr(signer, "title"), "PHÓ GIÁM ĐỐC");
	const struct field *cited = letter_find_field(l, "citations");
	assert_string_equal(field_attr(cited, "code"), "23/BCY-CTSBMTT");
	assert_string_equal(field_attr(cited, "date"), "2025-01-14");
	assert_string_equal(field_attr(cited, "issuer"), "Ban Cơ yếu Chính phủ");
	cited = field_next(l, cited);
	assert_string_equal(field_attr(cited, "code"), "68/2024/NĐ-CP");
	assert_string_equal(field_attr(cited, "article"), "khoản 1 Điều 34");
	assert_string_equal(field_attr(cited, "date"), "2024-06-25");
	assert_null(field_next(l, cited));
	assert_int_equal(l->findings.n, 0);
	talloc_free(l);
}

static void blanks_stay_blank(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_TEXT);
	set_header(l, "Số: /SYT-NVY", "Quảng Ngãi, ngày tháng 6 năm 2025");
	set_body(l);
	fields_read(l, 0);
	assert_null(value(l, "number"));
	assert_string_equal(value(l, "symbol"), "SYT-NVY");
	assert_string_equal(value(l, "date"), "2025-06");
	assert_int_equal(l->findings.n, 2);
	assert_string_equal(l->findings.at[0].rule, "2_extract/blank-number");
	assert_string_equal(l->findings.at[1].rule, "2_extract/blank-date");
	talloc_free(l);
}

static void symbols_by_their_grammar(void **state)
{
	(void)state;
	static const struct { const char *line, *number, *symbol; } rows[] = {
		{ "Số: 93/2007/QĐ-TTg", "93", "2007/QĐ-TTg" }, { "Số: 02/VH&TT", "02", "VH&TT" }, { "Số 28-KL/TU", "28", "KL/TU" },
		{ "Số: 1842b/CTPH-LĐLĐ-SVH,TT,DL", "1842b", "CTPH-LĐLĐ-SVH,TT,DL" }, { "Số: 12 / TTg- CĐS", "12", "TTg-CĐS" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct letter *l = new_letter(FROM_TEXT);
		set_header(l, rows[i].line, "Hà Nội, ngày 22 tháng 6 năm 2007");
		fields_read(l, 0);
		assert_string_equal(value(l, "number"), rows[i].number);
		assert_string_equal(value(l, "symbol"), rows[i].symbol);
		assert_string_equal(value(l, "agency"), "SỞ Y TẾ");
		talloc_free(l);
	}
}

/* Digits that OCR was not sure of are given below one half; a phrase it misread is put right and says so. */
static void doubt_is_told(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_OCR);
	set_header(l, "Số: 1020 /SYT-NVY", "Quảng Ngãi, ngày 04 tháng 6 năm 2025");
	for (int i = 0; i < l->pages.at[0].words.n; i++) {
		struct word *w = &l->pages.at[0].words.at[i];
		w->confidence = strcmp(w->text, "1020") == 0 ? 0.6 : 0.95;
		if (strcmp(w->text, "TẾ") == 0)
			w->text = copy_text(l, "TẺ");
	}
	fields_read(l, 0);
	const struct field *number = letter_find_field(l, "number"), *agency = letter_find_field(l, "agency");
	assert_string_equal(number->read.value, "1020");
	assert_true(number->read.confidence < 0.5);
	assert_string_equal(agency->read.value, "SỞ Y TẾ");
	assert_string_equal(agency->read.raw, "SỞ Y TẺ");
	assert_true(agency->read.confidence < 0.95);
	talloc_free(l);
}

static void second_letter_in_one_file(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_TEXT);
	set_header(l, "Số: 507/SYT-NVY", "Quảng Ngãi, ngày 04 tháng 6 năm 2025");
	struct page *p = letter_add_page(l);
	*p = (struct page){ .part = 1, .number = 2, .width = 595, .height = 842, .text = copy_text(l, "") };
	l->documents.at[0].last_page = 2;
	set(l, p, 60, 50, "UBND TỈNH QUẢNG NGÃI");
	set(l, p, 290, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	set(l, p, 70, 95, "Số: 96/KH-UBND");
	set(l, p, 310, 95, "Quảng Ngãi, ngày 05 tháng 6 năm 2025");
	fields_read(l, 0);
	assert_int_equal(l->documents.n, 2);
	assert_int_equal(l->documents.at[0].last_page, 1);
	assert_int_equal(l->documents.at[1].first_page, 2);
	assert_int_equal(l->findings.n, 1);
	assert_string_equal(l->findings.at[0].rule, "2_extract/second-letter");
	fields_read(l, 1);
	int symbols = 0;
	for (int i = 0; i < l->fields.n; i++)
		if (strcmp(l->fields.at[i].name, "symbol") == 0) {
			assert_string_equal(l->fields.at[i].read.value, symbols == 0 ? "SYT-NVY" : "KH-UBND");
			assert_int_equal(l->fields.at[i].document, symbols++);
		}
	assert_int_equal(symbols, 2);
	talloc_free(l);
}

/* In scans numbers are by hand: another symbol with something written before it is another letter, a form with a blank
 * before it is an attachment. */
static void second_letter_by_hand(void **state)
{
	(void)state;
	static const struct { const char *code; int documents; } rows[] = {
		{ "Số: @HĐ/QĐ-BYT", 2 }, { "Số: ......./QĐ-BYT", 1 }, { "Số: @HĐ/SYT-NVY", 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct letter *l = new_letter(FROM_OCR);
		set_header(l, "Số: 507/SYT-NVY", "Quảng Ngãi, ngày 04 tháng 6 năm 2025");
		struct page *p = letter_add_page(l);
		*p = (struct page){ .part = 1, .number = 2, .width = 595, .height = 842, .source = FROM_OCR, .text = copy_text(l, "") };
		l->documents.at[0].last_page = 2;
		set(l, p, 60, 50, "BỘ Y TẾ");
		set(l, p, 290, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
		set(l, p, 70, 95, rows[i].code);
		set(l, p, 310, 95, "Hà Nội, ngày @ tháng # năm 2017");
		for (int k = 0; k < p->words.n; k++) {
			p->words.at[k].source = FROM_OCR;
			p->words.at[k].confidence = 0.9;
		}
		fields_read(l, 0);
		assert_int_equal(l->documents.n, rows[i].documents);
		talloc_free(l);
	}
}

static void lexicon_keys(void **state)
{
	(void)state;
	FILE *file = fopen("schemas/lexicon.tsv", "r");
	assert_non_null(file);
	char line[512];
	int rows = 0;
	while (fgets(line, sizeof line, file) != NULL) {
		if (line[0] == '#')
			continue;
		char *save = NULL, *kind = strtok_r(line, "\t\n", &save), *key = strtok_r(NULL, "\t\n", &save);
		char *text = strtok_r(NULL, "\t\n", &save), *made = lexicon_key(NULL, text);
		assert_non_null(kind);
		assert_string_equal(key, made);
		talloc_free(made);
		rows++;
	}
	fclose(file);
	assert_true(rows > 1000);
}

static void phrases_put_right(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	double known;
	assert_string_equal(lexicon_repair(mem, LEXICON_AGENCY, "UBND THÀNH PHÓ CÀN THƠ", &known), "UBND THÀNH PHỐ CẦN THƠ");
	assert_string_equal(lexicon_repair(mem, LEXICON_AGENCY, "SỞ YTẺ", &known), "SỞ Y TẾ");
	assert_string_equal(lexicon_repair(mem, LEXICON_RUNNING, "Đồng Đăng - Lạng Sơn", &known), "Đồng Đăng - Lạng Sơn");
	assert_string_equal(lexicon_repair(mem, LEXICON_RUNNING, "Như Điêu 3 (đê báo cáo);", &known), "Như Điều 3 (để báo cáo);");
	assert_string_equal(lexicon_repair(mem, LEXICON_RUNNING, "trên địa bàn tỉnh Bình Thuận", &known), "trên địa bàn tỉnh Bình Thuận");
	assert_string_equal(lexicon_repair(mem, LEXICON_RUNNING, "Phòng Văn hóa và Thông tin", &known), "Phòng Văn hóa và Thông tin");
	assert_string_equal(lexicon_repair(mem, LEXICON_AGENCY, "SỞ Y TẾ TỈNH BÌNH PHƯỚC", &known), "SỞ Y TẾ TỈNH BÌNH PHƯỚC");
	assert_string_equal(lexicon_repair(mem, LEXICON_AGENCY, "UBND XÃ TINH BÌNH", &known), "UBND XÃ TỊNH BÌNH");
	assert_true(lexicon_is_syllable("Nguyễn"));
	assert_true(lexicon_is_syllable("Khuê"));
	assert_false(lexicon_is_syllable("Tlg"));
	talloc_free(mem);
}

/* One reading of a line of the signer's block, as sure as is said. */
static void read_as(struct letter *l, int pass, double confidence, double x, double y, const char *text)
{
	struct page *p = &l->pages.at[0];
	int from = p->words.n;
	set(l, p, x, y, text);
	for (int i = from; i < p->words.n; i++) {
		p->words.at[i].pass = pass;
		p->words.at[i].confidence = confidence;
	}
}

static struct letter *new_scan(void)
{
	struct letter *l = new_letter(FROM_OCR);
	set_header(l, "Số: 15/SYT-NVY", "Quảng Ngãi, ngày 20 tháng 6 năm 2025");
	set(l, &l->pages.at[0], 85, 300, "Sở Y tế thông báo để các đơn vị biết và thực hiện theo đúng quy định.");
	set(l, &l->pages.at[0], 85, 500, "Nơi nhận:");
	set(l, &l->pages.at[0], 85, 515, "- Như trên;");
	for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++)
		read_as(l, pass, 0.9, 380, 500, "GIÁM ĐỐC");
	return l;
}

static const struct value *signer(struct letter *l)
{
	fields_read(l, 0);
	const struct field *f = letter_find_field(l, "signers");
	assert_non_null(f);
	assert_string_equal(field_attr(f, "title"), "GIÁM ĐỐC");
	return &f->read;
}

/* Readings vote by place; what a stamp left of a surname still tells which it was. */
static void readings_vote_for_a_name(void **state)
{
	(void)state;
	struct letter *l = new_scan();
	read_as(l, PASS_SIGNER, 0.9, 360, 600, "Nguyễn Văn Hải");
	read_as(l, PASS_SIGNER + 1, 0.6, 360, 600, "Nguyên Vãn Hải");
	read_as(l, PASS_SIGNER + 2, 0.9, 360, 600, "Nguyễn Văn Hái");
	assert_string_equal(signer(l)->value, "Nguyễn Văn Hải");
	assert_true(letter_find_field(l, "signers")->read.confidence >= 0.5);
	talloc_free(l);
	l = new_scan();
	for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++) {
		read_as(l, pass, 0.8, 360, 600, pass == PASS_SIGNER ? "Aguyễn" : "guyễn");
		read_as(l, pass, 0.9, 405, 600, "Trúc Giang");
	}
	assert_string_equal(signer(l)->value, "Nguyễn Trúc Giang");
	assert_true(letter_find_field(l, "signers")->read.confidence >= 0.5);
	talloc_free(l);
}

/* Half a name, and a syllable no name has, are candidates and no more. */
static void half_a_name_is_doubted(void **state)
{
	(void)state;
	for (int blotted = 0; blotted < 2; blotted++) {
		struct letter *l = new_scan();
		for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++)
			read_as(l, pass, 0.95, 375, 600, "Hoàng Anh");
		if (blotted)
			read_as(l, PASS_BLOT, 0, 366, 600, "?");
		assert_string_equal(signer(l)->value, "Hoàng Anh");
		assert_int_equal(letter_find_field(l, "signers")->read.confidence >= 0.5, !blotted);
		talloc_free(l);
	}
	struct letter *l = new_scan();
	for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++)
		read_as(l, pass, 0.95, 365, 600, "Mạc Thị Chỉ");
	assert_true(signer(l)->confidence < 0.5);
	talloc_free(l);
}

/* The copies list names who signs; "1ê" and its like before a name were Lê. */
static void a_surname_is_found(void **state)
{
	(void)state;
	for (int named = 0; named < 2; named++) {
		struct letter *l = new_scan();
		if (named)
			set(l, &l->pages.at[0], 85, 530, "- PGĐ Hồ Minh Đức;");
		for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++) {
			read_as(l, pass, 0.3, 366, 600, "zñô");
			read_as(l, pass, 0.95, 390, 600, "Minh Đức");
		}
		const struct value *v = signer(l);
		assert_int_equal(v->confidence >= 0.5, named);
		if (named)
			assert_string_equal(v->value, "Hồ Minh Đức");
		talloc_free(l);
	}
	struct letter *l = new_scan();
	for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 4; pass++) {
		read_as(l, pass, 0.4, 366, 600, pass % 2 ? "Zê" : "6ê");
		read_as(l, pass, 0.95, 382, 600, "Hoàng Nam");
	}
	assert_string_equal(signer(l)->value, "Lê Hoàng Nam");
	talloc_free(l);
}

/* A word inside another is the same word read twice. */
static void words_over_words_are_one(void **state)
{
	(void)state;
	struct letter *l = new_scan();
	for (int pass = PASS_SIGNER; pass < PASS_SIGNER + 3; pass++)
		read_as(l, pass, 0.95, 360, 600, "Trần Văn Dũng");
	read_as(l, PASS_SIGNER + 3, 0.9, 418, 600, "Dũ");
	read_as(l, PASS_SIGNER + 3, 0.3, 384, 600, "Tan");
	assert_string_equal(signer(l)->value, "Trần Văn Dũng");
	assert_true(letter_find_field(l, "signers")->read.confidence >= 0.5);
	talloc_free(l);
}

/* Joint documents: blocks side by side, each under its agency's name; LIÊN SỞ is part of the type's name. */
static void two_agencies_sign(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_TEXT);
	struct page *p = &l->pages.at[0];
	set_header(l, "Số: 05/HDLS-SNV-STC", "Quảng Ngãi, ngày 17 tháng 6 năm 2025");
	set(l, p, 210, 150, "HƯỚNG DẪN LIÊN SỞ");
	set(l, p, 180, 170, "Về việc bàn giao tài sản khi sắp xếp");
	set(l, p, 85, 300, "Liên sở hướng dẫn các cơ quan, đơn vị thực hiện việc bàn giao tài sản như sau đây.");
	set(l, p, 110, 500, "SỞ TÀI CHÍNH");
	set(l, p, 110, 515, "KT. GIÁM ĐỐC");
	set(l, p, 110, 530, "PHÓ GIÁM ĐỐC");
	set(l, p, 110, 610, "Đỗ Kim Lan");
	set(l, p, 380, 500, "SỞ NỘI VỤ");
	set(l, p, 380, 515, "GIÁM ĐỐC");
	set(l, p, 380, 610, "Hồ Sĩ Tuấn");
	set(l, p, 85, 660, "Nơi nhận:");
	set(l, p, 85, 675, "- UBND tỉnh;");
	fields_read(l, 0);
	assert_string_equal(value(l, "subject"), "Về việc bàn giao tài sản khi sắp xếp");
	const struct field *f = letter_find_field(l, "signers");
	assert_string_equal(f->read.value, "Đỗ Kim Lan");
	assert_string_equal(field_attr(f, "authority"), "KT.");
	assert_string_equal(field_attr(f, "for_title"), "GIÁM ĐỐC");
	assert_string_equal(field_attr(f, "title"), "PHÓ GIÁM ĐỐC");
	f = field_next(l, f);
	assert_string_equal(f->read.value, "Hồ Sĩ Tuấn");
	assert_string_equal(field_attr(f, "title"), "GIÁM ĐỐC");
	talloc_free(l);
}

/* A telegram names its recipients behind "điện:". */
static void telegrams_have_recipients(void **state)
{
	(void)state;
	struct letter *l = new_letter(FROM_TEXT);
	struct page *p = &l->pages.at[0];
	set_header(l, "Số: 09/CĐ-SYT", "Quảng Ngãi, ngày 27 tháng 9 năm 2025");
	set(l, p, 250, 150, "CÔNG ĐIỆN");
	set(l, p, 200, 170, "Về việc ứng phó bão số 10");
	set(l, p, 200, 200, "GIÁM ĐỐC SỞ Y TẾ điện:");
	set(l, p, 150, 216, "- Giám đốc các bệnh viện;");
	set(l, p, 150, 232, "- Trạm trưởng các trạm y tế.");
	set(l, p, 85, 260, "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, Giám đốc Sở Y tế yêu cầu các đơn vị trực.");
	fields_read(l, 0);
	const struct field *f = letter_find_field(l, "recipients");
	assert_non_null(f);
	assert_string_equal(f->read.value, "Giám đốc các bệnh viện");
	f = field_next(l, f);
	assert_string_equal(f->read.value, "Trạm trưởng các trạm y tế");
	assert_null(field_next(l, f));
	talloc_free(l);
}

/* What is no letter, decision, notice or minutes by its type is something else, whatever its symbol. */
static void kinds_by_their_type(void **state)
{
	(void)state;
	static const struct { const char *type, *kind; } rows[] = {
		{ "Công văn", "letter" }, { "Tờ trình", "letter" }, { "Công điện", "letter" }, { "Quyết định", "decision" },
		{ "Nghị quyết", "resolution" }, { "Thông báo", "notice" }, { "Biên bản", "minutes" }, { "Nghị định", "other" },
		{ "Thông tư", "other" }, { "Chỉ thị", "other" }, { "Luật", "other" }, { "Hợp đồng", "other" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct letter *l = new_letter(FROM_TEXT);
		letter_add_field(l, "document_type", rows[i].type);
		letter_add_field(l, "symbol", "X-Y");
		letter_add_field(l, "subject", "một việc");
		kind_tell(l, 0);
		assert_string_equal(l->documents.at[0].kind, rows[i].kind);
		talloc_free(l);
	}
}

/* What stands over the number in a pen's colour makes it a candidate; the symbol is print. */
static void pens_are_doubted(void **state)
{
	(void)state;
	struct letter *l = new_scan();
	read_as(l, PASS_BLOT, 0, 100, 95, "?");
	fields_read(l, 0);
	assert_string_equal(value(l, "number"), "15");
	assert_true(letter_find_field(l, "number")->read.confidence < 0.5);
	assert_string_equal(value(l, "symbol"), "SYT-NVY");
	assert_true(letter_find_field(l, "symbol")->read.confidence >= 0.5);
	talloc_free(l);
}

int main(void)
{
	char *why = NULL;
	if (!lexicon_prepare(&settings, &why)) {
		puts(why);
		return 1;
	}
	const struct CMUnitTest tests[] = { cmocka_unit_test(letter_of_an_office), cmocka_unit_test(blanks_stay_blank),
		cmocka_unit_test(symbols_by_their_grammar), cmocka_unit_test(doubt_is_told),
		cmocka_unit_test(second_letter_in_one_file), cmocka_unit_test(second_letter_by_hand), cmocka_unit_test(lexicon_keys), cmocka_unit_test(phrases_put_right),
		cmocka_unit_test(readings_vote_for_a_name), cmocka_unit_test(half_a_name_is_doubted), cmocka_unit_test(a_surname_is_found),
		cmocka_unit_test(words_over_words_are_one), cmocka_unit_test(kinds_by_their_type),
		cmocka_unit_test(two_agencies_sign), cmocka_unit_test(telegrams_have_recipients), cmocka_unit_test(pens_are_doubted) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
