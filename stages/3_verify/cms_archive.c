/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms_archive.c - archive time-stamps of CAdES: cms_archive.h.
 */
#include "cms_archive.h"
#include "conclude.h"
#include "der.h"
#include "text.h"
#include <openssl/err.h>
#include <openssl/ts.h>
#include <string.h>

#define OID_ARCHIVE_STAMP_V1 "1.2.840.113549.1.9.16.2.27"
#define OID_ARCHIVE_STAMP_V2 "1.2.840.113549.1.9.16.2.48"
#define OID_VALUE_STAMP "1.2.840.113549.1.9.16.2.14"
#define OID_CERTIFICATE_REFS "1.2.840.113549.1.9.16.2.21"
#define OID_REVOCATION_REFS "1.2.840.113549.1.9.16.2.22"
#define OID_CERTIFICATE_VALUES "1.2.840.113549.1.9.16.2.23"
#define OID_REVOCATION_VALUES "1.2.840.113549.1.9.16.2.24"
#define OID_VALUE_AND_REFS_STAMP "1.2.840.113549.1.9.16.2.25"
#define OID_REFS_STAMP "1.2.840.113549.1.9.16.2.26"
#define OID_ARCHIVE_STAMP_V3 "0.4.0.1733.2.4"
enum { MAX_INDEX = 2000, MAX_STAMPS = 16, MAX_ATTRIBUTES = 64, MAX_PIECES = 8 };

/* Where the parts of one signature stand in the file. */
struct layout {
	struct bytes type;		  /* eContentType, whole */
	struct bytes certificates, crls;  /* contents of [0] and [1] */
	struct bytes signer;		  /* from version to signature */
	struct bytes signed_attributes;	  /* content of [0] */
	struct bytes unsigned_attributes; /* content of [1] */
	struct bytes content_info;	  /* encapContentInfo, whole */
	struct bytes whole_certificates, whole_crls;
	struct bytes value; /* octets of the signature */
};

static bool find_signer(struct bytes infos, int i, struct layout *y)
{
	struct der e, part;
	for (int k = 0; k <= i; k++)
		if (!der_read(&infos, &e))
			return false;
	struct bytes run = e.content;
	y->signer.at = e.content.at;
	while (der_read(&run, &part)) {
		if (part.tag == 0xA1)
			y->unsigned_attributes = part.content;
		else {
			y->signer.len = (size_t)(part.whole.at + part.whole.len - y->signer.at);
			y->signed_attributes = part.tag == 0xA0 ? part.content : y->signed_attributes;
			y->value = part.tag == 0x04 ? part.content : y->value;
		}
	}
	return run.len == 0;
}

static bool find_layout(struct bytes der, int i, struct layout *y)
{
	struct der e;
	memset(y, 0, sizeof *y);
	if (!der_read(&der, &e) || e.tag != 0x30)
		return false;
	struct bytes run = e.content; /* contentType, [0] SignedData */
	if (!der_read(&run, &e) || !der_read(&run, &e) || e.tag != 0xA0)
		return false;
	run = e.content;
	if (!der_read(&run, &e) || e.tag != 0x30)
		return false;
	run = e.content; /* version, digestAlgorithms, encapContentInfo, ... */
	struct der type;
	if (!der_read(&run, &e) || !der_read(&run, &e) || !der_read(&run, &e))
		return false;
	struct bytes content_info = e.content;
	y->content_info = e.whole;
	if (!der_read(&content_info, &type))
		return false;
	y->type = type.whole;
	while (der_read(&run, &e)) {
		if (e.tag == 0xA0) {
			y->certificates = e.content;
			y->whole_certificates = e.whole;
		} else if (e.tag == 0xA1) {
			y->crls = e.content;
			y->whole_crls = e.whole;
		} else if (e.tag == 0x31)
			return find_signer(e.content, i, y);
	}
	return false;
}

/* The index -----------------------------------------------------------------------------------------------
 */

static bool is_among(struct bytes digest, const unsigned char *made, int n, size_t len)
{
	for (int i = 0; i < n; i++)
		if (digest.len == len && memcmp(made + (size_t)i * len, digest.at, len) == 0)
			return true;
	return false;
}

