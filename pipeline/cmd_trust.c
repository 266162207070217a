/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_trust.c - the offline trust data: list it, say what is stale or missing, import into the state's own
 * store, ask of one certificate what would be said of it.
 *
 * What --trust names, or else STATE/trust, is what verify and run believe. An anchor is imported only by its
 * SHA-256 pin (rules/ca-pins.tsv, or --pin when a person compared it); the certificate of an authority below
 * also when a believed one signed it; a CRL only when a believed one signed it. So a wrong file dropped by
 * mistake never becomes an anchor. An OCSP answer is kept as it is: who signed it is asked whenever it is
 * used. With --for the anchors count for signers or for time-stamps alone. Nothing is fetched: where a CRL is
 * published is said, a person brings it.
 *
 * Foreign bytes are decoded in a sealed child, which hands back what is to be kept; only this process writes.
 */
#include "3_verify/algorithm.h"
#include "3_verify/certificate.h"
#include "3_verify/revocation.h"
#include "3_verify/trust.h"
#include "command.h"
#include "durable.h"
#include "report_reason.h"
#include "report_signature.h"
#include "report_text.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
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
	struct settings settings; /* its trust: what this run looks at */
	LIST(struct pin) pins;
	int pins_asked;	     /* how many of them the table names: those are missed when not there */
	struct texts stored; /* names of the files there are */
	const char *folder;  /* STATE/trust, or a purpose's folder in it */
	struct batch *back;  /* what is to be kept */
	struct bytes *files; /* check: the certificates asked about */
	int troubles;
};

/* One thing of the trust data, as it is printed. */
struct item {
	const char *kind, *role, *purpose, *name, *from, *until, *sha256;
	const char *state; /* good stale expired missing */
	const char *note;
};

static void add_pin(struct store *s, const char *sha256, const char *role)
{
	s->pins.at = own_grow(s->mem, s->pins.at, s->pins.n, &s->pins.room, sizeof *s->pins.at);
	s->pins.at[s->pins.n++] = (struct pin){ text_lower(s->mem, sha256), copy_text(s->mem, role) };
}

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
		if (sha256 != NULL && strlen(sha256) == 64)
			add_pin(s, sha256, role);
	}
	fclose(f);
	return true;
}

/* What was imported once is believed, also where a person gave the pin; and not imported again. */
static void read_stored(struct store *s)
{
	static const char *const folders[] = { "", "/signer", "/time-stamp" };
	for (int i = 0; i < 3; i++) {
		DIR *d = opendir(format_text(s->mem, "%s/trust%s", s->o->state, folders[i]));
		for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
			if (strlen(e->d_name) != 68)
				continue;
			texts_add(s->mem, &s->stored, e->d_name);
			if (text_ends(e->d_name, ".crt"))
				add_pin(s, copy_part(s->mem, e->d_name, 64), "imported");
		}
		if (d != NULL)
			closedir(d);
	}
}

static const char *find_role(const struct store *s, X509 *x)
{
	struct certificate c = { 0 };
	certificate_describe(s->mem, &c, x);
	for (int i = 0; i < s->pins.n; i++)
		if (text_same(s->pins.at[i].sha256, c.sha256))
			return s->pins.at[i].role;
	return NULL;
}

/* Listing --------------------------------------------------------------------------------------------------
 */

static const char *in_words(const struct store *s, const char *vi, const char *en)
{
	return s->o->lang == LANG_VI ? vi : en;
}

/* A word of the list in its language, as wide as its column. */
static void print_padded(const struct store *s, const char *word, int width)
{
	static const char *const words[][2] = {
		{ "good", "tốt" },	  { "stale", "quá hạn" },		{ "expired", "hết hạn" },
		{ "missing", "thiếu" },	  { "anchor", "gốc" },		{ "intermediate", "cơ quan cấp" },
		{ "certificate", "chứng thư" } };
	for (size_t i = 0; s->o->lang == LANG_VI && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], word) == 0)
			word = words[i][1];
	fputs(word, stdout);
	for (const char *p = word; *p != 0; p++)
		width -= (*p & 0xC0) != 0x80;
	printf("%*s", width > 1 ? width : 1, "");
}

