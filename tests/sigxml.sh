#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigxml.sh - XML, CMS and package signatures made by other tools (xmlsec1, openssl), then mutated: what is good must
# hold, and each mutation that changes what is shown or signed must be caught. The cases are in sigxml.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigxml.py "$B/sigxml"
