#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# trust.sh - whom to believe, and when: every sub-indication of EN 319 102-1 that this program can give, made with
# authorities, CRLs, OCSP answers and time-stamps of our own; the ways of Vietnam's signatures; the command `trust`.
# The cases are in trust.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
sh fixtures/pki.sh "$B/fixtures/pki" || exit 1
PYTHONDONTWRITEBYTECODE=1 CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/trust.py "$B/trust" "$B/fixtures/pki"
