/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answer.c - certificates, CRLs and inventory exports of the authority. See answer.h.
 *
 * Tried by what the bytes prove: PEM blocks, then DER (certificate, CRL, PKCS #7 without signers as CAs hand out
 * chains), then a sheet with the heading of an inventory.
 */
#include "answer.h"
#include "certificate.h"
#include "grammar.h"
#include "path.h"
#include "sheet.h"
#include "text.h"
#include "trust.h"
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <stdlib.h>
#include <string.h>

enum { CERTIFICATES_MAX = 10000, TELL_ROWS = 10 };

static const struct texts *known;

void answer_know(const struct texts *serials) { known = serials; }

static void drop_certificate(void *x) { X509_free(x); }
static void drop_crl(void *c) { X509_CRL_free(c); }
static void drop_pkcs7(void *p) { PKCS7_free(p); }
static void drop_bio(void *b) { BIO_free(b); }

struct reply { struct letter *l; int found, rows; bool told; };

static struct request *add(struct reply *a, const char *form)
{
	a->found++;
	return letter_add_request(a->l, form, ++a->rows);
}

static void cell(struct reply *a, struct request *r, const char *name, const char *value)
{
	if (value != NULL && *value != 0) {
		struct cell *c = request_add_cell(a->l, r, name, value);
		c->read.confidence = 1;
		c->read.place.part = 1;
	}
}

static const char *const proofs[] = { "unknown", "no", "yes" };        /* by enum answer */

/* Does it hang below an anchor? Time and revocation are not asked: a new certificate may start tomorrow. */
static enum answer proven(const void *mem, X509 *x)
{
	time_t from = certificate_time(X509_get0_notBefore(x));
	struct moments when = { .at = from + 1, .now = from + 1, .held = from + 1 };
	struct path p = path_build(mem, x, material_new(mem), FOR_SIGNER, &when);
	return p.broken ? NO : p.complete ? YES : CANNOT_TELL;
}

static void take_certificate(struct reply *a, X509 *x)
{
	struct certificate c = { 0 };
	unsigned char key[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (a->found >= CERTIFICATES_MAX)
		return;
	certificate_describe(a->l, &c, x);
	struct request *r = add(a, "answer-certificate");
	cell(a, r, "serial", c.serial);
	cell(a, r, "subject", c.subject);
	cell(a, r, "issuer", c.issuer);
	cell(a, r, "cn", c.cn);
	cell(a, r, "o", c.o);
	cell(a, r, "l", c.l);
	for (int i = 0; i < c.ou.n; i++)
		cell(a, r, "ou", c.ou.at[i]);
	cell(a, r, "email", c.email);
	cell(a, r, "not_before", c.not_before);
	cell(a, r, "not_after", c.not_after);
	cell(a, r, "sha256", c.sha256);
	if (X509_pubkey_digest(x, EVP_sha256(), key, &n) == 1)
		cell(a, r, "key", text_lower(a->l, text_hex(a->l, key, n)));
	cell(a, r, "proven", proofs[proven(a->l, x)]);
}

/* By the key of a local certificate of that name, whose own path ends in an anchor. */
static enum answer crl_proven(const void *mem, X509_CRL *crl)
{
	const struct material *local = trust_intermediates();
	enum answer answer = CANNOT_TELL;
	for (int i = 0; i < sk_X509_num(local->certificates); i++) {
		X509 *ca = sk_X509_value(local->certificates, i);
		if (X509_NAME_cmp(X509_get_subject_name(ca), X509_CRL_get_issuer(crl)) != 0)
			continue;
		bool fits = X509_CRL_verify(crl, X509_get0_pubkey(ca)) == 1;
		ERR_clear_error();
		if (fits && X509_check_ca(ca) > 0 && proven(mem, ca) == YES)
			return YES;
		answer = fits ? answer : NO;
	}
	return answer;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool is_known(const char *serial)
{
	return known != NULL && known->n > 0
	       && bsearch(&serial, known->at, (size_t)known->n, sizeof *known->at, by_text) != NULL;
}

static char *serial_text(const void *mem, const ASN1_INTEGER *n)
{
	char *hex = text_hex(mem, ASN1_STRING_get0_data(n), (size_t)ASN1_STRING_length(n)), *start = hex;
	while (*start == '0' && start[1] != 0)
		start++;
	return start;
}

static const char *reason_of(X509_REVOKED *entry)
{
	static const char *const reasons[] = { "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
		"cessationOfOperation", "certificateHold", "7", "removeFromCRL", "privilegeWithdrawn", "aACompromise" };
	ASN1_ENUMERATED *e = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
	long n = e != NULL ? ASN1_ENUMERATED_get(e) : 0;
	ASN1_ENUMERATED_free(e);
	return n >= 0 && n < (long)(sizeof reasons / sizeof *reasons) ? reasons[n] : "unspecified";
}

static void take_crl(struct reply *a, X509_CRL *crl)
{
	STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);
	struct request *r = add(a, "answer-crl");
	cell(a, r, "issuer", certificate_name(a->l, X509_CRL_get_issuer(crl)));
	cell(a, r, "this_update", time_text(a->l, certificate_time(X509_CRL_get0_lastUpdate(crl))));
	if (X509_CRL_get0_nextUpdate(crl) != NULL)
		cell(a, r, "next_update", time_text(a->l, certificate_time(X509_CRL_get0_nextUpdate(crl))));
	cell(a, r, "entries", format_text(a->l, "%d", entries != NULL ? sk_X509_REVOKED_num(entries) : 0));
	cell(a, r, "proven", proofs[crl_proven(a->l, crl)]);
	for (int i = 0; entries != NULL && i < sk_X509_REVOKED_num(entries); i++) {
		X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);
		void *work = talloc_new(NULL);
		char *serial = serial_text(work, X509_REVOKED_get0_serialNumber(entry));
		if (is_known(serial)) {
			r = add(a, "answer-revoked");
			cell(a, r, "serial", serial);
			cell(a, r, "date", time_text(a->l, certificate_time(X509_REVOKED_get0_revocationDate(entry))));
			cell(a, r, "reason", reason_of(entry));
		}
		talloc_free(work);
	}
}

