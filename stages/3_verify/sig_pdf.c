/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_pdf.c - signatures in PDF (ISO 32000-1 12.8, ETSI EN 319 142-1).
 *
 * Where the signed bytes are is decided on the raw file: the gap of /ByteRange must be exactly the string of
 * the /Contents that stands in the signature dictionary at that place. A dictionary that a later revision put
 * in the place of the signed one therefore cannot borrow its bytes. Signatures are found through the fields
 * of the last sound view and, beside that, by looking for /ByteRange in the raw bytes: what a later revision
 * hides is listed too.
 *
 * What later revisions changed is revisions.c's; this file says what holds and what is covered.
 */
#include "certificate.h"
#include "conclude.h"
#include "der.h"
#include "pdf_form.h"
#include "revisions.h"
#include "text.h"
#include "verify.h"
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SIGNATURES = 1000, MAX_OLDER = 300, LOOK_MAX = 256 << 20 };

struct found {
	const struct pdf_value *dictionary; /* the signature's, as it stands in the file */
	const struct pdf_field *field;	    /* of the last sound view, or NULL */
	const struct pdf_value *contents;
	struct bytes pieces[2];
	bool ranged;	  /* /ByteRange can be used to compute something */
	size_t end;	  /* after the last covered byte */
	struct pdf *view; /* the revision that was signed, while it is looked at; NULL: not sound */
	bool store;	  /* that revision holds revocation data */
	struct cms *cms;
	struct proof proof;
	bool stamp; /* document time-stamp */
};

struct search {
	struct letter *l;
	int part;
	struct pdf_file *file;
	struct pdf *last;	     /* what a reader shows; NULL when the file is not sound */
	struct pdf *any;	     /* last, or an empty view for parsing at a byte */
	const struct pdf_form *form; /* NULL when there is no last view */
	struct material *material;
	LIST(struct found) found;
	size_t looked; /* bytes looked through for objects around a /ByteRange: hostile files want it all */
	int opened;    /* older views opened for the same */
	long visits;   /* pairs compared between revisions, of all signatures */
};

static void wrong(struct letter *l, struct signature *s, const char *code, const char *text)
{
	if (s->sub_indication == NULL || strcmp(s->sub_indication, "FORMAT_FAILURE") != 0)
		s->sub_indication = copy_text(l, "FORMAT_FAILURE");
	signature_message(l, s, REJECT, code, text);
}

/* Finding -------------------------------------------------------------------------------------------------
 */

static void add_found(struct search *f, const struct pdf_value *d, const struct pdf_field *field)
{
	for (int i = 0; i < f->found.n; i++)
		if (f->found.at[i].dictionary == d)
			return;
	if (f->found.n == MAX_SIGNATURES)
		return;
	f->found.at = own_grow(f->file, f->found.at, f->found.n, &f->found.room, sizeof *f->found.at);
	f->found.at[f->found.n++] = (struct found){ .dictionary = d, .field = field };
}

/* The object a byte belongs to: the nearest "N G obj" before it whose text reaches over it. */
static const struct pdf_value *find_object_around(struct search *f, size_t at)
{
	struct bytes b = f->file->bytes;
	size_t floor = at > 1 << 20 ? at - (1 << 20) : 0;
	if (f->looked > LOOK_MAX)
		return NULL;
	for (size_t i = at; i-- > floor + 4;) {
		f->looked++;
		if (b.at[i] != 'o' || memcmp(b.at + i, "obj", 3) != 0 || b.at[i - 1] == 'd')
			continue;
		size_t k = i;
		for (int number = 0; number < 2; number++) {
			while (k > floor && pdf_is_space(b.at[k - 1]))
				k--;
			size_t digits = k;
			while (k > floor && b.at[k - 1] >= '0' && b.at[k - 1] <= '9')
				k--;
			if (digits == k)
				return NULL;
		}
		const struct pdf_value *v = pdf_parse_at(f->any, k);
		return v != NULL && v->end > at && (v->type == PDF_DICTIONARY) ? v : NULL;
	}
	return NULL;
}

