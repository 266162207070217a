/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trust.c - the local trust data: loading it, and the evidence of one file. See trust.h; paths are path.c's.
 *
 * The local data is read once in prepare() and never changes after; forked children share its pages.
 */
#include "trust.h"
#include "certificate.h"
#include "path.h"
#include "public_key.h"
#include "text.h"
#include <dirent.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>
#include <sys/stat.h>

enum { MATERIAL_MAX = 2000, FILE_MAX_BYTES = 64 << 20 };

static struct material *local;	    /* everything that was loaded, anchors too */
static STACK_OF(X509) *anchors[2]; /* by enum purpose */
static time_t today;

static void drop_certificates(void *p)
{
	sk_X509_pop_free(p, X509_free);
}
static void drop_certificate(void *p)
{
	X509_free(p);
}
static void drop_crls(void *p)
{
	sk_X509_CRL_pop_free(p, X509_CRL_free);
}
static void drop_answer(void *p)
{
	OCSP_BASICRESP_free(p);
}
static void drop_file(void *p)
{
	fclose(p);
}
static void drop_folder(void *p)
{
	closedir(p);
}

struct material *material_new(const void *mem)
{
	struct material *m = new_zero(mem, struct material);
	m->certificates = own(m, sk_X509_new_null(), drop_certificates);
	m->crls = own(m, sk_X509_CRL_new_null(), drop_crls);
	return m;
}

void material_add_certificate(struct material *m, X509 *x)
{
	for (int i = 0; i < sk_X509_num(m->certificates); i++)
		if (X509_cmp(sk_X509_value(m->certificates, i), x) == 0)
			return;
	if (sk_X509_num(m->certificates) < MATERIAL_MAX && X509_up_ref(x))
		sk_X509_push(m->certificates, x);
}

void material_add_crl(struct material *m, X509_CRL *crl)
{
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++)
		if (X509_CRL_match(sk_X509_CRL_value(m->crls, i), crl) == 0)
			return;
	if (sk_X509_CRL_num(m->crls) < MATERIAL_MAX && X509_CRL_up_ref(crl))
		sk_X509_CRL_push(m->crls, crl);
}

void material_add_closed(struct material *m, struct bytes der)
{
	for (int i = 0; i < m->closed.n; i++)
		if (m->closed.at[i].len == der.len && memcmp(m->closed.at[i].at, der.at, der.len) == 0)
			return;
	if (m->closed.n == MATERIAL_MAX || der.len == 0)
		return;
	m->closed.at = own_grow(m, m->closed.at, m->closed.n, &m->closed.room, sizeof *m->closed.at);
	m->closed.at[m->closed.n++] = der;
}

void material_open(struct material *m)
{
	for (int i = m->opened; i < m->closed.n; i++) {
		X509 *x = material_decode(m, m->closed.at[i]);
		if (x != NULL)
			material_add_certificate(m, x);
		else if (!material_read_crl(m, m->closed.at[i]))
			material_read_ocsp(m, m->closed.at[i]);
	}
	m->opened = m->closed.n;
	ERR_clear_error();
}

X509 *material_decode(struct material *m, struct bytes der)
{
	for (int i = 0; i < m->decoded.n; i++)
		if (m->decoded.at[i].der.len == der.len &&
		    memcmp(m->decoded.at[i].der.at, der.at, der.len) == 0)
			return m->decoded.at[i].certificate;
	const unsigned char *at = der.at;
	X509 *x = der.len > 0 && der.len < LONG_MAX
			  ? own(m, d2i_X509(NULL, &at, (long)der.len), drop_certificate)
			  : NULL;
	if (x == NULL)
		return NULL;
	m->decoded.at = own_grow(m, m->decoded.at, m->decoded.n, &m->decoded.room, sizeof *m->decoded.at);
	m->decoded.at[m->decoded.n++] = (struct decoded){ der, x };
	return x;
}

bool material_read_certificate(struct material *m, struct bytes der)
{
	X509 *x = material_decode(m, copy_bytes(m, der.at, der.len));
	if (x != NULL)
		material_add_certificate(m, x);
	return x != NULL;
}

bool material_read_crl(struct material *m, struct bytes der)
{
	const unsigned char *at = der.at;
	X509_CRL *crl = der.len > 0 && der.len < LONG_MAX ? d2i_X509_CRL(NULL, &at, (long)der.len) : NULL;
	if (crl == NULL)
		return false;
	material_add_crl(m, crl);
	X509_CRL_free(crl);
	return true;
}

bool material_read_ocsp(struct material *m, struct bytes der)
{
	const unsigned char *at = der.at;
	OCSP_BASICRESP *basic = NULL;
	OCSP_RESPONSE *response =
		der.len > 0 && der.len < LONG_MAX ? d2i_OCSP_RESPONSE(NULL, &at, (long)der.len) : NULL;
	if (response != NULL) {
		basic = OCSP_response_get1_basic(response);
		OCSP_RESPONSE_free(response);
	} else if (der.len > 0 && der.len < LONG_MAX) {
		at = der.at;
		basic = d2i_OCSP_BASICRESP(NULL, &at, (long)der.len);
	}
	if (basic == NULL)
		return false;
	own(m, basic, drop_answer);
	if (m->answers.n == MATERIAL_MAX)
		return true;
	m->answers.at = own_grow(m, m->answers.at, m->answers.n, &m->answers.room, sizeof *m->answers.at);
	m->answers.at[m->answers.n++] = basic;
	for (int i = 0; i < sk_X509_num(OCSP_resp_get0_certs(basic)); i++)
		material_add_certificate(m, sk_X509_value(OCSP_resp_get0_certs(basic), i));
	return true;
}

