#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# golden.sh [NAME...] - what the program says of the fixtures beside what a clerk says of them, stage by stage.
#
# fixtures/**/NAME.expect holds lines "stage<TAB>field<TAB>value..." (see fixtures/README.md). The answer of
# `congvan check --format json` becomes the same lines through SQLite; only what is expected is compared, so an
# answer may say more. In an expected value ? stands for anything, a|b for either, a * at the end for any rest,
# (absent) for a field that must not be there. Lists (recipients, copies, signers) are compared whole and in order.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
made=$B/fixtures/letters
out=$B/golden
${MAKE:-make} -s fixtures || exit 1
mkdir -p "$out"
sh fixtures/edxml.sh fixtures/letters/hd-snv.letter $made/hd-snv.pdf $made/hd-snv.edxml
sh fixtures/docx.sh fixtures/letters/dt-skhcn.letter $made/dt-skhcn.docx

# One answer as lines. Booleans are yes and no, what is missing is -.
flatten()	# ANSWER.json
{
	sqlite3 -separator '	' :memory: "
	CREATE TABLE a(j); INSERT INTO a VALUES (readfile('$1'));
	CREATE TEMP VIEW f AS SELECT key, value AS v, type FROM a, json_each(j, '\$.fields');
	SELECT '1_ingest', 'container', json_extract(j, '\$.container') FROM a;
	SELECT '2_extract', key, value FROM a, json_each(j) WHERE key IN ('kind', 'text_source', 'pages');
	SELECT '2_extract', key, json_extract(v, '\$.value') FROM f WHERE type = 'object';
	SELECT '2_extract', key || '@', json_extract(v, '\$.source') FROM f WHERE type = 'object';
	SELECT '2_extract', f.key, json_extract(e.value, '\$.value') FROM f, json_each(f.v) e
		WHERE f.type = 'array' AND f.key NOT IN ('signers', 'citations');
	SELECT '2_extract', 'signers', ifnull(json_extract(e.value, '\$.value'), '-'),
		ifnull(nullif(json_extract(e.value, '\$.authority'), ''), '-'),
		ifnull(nullif(json_extract(e.value, '\$.for_title'), ''), '-'),
		ifnull(nullif(json_extract(e.value, '\$.title'), ''), '-')
		FROM f, json_each(f.v) e WHERE f.key = 'signers';
	SELECT '2_extract', 'citations', ifnull(json_extract(e.value, '\$.code'), '-'),
		ifnull(nullif(json_extract(e.value, '\$.date'), ''), '-') FROM f, json_each(f.v) e WHERE f.key = 'citations';
	SELECT '2_extract', 'requests', json_extract(r.value, '\$.form'), json_extract(r.value, '\$.row'), c.key,
		json_extract(c.value, '\$.value')
		FROM a, json_each(j, '\$.requests') r, json_each(r.value, '\$.values') c;
	SELECT '3_verify', 'verdict', json_extract(j, '\$.verdict') FROM a;
	SELECT '3_verify', 'signature', json_extract(s.value, '\$.signer.cn'), json_extract(s.value, '\$.indication'),
		ifnull(json_extract(s.value, '\$.sub_indication'), '-'),
		iif(json_extract(s.value, '\$.intact') IS NULL, '-', iif(json_extract(s.value, '\$.intact'), 'yes', 'no')),
		iif(json_extract(s.value, '\$.valid') IS NULL, '-', iif(json_extract(s.value, '\$.valid'), 'yes', 'no')),
		iif(json_extract(s.value, '\$.trusted') IS NULL, '-', iif(json_extract(s.value, '\$.trusted'), 'yes', 'no')),
		json_extract(s.value, '\$.coverage'), json_extract(s.value, '\$.changes_after')
		FROM a, json_each(j, '\$.signatures') s;
	SELECT '4_judge', 'disposition', json_extract(j, '\$.disposition') FROM a;
	SELECT '4_judge', 'finding', json_extract(e.value, '\$.rule'), json_extract(e.value, '\$.severity')
		FROM a, json_each(j, '\$.findings') e;"
}

check()	# FILE EXPECT: prints a diff, counts into $passed and $failed
{
	name=$(basename "$2" .expect)
	"$congvan" check --format json --at 2025-07-07T01:00:00Z --trust $B/fixtures/pki/trust "$1" \
		> "$out/$name.json" 2> "$out/$name.log"
	code=$?
	case $code in 0 | 1) ;; *) echo "golden: $name: exit $code"; tail -3 "$out/$name.log" ;; esac
	flatten "$out/$name.json" > "$out/$name.lines"
	if awk -f tests/golden.awk "$2" "$out/$name.lines" > "$out/$name.diff"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "golden: $name"
		sed 's/^/    /' "$out/$name.diff"
	fi
}

passed=0 failed=0
wanted=${*:-}
for expect in fixtures/letters/*.expect; do
	name=$(basename "$expect" .expect)
	[ -z "$wanted" ] || case " $wanted " in *" $name "*) ;; *) continue ;; esac
	case $name in
	*.*) check "$made/$name" "$expect" ;;
	*) check "$made/$name.pdf" "$expect" ;;
	esac
done
echo "golden: $passed passed, $failed failed"
[ $failed = 0 ]
