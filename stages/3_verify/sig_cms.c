/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_cms.c - CMS and CAdES (ETSI EN 319 122-1) signatures as files.
 *
 * A .p7m carries what it signs; a .p7s stands beside it, in the same package or the same folder, under the same
 * name without its ending (beside.h). One that stands alone has signed something, but not anything that can be
 * shown; the digest of that, where it is SHA-256, tells whoever keeps files by it which one to bring.
 */
#include "sig_cms.h"
#include "beside.h"
#include "cms_archive.h"
#include "stage.h"
#include "text.h"
#include "verify.h"
#include "xml_signature.h"
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>
#include <strings.h>

enum { MAX_COUNTER_DEPTH = 4 };

#define OID_SIGNATURE_STAMP "1.2.840.113549.1.9.16.2.14"
#define OID_REVOCATION_VALUES "1.2.840.113549.1.9.16.2.24"
#define OID_ARCHIVE_STAMP_V2 "1.2.840.113549.1.9.16.2.48"
#define OID_ARCHIVE_STAMP_V3 "0.4.0.1733.2.4"
#define OID_LONG_TERM_VALIDATION "0.4.0.1733.2.2"

static void drop_bio(void *b)
{
	BIO_free(b);
}

struct bytes sig_cms_der(const void *mem, struct bytes b)
{
	struct bytes der;
	if (b.len < 16 || b.at[0] == 0x30)
		return b;
	if (memmem(b.at, b.len < 4096 ? b.len : 4096, "-----BEGIN", 10) == NULL)
		return text_from_base64(mem, (const char *)b.at, b.len, &der) && der.len > 0 ? der : b;
	char *label = NULL, *header = NULL;
	unsigned char *made = NULL;
	long len = 0;
	BIO *bio = b.len < INT32_MAX ? own(mem, BIO_new_mem_buf(b.at, (int)b.len), drop_bio) : NULL;
	der = b;
	if (bio != NULL && PEM_read_bio(bio, &label, &header, &made, &len) == 1)
		der = copy_bytes(mem, made, (size_t)len);
	OPENSSL_free(label);
	OPENSSL_free(header);
	OPENSSL_free(made);
	ERR_clear_error();
	return der;
}

static const char *level_of(const struct cms *c, int i)
{
	if (!cms_has_ess(c, i))
		return NULL;
	if (cms_unsigned_attribute(c, i, OID_ARCHIVE_STAMP_V3).at != NULL ||
	    cms_unsigned_attribute(c, i, OID_ARCHIVE_STAMP_V2).at != NULL ||
	    cms_unsigned_attribute(c, i, OID_LONG_TERM_VALIDATION).at != NULL)
		return "B-LTA";
	if (cms_unsigned_attribute(c, i, OID_SIGNATURE_STAMP).at == NULL)
		return "B-B";
	return c->crls.n > 0 || cms_unsigned_attribute(c, i, OID_REVOCATION_VALUES).at != NULL ? "B-LT"
											       : "B-T";
}

static bool hold_all(const struct stamp *stamps, int n)
{
	for (int i = 0; i < n; i++)
		if (stamps[i].intact != YES || stamps[i].valid != YES)
			return false;
	return true;
}

/* A buffer's zeros and a line's end are nothing. */
static bool has_rest(struct bytes der, size_t len)
{
	for (size_t i = len; i < der.len; i++)
		if (der.at[i] != 0 && der.at[i] != '\r' && der.at[i] != '\n')
			return true;
	return false;
}