/* A signature dictionary may stand inside another object: the innermost dictionary that has the key at that
 * byte. */
static const struct pdf_value *find_dictionary_at(const struct pdf_value *v, size_t at, int depth)
{
	if (at < v->at || at >= v->end || depth > 64)
		return NULL;
	bool dictionary = v->type == PDF_DICTIONARY;
	int n = dictionary ? 2 * v->items.n : v->type == PDF_ARRAY ? v->items.n : 0;
	for (int i = 0; i < n; i++) {
		const struct pdf_value *item = &v->items.at[i];
		if (dictionary && i % 2 == 0 && item->at == at && pdf_is_name(item, "ByteRange"))
			return v;
		const struct pdf_value *inner = find_dictionary_at(item, at, depth + 1);
		if (inner != NULL)
			return inner;
	}
	return NULL;
}

/* What the cross-reference of the last view knows as an object of its own; embedded files inside streams are
 * not. */
static bool stands_in_a_section(struct search *f, const struct pdf_value *v)
{
	struct pdf *view = f->last;
	if (view == NULL)
		return true;
	if (v->num < view->entries_n && view->entries[v->num].kind == 1 &&
	    (view->entries[v->num].at == v->at || view->entries[v->num].at + f->file->shift == v->at))
		return true;
	const char *why;
	for (size_t i = 0; i + 5 < f->file->bytes.len && f->opened < MAX_OLDER; f->opened++) {
		const uint8_t *mark = memmem(f->file->bytes.at + i, f->file->bytes.len - i, "%%EOF", 5);
		if (mark == NULL)
			return false;
		i = (size_t)(mark - f->file->bytes.at) + 5;
		struct pdf *older = i > v->end ? pdf_open(f->file, i, &why) : NULL;
		if (older != NULL && v->num < older->entries_n && older->entries[v->num].kind == 1 &&
		    (older->entries[v->num].at == v->at ||
		     older->entries[v->num].at + f->file->shift == v->at))
			return true;
	}
	return false;
}

/* 12.8.2.3: what a reader program may do; no signature of the document. */
static bool is_usage_right(struct search *f, const struct pdf_value *d)
{
	const struct pdf_value *all = pdf_find(f->any, d, "Reference");
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++) {
		const struct pdf_value *method =
			pdf_find(f->any, pdf_resolve(f->any, &all->items.at[i]), "TransformMethod");
		if (pdf_is_name(method, "UR3") || pdf_is_name(method, "UR"))
			return true;
	}
	return false;
}

static void find_in_bytes(struct search *f)
{
	struct bytes b = f->file->bytes;
	for (size_t at = 0; at + 10 < b.len;) {
		const uint8_t *hit = memmem(b.at + at, b.len - at, "/ByteRange", 10);
		if (hit == NULL)
			return;
		at = (size_t)(hit - b.at);
		const struct pdf_value *object = find_object_around(f, at);
		const struct pdf_value *d = object != NULL ? find_dictionary_at(object, at, 0) : NULL;
		if (d != NULL && pdf_raw(d, "Filter") != NULL && !is_usage_right(f, d) &&
		    stands_in_a_section(f, object))
			add_found(f, d, NULL);
		at += 10;
	}
}

/* A signature field whose value stands somewhere, but cannot be read: not unsigned, its signature is
 * destroyed. */
static bool is_destroyed(struct search *f, const struct pdf_field *field)
{
	const struct pdf_value *v = pdf_raw(field->field, "V");
	return field->value->type == PDF_NULL && v != NULL && v->type == PDF_REFERENCE &&
	       v->ref.num < f->last->entries_n && f->last->entries[v->ref.num].kind == 1;
}

