#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# revisions.sh - what later revisions may do to a signed PDF and what they may not: the harmless rewriting of honest
# programs in many forms, and the ways to change what is shown that attackers found. The cases are in revisions.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
sh fixtures/pki.sh "$B/fixtures/pki" || exit 1
PYTHONDONTWRITEBYTECODE=1 CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/revisions.py "$B/revisions" "$B/fixtures/pki"