static void check_signer(struct letter *l, int part, const char *name, const struct cms *c, int i,
			 struct bytes der, const struct cms_data *d, struct material *m, time_t proven,
			 void (*done)(void *, struct letter *, struct signature *), void *arg)
{
	struct signature *s = letter_add_signature(l);
	struct proof proof = { 0 };
	const char *level = level_of(c, i);
	s->part = part;
	s->name = copy_text(l, name);
	s->format = copy_text(l, cms_has_ess(c, i) ? "CAdES" : "CMS");
	s->level = copy_text(l, level);
	s->coverage = COVERS_WHOLE_FILE;
	/* A signature that should be detached may carry the very bytes it stands beside; foreign ones are a
	 * fault. */
	bool inside = d->pieces_n == 1 && c->content.at != NULL && c->content.len == d->pieces[0].len &&
		      memcmp(c->content.at, d->pieces[0].at, c->content.len) == 0;
	struct cms_task task = { .content = (d->pieces_n > 0 && !inside) || d->missing ? OVER_PIECES
										       : OVER_CONTENT,
				 .pieces = d->pieces,
				 .pieces_n = d->pieces_n,
				 .absent = d->missing,
				 .countersignature = d->countersignature };
	cms_check(l, s, c, i, &task, m, &proof);
	if (d->missing) {
		if (s->sub_indication == NULL)
			s->sub_indication = copy_text(l, "SIGNED_DATA_NOT_FOUND");
		signature_message(l, s, HOLD, "SIGNED_DATA_NOT_FOUND",
				  "EN 319 102-1: the file that this signature signs is not there");
	}
	cms_check_stamps(l, s, c, i, m, &proof);
	if ((!hold_all(proof.stamps, proof.stamps_n) || !hold_all(proof.content, proof.content_n)) &&
	    s->sub_indication == NULL)
		s->sub_indication = copy_text(l, "SIG_CONSTRAINTS_FAILURE");
	if (has_rest(der, c->len))
		xml_fault(l, s, "SIG_CONSTRAINTS_FAILURE", "CMS_TRAILING",
			  "bytes that belong to nothing follow the CMS; nobody signed them");
	if (!d->missing && !d->countersignature)
		cms_archive_check(l, s, der, c, i, d->pieces_n > 0 ? d->pieces : &c->content,
				  d->pieces_n > 0 ? d->pieces_n : 1, m, &proven);
	if (done != NULL)
		done(arg, l, s);
	conclude(l, s, &proof, m, proven);
}

/* Counter-signatures ------------------------------------------------------------------------------------- */

static void add_tlv(struct buffer *b, uint8_t tag, const void *at, size_t len)
{
	uint8_t head[6] = { tag, (uint8_t)len };
	size_t n = 2;
	if (len > 127) {
		n = len > 0xFFFF ? 5 : len > 0xFF ? 4 : 3;
		head[1] = (uint8_t)(0x80 | (n - 2));
		for (size_t i = 2; i < n; i++)
			head[i] = (uint8_t)(len >> 8 * (n - 1 - i));
	}
	buffer_add(b, head, n);
	buffer_add(b, at, len);
}

/* A SignerInfo alone, as the SignedData around nothing that every check of cms.h wants. */
static struct bytes wrap_signer(const void *mem, struct bytes signer)
{
	static const uint8_t oid_signed[] = { 0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
	static const uint8_t head[] = { 2,    1,	   1,	 0x31, 0,    0x30, 11,	 0x06, 9,
					0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01 };
	struct buffer inner = { .mem = mem }, data = { .mem = mem }, tagged = { .mem = mem }, all = { .mem = mem };
	buffer_add(&inner, head, sizeof head);
	add_tlv(&inner, 0x31, signer.at, signer.len);
	add_tlv(&data, 0x30, inner.text, inner.len);
	buffer_add(&tagged, oid_signed, sizeof oid_signed);
	add_tlv(&tagged, 0xA0, data.text, data.len);
	add_tlv(&all, 0x30, tagged.text, tagged.len);
	return (struct bytes){ (const uint8_t *)all.text, all.len };
}

static void check_counter_signatures(struct letter *l, int part, const char *name, const struct cms *c, int i,
				     struct material *m, time_t proven, int depth)
{
	CMS_SignerInfo *si = sk_CMS_SignerInfo_value(c->signers, i);
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(si);
	struct bytes over = { ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value) };
	struct cms_data d = { .pieces = &over, .pieces_n = 1, .countersignature = true };
	int at = -1, n = 0;
	while ((at = CMS_unsigned_get_attr_by_NID(si, NID_pkcs9_countersignature, at)) >= 0 && n < 16) {
		X509_ATTRIBUTE *a = CMS_unsigned_get_attr(si, at);
		for (int k = 0; k < X509_ATTRIBUTE_count(a) && n < 16; k++) {
			ASN1_TYPE *t = X509_ATTRIBUTE_get0_type(a, k);
			if (t == NULL || t->type != V_ASN1_SEQUENCE)
				continue;
			struct bytes der = { ASN1_STRING_get0_data(t->value.sequence),
					     (size_t)ASN1_STRING_length(t->value.sequence) };
			const char *why;
			struct cms *inner = cms_read(l, wrap_signer(l, der), &why);
			if (inner == NULL)
				continue;
			char *inner_name = format_text(l, "%s/countersignature-%d", name, ++n);
			check_signer(l, part, inner_name, inner, 0, der, &d, m, proven, NULL, NULL);
			if (depth < MAX_COUNTER_DEPTH)
				check_counter_signatures(l, part, inner_name, inner, 0, m, proven, depth + 1);
		}
	}
}