static void print(struct store *s, const struct item *it)
{
	if (strcmp(it->state, "good") != 0)
		s->troubles++;
	if (s->o->format == FORMAT_JSON) {
		json_t *j = json_pack("{s:s s:s? s:s? s:s? s:s? s:s? s:s? s:s s:s?}", "kind", it->kind,
				      "role", it->role, "purpose", it->purpose, "name", it->name, "from",
				      it->from, "until", it->until, "sha256", it->sha256, "state", it->state,
				      "note", it->note);
		json_dumpf(j, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(j);
		return;
	}
	print_padded(s, it->state, 9);
	print_padded(s, it->kind, 13);
	printf("%s..%s  ", it->from != NULL ? it->from : "-", it->until != NULL ? it->until : "-");
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

static const char *purpose_of(const struct store *s, X509 *x)
{
	bool signer = trust_is_anchor(x, FOR_SIGNER), stamp = trust_is_anchor(x, FOR_TIME_STAMP);
	return signer && stamp ? in_words(s, "người ký và dấu thời gian", "signers and time-stamps")
	       : signer	       ? in_words(s, "chỉ người ký", "signers only")
	       : stamp	       ? in_words(s, "chỉ dấu thời gian", "time-stamps only")
			       : NULL;
}

static void list_certificate(struct store *s, X509 *x)
{
	struct certificate c = { 0 };
	time_t from = certificate_time(X509_get0_notBefore(x)),
	       until = certificate_time(X509_get0_notAfter(x));
	bool anchor = certificate_is_self_signed(x), authority = X509_check_ca(x) > 0;
	certificate_describe(s->mem, &c, x);
	const char *role = find_role(s, x), *purpose = purpose_of(s, x);
	struct item it = { .kind = anchor      ? "anchor"
				   : authority ? "intermediate"
					       : "certificate",
			   .role = role,
			   .purpose = purpose,
			   .name = c.subject,
			   .from = day(s->mem, from),
			   .until = day(s->mem, until),
			   .sha256 = c.sha256,
			   .state = "good" };
	if (until < s->settings.at || from > s->settings.at)
		it.state = "expired";
	const char *pinned =
		role != NULL ? format_text(s->mem, in_words(s, "đã ghim: %s", "pinned: %s"), role)
		: anchor ? in_words(s, "chưa ghim trong rules/ca-pins.tsv", "not pinned in rules/ca-pins.tsv")
			 : NULL;
	it.note = purpose == NULL
			  ? pinned
			  : format_text(s->mem, in_words(s, "tin cho %s; %s", "for %s; %s"), purpose, pinned);
	print(s, &it);
	if (authority && revocation_crl(x, trust_intermediates()) == NULL)
		print(s,
		      &(struct item){
			      .kind = "CRL",
			      .name = c.subject,
			      .state = "missing",
			      .note = in_words(
				      s, "chưa có CRL do chứng thư này ký; trạng thái thu hồi sẽ là chưa rõ",
				      "no CRL signed by it; revocation will stay unknown") });
}

static const char *stale_note(const struct store *s)
{
	return in_words(s, "đã quá hạn cập nhật, cần bản mới", "past its next update, bring a new one");
}

static void list_crl(struct store *s, X509_CRL *crl)
{
	time_t from = certificate_time(X509_CRL_get0_lastUpdate(crl)),
	       until = certificate_time(X509_CRL_get0_nextUpdate(crl));
	bool ahead = from > trust_today() + 300, known = false; /* as revocation.c has it */
	bool stale = until <= 0 || until < s->settings.at || ahead;
	const struct material *m = trust_intermediates();
	for (int i = 0; i < sk_X509_num(m->certificates) && !known; i++)
		known = X509_CRL_verify(crl, X509_get0_pubkey(sk_X509_value(m->certificates, i))) == 1;
	ERR_clear_error();
	print(s,
	      &(struct item){
		      .kind = "CRL",
		      .name = certificate_name(s->mem, X509_CRL_get_issuer(crl)),
		      .from = day(s->mem, from),
		      .until = day(s->mem, until),
		      .state = stale || !known ? "stale" : "good",
		      .note = !known  ? in_words(s,
						 "không chứng thư nào trong kho ký CRL này; không dùng được",
						 "no certificate here signed it; it is of no use")
			      : ahead ? in_words(s, "đề ngày muộn hơn hôm nay; không dùng được",
						 "dated later than today; it is of no use")
			      : stale ? stale_note(s)
				      : NULL });
}

static void list_answer(struct store *s, OCSP_BASICRESP *answer)
{
	const ASN1_OCTET_STRING *key = NULL;
	const X509_NAME *name = NULL;
	time_t until = 0;
	OCSP_resp_get0_id(answer, &key, &name);
	for (int i = 0; i < OCSP_resp_count(answer); i++) {
		ASN1_GENERALIZEDTIME *next = NULL;
		OCSP_single_get0_status(OCSP_resp_get0(answer, i), NULL, NULL, NULL, &next);
		time_t end = certificate_time(next);
		until = end > 0 && (until == 0 || end < until) ? end : until;
	}
	bool stale = until <= 0 || until < s->settings.at;
	print(s, &(struct item){ .kind = "OCSP",
				 .name = name != NULL ? certificate_name(s->mem, name)
						      : in_words(s, "máy trả lời nêu theo khóa",
								  "a responder named by its key"),
				 .from = day(s->mem, certificate_time(OCSP_resp_get0_produced_at(answer))),
				 .until = day(s->mem, until),
				 .state = stale ? "stale" : "good",
				 .note = stale ? in_words(s, "chỉ còn là bằng chứng cho thời điểm trước đó",
							   "evidence for times before that only")
					       : NULL });
}

static int list(struct store *s)
{
	const struct material *m = trust_intermediates();
	for (int i = 0; i < sk_X509_num(m->certificates); i++)
		list_certificate(s, sk_X509_value(m->certificates, i));
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++)
		list_crl(s, sk_X509_CRL_value(m->crls, i));
	for (int i = 0; i < m->answers.n; i++)
		list_answer(s, m->answers.at[i]);
	for (int i = 0; i < s->pins_asked; i++) {
		bool there = false;
		for (int k = 0; k < sk_X509_num(m->certificates) && !there; k++) {
			struct certificate c = { 0 };
			certificate_describe(s->mem, &c, sk_X509_value(m->certificates, k));
			there = text_same(c.sha256, s->pins.at[i].sha256);
		}
		if (!there)
			print(s, &(struct item){ .kind = "certificate",
						 .name = s->pins.at[i].role,
						 .role = s->pins.at[i].role,
						 .sha256 = s->pins.at[i].sha256,
						 .state = "missing",
						 .note = in_words(s, "đã ghim nhưng chưa có trong kho",
								   "pinned, but not there") });
	}
	return s->troubles > 0 ? EXIT_PERSON : EXIT_DONE;
}

/* Import ---------------------------------------------------------------------------------------------------
 */

/* To be kept as SHA256.suffix; takes the encoding. */
static void keep(struct store *s, const char *what, const char *suffix, const char *subject,
		 unsigned char *der, int len)
{
	struct bytes b = { der, len > 0 ? (size_t)len : 0 };
	char *sha256 = text_sha256(s->mem, b), *name = format_text(s->mem, "%s.%s", sha256, suffix);
	bool there = b.len == 0;
	for (int i = 0; i < s->stored.n; i++)
		there = there || text_same(s->stored.at[i], name);
	if (!there) {
		batch_add_output(s->back, name, b);
		printf("%s\t%s\t", what, sha256);
		report_text_clean(subject, stdout);
		putchar('\n');
	}
	OPENSSL_free(der);
}

static bool is_believed(const struct store *s, X509 *x)
{
	const struct material *m = trust_intermediates();
	if (find_role(s, x) != NULL)
		return true;
	for (int i = 0; i < sk_X509_num(m->certificates);
	     i++) { /* an authority below a pinned one, one step */
		X509 *issuer = sk_X509_value(m->certificates, i);
		if (X509_check_ca(x) > 0 && X509_check_issued(issuer, x) == X509_V_OK &&
		    find_role(s, issuer) != NULL && X509_verify(x, X509_get0_pubkey(issuer)) == 1)
			return true;
	}
	return false;
}

/* Answers carry the certificate of who gave them; it stays in there. */
static bool comes_with_an_answer(X509 *x)
{
	const struct material *m = trust_intermediates();
	for (int i = 0; i < m->answers.n; i++) {
		const STACK_OF(X509) *within = OCSP_resp_get0_certs(m->answers.at[i]);
		for (int k = 0; k < sk_X509_num(within); k++)
			if (X509_cmp(sk_X509_value(within, k), x) == 0)
				return true;
	}
	return false;
}

static void import_certificate(struct store *s, X509 *x)
{
	unsigned char *der = NULL;
	const char *role = find_role(s, x);
	if (role == NULL && comes_with_an_answer(x))
		return;
	if (role == NULL && !is_believed(s, x)) {
		struct certificate c = { 0 };
		certificate_describe(s->mem, &c, x);
		say("not imported: %s, SHA-256 %s: no pin is for it; compare this print with what the authority "
		    "publishes, then give it with --pin",
		    c.subject, c.sha256);
		s->troubles++;
		return;
	}
	int len = i2d_X509(x, &der);
	keep(s, role != NULL ? role : "intermediate", "crt", certificate_name(s->mem, X509_get_subject_name(x)), der,
	     len);
}

static void import_crl(struct store *s, X509_CRL *crl)
{
	const struct material *m = trust_intermediates();
	bool known = false;
	for (int i = 0; i < sk_X509_num(m->certificates) && !known; i++) {
		X509 *x = sk_X509_value(m->certificates, i);
		known = X509_NAME_cmp(X509_get_subject_name(x), X509_CRL_get_issuer(crl)) == 0 &&
			is_believed(s, x) && X509_CRL_verify(crl, X509_get0_pubkey(x)) == 1;
	}
	const char *issuer = certificate_name(s->mem, X509_CRL_get_issuer(crl));
	if (!known) {
		say("CRL not imported: %s: no certificate that is believed here signed it; import that first",
		    issuer);
		s->troubles++;
		return;
	}
	time_t until = certificate_time(X509_CRL_get0_nextUpdate(crl));
	if (until > 0 && until < s->settings.at)
		say("CRL of %s: it was to be replaced on %s and serves for times before that only; bring a newer one",
		    issuer, day(s->mem, until));
	unsigned char *der = NULL;
	int len = i2d_X509_CRL(crl, &der);
	keep(s, "CRL", "crl", issuer, der, len);
}

static int import(struct store *s)
{
	const struct material *m = trust_intermediates();
	for (int i = 0; i < sk_X509_num(m->certificates); i++)
		import_certificate(s, sk_X509_value(m->certificates, i));
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++)
		import_crl(s, sk_X509_CRL_value(m->crls, i));
	for (int i = 0; i < m->answers.n; i++) {
		unsigned char *der = NULL;
		int len = i2d_OCSP_BASICRESP(m->answers.at[i], &der);
		keep(s, "OCSP", "ors", "", der, len);
	}
	if (s->troubles == 0 && s->back->outputs.n == 0)
		say("nothing new: all of it was there already");
	return s->troubles > 0 ? EXIT_PERSON : EXIT_DONE;
}