static void find_all(struct search *f)
{
	for (int i = 0; f->form != NULL && i < f->form->n; i++) {
		const struct pdf_field *field = &f->form->at[i];
		struct pdf_value *nothing;
		if (!field->is_signature)
			continue;
		if (field->value->type == PDF_DICTIONARY)
			add_found(f, field->value, field);
		else if (is_destroyed(f, field)) {
			nothing = new_zero(f->file, struct pdf_value);
			nothing->type = PDF_DICTIONARY;
			add_found(f, nothing, field);
		}
	}
	find_in_bytes(f);
	if (f->looked > LOOK_MAX || f->opened >= MAX_OLDER || f->found.n == MAX_SIGNATURES)
		letter_finding(f->l, "3_verify/too-many-signatures", HOLD, NULL,
			       "Tệp PDF chứa quá nhiều dấu hiệu chữ ký; chỉ một phần được kiểm tra. Đề nghị "
			       "người có trách nhiệm xem.",
			       "The PDF holds too many traces of signatures; only some were checked. A "
			       "person must look.");
}

/* Bytes ---------------------------------------------------------------------------------------------------
 */

static bool is_blank(struct bytes b, size_t from)
{
	for (size_t i = from; i < b.len; i++)
		if (!pdf_is_space(b.at[i]))
			return false;
	return true;
}

/* Reads /ByteRange into pieces. What is wrong with it is said; true: it can at least be hashed. */
static bool read_range(struct search *f, struct signature *s, struct found *g)
{
	const struct pdf_value *range = pdf_raw(g->dictionary, "ByteRange");
	struct bytes b = f->file->bytes;
	int64_t n[4];
	s->coverage = COVERS_PART;
	if (range == NULL || range->type != PDF_ARRAY || range->items.n != 4) {
		wrong(f->l, s, "BYTERANGE_MISSING",
		      "ISO 32000-1 12.8.1: /ByteRange is not an array of four numbers");
		return false;
	}
	for (int i = 0; i < 4; i++) {
		n[i] = range->items.at[i].type == PDF_INTEGER ? range->items.at[i].integer : -1;
		if (n[i] < 0 || (uint64_t)n[i] > b.len) {
			wrong(f->l, s, "BYTERANGE_BEYOND",
			      "ISO 32000-1 12.8.1: /ByteRange points outside the file");
			return false;
		}
	}
	if (n[0] + n[1] > n[2] || (uint64_t)(n[2] + n[3]) > b.len || n[1] == 0 || n[3] == 0) {
		wrong(f->l, s, "BYTERANGE_ORDER",
		      "ISO 32000-1 12.8.1: the parts of /ByteRange overlap or leave the file");
		return false;
	}
	g->pieces[0] = (struct bytes){ b.at + n[0], (size_t)n[1] };
	g->pieces[1] = (struct bytes){ b.at + n[2], (size_t)n[3] };
	g->end = (size_t)(n[2] + n[3]);
	size_t gap = (size_t)(n[0] + n[1]), after = (size_t)n[2];
	const struct pdf_value *c = g->contents;
	bool exact =
		c != NULL && ((gap == c->at && after == c->end) || (gap == c->at + 1 && after == c->end - 1));
	if (n[0] != 0)
		wrong(f->l, s, "BYTERANGE_START",
		      "ISO 32000-1 12.8.1: the signed bytes do not begin with the file");
	else if (!exact)
		wrong(f->l, s, "BYTERANGE_GAP",
		      "ISO 32000-1 12.8.1: the gap of /ByteRange is not exactly the signature value");
	else
		s->coverage = COVERS_WHOLE_REVISION;
	return true;
}

static bool shows(struct pdf *view, const struct pdf_value *dictionary, int num)
{
	return view != NULL && (pdf_object(view, num) == dictionary || num == 0);
}

