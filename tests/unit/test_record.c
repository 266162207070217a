/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_record.c - what was written is read back the same; what could not have been written is refused.
 */
#include "record.h"
#include "text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static struct letter *sample(void *mem)
{
	struct letter *l = letter_new(mem, NULL, "cong-van.pdf");
	letter_add_part(l, 0, "cong-van.pdf", (struct bytes){ (const uint8_t *)"abc", 3 });
	l->parts.at[0].media = copy_text(l, "application/pdf");
	l->sha256 = l->parts.at[0].sha256;
	struct page *p = letter_add_page(l);
	p->part = p->number = 1;
	struct word *w = page_add_word(l, p);
	w->text = copy_text(l, "Số:");
	w->box = (struct box){ 1, 2, 3, 4 };
	struct field *f = letter_add_field(l, "signers", "Nguyễn Văn A");
	f->read.confidence = 0.5;
	f->read.place = (struct place){ .part = 1, .page = 1, .box = { 1, 2, 3.5, 4 }, .source = FROM_OCR };
	field_add_attr(l, f, "authority", "KT.");
	struct signature *s = letter_add_signature(l);
	s->name = copy_text(l, "Signature1");
	s->intact = YES;
	s->trusted = CANNOT_TELL;
	signature_message(l, s, WARN, "CHAIN_NO_CRL", "không có CRL");
	struct finding *d = letter_finding(l, "nd30-2020/number", HOLD, "NĐ 30/2020 Phụ lục I", "Thiếu số", "No number");
	finding_evidence(l, d, "field:number", &f->read.place);
	return l;
}

static char *written(struct letter *l, bool words)
{
	struct record_mark mark = { 0 };
	struct buffer b = { .mem = l };
	record_write(l, &mark, words, &b);
	return b.text;
}

static void reads_back_what_it_wrote(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = sample(mem), *back = letter_new(mem, NULL, NULL);
	char *text = written(l, true), *why = NULL;
	if (!record_read(back, text, strlen(text), &why))
		fail_msg("%s", why);
	assert_string_equal(written(back, true), text);
	assert_int_equal(back->signatures.at[0].trusted, CANNOT_TELL);
	assert_int_equal(back->pages.at[0].words.n, 1);
	assert_string_equal(field_attr(letter_find_field(back, "signers"), "authority"), "KT.");
	talloc_free(mem);
}

static void words_stay_behind_unless_asked_for(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = sample(mem);
	assert_null(strstr(written(l, false), "Số:"));
	assert_non_null(strstr(written(l, true), "Số:"));
	talloc_free(mem);
}

static void writes_only_what_is_new(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = sample(mem);
	struct record_mark mark = { 0 };
	struct buffer first = { .mem = mem }, second = { .mem = mem };
	record_write(l, &mark, false, &first);
	letter_add_field(l, "number", "23");
	record_write(l, &mark, false, &second);
	assert_int_equal(strchr(second.text, '\n') - second.text + 1, (long)strlen(second.text));
	assert_non_null(strstr(second.text, "\"23\""));
	talloc_free(mem);
}

static void refuses(const char *line)
{
	void *mem = talloc_new(NULL);
	char *why = NULL;
	if (record_read(letter_new(mem, NULL, NULL), line, strlen(line), &why))
		fail_msg("accepted: %s", line);
	assert_non_null(why);
	talloc_free(mem);
}

static void refuses_what_it_could_not_have_written(void **state)
{
	(void)state;
	refuses("{}\n");
	refuses("[]\n");
	refuses("{\"fact\":\"nonsense\"}\n");
	refuses("{\"fact\":\"step\",\"stage\":\"1\",\"version\":1,\"outcome\":\"pass\",\"ms\":1,\"walls\":\"\"}"); /* no end */
	refuses("{\"fact\":\"step\",\"stage\":\"1\",\"version\":1,\"outcome\":\"pass\",\"ms\":1}\n");
	refuses("{\"fact\":\"step\",\"stage\":\"1\",\"version\":1.5,\"outcome\":\"pass\",\"ms\":1,\"walls\":\"\"}\n");
	refuses("{\"fact\":\"step\",\"stage\":\"1\",\"version\":1,\"outcome\":\"pass\",\"ms\":1,\"walls\":\"\",\"x\":1}\n");
	refuses("{\"fact\":\"step\",\"stage\":\"1\",\"stage\":\"2\",\"version\":1,\"outcome\":\"p\",\"ms\":1,\"walls\":\"\"}\n");
	refuses("{\"fact\":\"message\",\"severity\":\"fatal\",\"code\":\"a\",\"text\":\"b\"}\n");
	refuses("{\"fact\":\"part\",\"name\":\"\xFF\",\"media\":null,\"sha256\":\"\",\"size\":1,\"inside\":0}\n");
}

static void keys_forget_case_and_place_of_tone_and_nothing_else(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	assert_string_equal(text_strong(mem, "CỘNG HOÀ"), text_strong(mem, "Cộng  hòa"));
	assert_string_equal(text_strong(mem, "Uỷ ban"), text_strong(mem, "ỦY BAN"));
	assert_string_not_equal(text_strong(mem, "Sa Pa"), text_strong(mem, "Sa Pả"));
	assert_string_equal(text_weak(mem, "Đắk Hà"), "dak ha");
	assert_string_equal(text_line(mem, " Ki\xCC\x81nh\n gu\xCC\x9B\xCC\x89i: "), "Kính gửi:");
	assert_int_equal(text_distance("kế từ", "kể từ"), 1);
	talloc_free(mem);
}

static void dates_and_instants(void **state)
{
	(void)state;
	int64_t days;
	time_t at;
	void *mem = talloc_new(NULL);
	assert_true(date_parse("2024-02-29", &days));
	assert_string_equal(date_text(mem, days + 1), "2024-03-01");
	assert_false(date_parse("2014-02-30", &days));
	assert_false(date_parse("2014-2-3", &days));
	assert_true(time_parse("2025-01-24T20:01:14+07:00", &at));
	assert_string_equal(time_text(mem, at), "2025-01-24T13:01:14Z");
	assert_true(time_parse("2025-06-30", &at));
	assert_string_equal(date_text(mem, time_vn_day(at)), "2025-06-30");
	assert_string_equal(date_text(mem, time_vn_day(at + 1)), "2025-07-01");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_back_what_it_wrote),
		cmocka_unit_test(words_stay_behind_unless_asked_for),
		cmocka_unit_test(writes_only_what_is_new),
		cmocka_unit_test(refuses_what_it_could_not_have_written),
		cmocka_unit_test(keys_forget_case_and_place_of_tone_and_nothing_else),
		cmocka_unit_test(dates_and_instants),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