/* Digests of the elements of a run; attributes of version 3 are digested value by value, with their type. */
static int digest_all(const void *mem, struct bytes run, const EVP_MD *md, bool by_value,
		      unsigned char **made)
{
	size_t len = (size_t)EVP_MD_get_size(md);
	struct der e;
	int n = 0;
	*made = talloc_array(mem, unsigned char, (unsigned)(MAX_INDEX * len));
	while (n < MAX_INDEX && der_read(&run, &e)) {
		if (!by_value) {
			EVP_Digest(e.whole.at, e.whole.len, *made + (size_t)n++ * len, NULL, md, NULL);
			continue;
		}
		struct bytes attribute = e.content;
		struct der type, values, value;
		if (!der_read(&attribute, &type) || !der_read(&attribute, &values))
			continue;
		while (n < MAX_INDEX && der_read(&values.content, &value)) {
			EVP_MD_CTX *c = EVP_MD_CTX_new();
			EVP_DigestInit_ex(c, md, NULL);
			EVP_DigestUpdate(c, type.whole.at, type.whole.len);
			EVP_DigestUpdate(c, value.whole.at, value.whole.len);
			EVP_DigestFinal_ex(c, *made + (size_t)n++ * len, NULL);
			EVP_MD_CTX_free(c);
		}
	}
	return n;
}

static bool holds_all(const void *mem, struct bytes list, struct bytes run, const EVP_MD *md, bool by_value)
{
	unsigned char *made;
	struct der digest;
	int n = digest_all(mem, run, md, by_value, &made);
	while (der_read(&list, &digest))
		if (!is_among(digest.content, made, n, (size_t)EVP_MD_get_size(md)))
			return false;
	return list.len == 0;
}

static const EVP_MD *read_algorithm(struct bytes run)
{
	struct der e;
	char name[64];
	const unsigned char *at = run.at;
	if (!der_read(&run, &e) || e.tag != V_ASN1_OBJECT)
		return NULL;
	ASN1_OBJECT *oid = d2i_ASN1_OBJECT(NULL, &at, (long)e.whole.len);
	const EVP_MD *md =
		oid != NULL && OBJ_obj2txt(name, sizeof name, oid, 0) > 0 ? EVP_get_digestbyobj(oid) : NULL;
	ASN1_OBJECT_free(oid);
	return md;
}

/* ATSHashIndex ::= SEQUENCE { hashIndAlgorithm (absent: SHA-256), certificates, crls, unsigned attributes }
 */
static bool check_index(const void *mem, struct bytes index, const struct layout *y, bool by_value)
{
	struct der e, lists[3];
	const EVP_MD *md = EVP_sha256();
	if (!der_read(&index, &e) || e.tag != 0x30)
		return false;
	struct bytes run = e.content;
	if (run.len > 2 && der_read(&run, &e) && e.content.len > 0 && e.content.at[0] == V_ASN1_OBJECT)
		md = read_algorithm(e.content);
	else
		run = (struct bytes){ e.whole.at, (size_t)(run.at + run.len - e.whole.at) };
	for (int i = 0; i < 3; i++)
		if (!der_read(&run, &lists[i]))
			return false;
	return md != NULL && holds_all(mem, lists[0].content, y->certificates, md, false) &&
	       holds_all(mem, lists[1].content, y->crls, md, false) &&
	       holds_all(mem, lists[2].content, y->unsigned_attributes, md, by_value);
}

/* Tokens ----------------------------------------------------------------------------------------------------
 */

static struct bytes find_index(const struct cms *token, bool *by_value)
{
	static const char *const oids[] = { "0.4.0.19122.1.5", "0.4.0.19122.1.4", "0.4.0.1733.2.5" };
	struct bytes index = { 0 };
	for (size_t i = 0; i < sizeof oids / sizeof *oids && index.at == NULL; i++) {
		index = cms_unsigned_attribute(token, 0, oids[i]);
		*by_value = i == 0;
	}
	return index;
}

