#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigforge.sh - the levels of XAdES and CAdES with their time-stamps and counter-signatures, then what a forger would do
# with them: attributes of a CMS made by hand, elements moved about, a bit flipped in every region. See sigforge.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigforge.py "$B/sigforge"
