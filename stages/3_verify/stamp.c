/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stamp.c - RFC 3161 time-stamp tokens. See stamp.h.
 */
#include "stamp.h"
#include "algorithm.h"
#include "certificate.h"
#include "digest.h"
#include "text.h"
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <string.h>

static void drop_info(void *p)
{
	TS_TST_INFO_free(p);
}
static void drop_response(void *p)
{
	TS_RESP_free(p);
}
static void drop_der(void *p)
{
	OPENSSL_free(p);
}

static enum answer check_imprint(struct letter *l, TS_TST_INFO *info, const struct bytes *pieces, int n,
				 const char **digest)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const ASN1_OBJECT *oid;
	X509_ALGOR_get0(&oid, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
	const EVP_MD *md = EVP_get_digestbyobj(oid);
	if (md == NULL || EVP_MD_get_type(md) != OBJ_obj2nid(oid))
		return CANNOT_TELL;
	*digest = certificate_digest(EVP_MD_get_type(md));
	unsigned char made[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	bool ok = digest_make(l, md, pieces, n, made, &len);
	const ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
	if (!ok)
		return CANNOT_TELL;
	return ASN1_STRING_length(said) == (int)len && memcmp(ASN1_STRING_get0_data(said), made, len) == 0
		       ? YES
		       : NO;
}

/* A whole TimeStampResp holds the token inside: some write that where the token belongs. */
static struct bytes unwrap_response(const void *mem, struct bytes token)
{
	const unsigned char *at = token.at;
	TS_RESP *response = own(mem, d2i_TS_RESP(NULL, &at, (long)token.len), drop_response);
	PKCS7 *inner = response != NULL ? TS_RESP_get_token(response) : NULL;
	unsigned char *der = NULL;
	int len = inner != NULL ? i2d_PKCS7(inner, &der) : 0;
	own(mem, der, drop_der);
	return len > 0 ? (struct bytes){ der, (size_t)len } : token;
}

bool stamp_check(struct letter *l, struct bytes token, const struct bytes *pieces, int pieces_n,
		 struct material *m, struct stamp *out, const char **why)
{
	memset(out, 0, sizeof *out);
	struct cms *c = cms_read(l, token, why);
	if (c == NULL && token.len > 0 && token.len < LONG_MAX)
		c = cms_read(l, unwrap_response(l, token), why);
	if (c == NULL)
		return false;
	const unsigned char *at = c->content.at;
	TS_TST_INFO *info = at != NULL && strcmp(c->content_type, "1.2.840.113549.1.9.16.1.4") == 0
				    ? own(l, d2i_TS_TST_INFO(NULL, &at, (long)c->content.len), drop_info)
				    : NULL;
	if (info == NULL || at != c->content.at + c->content.len) {
		*why = "RFC 3161 2.4.2: the token holds no time-stamp information";
		return false;
	}
	struct signature *detail = new_zero(l, struct signature);
	struct proof proof = { 0 };
	cms_collect(c, m);
	cms_check(l, detail, c, 0, &(struct cms_task){ .content = OVER_CONTENT }, m, &proof);
	if (c->signers_n != 1) {
		detail->valid = NO;
		signature_message(l, detail, REJECT, "TSA_SIGNERS",
				  "RFC 3161 2.4.2: the token must have exactly one signer");
	}
	if (detail->valid == YES && !cms_has_ess(c, 0))
		signature_message(
			l, detail, WARN, "TSA_NO_ESS",
			"RFC 3161 2.4.2: the token does not name its certificate in a signed attribute");
	out->detail = detail;
	out->tsa = proof.signer;
	out->at = certificate_time(TS_TST_INFO_get_time(info));
	out->intact = check_imprint(l, info, pieces, pieces_n, &out->digest);
	out->digest = algorithm_weaker_digest(out->digest, detail->digest);
	out->valid = detail->intact == NO ? NO : detail->valid;
	return true;
}