static void take_pkcs7(struct reply *a, PKCS7 *p)
{
	STACK_OF(X509) *all = PKCS7_type_is_signed(p) ? p->d.sign->cert : NULL;
	STACK_OF(X509_CRL) *crls = PKCS7_type_is_signed(p) ? p->d.sign->crl : NULL;
	for (int i = 0; i < sk_X509_num(all); i++)
		take_certificate(a, sk_X509_value(all, i));
	for (int i = 0; i < sk_X509_CRL_num(crls); i++)
		take_crl(a, sk_X509_CRL_value(crls, i));
}

/* All of the bytes, or nothing. */
static void take_der(struct reply *a, struct bytes der)
{
	void *work = talloc_new(a->l);
	const unsigned char *at = der.at, *end = der.at + der.len;
	X509 *x = own(work, d2i_X509(NULL, &at, (long)der.len), drop_certificate);
	if (x != NULL && at == end)
		take_certificate(a, x);
	at = der.at;
	X509_CRL *crl = x != NULL ? NULL : own(work, d2i_X509_CRL(NULL, &at, (long)der.len), drop_crl);
	if (crl != NULL && at == end)
		take_crl(a, crl);
	at = der.at;
	PKCS7 *p = x != NULL || crl != NULL ? NULL : own(work, d2i_PKCS7(NULL, &at, (long)der.len), drop_pkcs7);
	if (p != NULL && at == end)
		take_pkcs7(a, p);
	ERR_clear_error();
	talloc_free(work);
}

static void take_pem(struct reply *a, struct bytes text)
{
	void *work = talloc_new(a->l);
	BIO *bio = own(work, BIO_new_mem_buf(text.at, (int)text.len), drop_bio);
	char *name = NULL, *header = NULL;
	unsigned char *der = NULL;
	long len = 0;
	while (bio != NULL && PEM_read_bio(bio, &name, &header, &der, &len) == 1) {
		take_der(a, (struct bytes){ der, (size_t)len });
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_free(der);
	}
	ERR_clear_error();
	talloc_free(work);
}

struct listing {
	struct reply *a;
	struct sheet_heading heading;
	bool headed, form;                     /* form: a list without validity, as our own forms have it */
	char *sheet;
	enum date_order order;
	int day_first, month_first, bad, heading_row;
	struct buffer bad_rows;
};

static const char *listed(const struct listing *t, const struct sheet_row *row, const char *name)
{
	int i = sheet_column(&t->heading, name);
	return i >= 0 && i < row->n ? row->cells[i] : "";
}

/* Is row one of the list? Headings begin it, once a sheet; what is a form's list asks for something and answers nothing. */
static bool is_in_list(struct listing *t, const struct sheet_row *row)
{
	if (t->sheet == NULL || strcmp(t->sheet, row->sheet) != 0) {
		t->sheet = copy_text(t->a->l, row->sheet);
		t->headed = false;
	}
	if (t->headed)
		return !(row->number == t->heading_row + 1 && sheet_extend_heading(row, &t->heading)) && !sheet_is_remark(row, &t->heading);
	t->headed = sheet_find_heading(row, &t->heading) && t->heading.list == SHEET_INVENTORY;
	t->heading_row = row->number;
	return false;
}

/* The first look: in which order do the dates stand? */
static bool look_at_dates(void *with, const struct sheet_row *row)
{
	struct listing *t = with;
	if (is_in_list(t, row) && strchr(listed(t, row, "valid_to"), '/') != NULL) {
		enum date_order order = grammar_date_order(listed(t, row, "valid_to"));
		t->day_first += order == DAY_FIRST;
		t->month_first += order == MONTH_FIRST;
	}
	return t->day_first == 0;
}

