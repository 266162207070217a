#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# same-bytes.sh - two nights over the demo inbox with an answer between them, once here and now and once far away: another
# zone, locale, umask, folder, order of jobs. The whole outbox is the same to the byte, and other tools find it sound.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
bin=$(pwd)/${CONGVAN:-$B/congvan}
dir=$(pwd)/$B/same-bytes
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "same-bytes: $*"; }
${MAKE:-make} -s fixtures || exit 1
rm -rf "$dir"; mkdir -p "$dir"

nights()	# FOLDER JOBS: two nights, the suggested certificate chosen between them
{
	cp -Rp "$dir/demo" "$1" && mkdir "$1/later" || return 1
	mv "$1/inbox/"*05*.pdf "$1/later/" 2>/dev/null
	run() { "$bin" run --inbox "$1/inbox" --outbox "$1/outbox" --state "$1/state" --trust "$1/pki/trust" --province "Quảng Ngãi" \
		--jobs "$2" --at "$3" --lang vi >"$1/told" 2>"$1/log"; [ $? -le 1 ]; }
	run "$1" "$2" 2025-07-07T01:00:00Z || return 1
	"$bin" decide --out "$1/ask.csv" --state "$1/state" --at 2025-07-07T02:00:00Z 2>/dev/null
	awk -F'","' 'NR == 1 { print "id,serial,answer,person,reason"; next }
		{ gsub(/^"/, "", $1); print $1 "," $2 "," ($6 == "" ? "thu hồi" : $6) ",Người có thẩm quyền,theo gợi ý" }' "$1/ask.csv" >"$1/answers.csv"
	"$bin" decide --in "$1/answers.csv" --state "$1/state" --at 2025-07-07T03:00:00Z >/dev/null 2>&1
	mv "$1/later/"* "$1/inbox/" 2>/dev/null
	run "$1" "$2" 2025-07-08T01:00:00Z
}
# The inbox is made once: the ZIP tools of fixtures write local times.
sh fixtures/demo.sh "$(pwd)/$B/fixtures" "$dir/demo" >/dev/null || exit 1
(TZ=Asia/Ho_Chi_Minh LC_ALL=C.UTF-8 nights "$dir/here" 2) && ok || bad "two nights here: $(tail -n 1 "$dir/here/log")"
(umask 077; export TZ=Pacific/Auckland LC_ALL=C LANG=tr_TR.UTF-8; nights "$dir/far away" 1) && ok || bad "two nights far away"
n=$(find "$dir/here/outbox" -name package.xml | wc -l)
[ "$n" -ge 4 ] && ok || bad "only $n packages"
diff -r "$dir/here/outbox" "$dir/far away/outbox" >"$dir/diff" && ok || bad "$(head -n 5 "$dir/diff")"

# Others look at it: sums, schemas, archives.
for bag in $(find "$dir/here/outbox" -name bagit.txt); do
	bag=${bag%/bagit.txt}
	(cd "$bag" && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt && sha512sum --quiet -c manifest-sha512.txt tagmanifest-sha512.txt &&
		[ "$(find data -type f | wc -l)" = "$(wc -l <manifest-sha256.txt)" ] &&
		[ "Payload-Oxum: $(find data -type f -printf '%s\n' | awk '{ s += $1 } END { printf "%d.%d", s, NR }')" = "$(tail -n 1 bag-info.txt)" ]) \
		>/dev/null 2>&1 && ok || bad "$bag: sums"
	xmllint --noout --schema schemas/package.xsd "$bag/data/package.xml" 2>/dev/null && ok || bad "$bag: package.xml"
	xmllint --noout --schema schemas/edxml.xsd "$bag/data/package.edxml" 2>/dev/null && ok || bad "$bag: package.edxml"
	unzip -tqq "$bag.zip" >/dev/null 2>&1 && ok || bad "$bag.zip"
	"$bin" package check "$bag" "$bag.zip" >/dev/null 2>&1 && ok || bad "$bag: package check"
done
echo "same-bytes: $passed passed, $failed failed"
[ $failed = 0 ]
