#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# real.sh [LETTERS CAS] - real signed letters, which are not ours to ship: LETTERS (or REAL in the environment) is a folder
# of PDFs of Vietnamese agencies, CAS (or REAL_CAS) one of the government authority's own certificates. Every signature
# there must be intact and valid and chain to these roots once they are imported by pin, its signer and agency named; and
# since no CRL or OCSP answer is at hand, its revocation must be unknown and said so, never good.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
LETTERS=${1:-${REAL:-}} CAS=${2:-${REAL_CAS:-}}
B=${B:-build} congvan=${CONGVAN:-${B:-build}/congvan}
if [ ! -d "$LETTERS" ] || [ ! -d "$CAS" ]; then
	echo "real: NOT RUN, nothing was tried: real letters are not ours to ship. REAL=LETTERS REAL_CAS=FOLDER make test runs it."
	echo "real: 0 passed, 0 failed, not run"
	exit 0
fi
state=$B/real
rm -rf "$state"
expect "import by pin" sh -c "\"$congvan\" trust import --state \"$state\" \"$CAS\" >/dev/null"
"$congvan" verify --format json --trust "$state/trust" "$LETTERS"/*.pdf > "$state/with" 2>/dev/null
"$congvan" verify --format json --trust "$CAS/no-such" "$LETTERS"/*.pdf > "$state/wrong" 2>/dev/null
expect "a wrong --trust is refused" test ! -s "$state/wrong"
count() { # FILE PYTHON: how many signatures fit
	python3 -c "
import json, sys
print(sum(1 for line in open(sys.argv[1]) for s in json.loads(line)['signatures'] if $2))" "$1"; }
all=$(count "$state/with" True)
expect "there are signatures" test "$all" -gt 0
for rule in "s['intact'] is True" "s['valid'] is True" "s['coverage'] != 'part'" "s['changes_after'] in ('none', 'permitted')" \
	"any(m['code'] == 'CHAIN_OK' for m in s['messages'])" "s['revocation']['status'] == 'unknown'" "s['trusted'] is None" \
	"s['indication'] == 'INDETERMINATE'" "any(m['code'] == 'REVOCATION_UNKNOWN' for m in s['messages'])" \
	"s['signer']['cn'] and s['signer']['o'] and s['signer']['serial']" \
	"s['sub_indication'] in ('TRY_LATER', 'OUT_OF_BOUNDS_NO_POE')"; do
	expect "$all signatures: $rule" test "$(count "$state/with" "$rule")" = "$all"
done
finish real
