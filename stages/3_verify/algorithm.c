/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * algorithm.c - the dated table of algorithms. See algorithm.h.
 *
 * The dates are the most generous of the published ones for signatures already made: SHA-1 stayed agreed for
 * checking old signatures until the end of 2010 (NIST SP 800-131A: disallowed for making new ones from 2014,
 * which is what counts for offices that went on using it), RSA and DSA below 2048 bits likewise until the end
 * of 2013.
 */
#include "algorithm.h"
#include "text.h"
#include <string.h>

static const struct {
	const char *name;
	int bits;
	const char *until;
} digests[] =
	{
		{ "MD2", 0, "1996-01-01" },  { "MD5", 0, "2004-08-01" },	  { "RIPEMD160", 0, "2011-08-01" },
		{ "SHA1", 0, "2014-01-01" }, { "SHA224", 0, "2029-01-01" },	  { "SHA256", 0, NULL },
		{ "SHA384", 0, NULL },	   { "SHA512", 0, NULL },		  { "SHA512-224", 0, "2029-01-01" },
		{ "SHA512-256", 0, NULL },   { "SHA3-224", 0, "2029-01-01" }, { "SHA3-256", 0, NULL },
		{ "SHA3-384", 0, NULL },	   { "SHA3-512", 0, NULL },	  { "SHAKE256", 0, NULL },
},
  keys[] = {
	  /* of a kind the widest first */
	  { "RSA", 3000, NULL },
	  { "RSA", 1900, "2029-01-01" },
	  { "RSA", 1024, "2014-01-01" },
	  { "RSA", 0, "2006-01-01" },
	  { "RSASSA-PSS", 3000, NULL },
	  { "RSASSA-PSS", 1900, "2029-01-01" },
	  { "RSASSA-PSS", 1024, "2014-01-01" },
	  { "RSASSA-PSS", 0, "2006-01-01" },
	  { "DSA", 3072, NULL },
	  { "DSA", 2048, "2029-01-01" },
	  { "DSA", 1024, "2014-01-01" },
	  { "DSA", 0, "2006-01-01" },
	  { "ECDSA", 256, NULL },
	  { "ECDSA", 224, "2029-01-01" },
	  { "ECDSA", 160, "2014-01-01" },
	  { "ECDSA", 0, "2006-01-01" },
	  { "Ed25519", 0, NULL },
	  { "Ed448", 0, NULL },
};

static bool is_before(time_t at, const char *until)
{
	time_t end;
	return until == NULL || (time_parse(until, &end) && at < end);
}

bool algorithm_digest_is_good(const char *digest, time_t at, const char **until)
{
	*until = NULL;
	for (size_t i = 0; digest != NULL && i < sizeof digests / sizeof *digests; i++)
		if (strcmp(digests[i].name, digest) == 0)
			return is_before(at, *until = digests[i].until);
	return digest == NULL;
}

bool algorithm_key_is_good(const char *key, int bits, time_t at, const char **until)
{
	*until = NULL;
	for (size_t i = 0; key != NULL && i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].name, key) == 0 && bits >= keys[i].bits)
			return is_before(at, *until = keys[i].until);
	return key == NULL;
}

const char *algorithm_weaker_digest(const char *a, const char *b)
{
	const char *ends[2];
	bool good[2] = { algorithm_digest_is_good(a, 0, &ends[0]), algorithm_digest_is_good(b, 0, &ends[1]) };
	if (a == NULL || b == NULL || good[0] != good[1])
		return a == NULL || !good[1] ? b : a;
	return ends[1] != NULL && (ends[0] == NULL || strcmp(ends[1], ends[0]) < 0) ? b : a;
}
