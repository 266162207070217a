#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigpack.sh - CMS files in every shape that signers write, and signed packages in every shape that packers write, whole
# and broken one rule at a time (EN 319 162-1, APPNOTE 6.3.9, ODF 1.2 part 3, ISO 29500-2). See sigpack.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigpack.py "$B/sigpack"
