/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_key.c - the key process: its life, its PIN, what its certificate must be. See sign_key.h.
 */
#include "sign_key.h"
#include "3_verify/certificate.h"
#include "3_verify/trust.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ui.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CMS_MAX = 1 << 18, CHAIN_MAX = 8 };

struct key {
	int socket;
	pid_t pid;
	size_t digest_len;
};

struct hello {
	int code;
	struct key_face face;
};
struct question {
	uint8_t digest[EVP_MAX_MD_SIZE];
};

/* Both ends ------------------------------------------------------------------------------------------------
 */

static bool get(int fd, void *to, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t n = read(fd, (char *)to + at, len - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* Not write(): an end that is gone is an answer here, no SIGPIPE. */
static bool put(int fd, const void *from, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t n = send(fd, (const char *)from + at, len - at, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* Inside ---------------------------------------------------------------------------------------------------
 */

static int read_pin(const struct signer *s, char pin[PIN_MAX])
{
	struct stat st;
	int fd = open(s->wish->pin_file, O_RDONLY | O_CLOEXEC | O_NOCTTY), error = errno;
	if (fd < 0 || fstat(fd, &st) != 0) {
		say("%s: %s", s->wish->pin_file, say_error(error));
		return error == EACCES ? EXIT_NO_PERMISSION : EXIT_NO_INPUT;
	}
	if (S_ISREG(st.st_mode) && st.st_mode & 077)
		TELL(s->wish->lang, "%s: người khác cũng đọc được tệp PIN này; hãy chmod 600",
		     "%s: others can read this PIN file; chmod 600 it", s->wish->pin_file);
	ssize_t n = read(fd, pin, PIN_MAX);
	close(fd);
	if (n < 0 || n >= PIN_MAX) {
		TELL(s->wish->lang, "%s: PIN dài quá 255 byte hoặc không đọc được",
		     "%s: the PIN is longer than 255 bytes or unreadable", s->wish->pin_file);
		return EXIT_INPUT;
	}
	pin[n] = 0;
	pin[strcspn(pin, "\r\n")] = 0;
	return EXIT_DONE;
}

int signer_pin(const struct signer *s, const char *of, char pin[PIN_MAX])
{
	if (s->wish->pin_file != NULL)
		return read_pin(s, pin);
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0) {
		TELL(s->wish->lang, "%s: cần PIN hoặc mật khẩu, mà không có màn hình để hỏi; dùng --pin-file",
		     "%s: a PIN or password is wanted and there is no terminal to ask on; use --pin-file",
		     of);
		return EXIT_USE;
	}
	close(tty);
	char prompt[400];
	snprintf(prompt, sizeof prompt,
		 s->wish->lang == LANG_VI ? "PIN hoặc mật khẩu của %.300s: " : "PIN or password of %.300s: ",
		 of);
	if (EVP_read_pw_string_min(pin, 0, PIN_MAX, prompt, 0) == 0)
		return EXIT_DONE;
	say("%s", s->wish->lang == LANG_VI ? "chưa nhập PIN; không có gì được ký"
					   : "no PIN given; nothing was signed");
	return EXIT_NO_PERMISSION;
}

static bool in_time(const struct signer *s)
{
	time_t from = certificate_time(X509_get0_notBefore(s->certificate)),
	       to = certificate_time(X509_get0_notAfter(s->certificate));
	time_t at = s->wish->settings->at;
	char *edge = time_text(NULL, at < from ? from : to);
	if (at < from)
		TELL(s->wish->lang, "chứng thư chưa có hiệu lực (từ %s); không ký",
		     "the certificate is not valid yet (from %s); nothing is signed", edge);
	if (at > to)
		TELL(s->wish->lang,
		     "chứng thư đã hết hạn (%s); không ký; đề nghị cấp hoặc gia hạn chứng thư (NĐ 68/2024)",
		     "the certificate has expired (%s); nothing is signed; ask for a new one (NĐ 68/2024)",
		     edge);
	talloc_free(edge);
	return at >= from && at <= to;
}

/* Chooses the digest too. */
static bool strong_key(struct signer *s)
{
	EVP_PKEY *public = X509_get0_pubkey(s->certificate);
	int bits = public != NULL ? EVP_PKEY_get_bits(public) : 0;
	bool rsa = public != NULL && EVP_PKEY_is_a(public, "RSA"),
	     ec = public != NULL && EVP_PKEY_is_a(public, "EC");
	s->md = ec && bits == 384 ? EVP_sha384() : ec && bits == 521 ? EVP_sha512() : EVP_sha256();
	if ((rsa && bits >= 2048) || (ec && (bits == 256 || bits == 384 || bits == 521)))
		return true;
	TELL(s->wish->lang,
	     "khóa %d bit không dùng để ký được; cần RSA từ 2048 bit hoặc ECDSA P-256, P-384, P-521",
	     "a key of %d bits cannot be used; RSA of 2048 bits or more, or ECDSA on P-256, P-384, P-521 is "
	     "wanted",
	     bits);
	return false;
}

static bool may_sign(const struct signer *s)
{
	if (X509_get_key_usage(s->certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))
		return true;
	TELL(s->wish->lang,
	     "%s của chứng thư không có digitalSignature hay nonRepudiation (RFC 5280 4.2.1.3): không dùng "
	     "để ký văn bản",
	     "%s of the certificate has neither digitalSignature nor nonRepudiation (RFC 5280 4.2.1.3): not "
	     "for signing letters",
	     "keyUsage");
	return false;
}

static X509 *find_issuer(STACK_OF(X509) *among, X509 *of)
{
	for (int i = 0; i < sk_X509_num(among); i++) {
		X509 *x = sk_X509_value(among, i);
		if (X509_check_issued(x, of) == X509_V_OK && X509_verify(of, X509_get0_pubkey(x)) == 1)
			return x;
	}
	return NULL;
}

/* What a verifier needs beside his anchor: the authorities between, without the root. */
static STACK_OF(X509) *complete_chain(const struct signer *s)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	char *why = NULL;
	X509 *x = s->certificate;
	bool known = s->wish->settings->trust.n > 0 && trust_load(s->wish->settings, &why);
	for (int i = 0; i < CHAIN_MAX; i++) {
		X509 *issuer = find_issuer(s->others, x);
		if (issuer == NULL && known)
			issuer = find_issuer(trust_intermediates()->certificates, x);
		if (issuer == NULL || issuer == x || certificate_is_self_signed(issuer))
			break;
		sk_X509_push(chain, issuer);
		x = issuer;
	}
	ERR_clear_error();
	return chain;
}

static void describe(const struct signer *s, STACK_OF(X509) *chain, struct key_face *f)
{
	void *work = talloc_new(NULL);
	struct certificate c = { 0 };
	certificate_describe(work, &c, s->certificate);
	snprintf(f->cn, sizeof f->cn, "%s", c.cn != NULL ? c.cn : "");
	snprintf(f->o, sizeof f->o, "%s", c.o != NULL ? c.o : "");
	snprintf(f->serial, sizeof f->serial, "%s", c.serial != NULL ? c.serial : "");
	snprintf(f->sha256, sizeof f->sha256, "%s", c.sha256 != NULL ? c.sha256 : "");
	snprintf(f->digest, sizeof f->digest, "%s", EVP_MD_get0_name(s->md));
	f->digest_len = (size_t)EVP_MD_get_size(s->md);
	f->room = signer_room(s, chain);
	talloc_free(work);
}

static void answer(struct signer *s, STACK_OF(X509) *chain, int fd)
{
	struct question q;
	while (get(fd, q.digest, sizeof q.digest)) {
		unsigned char *der = NULL;
		size_t len = 0;
		if (!signer_cms(s, chain, q.digest, (size_t)EVP_MD_get_size(s->md), &der, &len))
			len = 0;
		if (!put(fd, &len, sizeof len) || !put(fd, der, len))
			break;
		OPENSSL_free(der);
	}
}

_Noreturn static void key_main(int fd, pid_t parent, const struct key_wish *wish)
{
	struct signer s = { .wish = wish };
	struct hello hello = { 0 };
	STACK_OF(X509) *chain = NULL;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	/* Its own end becomes 3; nothing else of the parent's, such as a lock, lives on in here. */
	if (getppid() != parent || (fd != 3 && dup2(fd, 3) != 3) || close_range(4, ~0u, 0) != 0)
		_exit(EXIT_BUG);
	fd = 3;
	hello.code = wish->p12 != NULL ? signer_open_p12(&s) : signer_open_token(&s);
	if (hello.code == EXIT_DONE && !(in_time(&s) && strong_key(&s) && may_sign(&s)))
		hello.code = EXIT_INPUT;
	if (hello.code == EXIT_DONE) {
		chain = complete_chain(&s);
		describe(&s, chain, &hello.face);
	}
	if (put(fd, &hello, sizeof hello) && hello.code == EXIT_DONE)
		answer(&s, chain, fd);
	_exit(hello.code);
}

/* Outside --------------------------------------------------------------------------------------------------
 */

static int end_key(struct key *k)
{
	close(k->socket); /* it reads an end and goes */
	while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
		;
	return 0;
}

struct key *key_open(const void *mem, const struct key_wish *wish, struct key_face *face, int *code)
{
	int ends[2];
	struct hello hello;
	pid_t parent = getpid();
	*code = EXIT_TRY_LATER;
	fflush(NULL);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
		say("socketpair: %s", say_error(errno));
		return NULL;
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		key_main(ends[1], parent, wish);
	}
	close(ends[1]);
	if (pid < 0) {
		say("fork: %s", say_error(errno));
		close(ends[0]);
		return NULL;
	}
	struct key *k = new_zero(mem, struct key);
	*k = (struct key){ ends[0], pid, 0 };
	talloc_set_destructor(k, end_key);
	if (!get(k->socket, &hello, sizeof hello)) {
		say("%s",
		    wish->lang == LANG_VI ? "tiến trình giữ khóa đã dừng đột ngột" : "the key process died");
		*code = EXIT_BUG;
	} else
		*code = hello.code;
	if (*code != EXIT_DONE) {
		talloc_free(k);
		return NULL;
	}
	*face = hello.face;
	k->digest_len = face->digest_len;
	return k;
}

bool key_sign(struct key *k, const uint8_t *digest, struct bytes *cms, int *code)
{
	struct question q = { { 0 } };
	size_t len = 0;
	memcpy(q.digest, digest, k->digest_len);
	*code = EXIT_IO;
	if (!put(k->socket, &q, sizeof q) || !get(k->socket, &len, sizeof len) || len > CMS_MAX) {
		say("the key process died");
		return false;
	}
	if (len == 0)
		return false; /* it said why */
	uint8_t *at = own_zero(k, len, 1, "cms");
	*cms = (struct bytes){ at, len };
	if (get(k->socket, at, len))
		*code = EXIT_DONE;
	return *code == EXIT_DONE;
}