static void tell_unreadable(struct letter *l, int part, const char *name, const char *why)
{
	struct signature *s = letter_add_signature(l);
	struct proof proof = { 0 };
	s->part = part;
	s->name = copy_text(l, name);
	s->format = copy_text(l, "CMS");
	s->coverage = COVERS_WHOLE_FILE;
	s->sub_indication = copy_text(l, "FORMAT_FAILURE");
	signature_message(l, s, REJECT, "CMS_UNREADABLE", format_text(l, "RFC 5652: %s", why));
	conclude(l, s, &proof, material_new(l), l->settings->at);
}

void sig_cms_check(struct letter *l, int part, const char *name, struct bytes der, const struct cms_data *d,
		   struct material *m, time_t proven,
		   void (*done)(void *, struct letter *, struct signature *), void *arg)
{
	const char *why = NULL;
	struct cms *c = cms_read(l, der, &why);
	if (c == NULL) {
		tell_unreadable(l, part, name != NULL ? name : "Signature1", why);
		return;
	}
	cms_collect(c, m);
	if (c->signers_n == 0)
		tell_unreadable(l, part, name != NULL ? name : "Signature1", "the SignedData has no signer");
	for (int i = 0; i < c->signers_n && i < 100; i++) {
		char *own_name = name == NULL || c->signers_n > 1
					 ? format_text(l, "%s%sSignature%d", name != NULL ? name : "",
						       name != NULL ? "#" : "", i + 1)
					 : copy_text(l, name);
		check_signer(l, part, own_name, c, i, der, d, m, proven, done, arg);
		check_counter_signatures(l, part, own_name, c, i, m, proven, 1);
	}
}

/* What a detached signature signs ------------------------------------------------------------------------- */

struct signed_file {
	char *name; /* NULL: not there */
	int part;   /* its number, if it is one; else 0 */
	struct bytes bytes;
	bool other; /* the signature carries something else */
};

/* The digest tells: these are the bytes that were signed. */
static bool holds(struct letter *l, const struct cms *c, const struct bytes *bytes)
{
	struct signature *unused = new_zero(c, struct signature);
	struct proof proof = { 0 };
	struct cms_task task = { .content = OVER_PIECES, .pieces = bytes, .pieces_n = 1 };
	cms_check(l, unused, c, 0, &task, material_new(c), &proof);
	return unused->intact == YES;
}

/* What came along with the signature under any name. */
static bool find_along(struct letter *l, int part, const struct cms *c, struct signed_file *f)
{
	for (int i = 0; i < l->parts.n && letter_find_part(l, part)->inside == 0; i++) {
		const struct part *p = &l->parts.at[i];
		if (i + 1 == part || p->inside != 0 || p->name == NULL || !holds(l, c, &p->bytes))
			continue;
		const char *slash = strrchr(p->name, '/');
		*f = (struct signed_file){ .name = copy_text(l, slash != NULL ? slash + 1 : p->name), .bytes = p->bytes };
		return true;
	}
	return false;
}

/* The SHA-256 of what is signed is its message-digest. */
static void wish_for(struct letter *l, int part, const struct cms *c, const char *name)
{
	X509_ALGOR *digest;
	const ASN1_OBJECT *oid;
	struct bytes value = cms_signed_attribute(c, 0, "1.2.840.113549.1.9.4");
	CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(c->signers, 0), NULL, NULL, &digest, NULL);
	X509_ALGOR_get0(&oid, NULL, NULL, digest);
	if (OBJ_obj2nid(oid) == NID_sha256 && value.len == 32)
		beside_wish(l, part, name, text_lower(l, text_hex(l, value.at, value.len)));
}

/* "quyet-dinh.pdf.p7s" signs "quyet-dinh.pdf" in the same place. "quyet-dinh.p7s" may sign it too, but only
 * the digest can tell; so a file found that way is taken when it holds, and never called changed when it does
 * not. */