/* Does what is covered end where a revision ends, and does that revision show this signature? */
static void check_coverage(struct search *f, struct signature *s, struct found *g)
{
	const char *why = "";
	struct bytes b = f->file->bytes;
	if (g->ranged && s->coverage == COVERS_WHOLE_REVISION)
		g->view = g->end == b.len && f->last != NULL ? f->last : pdf_open(f->file, g->end, &why);
	if (s->coverage == COVERS_PART)
		return;
	if (is_blank(b, g->end)) {
		s->coverage = COVERS_WHOLE_FILE;
		return;
	}
	if (g->view == NULL) {
		s->coverage = COVERS_PART;
		wrong(f->l, s, "REVISION_UNSOUND",
		      format_text(f->l, "the signed bytes do not end where a revision of the file ends: %s",
				  why));
	} else if (!shows(g->view, g->dictionary, g->dictionary->num)) {
		s->coverage = COVERS_PART;
		wrong(f->l, s, "REVISION_WITHOUT",
		      "the revision that was signed does not hold this signature");
	}
}

/* Cross-references up to a view's end are its revisions; a linearized file begins with two for one (annex F).
 */
static int count_revisions(const struct search *f, const struct pdf *view)
{
	struct bytes b = f->file->bytes;
	bool linearized = memmem(b.at, b.len < 1024 ? b.len : 1024, "/Linearized", 11) != NULL;
	return view == NULL ? 0 : view->sections_n - (linearized && view->sections_n > 1);
}

/* Where the appearance stands ------------------------------------------------------------------------------
 */

static void set_appearance(struct search *f, struct signature *s, const struct pdf_field *field)
{
	const struct pdf_value *rect =
		field != NULL && field->widget != NULL ? pdf_find(f->last, field->widget, "Rect") : &pdf_null;
	double n[4];
	if (rect->type != PDF_ARRAY || rect->items.n != 4)
		return;
	for (int i = 0; i < 4; i++) {
		const struct pdf_value *v = pdf_resolve(f->last, &rect->items.at[i]);
		n[i] = v->type == PDF_REAL ? v->real : (double)pdf_integer(v, 0);
	}
	double w = n[2] > n[0] ? n[2] - n[0] : n[0] - n[2], h = n[3] > n[1] ? n[3] - n[1] : n[1] - n[3];
	if (w < 1 || h < 1 || field->page == 0)
		return;
	double left = n[0] < n[2] ? n[0] : n[2], top = n[1] > n[3] ? n[1] : n[3];
	s->page = field->page;
	s->box = (struct box){ left, field->page_height - top, left + w, field->page_height - top + h };
}

/* One signature --------------------------------------------------------------------------------------------
 */

/* 7.6.1: /Contents is never encrypted, whatever the file is. */
static struct bytes contents_bytes(struct search *f, const struct pdf_value *c)
{
	return f->file->crypt == NULL ? c->text : pdf_plain_string(f->file, c->at);
}

static void check_padding(struct search *f, struct signature *s, struct bytes blob, size_t len)
{
	for (size_t i = len; i < blob.len; i++)
		if (blob.at[i] != 0) {
			signature_message(f->l, s, WARN, "CONTENTS_TAIL",
					  "ISO 32000-1 12.8.3.3.1: /Contents holds more than the "
					  "signature and zero padding");
			return;
		}
}

static void check_stamp(struct search *f, struct signature *s, struct found *g, struct bytes blob)
{
	struct stamp stamp;
	const char *why = "";
	if (!stamp_check(f->l, blob, g->pieces, 2, f->material, &stamp, &why)) {
		wrong(f->l, s, "STAMP_BROKEN",
		      format_text(f->l, "the document time-stamp cannot be read: %s", why));
		return;
	}
	const struct signature *d = stamp.detail;
	s->intact = d->intact == NO ? NO : stamp.intact;
	s->valid = stamp.valid;
	s->digest = copy_text(f->l, stamp.digest);
	s->algorithm = d->algorithm;
	s->key_bits = d->key_bits;
	s->signer = d->signer;
	s->timestamp_time = time_text(f->l, stamp.at);
	s->messages.n = 0;
	for (int i = 0; i < d->messages.n; i++)
		signature_message(f->l, s, d->messages.at[i].severity, d->messages.at[i].code,
				  d->messages.at[i].text);
	if (s->sub_indication == NULL)
		s->sub_indication = d->sub_indication;
	if (stamp.intact == NO)
		signature_message(f->l, s, REJECT, "DIGEST_WRONG",
				  "RFC 3161 2.4.2: the time-stamp is over other bytes");
	g->proof.signer = stamp.tsa;
}

