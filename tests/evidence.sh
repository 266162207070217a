#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# evidence.sh - what proves a time, and what proves that a certificate stood: each rule of EN 319 102-1, RFC 3161, RFC 5280
# and RFC 6960 that validation leans on, with a letter that would pass, or fail, if the rule went away. Cases in evidence.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
sh fixtures/pki.sh "$B/fixtures/pki" || exit 1
PYTHONDONTWRITEBYTECODE=1 CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/evidence.py "$B/evidence"
