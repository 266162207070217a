/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_stamp.c - requests and replies of time-stamps. See sign_stamp.h.
 */
#include "sign_stamp.h"
#include "3_verify/cms.h"
#include "3_verify/pdf_form.h"
#include "3_verify/stamp.h"
#include "say.h"
#include "sign_key.h"
#include "text.h"
#include "worker.h"
#include "zip.h"
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#define OID_SIGNATURE_STAMP "1.2.840.113549.1.9.16.2.14"

struct answer_head {
	uint64_t gap, room;
	char time[32];
}; /* gap: of "<" in a PDF; then the bytes made */

struct found {
	struct bytes cms;
	size_t gap, room;
};

struct all {
	struct options *o;
	struct stamping *at;
	int n;
};

/* Where the signature is -----------------------------------------------------------------------------------
 */

/* The last signature: the one that covers most. Its /Contents must stand in the file as hexadecimal. */
static bool find_in_pdf(struct letter *l, struct bytes b, struct found *f)
{
	const char *why;
	struct pdf_file *file = pdf_file_new(l, b);
	struct pdf *view = pdf_open(file, b.len, &why);
	const struct pdf_form *form = view != NULL ? pdf_form_read(view) : NULL;
	int64_t most = -1;
	for (int i = 0; form != NULL && i < form->n; i++) {
		const struct pdf_value *v = form->at[i].value,
				       *c = form->at[i].is_signature ? pdf_raw(v, "Contents") : NULL,
				       *r = c != NULL ? pdf_raw(v, "ByteRange") : NULL;
		if (r == NULL || r->type != PDF_ARRAY || r->items.n != 4 || c->type != PDF_STRING ||
		    !c->hex || c->in_stream || c->end <= c->at + 2 || c->end > b.len)
			continue;
		int64_t end = pdf_integer(&r->items.at[2], 0) + pdf_integer(&r->items.at[3], 0);
		if (end <= most || end > (int64_t)b.len)
			continue;
		most = end;
		*f = (struct found){ c->text, c->at, (c->end - c->at - 2) / 2 };
	}
	return most >= 0;
}

static bool find_in_zip(struct letter *l, struct bytes b, struct found *f)
{
	struct zip *z = zip_open(l, b);
	for (int i = 0; i < z->n; i++)
		if (strcmp(z->entries[i].name, "META-INF/signature001.p7s") == 0)
			return zip_read(l, z, i, 1 << 20, &f->cms);
	return false;
}

/* Request and reply ----------------------------------------------------------------------------------------
 */

static ASN1_INTEGER *nonce_of(const void *mem, struct bytes value)
{
	char *hex = text_sha256(mem, value);
	BIGNUM *n = NULL;
	hex[16] = 0;
	BN_hex2bn(&n, hex);
	ASN1_INTEGER *nonce = BN_to_ASN1_INTEGER(n, NULL);
	BN_free(n);
	return nonce;
}

static struct bytes request(const void *mem, struct bytes value)
{
	TS_REQ *r = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	ASN1_INTEGER *nonce = nonce_of(mem, value);
	unsigned char digest[EVP_MAX_MD_SIZE], *der = NULL;
	unsigned int len = 0;
	X509_ALGOR_set_md(algorithm, EVP_sha256());
	if (EVP_Digest(value.at, value.len, digest, &len, EVP_sha256(), NULL) != 1 ||
	    !TS_REQ_set_version(r, 1) || !TS_MSG_IMPRINT_set_algo(imprint, algorithm) ||
	    !TS_MSG_IMPRINT_set_msg(imprint, digest, (int)len) || !TS_REQ_set_msg_imprint(r, imprint) ||
	    !TS_REQ_set_nonce(r, nonce) || !TS_REQ_set_cert_req(r, 1))
		abort();
	int n = i2d_TS_REQ(r, &der);
	struct bytes made = n > 0 ? copy_bytes(mem, der, (size_t)n) : (struct bytes){ 0 };
	OPENSSL_free(der);
	ASN1_INTEGER_free(nonce);
	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(r);
	return made;
}

static bool refuse(const struct all *a, const char *name, const char *vi, const char *en)
{
	say("%s: %s", name, a->o->lang == LANG_VI ? vi : en);
	return false;
}

