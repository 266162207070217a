#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# verify.sh - PDF signatures of every kind made here (openssl signs, python writes the PDF), then mutated: what is good
# must hold, and each mutation that changes what is shown or signed must be caught. The cases are in verify.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
sh fixtures/pki.sh "$B/fixtures/pki" || exit 1
PYTHONDONTWRITEBYTECODE=1 CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/verify.py "$B/verify" "$B/fixtures/pki"
