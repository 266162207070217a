#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigwrap.sh - XML signature wrapping and its relatives, each attack beside the good document it is made of; and the ways
# a Reference or a KeyInfo may point at something. The cases are in sigwrap.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigwrap.py "$B/sigwrap"