static const EVP_MD *imprint_algorithm(const struct cms *token)
{
	const unsigned char *at = token->content.at;
	TS_TST_INFO *info = at != NULL ? d2i_TS_TST_INFO(NULL, &at, (long)token->content.len) : NULL;
	const ASN1_OBJECT *oid = NULL;
	if (info != NULL)
		X509_ALGOR_get0(&oid, NULL, NULL, TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info)));
	const EVP_MD *md = oid != NULL ? EVP_get_digestbyobj(oid) : NULL;
	TS_TST_INFO_free(info);
	ERR_clear_error();
	return md;
}

static bool check_token(struct letter *l, struct bytes der, const struct layout *y,
			const struct bytes *content, int n, struct material *m, struct stamp *out)
{
	const char *why;
	bool by_value = false;
	struct cms *token = cms_read(l, der, &why);
	const EVP_MD *md = token != NULL && token->signers_n == 1 ? imprint_algorithm(token) : NULL;
	struct bytes index = md != NULL ? find_index(token, &by_value) : (struct bytes){ 0 };
	if (index.at == NULL || !check_index(token, index, y, by_value))
		return false;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_DigestInit_ex(c, md, NULL);
	for (int i = 0; i < n; i++)
		EVP_DigestUpdate(c, content[i].at, content[i].len);
	EVP_DigestFinal_ex(c, digest, &len);
	EVP_MD_CTX_free(c);
	struct bytes pieces[] = { y->type, { digest, len }, y->signer, index };
	return stamp_check(l, der, pieces, 4, m, out, &why) && out->intact == YES && out->valid == YES;
}

/* Of TS 101 733 ------------------------------------------------------------------------------------------- */

struct attribute {
	struct bytes whole, content, token; /* token: its first value */
	struct bytes value;		    /* the same without tag and length */
	char oid[64];
};

struct view { /* one encoding of the file */
	struct layout y;
	struct attribute *all; /* unsigned attributes, in their order */
	int all_n;
};

static int list_attributes(struct bytes run, struct attribute *all)
{
	struct der e, type, values, value;
	int n = 0;
	while (n < MAX_ATTRIBUTES && der_read(&run, &e)) {
		struct bytes inside = e.content;
		const unsigned char *at = inside.at;
		if (!der_read(&inside, &type) || !der_read(&inside, &values) ||
		    !der_read(&values.content, &value))
			continue;
		ASN1_OBJECT *oid = d2i_ASN1_OBJECT(NULL, &at, (long)type.whole.len);
		all[n] = (struct attribute){ .whole = e.whole, .content = e.content, .token = value.whole,
					     .value = value.content };
		if (oid != NULL && OBJ_obj2txt(all[n].oid, sizeof all[n].oid, oid, 1) > 0)
			n++;
		ASN1_OBJECT_free(oid);
	}
	return n;
}

static bool is_one_of(const struct attribute *a, const char *const *oids)
{
	for (; *oids != NULL; oids++)
		if (strcmp(a->oid, *oids) == 0)
			return true;
	return false;
}

static const char *const archive_oids[] = { OID_ARCHIVE_STAMP_V1, OID_ARCHIVE_STAMP_V2, OID_ARCHIVE_STAMP_V3,
					    NULL };

static time_t time_of(struct letter *l, struct bytes token, struct material *m)
{
	struct stamp stamp;
	const char *why;
	return stamp_check(l, token, NULL, 0, m, &stamp, &why) ? stamp.at : 0;
}

static bool fits(struct letter *l, struct bytes token, const struct bytes *pieces, int n, struct material *m,
		 struct stamp *out)
{
	const char *why;
	return stamp_check(l, token, pieces, n, m, out, &why) && out->intact == YES && out->valid == YES;
}