static void check_cms(struct search *f, struct signature *s, struct found *g, struct bytes blob,
		      const char *sub_filter)
{
	const char *why = "";
	g->cms = cms_read(f->l, blob, &why);
	if (g->cms == NULL) {
		wrong(f->l, s, "CMS_UNREADABLE", format_text(f->l, "RFC 5652: %s", why));
		return;
	}
	check_padding(f, s, blob, g->cms->len);
	if (g->cms->signers_n != 1) {
		wrong(f->l, s, "CMS_SIGNERS", "ISO 32000-1 12.8.3.3.1: the CMS must have exactly one signer");
		s->valid = NO;
	}
	struct cms_task task = { .content =
					 strcmp(sub_filter, "adbe.pkcs7.sha1") == 0 ? OVER_SHA1 : OVER_PIECES,
				 .pieces = g->pieces,
				 .pieces_n = 2 };
	enum answer before = s->valid;
	cms_collect(g->cms, f->material);
	cms_check(f->l, s, g->cms, 0, &task, f->material, &g->proof);
	cms_check_stamps(f->l, s, g->cms, 0, f->material, &g->proof);
	if (before == NO)
		s->valid = NO;
	if (g->cms->signers_n >= 1 && cms_has_ess(g->cms, 0))
		s->format = copy_text(f->l, "PAdES");
}

/* adbe.x509.rsa_sha1 (12.8.3.2): PKCS #1 over the SHA-1 of the ranges, in an OCTET STRING; the signer's
 * certificate stands beside it in /Cert. No attributes, so the value alone says whether the bytes are those
 * signed. */
static void check_raw_rsa(struct search *f, struct signature *s, struct found *g, struct bytes blob)
{
	const struct pdf_value *cert = pdf_find(f->any, g->dictionary, "Cert");
	struct der value;
	if (cert->type == PDF_ARRAY && cert->items.n > 0)
		cert = pdf_resolve(f->any, &cert->items.at[0]);
	g->proof.signer = cert->type == PDF_STRING ? material_decode(f->material, cert->text) : NULL;
	if (g->proof.signer == NULL || !der_read_tag(&blob, 0x04, &value)) {
		wrong(f->l, s, "RAW_RSA",
		      "ISO 32000-1 12.8.3.2: /Cert or the signature value cannot be decoded");
		return;
	}
	certificate_describe(f->l, &s->signer, g->proof.signer);
	s->signer.role = copy_text(f->l, "signer");
	s->digest = copy_text(f->l, "SHA1");
	s->algorithm = copy_text(f->l, certificate_key(g->proof.signer, &s->key_bits));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = EVP_DigestVerifyInit(ctx, NULL, EVP_sha1(), NULL, X509_get0_pubkey(g->proof.signer)) == 1;
	for (int i = 0; ok && i < 2; i++)
		ok = EVP_DigestVerifyUpdate(ctx, g->pieces[i].at, g->pieces[i].len) == 1;
	ok = ok && EVP_DigestVerifyFinal(ctx, value.content.at, value.content.len) == 1;
	EVP_MD_CTX_free(ctx);
	s->intact = s->valid = ok ? YES : NO;
	if (!ok)
		signature_message(f->l, s, REJECT, "VALUE_WRONG",
				  "ISO 32000-1 12.8.3.2: the signature value does not fit the signed bytes "
				  "and the signer's key");
}

static const char *sub_filter_of(struct search *f, const struct pdf_value *d)
{
	const struct pdf_value *v = pdf_raw(d, "SubFilter");
	if (v != NULL && v->type == PDF_REFERENCE)
		v = pdf_resolve(f->any, v);
	return v != NULL && v->type == PDF_NAME ? pdf_text(f->l, v) : "";
}

