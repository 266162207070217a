/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attached.c - certificates as facts. See attached.h.
 */
#include "attached.h"
#include "certificate.h"
#include "cms.h"
#include "text.h"
#include <openssl/pem.h>
#include <string.h>

enum { MAX_CERTIFICATES = 1000 };

static void add(struct letter *l, int part, const char *role, const struct certificate *c)
{
	for (int i = 0; i < l->certificates.n; i++)
		if (l->certificates.at[i].part == part && text_same(l->certificates.at[i].sha256, c->sha256))
			return;
	if (l->certificates.n >= MAX_CERTIFICATES)
		return;
	struct certificate *fact = letter_add_certificate(l);
	*fact = *c;
	fact->part = part;
	fact->role = copy_text(l, role);
}

static bool add_der(struct letter *l, int part, const unsigned char *der, long len)
{
	X509 *x = d2i_X509(NULL, &der, len);
	struct certificate c = { 0 };
	if (x == NULL)
		return false;
	certificate_describe(l, &c, x);
	add(l, part, "attached", &c);
	X509_free(x);
	return true;
}

/* A .p7b: a SignedData with nothing but certificates. */
static bool add_bundle(struct letter *l, int part, struct bytes der)
{
	const char *why;
	struct cms *c = cms_read(l, der, &why);
	for (int i = 0; c != NULL && i < c->certificates.n; i++)
		add_der(l, part, c->certificates.at[i].at, (long)c->certificates.at[i].len);
	return c != NULL && c->certificates.n > 0;
}

void attached_read(struct letter *l, int part)
{
	struct bytes b = letter_find_part(l, part)->bytes;
	char *label, *head;
	unsigned char *der;
	long len;
	bool found = false;
	if (b.len == 0 || b.len > INT32_MAX)
		return;
	BIO *bio = BIO_new_mem_buf(b.at, (int)b.len);
	while (PEM_read_bio(bio, &label, &head, &der, &len) == 1) {
		bool certificate = strstr(label, "CERTIFICATE") != NULL && strstr(label, "CHAIN") == NULL;
		found = (certificate ? add_der(l, part, der, len)
				     : add_bundle(l, part, (struct bytes){ der, (size_t)len })) ||
			found;
		OPENSSL_free(label);
		OPENSSL_free(head);
		OPENSSL_free(der);
	}
	BIO_free(bio);
	if (!found && !add_der(l, part, b.at, (long)b.len) && !add_bundle(l, part, b))
		letter_finding(l, "3_verify/certificate-damaged", WARN, NULL,
			       "Không đọc được chứng thư trong tệp kèm theo.",
			       "The attached certificate cannot be decoded.");
}

void attached_add_signers(struct letter *l)
{
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		if (s->signer.sha256 != NULL)
			add(l, s->part, text_same(s->format, "DocTimeStamp") ? "tsa" : "signer", &s->signer);
	}
}