static struct signed_file find_signed(struct letter *l, int part, const struct cms *c)
{
	static const char *const endings[] = { ".pdf", ".docx", ".xlsx", ".xml", ".doc",
					       ".xls", ".txt",  ".png",	".jpg", ".zip" };
	const char *own_name = letter_find_part(l, part)->name;
	const char *file = own_name != NULL ? strrchr(own_name, '/') : NULL;
	struct signed_file f = { 0 };
	if (c->signers_n == 0)
		return f;
	file = file != NULL ? file + 1 : own_name;
	const char *dot = file != NULL ? strrchr(file, '.') : NULL;
	char *stem = dot != NULL && dot != file ? copy_part(l, file, (size_t)(dot - file)) : NULL;
	if (stem != NULL && beside_find(l, part, stem, &f.bytes)) {
		f.name = stem;
		return f;
	}
	if (find_along(l, part, c, &f))
		return f;
	wish_for(l, part, c, stem != NULL ? stem : file != NULL ? file : "");
	if (stem == NULL || strchr(stem, '.') != NULL) /* it ends in the kind of the file signed: no doubt which it is */
		return f;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char *name = format_text(l, "%s%s", stem, endings[i]);
		struct bytes bytes;
		if (!beside_find(l, part, name, &bytes))
			wish_for(l, part, c, name);
		else if (f.name == NULL && holds(l, c, &bytes))
			f = (struct signed_file){ .name = name, .bytes = bytes };
	}
	return f;
}

/* "a.pdf.p7s" looks as if it signs "a.pdf"; one that carries content of its own signs that. */
static struct signed_file find_other(struct letter *l, int part, const struct cms *c)
{
	struct signed_file f = { 0 };
	const char *name = letter_find_part(l, part)->name;
	size_t len = name != NULL ? strlen(name) : 0;
	if (len < 5 || strcasecmp(name + len - 4, ".p7s") != 0)
		return f;
	const char *slash = strrchr(name, '/');
	char *stem = copy_part(l, slash != NULL ? slash + 1 : name,
			       len - 4 - (size_t)(slash != NULL ? slash + 1 - name : 0));
	if (!beside_find(l, part, stem, &f.bytes))
		return f;
	f.name = stem;
	f.other = f.bytes.len != c->content.len || memcmp(f.bytes.at, c->content.at, f.bytes.len) != 0;
	return f;
}

/* The part that holds these bytes, be it beside the signature or inside it. */
static int part_of(const struct letter *l, int part, struct bytes b)
{
	for (int i = 0; i < l->parts.n && b.at != NULL; i++) {
		const struct part *p = &l->parts.at[i];
		if (i + 1 != part && (p->inside == part || p->inside == letter_find_part(l, part)->inside) &&
		    p->bytes.len == b.len && memcmp(p->bytes.at, b.at, b.len) == 0)
			return i + 1;
	}
	return 0;
}

static void tell_file(void *arg, struct letter *l, struct signature *s)
{
	const struct signed_file *f = arg;
	s->over = f->part;
	if (f->other)
		xml_fault(l, s, "SIG_CONSTRAINTS_FAILURE", "CMS_OTHER_BESIDE",
			  format_text(l,
				      "the signature carries content of its own, and it is not the file "
				      "beside it: %s",
				      f->name));
	else if (f->name != NULL)
		signature_message(l, s, NOTE, "SIGNED_BESIDE",
				  format_text(l, "what is signed is the file beside it: %s", f->name));
}

static bool is_signed_data(struct bytes der)
{
	static const uint8_t oid[] = { 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
	return der.len > sizeof oid && memmem(der.at, der.len < 32 ? der.len : 32, oid, sizeof oid) != NULL;
}

void sig_cms(struct letter *l, int part)
{
	void *mem = talloc_new(l);
	const struct part *p = letter_find_part(l, part);
	struct bytes der = sig_cms_der(mem, p->bytes);
	if (!is_signed_data(der)) { /* enveloped, encrypted or compressed: not a signature */
		talloc_free(mem);
		return;
	}
	const char *why;
	struct cms *c = cms_read(mem, der, &why);
	bool detached = c != NULL && c->content.at == NULL;
	struct signed_file f = { 0 };
	if (detached)
		f = find_signed(l, part, c);
	else if (c != NULL)
		f = find_other(l, part, c);
	if (c != NULL)
		f.part = part_of(l, part, detached ? f.bytes : c->content);
	struct cms_data d = { .pieces = &f.bytes,
			      .pieces_n = detached && f.name != NULL,
			      .missing = detached && f.name == NULL };
	sig_cms_check(l, part, part > 1 ? p->name : NULL, der, &d, material_new(mem), l->settings->at, tell_file, &f);
	talloc_free(mem);
}
