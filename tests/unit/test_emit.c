/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_emit.c - the mergers of Bình Chương and Cẩm Thành made into packages, by hand-made facts.
 *
 * What a tester of packages would ask: the bag holds what its manifests say, package.xml fits its schema, every
 * certificate stands once, incomplete rows stay out, two runs in other zones and locales give the same bytes.
 */
#include "form.h"
#include "plan.h"
#include "stage.h"
#include "text.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define HERE "build/emit-test"

static const char *const units[][5] = {        /* body, district, serial, action, successor */
	{ "Ủy ban nhân dân xã Bình Chương", "Ủy ban nhân dân huyện Bình Sơn", "4A01", "change-info", "Ủy ban nhân dân xã Bình Chương" },
	{ "Ủy ban nhân dân xã Bình Mỹ", "Ủy ban nhân dân huyện Bình Sơn", "4A02", "revoke", "Ủy ban nhân dân xã Bình Chương" },
	{ "Ủy ban nhân dân phường Nguyễn Nghiêm", "Ủy ban nhân dân thành phố Quảng Ngãi", "4A03", "change-info", "Ủy ban nhân dân phường Cẩm Thành" },
	{ "Ủy ban nhân dân phường Trần Hưng Đạo", "Ủy ban nhân dân thành phố Quảng Ngãi", "4A04", "revoke", "Ủy ban nhân dân phường Cẩm Thành" },
	{ "Ủy ban nhân dân phường Nghĩa Chánh", "Ủy ban nhân dân thành phố Quảng Ngãi", "4A05", "revoke", "Ủy ban nhân dân phường Cẩm Thành" },
	{ "Ủy ban nhân dân phường Chánh Lộ", "Ủy ban nhân dân thành phố Quảng Ngãi", "4A06", "revoke", "Ủy ban nhân dân phường Cẩm Thành" },
};
enum { UNITS = sizeof units / sizeof *units };

static struct settings settings = { .data = "." };

static struct letter *letter_with(struct batch *b, const char *name, const char *bytes)
{
	struct letter *l = batch_add_letter(b, letter_new(b, &settings, name));
	letter_add_part(l, 0, name, (struct bytes){ (const uint8_t *)bytes, strlen(bytes) });
	l->sha256 = l->parts.at[0].sha256;
	l->received = copy_text(l, "2025-06-19T20:00:00Z");
	return l;
}

static void add_certificate(struct letter *l, int i, const char *device)
{
	struct request *r = letter_add_request(l, "certificate-list", i + 1);
	char *dn = format_text(l, "CN=%s, UID=MST:430000000%d, OU=%s, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN",
			       units[i][0], i, units[i][1]);
	const char *const cells[][2] = { { "serial", units[i][2] }, { "subject_dn", dn }, { "org_name", units[i][0] },
		{ "holder_name", units[i][0] }, { "email", format_text(l, "donvi%d@quangngai.example", i) },
		{ "cert_kind", "agency" }, { "device_serial", device } };
	for (size_t j = 0; j < sizeof cells / sizeof *cells; j++) {
		struct cell *c = request_add_cell(l, r, cells[j][0], cells[j][1]);
		c->read.place = (struct place){ .part = 1, .source = FROM_SHEET, .path = format_text(l, "%c%d", (char)('A' + j), i + 2) };
		c->read.confidence = 1;
	}
}

static void decide(struct batch *b, const char *serial, const char *action, const char *successor)
{
	struct decision *d = batch_add_decision(b);
	d->serial = copy_text(b, serial);
	d->action = copy_text(b, action);
	d->rule = copy_text(b, "bcy-2025/merger");
	d->reason = copy_text(b, strcmp(action, "revoke") == 0 ? "NEW_NAME" : "NAME_KEPT_SUBJECT_CHANGES");
	d->successor_body = copy_text(b, successor);
	d->law = copy_text(b, "Nghị định 68/2024/NĐ-CP, Điều 17 khoản 3");
	d->says = copy_text(b, "Sáp nhập");
	d->form = copy_text(b, strcmp(action, "revoke") == 0 ? "nd68-2024/mau-05" : "nd68-2024/mau-04");
	d->channel = copy_text(b, strcmp(action, "revoke") == 0 ? "portal+post" : "axis");
}

