#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigstamp.sh - every time-stamp of XAdES over what the standards list for it, and over anything else. The cases are in
# sigstamp.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigstamp.py "$B/sigstamp"