/* "D:20250620081102+07'00'": claimed, as every time a signer writes. */
static char *read_date(const void *mem, const struct pdf_value *v)
{
	char *text = pdf_text(mem, v);
	int year, month, day, hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0;
	char sign = 'Z';
	if (text == NULL ||
	    sscanf(text, "D:%4d%2d%2d%2d%2d%2d%c%2d'%2d", &year, &month, &day, &hour, &minute, &second, &sign,
		   &zone_hour, &zone_minute) < 3 ||
	    !date_is_real(year, month, day))
		return NULL;
	struct tm tm = { .tm_year = year - 1900,
			 .tm_mon = month - 1,
			 .tm_mday = day,
			 .tm_hour = hour,
			 .tm_min = minute,
			 .tm_sec = second };
	time_t at = timegm(&tm), zone = zone_hour * 3600 + zone_minute * 60;
	return time_text(mem, sign == '+' ? at - zone : sign == '-' ? at + zone : at);
}

static void check_one(struct search *f, struct signature *s, struct found *g)
{
	static const char *const known[] = {
		"adbe.pkcs7.detached", "ETSI.CAdES.detached", "adbe.pkcs7.sha1",   "adbe.x509.rsa_sha1",
		"ETSI.RFC3161",	       "PBAD.PAdES",	      "PBAD.DocTimeStamp", NULL };
	struct letter *l = f->l;
	const struct pdf_value *d = g->dictionary;
	const char *sub_filter = sub_filter_of(f, d);
	int k = 0;
	while (known[k] != NULL && strcmp(known[k], sub_filter) != 0)
		k++;
	g->contents = pdf_raw(d, "Contents");
	g->stamp = strcmp(sub_filter, "ETSI.RFC3161") == 0 || strcmp(sub_filter, "PBAD.DocTimeStamp") == 0;
	s->part = f->part;
	s->name = copy_text(l, g->field != NULL ? g->field->name : "");
	s->format = copy_text(l, g->stamp ? "DocTimeStamp" : "PKCS7");
	s->changes_after = CHANGES_UNKNOWN;
	set_appearance(f, s, g->field);
	s->claimed_time = read_date(l, pdf_raw(d, "M"));
	char *claimed = s->claimed_time;
	if (g->contents != NULL && g->contents->type == PDF_REFERENCE)
		g->contents = NULL; /* its bytes would stand elsewhere */
	if (d->items.n == 0) {
		wrong(l, s, "DICTIONARY_BROKEN",
		      "ISO 32000-1 12.8.1: the signature dictionary cannot be read");
		s->coverage = COVERS_PART;
		return;
	}
	if (d->in_stream || pdf_count_key(d, "Contents") > 1 || pdf_count_key(d, "ByteRange") > 1) {
		wrong(l, s, "DICTIONARY",
		      "ISO 32000-1 12.8.1: the signature dictionary stands in an object stream or says "
		      "something twice");
		s->coverage = COVERS_PART;
		return;
	}
	g->ranged = read_range(f, s, g);
	check_coverage(f, s, g);
	s->covered = (int64_t)g->end;
	s->revision = count_revisions(f, g->view);
	s->revisions = count_revisions(f, f->last);
	if (g->contents == NULL || g->contents->type != PDF_STRING || g->contents->text.len == 0) {
		wrong(l, s, "CONTENTS_MISSING", "ISO 32000-1 12.8.1: /Contents holds no signature value");
		return;
	}
	if (known[k] == NULL) {
		signature_message(
			l, s, WARN, "SUBFILTER_UNKNOWN",
			format_text(l, "the signature is of a kind not known here: %s", sub_filter));
		s->sub_indication =
			s->sub_indication != NULL ? s->sub_indication : copy_text(l, "FORMAT_FAILURE");
	} else if (g->ranged && g->stamp)
		check_stamp(f, s, g, contents_bytes(f, g->contents));
	else if (g->ranged && strcmp(sub_filter, "adbe.x509.rsa_sha1") == 0)
		check_raw_rsa(f, s, g, contents_bytes(f, g->contents));
	else if (g->ranged)
		check_cms(f, s, g, contents_bytes(f, g->contents), sub_filter);
	if (s->claimed_time == NULL)
		s->claimed_time = claimed;
}

