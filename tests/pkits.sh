#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pkits.sh [FOLDER] - certification paths and revocation by the suites of others, through `congvan trust check`: NIST
# PKITS, the fixtures of pyhanko-certvalidator (freshness, time slide, OCSP) and OpenSSL's OCSP tests. They are not ours
# to ship: FOLDER, or PKITS in the environment, names where pkits/ and certvalidator/ stand. Two cases of PKITS fail for
# what OpenSSL cannot do: a DSA key without parameters, an indirect CRL whose issuer stands on that same CRL. Both fail
# closed.
cd "$(dirname "$0")/.." || exit 1
FOLDER=${1:-${PKITS:-}}
if [ ! -f "$FOLDER/pkits/manifest.tsv" ]; then
	echo "pkits: NOT RUN, nothing was tried: these suites are not ours to ship. PKITS=FOLDER make test runs them, FOLDER"
	echo "pkits: holding pkits/ and certvalidator/; tests/trust.sh and tests/evidence.sh try paths of our own making."
	echo "pkits: 0 passed, 0 failed, not run"
	exit 0
fi
CONGVAN=${CONGVAN:-${B:-build}/congvan} exec python3 tests/pkits.py "$FOLDER"
