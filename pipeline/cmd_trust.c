/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_trust.c - the offline trust data: list it, say what is stale or missing, import into the state's own
 * store.
 *
 * What --trust names, or else STATE/trust, is what verify and run believe. Import takes certificates only by
 * their SHA-256 pin (rules/ca-pins.tsv), and CRLs only when a pinned or stored certificate signed them, so a
 * wrong file dropped by mistake never becomes an anchor. Nothing is fetched: where a CRL is published is
 * said, a person brings it.
 */
#include "3_verify/certificate.h"
#include "3_verify/path.h"
#include "3_verify/trust.h"
#include "command.h"
#include "durable.h"
#include "report_text.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_trust(struct options *);

struct pin {
	char *sha256, *role;
};

struct store {
	void *mem;
	struct options *o;
	LIST(struct pin) pins;
	int troubles;
};

/* One thing of the trust data, as it is printed. */
struct item {
	const char *kind, *role, *name, *from, *until, *sha256;
	const char *state; /* good stale expired missing */
	const char *note;
};

static bool read_pins(struct store *s)
{
	char *path = format_text(s->mem, "%s/rules/ca-pins.tsv", s->o->settings.data), line[4096];
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return false;
	while (fgets(line, sizeof line, f) != NULL) {
		char *at = line, *role = strsep(&at, "\t"), *sha256 = NULL;
		for (int column = 1; at != NULL && column <= 8; column++)
			sha256 = strsep(&at, "\t");
		if (sha256 == NULL || strlen(sha256) != 64)
			continue;
		s->pins.at = own_grow(s->mem, s->pins.at, s->pins.n, &s->pins.room, sizeof *s->pins.at);
		s->pins.at[s->pins.n++] = (struct pin){text_lower(s->mem, sha256), copy_text(s->mem, role)};
	}
	fclose(f);
	return true;
}

static const char *find_role(const struct store *s, const char *sha256)
{
	for (int i = 0; i < s->pins.n; i++)
		if (text_same(s->pins.at[i].sha256, sha256))
			return s->pins.at[i].role;
	return NULL;
}

/* Listing --------------------------------------------------------------------------------------------------
 */