/* Loading ---------------------------------------------------------------------------------------------- */

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);
	for (const char *at = path; (at = strstr(at, folder)) != NULL; at += len)
		if ((at == path || at[-1] == '/') && at[len] == '/')
			return true;
	return false;
}

static void add_local_certificate(X509 *x, const char *path)
{
	material_add_certificate(local, x);
	if (!certificate_is_self_signed(x))
		return;
	bool stamps_only = is_below(path, "tsa") || is_below(path, "time-stamp");
	bool signers_only = is_below(path, "signer");
	if (!stamps_only && X509_up_ref(x))
		sk_X509_push(anchors[FOR_SIGNER], x);
	if (!signers_only && X509_up_ref(x))
		sk_X509_push(anchors[FOR_TIME_STAMP], x);
}

static bool add_der(struct bytes der, const char *path)
{
	const unsigned char *at = der.at;
	X509 *x = d2i_X509(NULL, &at, (long)der.len);
	if (x != NULL) {
		add_local_certificate(x, path);
		X509_free(x);
		return true;
	}
	return material_read_crl(local, der) || material_read_ocsp(local, der) || public_key_add(der, path);
}

/* PEM blocks of any label are tried for what they are; a file without one is DER, or that in base64. */
static int add_file_bytes(struct bytes file, const char *path)
{
	int found = 0;
	BIO *bio = BIO_new_mem_buf(file.at, (int)file.len);
	char *label, *head;
	unsigned char *der;
	long len;
	while (PEM_read_bio(bio, &label, &head, &der, &len) == 1) {
		found += add_der((struct bytes){ der, (size_t)len }, path);
		OPENSSL_free(label);
		OPENSSL_free(head);
		OPENSSL_free(der);
	}
	BIO_free(bio);
	struct bytes der_bytes;
	if (found == 0 && file.len > 0)
		found = add_der(file, path);
	if (found == 0 && text_from_base64(local, (const char *)file.at, file.len, &der_bytes))
		found = add_der(der_bytes, path);
	ERR_clear_error();
	return found;
}

static int add_file(const char *path, const struct stat *st)
{
	if (st->st_size <= 0 || st->st_size > FILE_MAX_BYTES)
		return 0;
	void *mine = talloc_new(NULL);
	FILE *f = own(mine, fopen(path, "rbe"), drop_file);
	uint8_t *at = new_array(mine, uint8_t, (size_t)st->st_size);
	size_t len = f != NULL ? fread(at, 1, (size_t)st->st_size, f) : 0;
	int found = add_file_bytes((struct bytes){ at, len }, path);
	talloc_free(mine);
	return found;
}

static int add_path(const char *path, int depth)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return -1;
	if (S_ISREG(st.st_mode))
		return add_file(path, &st);
	if (!S_ISDIR(st.st_mode) || depth > 4)
		return 0;
	void *mine = talloc_new(NULL);
	DIR *folder = own(mine, opendir(path), drop_folder);
	int found = 0;
	for (struct dirent *e; folder != NULL && (e = readdir(folder)) != NULL;)
		if (e->d_name[0] != '.') {
			int n = add_path(format_text(mine, "%s/%s", path, e->d_name), depth + 1);
			found += n > 0 ? n : 0;
		}
	talloc_free(mine);
	return found;
}

/* OpenSSL sorts a CRL when it is first asked; here that is done once for all children. */
static void sort_crls(void)
{
	ASN1_INTEGER *any = ASN1_INTEGER_new();
	X509_REVOKED *entry;
	ASN1_INTEGER_set(any, 1);
	for (int i = 0; i < sk_X509_CRL_num(local->crls); i++)
		X509_CRL_get0_by_serial(sk_X509_CRL_value(local->crls, i), &entry, any);
	ASN1_INTEGER_free(any);
}

bool trust_load(const struct settings *settings, char **why)
{
	talloc_free(local);
	local = material_new(NULL);
	public_keys_forget();
	for (int p = 0; p < 2; p++) {
		sk_X509_pop_free(anchors[p], X509_free);
		anchors[p] = sk_X509_new_null();
	}
	for (int i = 0; i < settings->trust.n; i++) {
		int found = add_path(settings->trust.at[i], 0);
		if (found <= 0) {
			*why = format_text(NULL, "%s: %s", settings->trust.at[i],
					   found < 0 ? "cannot be read"
						     : "no certificate, CRL or OCSP answer in it");
			return false;
		}
	}
	today = time(NULL) > settings->at ? time(NULL) : settings->at;
	sort_crls();
	path_prepare(anchors[FOR_SIGNER], anchors[FOR_TIME_STAMP]);
	return true;
}

const struct material *trust_intermediates(void)
{
	if (local == NULL)
		local = material_new(NULL);
	return local;
}

time_t trust_today(void)
{
	return today;
}

int trust_anchors(enum purpose purpose)
{
	return anchors[purpose] != NULL ? sk_X509_num(anchors[purpose]) : 0;
}

bool trust_is_anchor(X509 *x, enum purpose purpose)
{
	for (int i = 0; i < trust_anchors(purpose); i++)
		if (X509_cmp(sk_X509_value(anchors[purpose], i), x) == 0)
			return true;
	return false;
}