/* The token of a granted reply in DER; at NULL: refused. */
static struct bytes token_of(const struct all *a, const struct stamping *s, const void *mem,
			     struct bytes value)
{
	const unsigned char *at = s->reply.at;
	struct bytes none = { 0 };
	TS_RESP *r = s->reply.len < 1 << 20 ? d2i_TS_RESP(NULL, &at, (long)s->reply.len) : NULL;
	if (r == NULL || at != s->reply.at + s->reply.len) {
		refuse(a, s->name, "trả lời dấu thời gian không đọc được (RFC 3161)",
		       "the time-stamp reply cannot be read (RFC 3161)");
		return none;
	}
	long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(r)));
	if (status > 1 || TS_RESP_get_token(r) == NULL) {
		refuse(a, s->name, "máy chủ dấu thời gian từ chối yêu cầu",
		       "the time-stamp authority refused the request");
		return none;
	}
	ASN1_INTEGER *want = nonce_of(mem, value);
	const ASN1_INTEGER *have = TS_TST_INFO_get_nonce(TS_RESP_get_tst_info(r));
	bool fits = have != NULL && ASN1_INTEGER_cmp(have, want) == 0;
	ASN1_INTEGER_free(want);
	if (!fits) {
		refuse(a, s->name, "trả lời không phải cho yêu cầu của chữ ký này (nonce khác)",
		       "the reply is not to the request of this signature (another nonce)");
		return none;
	}
	unsigned char *der = NULL;
	int len = i2d_PKCS7(TS_RESP_get_token(r), &der);
	return len > 0 ? copy_bytes(mem, der, (size_t)len) : none;
}

static bool check_token(const struct all *a, const struct stamping *s, struct letter *l, struct bytes token,
			struct bytes value, char time[32])
{
	struct stamp stamp;
	const char *why = "";
	if (!stamp_check(l, token, &value, 1, material_new(l), &stamp, &why))
		return refuse(a, s->name, "thẻ dấu thời gian không đọc được", why);
	if (stamp.intact != YES)
		return refuse(a, s->name, "dấu thời gian là của giá trị chữ ký khác (imprint)",
			      "the time-stamp is over another value (imprint)");
	if (stamp.valid != YES || stamp.tsa == NULL)
		return refuse(a, s->name, "chữ ký của máy chủ dấu thời gian không đúng hoặc thiếu chứng thư",
			      "the time-stamp's own signature does not hold, or its certificate is missing");
	if (X509_check_purpose(stamp.tsa, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1)
		return refuse(a, s->name,
			      "chứng thư của máy chủ không chỉ dành cho dấu thời gian (RFC 3161 2.3: "
			      "timeStamping, critical)",
			      "the authority's certificate is not for time-stamps alone (RFC 3161 2.3: "
			      "timeStamping, critical)");
	snprintf(time, 32, "%s", time_text(l, stamp.at));
	return true;
}

static void drop_cms(void *c)
{
	CMS_ContentInfo_free(c);
}

/* Read once more: what cms_read() holds has its certificates taken out. */
static bool stamp_cms(const struct all *a, const struct stamping *s, struct letter *l, const struct found *f,
		      struct bytes *made, char time[32])
{
	const unsigned char *at = f->cms.at;
	CMS_ContentInfo *info = own(l, d2i_CMS_ContentInfo(NULL, &at, (long)f->cms.len), drop_cms);
	CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(info), 0);
	const ASN1_OCTET_STRING *v = CMS_SignerInfo_get0_signature(si);
	struct bytes value = { ASN1_STRING_get0_data(v), (size_t)ASN1_STRING_length(v) };
	struct bytes token = token_of(a, s, l, value);
	if (token.at == NULL || !check_token(a, s, l, token, value, time))
		return false;
	if (CMS_unsigned_add1_attr_by_NID(si, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.at,
					  (int)token.len) != 1)
		abort();
	unsigned char *der = NULL;
	int n = i2d_CMS_ContentInfo(info, &der);
	if (n <= 0 || (f->room > 0 && (size_t)n > f->room))
		return refuse(a, s->name,
			      "chỗ dành cho chữ ký trong tệp không đủ cho dấu thời gian này; hãy ký lại",
			      "the room in the file is too small for this time-stamp; sign again");
	*made = copy_bytes(l, der, (size_t)n);
	return true;
}