static void print(struct store *s, const struct item *it)
{
	if (strcmp(it->state, "good") != 0)
		s->troubles++;
	if (s->o->format == FORMAT_JSON) {
		json_t *j = json_pack("{s:s s:s? s:s? s:s? s:s? s:s? s:s s:s?}", "kind", it->kind, "role",
				      it->role, "name", it->name, "from", it->from, "until", it->until,
				      "sha256", it->sha256, "state", it->state, "note", it->note);
		json_dumpf(j, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(j);
		return;
	}
	printf("%-8s %-13s %s..%s  ", it->state, it->kind, it->from != NULL ? it->from : "-",
	       it->until != NULL ? it->until : "-");
	report_text_clean(it->name, stdout);
	if (it->note != NULL) {
		fputs("  ", stdout);
		report_text_clean(it->note, stdout);
	}
	putchar('\n');
}

static char *day(const void *mem, time_t at)
{
	return at > 0 ? date_text(mem, time_vn_day(at)) : NULL;
}

static void list_certificate(struct store *s, X509 *x)
{
	struct certificate c = {0};
	time_t from = certificate_time(X509_get0_notBefore(x)),
	       until = certificate_time(X509_get0_notAfter(x));
	bool anchor = certificate_is_self_signed(x), vi = s->o->lang == LANG_VI,
	     authority = X509_check_ca(x) > 0;
	certificate_describe(s->mem, &c, x);
	const char *role = find_role(s, c.sha256);
	struct item it = {.kind = anchor      ? "anchor"
				  : authority ? "intermediate"
					      : "certificate",
			  .role = role,
			  .name = c.subject,
			  .from = day(s->mem, from),
			  .until = day(s->mem, until),
			  .sha256 = c.sha256,
			  .state = "good"};
	if (until < s->o->settings.at || from > s->o->settings.at)
		it.state = "expired";
	it.note = role != NULL ? format_text(s->mem, vi ? "đã ghim: %s" : "pinned: %s", role)
		  : anchor ? (vi ? "chưa ghim trong rules/ca-pins.tsv" : "not pinned in rules/ca-pins.tsv")
			   : NULL;
	print(s, &it);
	if (authority && revocation_crl(x, trust_intermediates()) == NULL)
		print(s,
		      &(struct item){
			      .kind = "CRL",
			      .name = c.subject,
			      .state = "missing",
			      .note = vi ? "chưa có CRL do chứng thư này ký; trạng thái thu hồi sẽ là chưa rõ"
					 : "no CRL signed by it; revocation will stay unknown"});
}

static void list_crl(struct store *s, X509_CRL *crl)
{
	time_t from = certificate_time(X509_CRL_get0_lastUpdate(crl)),
	       until = certificate_time(X509_CRL_get0_nextUpdate(crl));
	bool stale = until <= 0 || until < s->o->settings.at;
	print(s, &(struct item){.kind = "CRL",
				.name = certificate_name(s->mem, X509_CRL_get_issuer(crl)),
				.from = day(s->mem, from),
				.until = day(s->mem, until),
				.state = stale ? "stale" : "good",
				.note = !stale			? NULL
					: s->o->lang == LANG_VI ? "đã quá hạn cập nhật, cần CRL mới"
								: "past its next update, bring a new one"});
}

static int list(struct store *s)
{
	const struct material *m = trust_intermediates();
	for (int i = 0; i < sk_X509_num(m->certificates); i++)
		list_certificate(s, sk_X509_value(m->certificates, i));
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++)
		list_crl(s, sk_X509_CRL_value(m->crls, i));
	for (int i = 0; i < m->answers.n; i++)
		print(s, &(struct item){.kind = "OCSP",
					.name = "OCSP",
					.state = "good",
					.from = day(s->mem, certificate_time(OCSP_resp_get0_produced_at(
								    m->answers.at[i])))});
	for (int i = 0; i < s->pins.n; i++) {
		bool there = false;
		for (int k = 0; k < sk_X509_num(m->certificates) && !there; k++) {
			struct certificate c = {0};
			certificate_describe(s->mem, &c, sk_X509_value(m->certificates, k));
			there = text_same(c.sha256, s->pins.at[i].sha256);
		}
		if (!there)
			print(s,
			      &(struct item){.kind = "certificate",
					     .name = s->pins.at[i].role,
					     .role = s->pins.at[i].role,
					     .sha256 = s->pins.at[i].sha256,
					     .state = "missing",
					     .note = s->o->lang == LANG_VI ? "đã ghim nhưng chưa có trong kho"
									   : "pinned, but not there"});
	}
	return s->troubles > 0 ? EXIT_PERSON : EXIT_DONE;
}

/* Import ---------------------------------------------------------------------------------------------------
 */

static bool save(struct store *s, const char *folder, const char *name, const unsigned char *der, int len)
{
	int at = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	char *draft = format_text(s->mem, ".%s.tmp", name);
	int fd =
		at >= 0 ? openat(at, draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644) : -1;
	bool ok = fd >= 0 && durable_write(fd, der, (size_t)len) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	ok = ok && (durable_rename(at, draft, at, name) || errno == EEXIST);
	if (at >= 0) {
		unlinkat(at, draft, 0);
		close(at);
	}
	if (!ok)
		say("%s/%s: %s", folder, name, strerror(errno));
	return ok;
}

static bool import_certificate(struct store *s, const char *folder, X509 *x)
{
	struct certificate c = {0};
	unsigned char *der = NULL;
	certificate_describe(s->mem, &c, x);
	const char *role = find_role(s, c.sha256);
	if (role == NULL) {
		say("not imported, no pin for SHA-256 %s", c.sha256);
		s->troubles++;
		return true;
	}
	int len = i2d_X509(x, &der);
	bool ok = len > 0 && save(s, folder, format_text(s->mem, "%s.crt", c.sha256), der, len);
	OPENSSL_free(der);
	if (ok)
		printf("%s\t%s\n", role, c.sha256);
	return ok;
}