static struct batch *night(const void *mem)
{
	struct batch *b = batch_new(mem, &settings);
	struct letter *list = letter_with(b, "chung-thu.csv", "serial,...\n");
	for (int i = 0; i < UNITS; i++) {
		add_certificate(list, i, format_text(b, "BCYC0000000%d", i));
		decide(b, units[i][2], units[i][3], units[i][4]);
	}
	struct letter *bad = letter_with(b, "Công văn bị sửa.pdf", "%PDF-1.7 sửa");
	letter_add_field(bad, "agency", "Ủy ban nhân dân xã Bình Mỹ");
	letter_add_field(bad, "number", "12");
	letter_add_field(bad, "symbol", "UBND-VP");
	letter_add_field(bad, "date", "2025-06-18");
	bad->parts.at[0].media = copy_text(bad, "application/vnd.edxml+xml");
	struct signature *s = letter_add_signature(bad);
	s->name = copy_text(bad, "Signature1");
	s->signer.cn = copy_text(bad, "Ủy ban nhân dân xã Bình Mỹ");
	s->intact = NO;
	s->valid = YES;
	s->indication = TOTAL_FAILED;
	letter_finding(bad, "r004/broken-signature", REJECT, "NĐ 30/2020/NĐ-CP Điều 21", "Nội dung văn bản đã thay đổi sau khi ký.",
		       "The content was changed after signing.");
	return b;
}

static struct batch *emitted(const void *mem)
{
	char *why = NULL;
	assert_true(time_parse("2025-06-20T01:30:00+07:00", &settings.at));
	if (!stage_emit.prepare(&settings, &why))
		fail_msg("%s", why);
	struct batch *b = night(mem);
	assert_int_equal(stage_emit.run_batch(b), PASS);
	return b;
}

static const struct output *find_output(const struct batch *b, const char *path)
{
	for (int i = 0; i < b->outputs.n; i++)
		if (strcmp(b->outputs.at[i].path, path) == 0)
			return &b->outputs.at[i];
	return NULL;
}

static void write_out(const struct batch *b)
{
	assert_int_equal(system("rm -rf " HERE " && mkdir -p " HERE), 0);
	for (int i = 0; i < b->outputs.n; i++) {
		const struct output *o = &b->outputs.at[i];
		if (text_ends(o->path, ".zip"))         /* packed by the supervisor: tests/package.sh */
			continue;
		char *path = format_text(b, HERE "/%s", o->path);
		for (char *c = path + strlen(HERE) + 1; (c = strchr(c, '/')) != NULL; c++) {
			*c = 0;
			mkdir(path, 0777);
			*c = '/';
		}
		FILE *to = fopen(path, "wb");
		assert_non_null(to);
		assert_non_null(o->bytes.at);
		assert_int_equal(fwrite(o->bytes.at, 1, o->bytes.len, to), o->bytes.len);
		assert_int_equal(fclose(to), 0);
	}
}

#define FOLDER "2025-06-20/ubnd-tinh-quang-ngai"

static int finding_count(const struct batch *b, const char *rule)
{
	int n = 0;
	for (int i = 0; i < b->findings.n; i++)
		n += strcmp(b->findings.at[i].rule, rule) == 0;
	return n;
}

