#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# roundtrip.sh [N] [SCANS] - N generated letters (20; make test-all: 200) and N of the rarer kinds must give back all they
# were described with as text PDF, every fourth of the former as DOCX too, and 97 values of 100 as 300 dpi scans (the first SCANS of the former; 2).
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
n=${1:-20} scans=${2:-2}
out=$B/roundtrip
${MAKE:-make} -s fixtures || exit 1
rm -rf "$out"
mkdir -p "$out/wide"
for wide in 0 1; do
	folder=$out
	[ $wide = 0 ] || folder=$out/wide
	awk -v seed="${SEED:-1}" -v n="$n" -v wide=$wide -v out="$folder" -f fixtures/generate.awk -f fixtures/generate-wide.awk \
		fixtures/units.tsv
done
for letter in "$out"/*.letter "$out"/wide/*.letter; do
	$B/fixtures/bin/typeset "$letter" "${letter%.letter}.pdf" "${letter%.letter}.boxes" || exit 1
	awk -f fixtures/expect.awk "$letter" > "${letter%.letter}.expect"
done

# Compares letter by letter; the values right and asked for are added up.
compare()	# LOOK SHARE FILE...
{
	look=$1 share=$2 right=0 total=0
	shift 2
	"$congvan" extract --format json "$@" > "$out/$look.json" 2> "$out/$look.log" || [ $? = 1 ] ||
		{ tail -n 3 "$out/$look.log"; return 1; }
	i=0
	for file; do
		i=$((i + 1))
		name=${file%-scan.pdf} name=${name%.pdf} name=${name%.docx}
		sed -n "${i}p" "$out/$look.json" > "$out/one.json"
		sed "s|ANSWER|$out/one.json|" tests/golden.sql | sqlite3 :memory: > "$name.lines"
		awk -v share=100 -f tests/golden.awk "$name.expect" "$name.lines" > "$name.$look.diff" ||
			{ echo "roundtrip: $look: $name"; sed '$d; s/^/    /' "$name.$look.diff"; }
		set -- $(tail -n 1 "$name.$look.diff" | tr -d ,)
		right=$((right + $1)) total=$((total + $3))
	done
	echo "roundtrip: $look: $right of $total values ($share of 100 asked)"
	[ $total -gt 0 ] && [ $((100 * right)) -ge $((share * total)) ]
}

passed=0 failed=0
compare text 100 "$out"/g*.pdf && passed=$((passed + 1)) || failed=$((failed + 1))
compare wide 100 "$out"/wide/g*.pdf && passed=$((passed + 1)) || failed=$((failed + 1))
# Two letters in one file: the second is a document of its own, with all its fields.
two=0 pairs=0
for first in "$out"/g*[37].pdf; do
	second=$(printf '%s/g%03d.pdf' "$out" $(($(expr "$first" : '.*g0*\([0-9]*\)\.pdf') + 1)))
	[ -e "$second" ] && ! grep -q '	number	(absent)' "${second%.pdf}.expect" || continue   # may be an annex
	pairs=$((pairs + 1))
	qpdf --empty --pages "$first" "$second" -- "$out/two.pdf" &&
		"$congvan" extract --format json "$out/two.pdf" > "$out/two.json" 2> /dev/null
	for n in 0 1; do
		letter=$first; [ $n = 0 ] || letter=$second
		[ $n = 0 ] && cp "$out/two.json" "$out/one.json" ||
			sqlite3 :memory: "SELECT json_extract(readfile('$out/two.json'), '\$.documents[0]')" > "$out/one.json"
		sed "s|ANSWER|$out/one.json|" tests/golden.sql | sqlite3 :memory: > "$out/two.lines"
		awk -v share=100 -f tests/golden.awk "${letter%.pdf}.expect" "$out/two.lines" > "$out/two.diff" ||
			{ echo "roundtrip: two: $first $n"; sed '$d; s/^/    /' "$out/two.diff"; two=1; }
	done
done
echo "roundtrip: two letters in a file: $pairs files"
[ $two = 0 ] && [ $pairs -gt 0 ] && passed=$((passed + 1)) || failed=$((failed + 1))
mkdir -p "$out/docx"
for letter in "$out"/g*[48].letter; do
	name=$(basename "$letter" .letter)
	sh fixtures/docx.sh "$letter" "$out/docx/$name.docx" && cp "${letter%.letter}.expect" "$out/docx/" || exit 1
done
compare docx 100 "$out"/docx/g*.docx && passed=$((passed + 1)) || failed=$((failed + 1))
# The same words in the fonts of before Unicode, by TCVN3 and by VNI.
for code in tcvn3 vni; do
	mkdir -p "$out/$code"
	for pdf in "$out"/g*[26].pdf; do
		name=$(basename "$pdf" .pdf)
		pdftotext -bbox "$pdf" "$out/words.html" && $B/fixtures/bin/legacy $code "$out/words.html" "$out/$code/$name.pdf" &&
			cp "${pdf%.pdf}.expect" "$out/$code/" || exit 1
	done
	compare $code 100 "$out/$code"/g*.pdf && passed=$((passed + 1)) || failed=$((failed + 1))
done
if [ "$scans" -gt 0 ]; then
	# Without ToUnicode the text layer is no text: it must be seen, and the pages read from their picture.
	mkdir -p "$out/coded"
	qpdf --qdf --object-streams=disable "$out/g001.pdf" - | sed '/\/ToUnicode/d' | fix-qdf > "$out/coded/g001.pdf" 2> /dev/null
	{ cat "$out/g001.expect"; printf '2_extract\ttext_source\tocr\n'; } > "$out/coded/g001.expect"
	compare coded 85 "$out/coded/g001.pdf" && passed=$((passed + 1)) || failed=$((failed + 1))
	for pdf in $(ls "$out"/g*.pdf | head -n "$scans"); do
		cp "$pdf" "${pdf%.pdf}-scan.pdf"
		sh fixtures/scan.sh $B/fixtures/bin "${pdf%.pdf}-scan.pdf" "${pdf%.pdf}.boxes" 300 clean 5
	done
	compare scan 97 "$out"/g*-scan.pdf && passed=$((passed + 1)) || failed=$((failed + 1))
fi
echo "roundtrip: $passed passed, $failed failed"
[ $failed = 0 ]