static bool is_believed(const struct store *s, X509 *x)
{
	struct certificate c = {0};
	certificate_describe(s->mem, &c, x);
	return find_role(s, c.sha256) != NULL;
}

static bool import_crl(struct store *s, const char *folder, X509_CRL *crl)
{
	const struct material *m = trust_intermediates();
	bool known = false;
	for (int i = 0; i < sk_X509_num(m->certificates) && !known; i++) {
		X509 *x = sk_X509_value(m->certificates, i);
		known = X509_NAME_cmp(X509_get_subject_name(x), X509_CRL_get_issuer(crl)) == 0 &&
			is_believed(s, x) && X509_CRL_verify(crl, X509_get0_pubkey(x)) == 1;
	}
	if (!known) {
		say("CRL not imported: no pinned certificate signed it");
		s->troubles++;
		return true;
	}
	unsigned char *der = NULL;
	int len = i2d_X509_CRL(crl, &der);
	char *sha256 = len > 0 ? text_sha256(s->mem, (struct bytes){der, (size_t)len}) : NULL;
	bool ok = sha256 != NULL && save(s, folder, format_text(s->mem, "%s.crl", sha256), der, len);
	OPENSSL_free(der);
	if (ok)
		printf("CRL\t%s\n", sha256);
	return ok;
}

static bool import_answer(struct store *s, const char *folder, OCSP_BASICRESP *answer)
{
	unsigned char *der = NULL;
	int len = i2d_OCSP_BASICRESP(answer, &der);
	char *sha256 = len > 0 ? text_sha256(s->mem, (struct bytes){der, (size_t)len}) : NULL;
	bool ok = sha256 != NULL && save(s, folder, format_text(s->mem, "%s.ors", sha256), der, len);
	OPENSSL_free(der);
	if (ok) /* who signed it is asked whenever it is used */
		printf("OCSP\t%s\n", sha256);
	return ok;
}

static int import(struct store *s, const char *folder)
{
	const struct material *m = trust_intermediates();
	bool ok = durable_mkdirs(folder);
	if (!ok) {
		say("%s: %s", folder, strerror(errno));
		return durable_code(errno);
	}
	for (int i = 0; ok && i < sk_X509_num(m->certificates); i++)
		ok = import_certificate(s, folder, sk_X509_value(m->certificates, i));
	for (int i = 0; ok && i < sk_X509_CRL_num(m->crls); i++)
		ok = import_crl(s, folder, sk_X509_CRL_value(m->crls, i));
	for (int i = 0; ok && i < m->answers.n; i++)
		ok = import_answer(s, folder, m->answers.at[i]);
	if (!ok)
		return EXIT_CANNOT_WRITE;
	return s->troubles > 0 ? EXIT_PERSON : EXIT_DONE;
}

int cmd_trust(struct options *o)
{
	struct store s = {.mem = talloc_new(NULL), .o = o};
	char *folder = format_text(s.mem, "%s/trust", o->state), *why = NULL;
	bool importing = o->words_n > 1 && strcmp(o->words[0], "import") == 0;
	if (!importing && (o->words_n > 1 || (o->words_n == 1 && strcmp(o->words[0], "list") != 0))) {
		say("trust list, or trust import FILE...");
		return EXIT_USE;
	}
	if (!read_pins(&s)) {
		say("rules/ca-pins.tsv is missing");
		return EXIT_MISSING;
	}
	struct settings settings = o->settings;
	if (importing) {
		struct stat st;
		settings.trust = (struct texts){0};
		if (stat(folder, &st) == 0) /* what is stored may have signed what is new */
			texts_add(s.mem, &settings.trust, folder);
		for (int i = 1; i < o->words_n; i++)
			texts_add(s.mem, &settings.trust, o->words[i]);
	}
	if (!trust_load(&settings, &why)) {
		say("%s", why);
		return EXIT_NO_INPUT;
	}
	int code = importing ? import(&s, folder) : list(&s);
	talloc_free(s.mem);
	return code;
}