/* 6.4.1. Some wrote the unsigned attributes with the head of their set, some without. */
static bool check_v2(struct letter *l, const struct attribute *a, const struct view *v, const struct bytes *content,
		     int content_n, struct material *m, struct stamp *out)
{
	struct bytes pieces[6 + MAX_PIECES];
	const struct layout *y = &v->y;
	struct buffer kept = { .mem = l }, set = { .mem = l };
	time_t at = time_of(l, a->token, m);
	int n = 0;
	for (const struct attribute *o = v->all; o < v->all + v->all_n; o++)
		if (!is_one_of(o, archive_oids) || (o != a && time_of(l, o->token, m) < at))
			buffer_add(&kept, o->whole.at, o->whole.len);
	der_write(&set, 0xA1, kept.text != NULL ? kept.text : "", kept.len);
	pieces[n++] = y->content_info;
	for (int i = 0; i < content_n && i < MAX_PIECES; i++)
		pieces[n++] = content[i];
	pieces[n++] = y->whole_certificates;
	pieces[n++] = y->whole_crls;
	pieces[n++] = y->signer;
	pieces[n] = (struct bytes){ (const uint8_t *)set.text, set.len };
	if (fits(l, a->token, pieces, n + 1, m, out))
		return true;
	pieces[n] = (struct bytes){ (const uint8_t *)kept.text, kept.len };
	return fits(l, a->token, pieces, n + 1, m, out);
}

/* 6.3.5 and 6.3.6: the value, its time-stamps, the references; in this order, or in that of the file. */
static bool check_refs(struct letter *l, const struct attribute *a, const struct view *v, struct material *m,
		       struct stamp *out)
{
	static const char *const of_value[] = { OID_VALUE_STAMP, OID_CERTIFICATE_REFS, OID_REVOCATION_REFS,
						NULL };
	const char *const *oids = strcmp(a->oid, OID_VALUE_AND_REFS_STAMP) == 0 ? of_value : of_value + 1;
	struct bytes pieces[1 + MAX_ATTRIBUTES];
	int first = oids == of_value, n = first;
	pieces[0] = v->y.value;
	for (const char *const *o = oids; *o != NULL; o++)
		for (int i = 0; i < v->all_n; i++)
			if (strcmp(v->all[i].oid, *o) == 0)
				pieces[n++] = v->all[i].content;
	if (fits(l, a->token, pieces, n, m, out))
		return true;
	n = first;
	for (int i = 0; i < v->all_n; i++)
		if (is_one_of(&v->all[i], oids))
			pieces[n++] = v->all[i].content;
	return fits(l, a->token, pieces, n, m, out);
}

static void tell_wrong(struct letter *l, struct signature *s, const char *text)
{
	if (s->sub_indication == NULL)
		s->sub_indication = copy_text(l, "SIG_CONSTRAINTS_FAILURE");
	signature_message(l, s, REJECT, "TIMESTAMP_WRONG", text);
}

/* RFC 3126, where the values are concatenated without tag and length. How attributes are meant is not said: with their
 * type, as the later standards have it, or their first value alone. */
static bool check_v1(struct letter *l, const struct attribute *a, const struct view *v, const struct bytes *content,
		     int content_n, struct material *m, struct stamp *out)
{
	static const char *const order[] = { OID_VALUE_STAMP,	      OID_CERTIFICATE_REFS,   OID_REVOCATION_REFS,
					     OID_VALUE_AND_REFS_STAMP, OID_REFS_STAMP,	      OID_CERTIFICATE_VALUES,
					     OID_REVOCATION_VALUES,    OID_ARCHIVE_STAMP_V1, NULL };
	struct bytes pieces[MAX_PIECES + 2 + MAX_ATTRIBUTES];
	time_t at = time_of(l, a->token, m);
	for (int alone = 0; alone < 2; alone++) {
		int n = 0;
		for (int i = 0; i < content_n && i < MAX_PIECES; i++)
			pieces[n++] = content[i];
		pieces[n++] = v->y.signed_attributes;
		pieces[n++] = v->y.value;
		for (const char *const *o = order; *o != NULL; o++)
			for (int i = 0; i < v->all_n; i++)
				if (strcmp(v->all[i].oid, *o) == 0 &&
				    (strcmp(*o, OID_ARCHIVE_STAMP_V1) != 0 || time_of(l, v->all[i].token, m) < at))
					pieces[n++] = alone ? v->all[i].value : v->all[i].content;
		if (fits(l, a->token, pieces, n, m, out))
			return true;
	}
	return false;
}