/* The whole file -------------------------------------------------------------------------------------------
 */

static void add_streams(struct search *f, const struct pdf_value *array)
{
	for (int i = 0; array->type == PDF_ARRAY && i < array->items.n && i < 2000; i++)
		material_add_closed(f->material,
				    pdf_decode(f->last, pdf_resolve(f->last, &array->items.at[i])));
}

/* Does this revision hold revocation data in its security store? */
static bool has_store(struct pdf *view)
{
	if (view == NULL)
		return false;
	const struct pdf_value *dss = pdf_find(view, pdf_find(view, view->trailer, "Root"), "DSS");
	return dss->type == PDF_DICTIONARY && (pdf_raw(dss, "CRLs") != NULL || pdf_raw(dss, "OCSPs") != NULL);
}

/* EN 319 142-1 5.4.2: the document security store; what the VRI dictionaries point to is in there too.
 * Without an anchor nothing of it can count. */
static bool read_dss(struct search *f)
{
	if (f->last == NULL)
		return false;
	const struct pdf_value *dss = pdf_find(f->last, pdf_find(f->last, f->last->trailer, "Root"), "DSS");
	add_streams(f, pdf_find(f->last, dss, "Certs"));
	if (trust_anchors(FOR_SIGNER) + trust_anchors(FOR_TIME_STAMP) > 0) {
		add_streams(f, pdf_find(f->last, dss, "CRLs"));
		add_streams(f, pdf_find(f->last, dss, "OCSPs"));
	}
	return has_store(f->last);
}

static int by_end(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->dictionary->at < y->dictionary->at ? -1 : 1;
}

/* EN 319 142-1 6: the level a signature of this file reaches, by what is there. */
static const char *level_of(const struct search *f, int i, bool store)
{
	const struct found *g = &f->found.at[i];
	const struct signature *s = &f->l->signatures.at[f->l->signatures.n - f->found.n + i];
	if (g->stamp || s->format == NULL || strcmp(s->format, "PAdES") != 0 ||
	    !pdf_is_name(pdf_raw(g->dictionary, "SubFilter"), "ETSI.CAdES.detached"))
		return NULL;
	bool stamped = g->proof.stamps_n > 0, archived = false;
	for (int k = i + 1; k < f->found.n; k++) {
		stamped = stamped || f->found.at[k].stamp;
		archived = archived || (f->found.at[k].stamp && f->found.at[k].store);
	}
	return stamped && archived ? "B-LTA" : stamped && store ? "B-LT" : stamped ? "B-T" : "B-B";
}

/* From the last to the first: a document time-stamp that is trusted proves that all before it in the file was
 * there then, the evidence of the security store too. */
static void conclude_all(struct search *f, bool store)
{
	struct letter *l = f->l;
	time_t proven = l->settings->at, covered = 0;
	int first = l->signatures.n - f->found.n;
	for (int i = f->found.n; i-- > 0;) {
		struct signature *s = &l->signatures.at[first + i];
		struct found *g = &f->found.at[i];
		s->level = copy_text(l, level_of(f, i, store));
		g->proof.covered = covered;
		f->material->held = proven;
		time_t at = conclude(l, s, &g->proof, f->material, proven);
		if (!g->stamp)
			continue;
		if (s->indication == TOTAL_PASSED)
			time_parse(s->timestamp_time != NULL ? s->timestamp_time : "", &covered);
		proven = at;
	}
}