static void two_packages_and_a_refusal(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *b = emitted(mem);
	static const char *const files[] = { "cong-van.pdf", "cong-van.docx", "nd68-2024-mau-04.docx", "nd68-2024-mau-04.pdf", "nd68-2024-mau-04.xlsx", "package.xml" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_non_null(find_output(b, format_text(mem, FOLDER "/nd68-2024-mau-04-001/data/%s", files[i])));
	assert_non_null(find_output(b, FOLDER "/nd68-2024-mau-04-001.zip"));
	assert_non_null(find_output(b, FOLDER "/nd68-2024-mau-05-001.zip"));
	assert_null(find_output(b, FOLDER "/nd68-2024-mau-05-002.zip"));
	int refusals = 0;
	for (int i = 0; i < b->outputs.n; i++)
		refusals += text_starts(b->outputs.at[i].path, "2025-06-20/refusals/cong-van-bi-sua-")
			&& text_ends(b->outputs.at[i].path, ".pdf");
	assert_int_equal(refusals, 1);
	write_out(b);
	assert_int_equal(system("cd " HERE "/" FOLDER " && for b in nd68-2024-mau-04-001 nd68-2024-mau-05-001; do (cd $b && "
				"sha256sum --quiet -c manifest-sha256.txt && sha512sum --quiet -c manifest-sha512.txt && "
				"sha256sum --quiet -c tagmanifest-sha256.txt && sha512sum --quiet -c tagmanifest-sha512.txt) || "
				"exit 1; done"), 0);
	assert_int_equal(system("xmllint --noout --schema schemas/package.xsd " HERE "/" FOLDER "/*/data/package.xml 2>/dev/null"), 0);
	assert_int_equal(system("xmllint --noout --schema schemas/edxml.xsd " HERE "/" FOLDER "/*/data/package.edxml "
				HERE "/2025-06-20/refusals/*.edxml 2>/dev/null"), 0);
	assert_int_equal(system("test $(grep -c '<line ' " HERE "/" FOLDER "/nd68-2024-mau-05-001/data/package.xml) = 4"), 0);
	assert_int_equal(system("pdftotext " HERE "/" FOLDER "/nd68-2024-mau-04-001/data/nd68-2024-mau-04.pdf - | "
				"tr '\\n' ' ' | grep -q 'Ủy ban nhân dân phường Cẩm Thành'"), 0);
	talloc_free(mem);
}

static void other_zones_and_locales_give_the_same_bytes(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *here = emitted(mem);
	setenv("TZ", "Pacific/Auckland", 1);
	tzset();
	setlocale(LC_ALL, "C.UTF-8");
	struct batch *there = emitted(mem);
	unsetenv("TZ");
	tzset();
	setlocale(LC_ALL, "C");
	assert_int_equal(here->outputs.n, there->outputs.n);
	for (int i = 0; i < here->outputs.n; i++) {
		const struct output *x = &here->outputs.at[i], *y = &there->outputs.at[i];
		assert_string_equal(x->path, y->path);
		assert_int_equal(x->bytes.len, y->bytes.len);
		if (x->bytes.len > 0 && memcmp(x->bytes.at, y->bytes.at, x->bytes.len) != 0)
			fail_msg("%s differs", x->path);
	}
	talloc_free(mem);
}

static void what_is_incomplete_or_contradicts_itself_stays_out(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *b = batch_new(mem, &settings);
	struct letter *list = letter_with(b, "chung-thu.csv", "serial,...\n");
	add_certificate(list, 1, "");                   /* no device: cannot be revoked */
	add_certificate(list, 3, "BCYC1");
	add_certificate(list, 4, "BCYC2");
	decide(b, "4A02", "revoke", units[1][4]);
	decide(b, "4A04", "revoke", units[3][4]);
	decide(b, "4A04", "change-info", units[3][4]);
	decide(b, "4A05", "revoke", units[4][4]);
	decide(b, "4A05", "revoke", units[4][4]);
	decide(b, "FFFF", "revoke", units[4][4]);
	assert_int_equal(stage_emit.run_batch(b), PASS);
	assert_int_equal(finding_count(b, "5_emit/incomplete-row"), 1);
	assert_int_equal(finding_count(b, "5_emit/conflicting-requests"), 1);
	assert_int_equal(finding_count(b, "5_emit/asked-twice"), 1);
	assert_int_equal(finding_count(b, "5_emit/certificate-unknown"), 1);
	const struct output *o = find_output(b, FOLDER "/nd68-2024-mau-05-001/data/package.xml");
	assert_non_null(o);
	assert_non_null(strstr((const char *)o->bytes.at, "serial=\"4A05\""));
	assert_null(strstr((const char *)o->bytes.at, "4A04"));
	assert_null(strstr((const char *)o->bytes.at, "4A02"));
	assert_non_null(find_output(b, "2025-06-20/worksheet.xlsx"));
	talloc_free(mem);
}

static void a_letters_own_form_becomes_lines_with_their_places(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *b = batch_new(mem, &settings);
	for (int twice = 0; twice < 2; twice++) {
		struct letter *l = letter_with(b, "Mẫu 05.pdf", twice ? "%PDF-1.7 b" : "%PDF-1.7 a");
		letter_add_field(l, "agency", twice ? "ỦY BAN NHÂN DÂN XÃ BÌNH MỸ" : "Uỷ ban nhân dân xã Bình Mỹ");
		struct request *r = letter_add_request(l, "nd68-2024/mau-05", 1);
		const char *const cells[][2] = { { "holder_name", "Nguyễn Văn A" }, { "identity", "051080000001" },
			{ "email", "a@quangngai.example" }, { "serial", twice ? "00 5B:02" : "5B01" },
			{ "device_serial", "BCY1" }, { "reason", "Nghỉ hưu \x01<&\"" } };
		for (size_t i = 0; i < 6; i++) {
			struct cell *c = request_add_cell(l, r, cells[i][0], cells[i][1]);
			c->read.place = (struct place){ .part = 1, .page = 2, .box = { 10.04, 20, 30.25, 40 } };
		}
		r = letter_add_request(l, "nd68-2024/mau-05", 0);
		request_add_cell(l, r, "contact_name", "Trần Thị B");
		struct finding *f = letter_finding(l, "x/y", NOTE, NULL, "Ghi chú.", "Note.");
		f->severity = NOTE;
	}
	assert_int_equal(stage_emit.run_batch(b), PASS);
	write_out(b);
	assert_int_equal(system("xmllint --noout --schema schemas/package.xsd " HERE "/2025-06-20/*/*/data/package.xml 2>/dev/null"), 0);
	const struct output *o = NULL;
	for (int i = 0; i < b->outputs.n && o == NULL; i++)
		if (text_ends(b->outputs.at[i].path, "/package.xml"))
			o = &b->outputs.at[i];
	assert_non_null(o);
	assert_non_null(strstr((const char *)o->bytes.at, "page=\"2\" box=\"10.0 20.0 30.3 40.0\""));
	assert_non_null(strstr((const char *)o->bytes.at, "Trần Thị B"));
	assert_non_null(strstr((const char *)o->bytes.at, "serial=\"5B02\""));
	assert_non_null(strstr((const char *)o->bytes.at, "lines count=\"2\""));
	talloc_free(mem);
}

static void what_a_person_must_decide_first_stays_out(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *b = batch_new(mem, &settings);
	struct letter *l = letter_with(b, "Mẫu 05.pdf", "%PDF-1.7 c");
	letter_add_field(l, "agency", "Ủy ban nhân dân xã Bình Mỹ");
	for (int i = 0; i < 2; i++) {
		struct request *r = letter_add_request(l, "nd68-2024/mau-05", i + 1);
		request_add_cell(l, r, "holder_name", "Nguyễn Văn A");
		request_add_cell(l, r, "identity", "051080000001");
		request_add_cell(l, r, "email", "a@quangngai.example");
		request_add_cell(l, r, "serial", i == 0 ? "5C01" : "5C02");
		request_add_cell(l, r, "device_serial", "BCY1");
		request_add_cell(l, r, "reason", "Nghỉ hưu");
	}
	decide(b, "5C01", "needs-person", "");
	assert_int_equal(stage_emit.run_batch(b), PASS);
	assert_int_equal(finding_count(b, "5_emit/decision-open"), 1);
	const struct output *o = find_output(b, "2025-06-20/ubnd-xa-binh-my/nd68-2024-mau-05-001/data/package.xml");
	assert_non_null(o);
	assert_null(strstr((const char *)o->bytes.at, "5C01"));
	assert_non_null(strstr((const char *)o->bytes.at, "5C02"));
	talloc_free(mem);
}

static void add_known(struct batch *b, const char *serial, const char *path)
{
	struct letter *l = batch_add_letter(b, letter_new(b, &settings, "ledger.db"));
	l->known = true;
	struct request *r = letter_add_request(l, "package-list", 1);
	request_add_cell(l, r, "serial", serial);
	request_add_cell(l, r, "path", path);
}

/* Units 0 to 3 are decided: revoked under the rules of 2024, two new certificates, and one that has its package. */
static void what_is_decided_has_a_line_once(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct batch *b = batch_new(mem, &settings);
	struct letter *list = letter_with(b, "chung-thu.csv", "serial,...\n");
	for (int i = 0; i < 4; i++)
		add_certificate(list, i, "BCYC1");
	struct request *whole = &list->requests.at[1];
	request_add_cell(list, whole, "address", "Xã Bình Mỹ, tỉnh Quảng Ngãi");
	decide(b, units[0][2], "revoke+issue-new", units[0][4]);
	decide(b, units[1][2], "issue", units[1][0]);
	decide(b, units[2][2], "issue", units[2][4]);
	decide(b, units[3][2], "revoke", units[3][4]);
	b->decisions.at[0].form = NULL;
	b->decisions.at[1].form = b->decisions.at[2].form = copy_text(b, "nd68-2024/mau-02");
	add_known(b, units[3][2], "2025-06-19/ubnd-tinh-quang-ngai/nd68-2024-mau-05-001");
	assert_int_equal(stage_emit.run_batch(b), PASS);
	const struct output *revoked = NULL, *issued = NULL;
	for (int i = 0; i < b->outputs.n; i++) {
		const struct output *o = &b->outputs.at[i];
		revoked = strstr(o->path, "mau-05-001/data/package.xml") != NULL ? o : revoked;
		issued = strstr(o->path, "mau-02-001/data/package.xml") != NULL ? o : issued;
	}
	assert_non_null(revoked);
	assert_int_equal(revoked->lines.n, 1);
	assert_string_equal(revoked->lines.at[0].serial, units[0][2]);
	assert_non_null(issued);
	assert_int_equal(issued->lines.n, 1);
	assert_string_equal(issued->lines.at[0].serial, units[1][2]);
	assert_string_equal(issued->lines.at[0].asks, "issue");
	assert_int_equal(finding_count(b, "5_emit/incomplete-row"), 1);
	assert_int_equal(finding_count(b, "5_emit/in-a-package"), 1);
	talloc_free(mem);
}

static void subjects_and_names(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	static const char dn[] = "C=VN,L=Qu\\E1\\BA\\A3ng Ngãi,O=A\\, B,OU=Hai, OU = Một,CN=\"X, Y\",UID=MNS:1,UID=MST:2";
	assert_string_equal(subject_find(mem, dn, "O", NULL, 0), "A, B");
	assert_string_equal(subject_find(mem, dn, "L", NULL, 0), "Quảng Ngãi");
	assert_string_equal(subject_find(mem, dn, "OU", NULL, 1), "Một");
	assert_string_equal(subject_find(mem, dn, "CN", NULL, 0), "X, Y");
	assert_string_equal(subject_find(mem, dn, "UID", "MST:", 0), "2");
	assert_null(subject_find(mem, dn, "OU", NULL, 2));
	assert_null(subject_find(mem, "no equals sign", "O", NULL, 0));
	assert_string_equal(slug(mem, "Ủy ban nhân dân xã Đắk Hà", 50), "ubnd-xa-dak-ha");
	assert_string_equal(slug(mem, "../../etc/passwd", 50), "etc-passwd");
	assert_string_equal(slug(mem, "一", 50), "khong-ro");
	assert_string_equal(seat_of(mem, "ỦY BAN NHÂN DÂN XÃ BÌNH CHƯƠNG"), "Bình Chương");
	assert_string_equal(seat_of(mem, "Ủy ban nhân dân thành phố Hồ Chí Minh"), "Thành phố Hồ Chí Minh");
	assert_null(seat_of(mem, "Văn phòng Chính phủ"));
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_packages_and_a_refusal),
		cmocka_unit_test(other_zones_and_locales_give_the_same_bytes),
		cmocka_unit_test(what_is_incomplete_or_contradicts_itself_stays_out),
		cmocka_unit_test(a_letters_own_form_becomes_lines_with_their_places),
		cmocka_unit_test(what_a_person_must_decide_first_stays_out),
		cmocka_unit_test(what_is_decided_has_a_line_once),
		cmocka_unit_test(subjects_and_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
