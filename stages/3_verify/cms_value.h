/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms_value.h - the algorithms of one SignerInfo, and its value: whether they agree, and whether it fits.
 *
 * What OpenSSL cannot compute is told apart from what it can and finds wrong: only the latter is a fault of the
 * signature.
 */
#pragma once
#include "letter.h"
#include <openssl/cms.h>

/* The digest an algorithm identifier names; NULL: none that is known here. */
const EVP_MD *cms_digest_of(const X509_ALGOR *);

enum agreement { AGREE, DISAGREE, UNSUPPORTED };

/* Does the signature algorithm's hash agree with digestAlgorithm, and its key kind with the key? */
enum agreement cms_compare_algorithms(const X509_ALGOR *signature, const EVP_MD *, const EVP_PKEY *);

/* Does the value of the SignerInfo fit these bytes? */
enum answer cms_verify_value(const void *mem, CMS_SignerInfo *, EVP_PKEY *, const EVP_MD *, const struct bytes *pieces,
			     int n);
