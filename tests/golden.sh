#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# golden.sh [--scans] [NAME...] - what the program says of the fixtures beside what a clerk says of them, stage by stage.
#
# NAME.expect holds lines "stage<TAB>field<TAB>value..." (see fixtures/README.md). The answer of
# `congvan check --format json` becomes the same lines (golden.sql); only what is expected is compared, so an answer
# may say more. In an expected value ? stands for anything, a|b for either, a * at the end for any rest,
# (absent) for a field that must not be there. Lists (recipients, copies, signers) are compared whole and in order.
# Of what is read by OCR 5 characters of 100 may differ, in numbers, symbols and dates none.
#
# --scans puts the five seeds through printer and scanner too, clean and badly, and asks for 97 and 85 values of 100.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
made=$B/fixtures
out=$B/golden
scans=
[ "${1:-}" = --scans ] && { scans=yes; shift; }
wanted=$*
${MAKE:-make} -s fixtures || exit 1
mkdir -p "$out"
sh fixtures/edxml.sh fixtures/letters/hd-snv.letter $made/letters/hd-snv.pdf $made/letters/hd-snv.edxml
sh fixtures/docx.sh fixtures/letters/dt-skhcn.letter $made/letters/dt-skhcn.docx

answer()	# FILE NAME: $out/NAME.lines
{
	"$congvan" check --format json --at 2025-07-07T01:00:00Z --trust $made/pki/trust "$1" \
		> "$out/$2.json" 2> "$out/$2.log"
	code=$?
	case $code in 0 | 1) ;; *) echo "golden: $2: exit $code"; tail -3 "$out/$2.log" ;; esac
	sed "s|ANSWER|$out/$2.json|" tests/golden.sql | sqlite3 :memory: > "$out/$2.lines"
}

is_wanted() { [ -z "$wanted" ] || case " $wanted " in *" $1 "*) ;; *) return 1 ;; esac; }

passed=0 failed=0
check()	# FILE EXPECT
{
	name=$(basename "$2" .expect)
	answer "$1" "$name"
	ocr=0
	grep -q '	text_source	ocr$' "$2" && ocr=1
	if awk -v near=$ocr -f tests/golden.awk "$2" "$out/$name.lines" > "$out/$name.diff"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "golden: $name"
		sed 's/^/    /' "$out/$name.diff"
	fi
}

# Scans pass by the share of values of all five, not each by every one of them.
check_scans()	# LOOK SHARE
{
	right=0 total=0
	for seed in 000 001 002 003 004; do
		is_wanted $seed || continue
		name=$seed-$1
		cp $made/seeds/$seed.pdf "$out/$name.pdf"
		sh fixtures/scan.sh $made/bin "$out/$name.pdf" $made/seeds/$seed.boxes 200 "$1" 3 || exit 1
		answer "$out/$name.pdf" "$name"
		awk -v near=1 -v share="$2" -f tests/golden.awk fixtures/seeds/$seed.expect "$out/$name.lines" > "$out/$name.diff"
		echo "golden: $name"
		sed 's/^/    /' "$out/$name.diff"
		set -- "$1" "$2" $(tail -n 1 "$out/$name.diff")
		right=$((right + $3)) total=$((total + $5))
	done
	echo "golden: scans, $1: $right of $total values, $2 of 100 asked"
	if [ $((100 * right)) -ge $(($2 * total)) ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

for expect in fixtures/letters/*.expect fixtures/seeds/*.expect; do
	name=$(basename "$expect" .expect) folder=$(basename "$(dirname "$expect")")
	is_wanted "$name" || continue
	case $name in
	*.*) check "$made/$folder/$name" "$expect" ;;
	*) check "$made/$folder/$name.pdf" "$expect" ;;
	esac
done
if [ -n "$scans" ]; then
	check_scans clean 97
	check_scans bad 85
fi
echo "golden: $passed passed, $failed failed"
[ $failed = 0 ]
