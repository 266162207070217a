#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The book of rules: no row of the five seeds is left out, and a file that is no rule is refused, with its reason.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/rules-test
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "rules: $*"; }

# Every row that a seed states (S) or that follows from it (D) is encoded by a rule or a row of a table; rows X are
# what extraction must read off the seeds, and golden tests hold those.
rm -rf $dir; mkdir -p $dir/build
$bin rules --list --format csv | awk -F, 'NR > 1 { print $(NF - 1) }' | tr ' ' '\n' | sort -u >$dir/encoded
[ "$(cut -f1 rules/seed-rules.tsv | grep -c '^R00')" = 131 ] && ok || bad "seed-rules.tsv has not its 131 rows"
left=$(cut -f1 rules/seed-rules.tsv | grep '^R00' | sort -u | comm -13 $dir/encoded -)
[ -z "$left" ] && ok || bad "'rules --list' names no rule, table or golden for: $left"
awk -F'\t' 'NR > 1 && $7 != "X" { print $1 }' rules/seed-rules.tsv | sort -u >$dir/wanted
[ "$(wc -l <$dir/wanted)" = 112 ] && ok || bad "seed-rules.tsv has $(wc -l <$dir/wanted) rows to encode, not 112"
left=$(comm -13 $dir/encoded $dir/wanted)
[ -z "$left" ] && ok || bad "left out: $left"
strange=$(grep -oE '^R00[0-4]-[0-9]+' $dir/encoded | comm -23 - $dir/wanted)
[ -z "$strange" ] && ok || bad "no seed has: $strange"

# Where the texts pull apart, both are cited: the decree and the letter of 2025, the guides of 2024 and of 2025, the
# province's regulation and the decree, the old days and the new.
both() { # RULE ONE OTHER
	law=$($bin rules --list --format json | grep -F "\"rule\":\"$1\"")
	case $law in *"$2"*) case $law in *"$3"*) ok; return;; esac;; esac
	bad "$1 does not cite both '$2' and '$3'"; }
for r in name-kept name-kept-changes other-name-kept only-candidate choose-one not-chosen; do
	both merger/$r 'Đ17 khoản 3' 'Ban Cơ yếu Chính phủ'; done
both merger/name-kept-changes 'Thủy Nguyên mục 3' 'gạch đầu dòng 2'
both nd68-2024/move-tension 'QĐ 2289' 'Đ15 khoản 1 điểm a'
both nd68-2024/move-to-party 'Long An' 'Đ2'
both nd68-2024/has-one-no-issue 'Thủy Nguyên mục 2' 'mục I.2'
both merger/new-name-2024 'Thủy Nguyên mục 2' 'mục 1.1'
both nd68-2024/renewal-or-change-time 'NĐ 130/2018' 'NĐ 68/2024'

# What a rule file may not be. The same program, with one rule more in its folder.
cp -r rules schemas $dir/; cp $bin $dir/build/congvan
good='-- rule:       local/try
-- law:        Luật thử
-- applies:    issued from 2020-01-01
-- scope:      letter
-- gives:      finding
-- severity:   warn
-- says vi:    Thư {letter}
-- says en:    Letter {letter}
-- seed:       -
-- sure:       S
--'
mkdir -p $dir/rules/local
case_file() { printf -- "-- fires: one\nINSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-01-01', 0, 0);\n-- silent: none\nSELECT 1;\n" >$dir/rules/local/try.test.sql; }
try() { # WORD-IN-THE-REASON HEAD SQL
	printf '%s\n%s\n' "$2" "$3" >$dir/rules/local/try.sql
	said=$($dir/build/congvan rules --list 2>&1 >/dev/null); code=$?
	if [ "$1" = "" ]; then
		[ $code = 0 ] && ok || bad "a good rule was refused: $said"
	else
		case $code,$said in 69,*"$1"*) ok;; *) bad "expected '$1', got $code: $said";; esac
	fi
}
sql='SELECT letter FROM letter;'
case_file
try '' "$good" "$sql"
$dir/build/congvan rules --test >/dev/null && ok || bad "the added rule's cases fail"
try "no key of a rule's head" "$(echo "$good" | sed 's/^-- law:/-- laws:/')" "$sql"
try "is missing" "$(echo "$good" | grep -v '^-- law:')" "$sql"
try "stands twice" "$(echo "$good" | sed 's/^-- seed:.*/&\n&/')" "$sql"
try "not the file's name" "$(echo "$good" | sed 's,local/try,local/other,')" "$sql"
try "applies: wants" "$(echo "$good" | sed 's/2020-01-01/2020-02-30/')" "$sql"
try "none of its words" "$(echo "$good" | sed 's/  warn/  fatal/')" "$sql"
try "has no place here" "$(echo "$good" | sed 's/^-- severity:.*/&\n-- order:      7/')" "$sql"
try "not confirmed" "$(echo "$good" | sed 's/  warn/  hold/; s/sure:       S/sure:       K/')" "$sql"
try "{nobody}" "$(echo "$good" | sed 's/says vi:.*/says vi:    {nobody}/')" "$sql"
try "must select a column 'letter'" "$(echo "$good" | sed 's/{letter}//')" "SELECT kind FROM letter;"
try "no such column" "$good" "SELECT letter, kinds FROM letter;"
try "no such column" "$good" 'SELECT letter FROM letter WHERE kind = "thư";'
try "second statement" "$good" "SELECT letter FROM letter; SELECT 1;"
try "second statement" "$good" "SELECT letter FROM letter; DROP TABLE letter;"
try "not authorized" "$good" "DELETE FROM letter;"
try "not authorized" "$good" "SELECT letter, date('now') FROM letter;"
try "not authorized" "$good" "SELECT letter, CURRENT_DATE FROM letter;"
try "not authorized" "$good" "SELECT letter, random() FROM letter;"
try "not authorized" "$good" "SELECT letter FROM letter, pragma_table_info('letter');"
try "prohibited" "$good" "SELECT letter, type FROM letter, sqlite_schema;"
try "not authorized" "$good" "SELECT letter, load_extension('x') FROM letter;"
try "not authorized" "$good" "ATTACH 'x' AS y;"
rm $dir/rules/local/try.test.sql
try "no test beside it" "$good" "$sql"
printf -- "-- fires: one\nSELECT 1;\n" >$dir/rules/local/try.test.sql
try "no test beside it" "$good" "$sql"
case_file
try '' "$good" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT l.letter FROM letter l, n WHERE n.i < 0;"
said=$($dir/build/congvan rules --test 2>&1)
case $said in *"worked longer than it may"*) ok;; *) bad "an endless rule was not stopped";; esac

# Names: what mergers/README asks, through the command.
for pair in 'UBND xã Lưu Kiếm|Ủy ban nhân dân xã Lưu Kiếm|yes' 'HĐND xã Bình Chương|UBND xã Bình Chương|no' \
	'UBND phường Sa Pa|UBND phường Sa Pả|ask'; do
	a=${pair%%|*} rest=${pair#*|}
	[ "$($bin names "$a" "${rest%|*}" | cut -f1)" = "${rest#*|}" ] && ok || bad "names $pair"
done
echo "rules: $passed passed, $failed failed"
[ $failed = 0 ]