static bool holds(struct letter *l, int i, const struct view *v, const struct cms *c, const struct bytes *content,
		  int content_n, struct material *m, struct stamp *out)
{
	const struct attribute *a = &v->all[i];
	bool detached = c->content.at == NULL;
	return strcmp(a->oid, OID_ARCHIVE_STAMP_V3) == 0   ? check_token(l, a->token, &v->y, content, content_n, m, out)
	       : strcmp(a->oid, OID_ARCHIVE_STAMP_V2) == 0 ? check_v2(l, a, v, content, detached ? content_n : 0, m, out)
	       : strcmp(a->oid, OID_ARCHIVE_STAMP_V1) == 0 ? check_v1(l, a, v, content, content_n, m, out)
							   : check_refs(l, a, v, m, out);
}

static const struct {
	const char *oid, *wrong;
} kinds[] = {
	{ OID_ARCHIVE_STAMP_V3, "EN 319 122-1 5.5.3: an archive time-stamp does not hold over this signature" },
	{ OID_ARCHIVE_STAMP_V2, "TS 101 733 6.4.1: an archive time-stamp does not hold over this signature" },
	{ OID_ARCHIVE_STAMP_V1, NULL }, /* the standard leaves room: one that does not fit is not proven wrong */
	{ OID_VALUE_AND_REFS_STAMP, "TS 101 733 6.3.5: a time-stamp over references does not hold" },
	{ OID_REFS_STAMP, "TS 101 733 6.3.5: a time-stamp over references does not hold" },
};

/* -------------------------------------------------------------------------------------------------------------
 */

static void use(struct letter *l, struct signature *s, struct stamp *stamps, int n, struct material *m,
		time_t *proven)
{
	for (int round = 0; round < n; round++)
		for (int i = 0; i < n; i++) /* a trusted token makes the next older one judgeable */
			if (stamps[i].tsa != NULL && stamps[i].at < *proven &&
			    conclude_stamp(l, s, &stamps[i], m, *proven).trusted == YES)
				*proven = stamps[i].at;
}

/* The file as it is, and the same with definite lengths: TS 101 733 digests elements as they were encoded, and who
 * streamed a file may have digested either. How many there are. */
static int open_views(struct letter *l, struct bytes der, int i, struct view *views)
{
	struct buffer definite = { .mem = l };
	int n = 0;
	if (!find_layout(der, i, &views[n].y))
		return 0;
	n++;
	if (der_definite(&definite, der) &&
	    (definite.len > der.len || memcmp(definite.text, der.at, definite.len) != 0) &&
	    find_layout((struct bytes){ (const uint8_t *)definite.text, definite.len }, i, &views[n].y))
		n++;
	for (int k = 0; k < n; k++) {
		views[k].all = new_array(l, struct attribute, MAX_ATTRIBUTES);
		views[k].all_n = list_attributes(views[k].y.unsigned_attributes, views[k].all);
	}
	return n;
}

static bool has_any(const struct cms *c, int i)
{
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		if (cms_unsigned_attribute(c, i, kinds[k].oid).at != NULL)
			return true;
	return false;
}

void cms_archive_check(struct letter *l, struct signature *s, struct bytes der, const struct cms *c, int i,
		       const struct bytes *content, int content_n, struct material *m, time_t *proven)
{
	struct view views[2];
	struct stamp stamps[MAX_STAMPS];
	int n = 0, views_n = has_any(c, i) ? open_views(l, der, i, views) : 0;
	bool unread = views_n == 0 && has_any(c, i);
	for (int a = 0; views_n > 0 && a < views[0].all_n && n < MAX_STAMPS; a++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			if (strcmp(views[0].all[a].oid, kinds[k].oid) != 0)
				continue;
			bool good = false;
			for (int v = 0; v < views_n && !good; v++)
				good = a < views[v].all_n && holds(l, a, &views[v], c, content, content_n, m, &stamps[n]);
			if (good)
				n++;
			else if (kinds[k].wrong == NULL)
				unread = true;
			else
				tell_wrong(l, s, kinds[k].wrong);
		}
	if (unread)
		signature_message(l, s, NOTE, "ARCHIVE_STAMP_UNREAD",
				  "an archive time-stamp of an older kind could not be checked; it counts for nothing");
	use(l, s, stamps, n, m, proven);
}
