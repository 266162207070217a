#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# archivist.sh - who asks the ledger of one letter finds it by what he knows of it: a file, the name it came by, its number
# and symbol, its text with or without diacritics; and reads the answer in his language.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
CONGVAN=$PWD/${CONGVAN:-build/congvan}
W=$PWD/build/archivist
F=$PWD/build/fixtures
rm -rf "$W"; mkdir -p "$W/in"
${MAKE:-make} -s fixtures > /dev/null || exit 1
cp "$F"/letters/cv-ducpho-kt.pdf "$F"/letters/cv-ducpho-sua.pdf "$F"/letters/mau04-binhchuong.pdf "$F"/letters/tb-ubnd.pdf "$W/in/"
nfd=$(printf 'Co\314\202ng va\314\206n \304\221e\314\202\314\201n.pdf')          # as a Mac writes it
cp "$F/letters/cv-skhcn.pdf" "$W/in/$nfd"; printf 'mot van ban\n' > "$W/in/2025"
"$CONGVAN" run --inbox "$W/in" --outbox "$W/out" --state "$W/state" --at 2025-07-07 --trust "$F/pki/trust" > /dev/null 2>&1
cd "$W" || exit 1
C() { c=$1; shift; "$CONGVAN" "$c" --state "$W/state" "$@"; }
first() { C show "$@" 2>&1 | head -1 | cut -d: -f1; }
hash=$(sha256sum in/done/2025-07-07/cv-ducpho-kt.pdf | cut -c1-10)

expect "by its file" test "$(first in/done/2025-07-07/cv-ducpho-kt.pdf)" = cv-ducpho-kt.pdf
expect "by the beginning of its hash, in either case" test "$(first "$hash")$(first "$(echo "$hash" | tr a-f A-F)")" = cv-ducpho-kt.pdfcv-ducpho-kt.pdf
expect "by a name that was composed otherwise" test "$(first "Công văn đến.pdf")" = "Công văn đến.pdf"
expect "by a name that could be a hash" test "$(first 2025)" = 2025
expect "by number and symbol" test "$(first 1602/ubnd-nv)" = cv-ducpho-kt.pdf
expect "none is said" sh -c '"$0" show --state state nosuch 2>&1 | grep -q "sổ không có văn bản này"; ' "$CONGVAN"
expect "explain takes a letter likewise" sh -c '"$0" explain --state state 1602/UBND-NV | grep -q "^từ chối"' "$CONGVAN"
expect "a letter without a finding says so" sh -c '"$0" explain --state state tb-ubnd.pdf | grep -q "không có nhận xét nào"' "$CONGVAN"

found() { C search "$@" --format csv 2> /dev/null | tail -n +2 | cut -d, -f2 | sort | tr '\n' ' '; }
expect "words with diacritics" test "$(found 'Bình Chương')" = "mau04-binhchuong.pdf "
expect "without" test "$(found binh chuong)" = "mau04-binhchuong.pdf "
expect "some with, some without" test "$(found Bình chuong)" = "mau04-binhchuong.pdf "
expect "composed otherwise" test "$(found "$(printf 'Bi\314\200nh Chu\314\233o\314\233ng')")" = "mau04-binhchuong.pdf "
expect "đ and Đ, with the tones of each word" test "$(found 'ĐỨC PHỔ')$(found 'đức' pho)" = "cv-ducpho-kt.pdf cv-ducpho-sua.pdf cv-ducpho-kt.pdf cv-ducpho-sua.pdf "
expect "another tone is another word" test -z "$(found 'Bính Chương')"
expect "marks that are a query's are words or nothing" sh -c 'for q in "*" "a OR" "NEAR(" "\"" "-" "^x" "strong:x"; do "$0" search --state state "$q" > o 2> e; c=$?; [ $c = 0 ] || [ $c = 64 ] || exit 1; ! grep -q fts5 e || exit 1; done' "$CONGVAN"

expect "list is in words" sh -c '"$0" list --state state | grep -q "từ chối *hợp lệ *cv-ducpho-kt.pdf"' "$CONGVAN"
expect "of the language" sh -c '"$0" list --state state --lang en | grep -q "reject *passed *cv-ducpho-kt.pdf"' "$CONGVAN"
expect "and chooses by them" test "$(C list 'từ chối' | wc -l)$(C list reject | wc -l)" = 22
expect "machine output is the same in both" sh -c '[ "$("$0" list --state state --format csv)" = "$("$0" list --state state --format csv --lang en)" ]' "$CONGVAN"
expect "an empty page is held: nothing in it was read" sh -c '"$0" check in/done/2025-07-07/2025 | grep -q "Không nhận ra đây là văn bản"' "$CONGVAN"
finish archivist