static bool save(const char *folder, const struct output *out)
{
	void *mine = talloc_new(NULL);
	int at = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	char *draft = format_text(mine, ".%s.tmp", out->path);
	int fd =
		at >= 0 ? openat(at, draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644) : -1;
	bool ok = fd >= 0 && durable_write(fd, out->bytes.at, out->bytes.len) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	ok = ok && (durable_rename(at, draft, at, out->path) || errno == EEXIST);
	if (!ok)
		say("%s/%s: %s", folder, out->path, say_error(errno));
	if (at >= 0) {
		unlinkat(at, draft, 0);
		close(at);
	}
	talloc_free(mine);
	return ok;
}

/* Check ----------------------------------------------------------------------------------------------------
 */

static X509 *read_certificate(struct bytes b)
{
	BIO *bio = BIO_new_mem_buf(b.at, (int)b.len);
	X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	const unsigned char *at = b.at;
	BIO_free(bio);
	if (x == NULL)
		x = d2i_X509(NULL, &at, (long)b.len);
	ERR_clear_error();
	return x;
}

static void print_check(struct store *s, const char *file, struct letter *l, const struct signature *made,
			const struct trust *t)
{
	static const char *const codes[] = { "cannot tell", "NOT trusted", "trusted" };
	static const char *const vi[] = { "chưa kết luận được", "KHÔNG tin được", "tin được" };
	if (s->o->format == FORMAT_JSON) {
		json_t *messages = json_array();
		for (int i = 0; i < made->messages.n; i++)
			json_array_append_new(messages,
					      json_pack("{s:s s:s}", "code", made->messages.at[i].code,
							"text", made->messages.at[i].text));
		json_t *j =
			json_pack("{s:s s:s? s:s? s:o s:s? s:{s:s s:s? s:s?} s:o}", "file", file, "subject",
				  made->signer.subject, "serial", made->signer.serial, "trusted",
				  t->trusted == YES  ? json_true()
				  : t->trusted == NO ? json_false()
						     : json_null(),
				  "sub_indication", t->sub_indication, "revocation", "status", t->status,
				  "source", t->source, "produced_at", t->produced_at, "messages", messages);
		json_dumpf(j, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(j);
		return;
	}
	report_text_clean(file, stdout);
	printf(": %s%s%s\n  ", s->o->lang == LANG_VI ? vi[t->trusted] : codes[t->trusted],
	       t->sub_indication != NULL ? ", " : "", report_reason(made, s->o->lang));
	report_text_clean(made->signer.subject, stdout);
	putchar('\n');
	for (int i = 0; i < made->messages.n; i++) {
		fputs("    ", stdout);
		report_text_clean(report_signature_message(l, &made->messages.at[i], s->o->lang), stdout);
		printf(" (%s)\n", made->messages.at[i].code);
	}
}

/* Of a letter the signature's own algorithms are judged apart; here the certificate is all there is. */
static void judge_key(struct letter *l, struct signature *made, X509 *x, time_t at, struct trust *t)
{
	int bits = 0;
	const char *until = NULL, *key = certificate_key(x, &bits);
	if (algorithm_key_is_good(key, bits, at, &until))
		return;
	signature_message(l, made, WARN, "WEAK_KEY",
			  until != NULL ? format_text(l, "not strong enough since %s: %s %d", until, key, bits)
					: format_text(l, "not known to be strong enough: %s %d", key, bits));
	if (t->trusted != YES)
		return;
	t->trusted = CANNOT_TELL;
	t->sub_indication = until != NULL ? "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" : "CRYPTO_CONSTRAINTS_FAILURE";
}

static int check(struct store *s)
{
	bool input = true;
	for (int i = 1; i < s->o->words_n; i++) {
		X509 *x = read_certificate(s->files[i]);
		if (x == NULL) {
			say("%s: no certificate", s->o->words[i]);
			input = false;
			continue;
		}
		struct letter *l = letter_new(NULL, &s->settings, s->o->words[i]);
		struct signature made = { 0 };
		certificate_describe(l, &made.signer, x);
		bool stamps = s->o->purpose != NULL && strcmp(s->o->purpose, "time-stamp") == 0;
		struct trust t = trust_check(l, &made, x, material_new(l),
					     stamps ? FOR_TIME_STAMP : FOR_SIGNER, s->settings.at);
		judge_key(l, &made, x, s->settings.at, &t);
		if (X509_check_ca(x) > 0)
			signature_message(l, &made, NOTE, "OF_AUTHORITY",
					  "this is an authority's certificate: it signs certificates, not letters");
		made.sub_indication = copy_text(l, t.sub_indication);
		s->troubles += t.trusted != YES;
		print_check(s, s->o->words[i], l, &made, &t);
		talloc_free(l);
		X509_free(x);
	}
	return !input ? EXIT_INPUT : s->troubles > 0 ? EXIT_PERSON : EXIT_DONE;
}

/* The command ----------------------------------------------------------------------------------------------
 */

static const struct {
	const char *name;
	int words; /* at least */
	int (*run)(struct store *);
} verbs[] = { { "list", 1, list }, { "import", 2, import }, { "check", 2, check } };

struct call {
	struct store *s;
	int verb;
};

/* Sealed: reads the trust data and answers. */
static int work(void *arg, struct batch *back)
{
	struct call *c = arg;
	char *why = NULL;
	c->s->back = back;
	if (!trust_load(&c->s->settings, &why)) {
		say("%s", why);
		return EXIT_NO_INPUT;
	}
	return verbs[c->verb].run(c->s);
}

static bool load(struct store *s, const char *path, struct bytes *out)
{
	struct stat st;
	FILE *f = fopen(path, "re");
	if (f != NULL && fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= 1 << 20) {
		uint8_t *at = new_array(s->mem, uint8_t, (size_t)st.st_size + 1);
		*out = (struct bytes){ at, fread(at, 1, (size_t)st.st_size, f) };
	}
	if (f != NULL)
		fclose(f);
	if (out->at == NULL)
		say("%s: cannot be read as a certificate", path);
	return out->at != NULL;
}

static int place(const struct store *s)
{
	if (s->back->outputs.n > 0 && !durable_mkdirs(s->folder)) {
		say("%s: %s", s->folder, say_error(errno));
		return durable_code(errno);
	}
	for (int i = 0; i < s->back->outputs.n; i++)
		if (!save(s->folder, &s->back->outputs.at[i]))
			return EXIT_CANNOT_WRITE;
	return EXIT_DONE;
}

/* What this run looks at: --trust; for an import what is stored, since it may have signed what is new, and
 * the files. */
static const char *const *choose_paths(struct store *s, bool importing)
{
	struct stat st;
	char *stored = format_text(s->mem, "%s/trust", s->o->state);
	if (importing) {
		s->settings.trust = (struct texts){ 0 };
		if (stat(stored, &st) == 0)
			texts_add(s->mem, &s->settings.trust, stored);
		for (int i = 1; i < s->o->words_n; i++)
			texts_add(s->mem, &s->settings.trust, s->o->words[i]);
	}
	const char **paths = new_array(s->mem, const char *, (size_t)s->settings.trust.n + 1);
	for (int i = 0; i < s->settings.trust.n; i++)
		paths[i] = s->settings.trust.at[i];
	return paths;
}

int cmd_trust(struct options *o)
{
	struct store s = { .mem = talloc_new(NULL), .o = o, .settings = o->settings };
	struct call c = { &s, 0 };
	int last = (int)(sizeof verbs / sizeof *verbs);
	while (o->words_n > 0 && c.verb < last && strcmp(o->words[0], verbs[c.verb].name) != 0)
		c.verb++;
	if (c.verb == last || (o->words_n > 0 && o->words_n < verbs[c.verb].words) ||
	    (c.verb == 0 && o->words_n > 1)) {
		say("trust list, trust import FILE..., or trust check FILE...");
		return EXIT_USE;
	}
	if (!read_pins(&s)) {
		say("rules/ca-pins.tsv is missing");
		return EXIT_MISSING;
	}
	s.pins_asked = s.pins.n;
	read_stored(&s);
	for (int i = 0; i < o->pins.n; i++)
		add_pin(&s, o->pins.at[i], "pinned by --pin");
	s.folder = format_text(s.mem, o->purpose != NULL ? "%s/trust/%s" : "%s/trust", o->state, o->purpose);
	bool importing = verbs[c.verb].run == import, checking = verbs[c.verb].run == check;
	s.files = new_array(s.mem, struct bytes, (size_t)o->words_n + 1);
	for (int i = 1; checking && i < o->words_n; i++)
		if (!load(&s, o->words[i], &s.files[i]))
			return EXIT_NO_INPUT;
	static const struct stage *const no_stages[] = { NULL };
	struct nursery_wish wish = { .settings = &s.settings,
				     .stages = no_stages,
				     .unsealed = o->unsealed,
				     .work = work,
				     .arg = &c,
				     .readable = choose_paths(&s, importing),
				     .limits = { 60, 1024, 256 } };
	s.back = batch_new(s.mem, &s.settings);
	int code = worker_call(&wish, s.back);
	if (importing && (code == EXIT_DONE || code == EXIT_PERSON)) {
		int placed = place(&s);
		code = placed != EXIT_DONE ? placed : code;
	}
	talloc_free(s.mem);
	return code;
}
