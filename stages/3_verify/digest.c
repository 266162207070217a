/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * digest.c - see digest.h.
 */
#include "digest.h"
#include <openssl/objects.h>
#include <string.h>

enum { KEPT = 4, WORTH_KEEPING = 4096 };       /* states of a letter; bytes */

struct state { const uint8_t *from; size_t len; EVP_MD_CTX *ctx; };

static struct {
	const struct letter *of;               /* NULL: nothing is kept */
	struct state at[KEPT];
	int n, oldest;
} kept;

static void forget(void *with)
{
	(void)with;
	for (int i = 0; i < kept.n; i++)
		EVP_MD_CTX_free(kept.at[i].ctx);
	memset(&kept, 0, sizeof kept);
}

static bool begins_part(const struct letter *l, const uint8_t *at)
{
	for (int i = 0; i < l->parts.n; i++)
		if (l->parts.at[i].bytes.at == at)
			return true;
	return false;
}

/* A kept state of that digest over a beginning of the piece; a new one if there is none. */
static struct state *state_for(struct letter *l, const EVP_MD *md, struct bytes piece)
{
	if (kept.of != l && (kept.of != NULL || own(l, &kept, forget) == NULL))
		return NULL;
	kept.of = l;
	for (int i = 0; i < kept.n; i++)
		if (kept.at[i].from == piece.at && kept.at[i].len <= piece.len
		    && EVP_MD_get_type(EVP_MD_CTX_get0_md(kept.at[i].ctx)) == EVP_MD_get_type(md))
			return &kept.at[i];
	struct state *s = &kept.at[kept.n < KEPT ? kept.n : kept.oldest++ % KEPT];
	EVP_MD_CTX *ctx = s->ctx != NULL ? s->ctx : EVP_MD_CTX_new();
	*s = (struct state){ NULL, 0, ctx };
	if (ctx == NULL || EVP_DigestInit_ex(ctx, md, NULL) != 1)
		return NULL;
	kept.n += kept.n < KEPT;
	s->from = piece.at;
	return s;
}

/* Moves the kept state to the end of the piece and copies it. */
static bool begin(EVP_MD_CTX *ctx, struct letter *l, const EVP_MD *md, struct bytes piece)
{
	bool keep = l != NULL && piece.len >= WORTH_KEEPING && begins_part(l, piece.at);
	struct state *s = keep ? state_for(l, md, piece) : NULL;
	if (s == NULL)
		return EVP_DigestInit_ex(ctx, md, NULL) == 1 && EVP_DigestUpdate(ctx, piece.at, piece.len) == 1;
	bool ok = EVP_DigestUpdate(s->ctx, piece.at + s->len, piece.len - s->len) == 1;
	s->len = piece.len;
	if (!ok) {
		s->from = NULL;
		return false;
	}
	return EVP_MD_CTX_copy_ex(ctx, s->ctx) == 1;
}

bool digest_make(struct letter *l, const EVP_MD *md, const struct bytes *pieces, int n, unsigned char *out, unsigned *len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx != NULL && begin(ctx, l, md, n > 0 ? pieces[0] : (struct bytes){ NULL, 0 });
	for (int i = 1; ok && i < n; i++)
		ok = EVP_DigestUpdate(ctx, pieces[i].at, pieces[i].len) == 1;
	bool shake = EVP_MD_get_type(md) == NID_shake256 || EVP_MD_get_type(md) == NID_shake128;
	if (ok && shake) {
		*len = EVP_MD_get_type(md) == NID_shake256 ? 64 : 32;      /* RFC 8702 3.1 */
		ok = EVP_DigestFinalXOF(ctx, out, *len) == 1;
	} else if (ok)
		ok = EVP_DigestFinal_ex(ctx, out, len) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}