/* What followed it. Views of a large file are large, so that of a signature does not outlive this. */
static void check_changes(struct search *f, struct signature *s, struct found *g)
{
	revisions_compare(f->l, s, g->view, s->coverage == COVERS_WHOLE_FILE ? g->view : f->last, &f->visits);
	g->store = has_store(g->view);
	if (g->view != f->last)
		talloc_free(g->view);
	g->view = NULL;
}

/* Where its signed bytes end, as far as it says so. */
static int64_t claimed_end(const struct found *g)
{
	const struct pdf_value *range = pdf_raw(g->dictionary, "ByteRange");
	if (range == NULL || range->type != PDF_ARRAY || range->items.n != 4)
		return 0;
	return pdf_integer(&range->items.at[2], 0) / 2 + pdf_integer(&range->items.at[3], 0) / 2;
}

static int by_claimed_end(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int64_t p = claimed_end(x), q = claimed_end(y);
	if (p == q)
		return (x->dictionary->at > y->dictionary->at) - (x->dictionary->at < y->dictionary->at);
	return (p > q) - (p < q);
}

/* The signatures are checked once to know where their bytes end, put in that order, and only then added. They are
 * looked at in the order they claim, since a digest goes on where that of a shorter beginning ended (digest.h). */
static void check_all(struct search *f)
{
	struct letter *l = f->l;
	qsort(f->found.at, (size_t)f->found.n, sizeof *f->found.at, by_claimed_end);
	struct signature *made = new_array(f->file, struct signature, (size_t)f->found.n + 1);
	struct {
		struct found g;
		struct signature s;
	} *all = (void *)new_array(f->file, char, sizeof *all *(size_t)(f->found.n + 1));
	for (int i = 0; i < f->found.n; i++) {
		check_one(f, &made[i], &f->found.at[i]);
		check_changes(f, &made[i], &f->found.at[i]);
		all[i].g = f->found.at[i];
		all[i].s = made[i];
	}
	qsort(all, (size_t)f->found.n, sizeof *all, by_end);
	for (int i = 0; i < f->found.n; i++) {
		f->found.at[i] = all[i].g;
		struct signature *s = letter_add_signature(l);
		*s = all[i].s;
		if (s->name[0] == 0)
			s->name = format_text(l, "signature %d", i + 1);
	}
}

/* Not "unsigned": of bytes with no object in them, or with traces of a signature in ruins, nobody can say
 * what they bore. An earlier stage may have said so. */
static void tell_unreadable(const struct search *f, struct bytes b)
{
	bool traces =
		memmem(b.at, b.len, "/ByteRange", 10) != NULL && memmem(b.at, b.len, "/Contents", 9) != NULL;
	if (letter_find_part(f->l, f->part)->inside != 0 ||
	    (memmem(b.at, b.len, " obj", 4) != NULL && !traces))
		return;
	for (int i = 0; i < f->l->findings.n; i++)
		if (text_ends(f->l->findings.at[i].rule, "/unreadable"))
			return;
	letter_finding(f->l, "3_verify/unreadable", HOLD, NULL,
		       "Tệp PDF hỏng, không mở được; đề nghị nơi gửi gửi lại.",
		       "The PDF is damaged beyond reading; ask the sender to send it again.");
}

void sig_pdf(struct letter *l, int part)
{
	struct bytes b = letter_find_part(l, part)->bytes;
	const char *why = "";
	struct search f = { .l = l, .part = part, .file = pdf_file_new(l, b) };
	f.last = pdf_open(f.file, b.len, &why);
	f.any = f.last;
	if (f.any == NULL) {
		f.any = new_zero(f.file, struct pdf);
		f.any->file = f.file;
		f.any->end = b.len;
		f.any->trailer = &pdf_null;
	} else
		f.form = pdf_form_read(f.last);
	f.material = material_new(l);
	find_all(&f);
	if (f.found.n == 0) {
		if (f.last == NULL)
			tell_unreadable(&f, b);
		return;
	}
	bool store = read_dss(&f);
	check_all(&f);
	conclude_all(&f, store);
}
