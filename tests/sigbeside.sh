#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sigbeside.sh - signatures that are whole only with something that is not in their file: what they sign, beside them on
# disk or in a package; the signer's certificate, only named by KeyInfo and kept in the trust data. See sigbeside.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/sigbeside.py "$B/sigbeside"