static bool take_row(void *with, const struct sheet_row *row)
{
	struct listing *t = with;
	bool was_headed = t->headed && t->sheet != NULL && strcmp(t->sheet, row->sheet) == 0;
	bool in_list = is_in_list(t, row);
	bool dated = sheet_column(&t->heading, "valid_to") >= 0 || sheet_column(&t->heading, "valid_from") >= 0;
	if (!was_headed && t->headed && dated)
		t->a->found++;                 /* an export that lists nothing is an answer too */
	t->form |= in_list && !dated;
	if (!in_list || !dated)
		return true;
	void *work = talloc_new(NULL);
	char *serial = text_serial(work, grammar_serial(work, listed(t, row, "serial")));
	char *to = grammar_date_listed(work, listed(t, row, "valid_to"), t->order);
	if (serial == NULL) {
		if (t->bad++ < TELL_ROWS)
			buffer_format(&t->bad_rows, "%s%d", t->bad_rows.len > 0 ? ", " : "", row->number);
	} else {
		struct request *r = add(t->a, "answer-listed");
		cell(t->a, r, "serial", serial);
		cell(t->a, r, "subject", text_line(work, listed(t, row, "subject_dn")));
		cell(t->a, r, "holder", text_line(work, listed(t, row, "holder_name")));
		cell(t->a, r, "office", text_line(work, listed(t, row, "org_name")));
		cell(t->a, r, "email", text_line(work, listed(t, row, "email")));
		cell(t->a, r, "valid_to", to);
	}
	talloc_free(work);
	return true;
}

static void take_sheet(struct reply *a, struct bytes bytes)
{
	struct listing look = { .a = a }, t = { .a = a, .order = DAY_FIRST, .bad_rows.mem = a->l };
	struct sheet_trouble why = { 0 };
	sheet_read(a->l, bytes, look_at_dates, &look, &why);
	t.order = look.month_first > 0 && look.day_first == 0 ? MONTH_FIRST : DAY_FIRST;
	bool whole = sheet_read(a->l, bytes, take_row, &t, &why);
	if (t.form && a->found == 0) {
		a->told = true;
		letter_finding(a->l, "3_verify/form-is-no-answer", HOLD, NULL,
			"Tệp là danh sách của một biểu mẫu đề nghị (không có cột ngày hết hạn), không phải danh sách chứng thư do Cục cấp hoặc "
			"xuất ra; không đối chiếu với tệp này. Hãy dùng tệp .cer, CRL hoặc danh sách chứng thư của Cục.",
			"This is the list of a request form (no day valid_to), not a list of certificates that the authority issued or "
			"exported; nothing is compared with it. Use its .cer files, CRL or list of certificates.");
	}
	if (t.bad > 0)
		letter_finding(a->l, "3_verify/listed-without-serial", HOLD, NULL,
			format_text(a->l, "%d dòng không có số hiệu đúng (dòng %s%s); các dòng ấy không được đối chiếu.", t.bad, t.bad_rows.text,
				    t.bad > TELL_ROWS ? ", …" : ""),
			format_text(a->l, "%d rows have no sound serial (rows %s%s); they are not compared.", t.bad, t.bad_rows.text,
				    t.bad > TELL_ROWS ? ", ..." : ""));
	if (whole)
		return;
	a->told = true;
	if (a->found > 0)
		letter_finding(a->l, "3_verify/list-cut-off", HOLD, NULL,
			format_text(a->l, "Danh sách chỉ đọc được một phần (%s); phần còn lại không được đối chiếu.", why.vi),
			format_text(a->l, "The list could be read in part only (%s); the rest is not compared.", why.en));
	else
		letter_finding(a->l, "3_verify/no-answer", HOLD, NULL, format_text(a->l, "Không đọc được: %s.", why.vi),
			format_text(a->l, "It cannot be read: %s.", why.en));
}

static enum outcome run(struct letter *l)
{
	struct reply a = { .l = l };
	struct bytes b = l->parts.at[0].bytes;
	if (b.len > 0 && b.len < (64 << 20) && memmem(b.at, b.len < 65536 ? b.len : 65536, "-----BEGIN", 10) != NULL)
		take_pem(&a, b);
	else if (b.len > 0 && b.len < (256 << 20) && b.at[0] == 0x30)
		take_der(&a, b);
	if (a.found == 0)
		take_sheet(&a, b);
	if (a.found == 0 && !a.told)
		letter_finding(l, "3_verify/no-answer", HOLD, NULL,
			"Không phải tệp trả lời của Cục: không có chứng thư (.cer), danh sách thu hồi (CRL) hay danh sách chứng thư. "
			"Đề nghị kiểm tra lại tệp.",
			"No answer of the authority: neither a certificate, nor a CRL, nor a list of certificates. Check the file.");
	return PASS;
}

static bool prepare(const struct settings *s, char **why) { return stage_verify.prepare(s, why); }

const struct stage stage_answer = { .name = "reconcile", .adds = "request", .version = 1, .limits = { 120, 2048, 1024 },
	.prepare = prepare, .run = run };