static bool work_one(const struct all *a, const struct stamping *s, struct batch *back, int i)
{
	struct letter *l = letter_new(back, &a->o->settings, s->name);
	struct found f = { 0 };
	const char *why = "";
	struct answer_head head = { 0 };
	struct bytes made;
	bool is_zip = s->file.len > 4 && memcmp(s->file.at, "PK\3\4", 4) == 0;
	if (is_zip ? !find_in_zip(l, s->file, &f) : !find_in_pdf(l, s->file, &f))
		return refuse(a, s->name, "tệp chưa có chữ ký nào để đóng dấu thời gian",
			      "the file has no signature to be time-stamped");
	struct cms *c = cms_read(l, f.cms, &why);
	if (c == NULL || c->signers_n != 1)
		return refuse(a, s->name, "chữ ký cuối không đọc được", "the last signature cannot be read");
	if (cms_unsigned_attribute(c, 0, OID_SIGNATURE_STAMP).at != NULL)
		return refuse(a, s->name, "chữ ký cuối đã có dấu thời gian",
			      "the last signature has its time-stamp already");
	if (s->reply.at == NULL) {
		const ASN1_OCTET_STRING *v =
			CMS_SignerInfo_get0_signature(sk_CMS_SignerInfo_value(c->signers, 0));
		made = request(l, (struct bytes){ ASN1_STRING_get0_data(v), (size_t)ASN1_STRING_length(v) });
	} else if (!stamp_cms(a, s, l, &f, &made, head.time))
		return false;
	head.gap = f.gap;
	head.room = f.room;
	struct buffer b = { .mem = back };
	buffer_add(&b, &head, sizeof head);
	buffer_add(&b, made.at, made.len);
	batch_add_output(back, format_text(back, "stamp-%d", i),
			 (struct bytes){ (const uint8_t *)b.text, b.len });
	return true;
}

static int work(void *arg, struct batch *back)
{
	struct all *a = arg;
	for (int i = 0; i < a->n; i++)
		if (!work_one(a, &a->at[i], back, i))
			return EXIT_INPUT;
	return EXIT_DONE;
}

/* Outside --------------------------------------------------------------------------------------------------
 */

/* New bytes for the gap, and zeros after them; the gap must be one. */
static bool put_in_gap(const void *mem, struct stamping *s, const struct answer_head *h, struct bytes cms)
{
	static const char hex[] = "0123456789abcdef";
	struct bytes f = s->file;
	if (h->gap >= f.len || h->room > f.len / 2 || f.len - h->gap < 2 * h->room + 2 || cms.len > h->room ||
	    f.at[h->gap] != '<' || f.at[h->gap + 2 * h->room + 1] != '>')
		return false;
	struct bytes copy = copy_bytes(mem, f.at, f.len);
	char *at = (char *)(uintptr_t)copy.at + h->gap + 1;
	for (size_t i = 0; i < h->room; i++) {
		uint8_t byte = i < cms.len ? cms.at[i] : 0;
		at[2 * i] = hex[byte >> 4];
		at[2 * i + 1] = hex[byte & 15];
	}
	s->made = copy;
	return true;
}

int stamp_files(struct options *o, const void *mem, struct stamping *at, int n)
{
	static const struct stage *const stages_used[] = { &stage_ingest, &stage_verify, NULL };
	struct all a = { o, at, n };
	struct nursery_wish wish = { .settings = &o->settings,
				     .stages = stages_used,
				     .unsealed = o->unsealed,
				     .work = work,
				     .arg = &a,
				     .limits = { 120, 2048, 256 } };
	struct batch *back = batch_new(mem, &o->settings);
	int code = worker_call(&wish, back);
	for (int i = 0; code == EXIT_DONE && i < n; i++) {
		struct answer_head h;
		if (back->outputs.n != n || back->outputs.at[i].bytes.len <= sizeof h)
			code = EXIT_BUG;
		else {
			memcpy(&h, back->outputs.at[i].bytes.at, sizeof h);
			h.time[sizeof h.time - 1] = 0;
			memcpy(at[i].time, h.time, sizeof h.time);
			at[i].made = (struct bytes){ back->outputs.at[i].bytes.at + sizeof h,
						     back->outputs.at[i].bytes.len - sizeof h };
			if (at[i].reply.at != NULL && h.room > 0 && !put_in_gap(mem, &at[i], &h, at[i].made))
				code = EXIT_BUG;
		}
		if (code == EXIT_BUG)
			say("%s: the answer about its time-stamp is not one", at[i].name);
	}
	return code;
}
