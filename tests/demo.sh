#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# demo.sh - the night over the demo inbox, seen from outside: what the outbox holds, that packages are whole and fit
# their schema, that the right certificates stand in them, that the letter changed after signing is refused, that a
# second night finds nothing new and that the same inbox gives the same bytes.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
demo=$B/demo-test
passed=0 failed=0
is()	# WHAT COMMAND...
{
	what=$1
	shift
	if "$@" > "$demo/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "demo: $what"
		sed 's/^/    /' "$demo/said" | head -n 12
	fi
}

night()	# FOLDER
{
	"$congvan" run --inbox "$1/inbox" --outbox "$1/outbox" --state "$1/state" --trust "$1/pki/trust" \
		--province "Quảng Ngãi" --at 2025-07-07T01:00:00Z > "$1/summary" 2> "$1/log"
	code=$?
	[ $code = 0 ] || [ $code = 1 ]
}

${MAKE:-make} -s fixtures || exit 1
rm -rf "$demo"
mkdir -p "$demo"
sh fixtures/demo.sh $B/fixtures "$demo/a"
sh fixtures/demo.sh $B/fixtures "$demo/b"
(cd "$demo/a/inbox" && find . -type f | sed 's|.*/||' | sort) > "$demo/came"
is "the night ends well" night "$demo/a"
day=$demo/a/outbox/2025-07-07

kept() { find "$demo/a/inbox" -type f | sed 's|.*/||' | sort | cmp - "$demo/came"; }
none_waits() { [ -z "$(find "$demo/a/inbox" -maxdepth 1 -type f)" ]; }
is "every file that came is still there" kept
is "none waits in the inbox itself" none_waits

has_package() { [ -n "$(find "$day" -name package.xml -path "*$1*")" ]; }
is "a package to change (Mẫu 04)" has_package mau-04
is "a package to revoke (Mẫu 05)" has_package mau-05

schema() { find "$day" -name package.xml | while read -r x; do xmllint --noout --schema schemas/package.xsd "$x" || return 1; done; }
bags() { find "$day" -name manifest-sha256.txt | while read -r m; do (cd "$(dirname "$m")" && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt) || return 1; done; }
zips() { find "$day" -name '*.zip' -o -name '*.xlsx' -o -name '*.docx' | while read -r z; do unzip -tqq "$z" || return 1; done; }
sheets() { find "$day" -name '*.pdf' -not -path '*/evidence/*' | while read -r p; do pdftotext "$p" - | grep -q . || return 1; done; }
unaltered() { find "$day" -path '*/evidence/*' -name '*.pdf' | while read -r p; do
	sum=$(sha256sum < "$p"); find "$demo/a/inbox" -type f -exec sha256sum {} + | grep -q "^${sum%% *}" || return 1; done; }
is "every package.xml fits its schema" schema
is "every bag is whole" bags
is "every ZIP, XLSX and DOCX opens" zips
is "every PDF made has text" sheets
is "evidence is the letter as it came" unaltered

# Who stands where: the kept name (seed 002, II.1.a), the chosen certificate (II.1.b) and those that go.
in_form() { find "$day" -name package.xml -path "*$1*" -exec cat {} + | grep -q "$2"; }
not_in_form() { ! in_form "$@"; }
is "Bình Chương keeps its certificate and changes it" in_form mau-04 5A10C3D2E4F6010A
is "Nguyễn Nghiêm's certificate becomes Cẩm Thành's" in_form mau-04 5A10C3D2E4F6010B
is "Bình Mỹ's certificate is revoked" in_form mau-05 5A10C3D2E4F60109
for serial in 5A10C3D2E4F6010C 5A10C3D2E4F6010D 5A10C3D2E4F6010F; do
	is "a ward that was not chosen is revoked ($serial)" in_form mau-05 $serial
done
is "no certificate both changes and goes" not_in_form mau-05 5A10C3D2E4F6010B

refused() { find "$day/refusals" -type f | grep -q .; grep -rqi '1530' "$day/refusals" || find "$day/refusals" | grep -q 1530; }
is "the letter changed after signing is refused with a notice" refused
report() { [ -s "$day/report.html" ] && ! grep -Eq '(src|href)="https?://' "$day/report.html"; }
is "the report stands alone" report
links() { grep -o 'href="\.\./[^"]*"' "$day/report.html" | sed 's/href="\(.*\)"/\1/' > "$demo/links"; [ -s "$demo/links" ] &&
	while read -r l; do [ -e "$day/$l" ] || { echo "$l"; return 1; }; done < "$demo/links"; }
is "its links lead to what was made" links
duties() { grep -q 'ký và gửi 4 gói hồ sơ' "$day/report.html" && grep -q 'Trả lời 6 câu hỏi' "$day/report.html" &&
	grep -q 'class="group">ỦY BAN NHÂN DÂN THỊ XÃ ĐỨC PHỔ<' "$day/report.html"; }
is "it begins with what is to be done, and goes by sender" duties
book() { "$congvan" report --state "$demo/a/state" --format xlsx > "$demo/report.xlsx" && unzip -tqq "$demo/report.xlsx" &&
	[ "$(unzip -p "$demo/report.xlsx" xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)" = 20 ] &&
	[ "$(unzip -p "$demo/report.xlsx" xl/worksheets/sheet3.xml | grep -o '<row ' | wc -l)" = 17 ]; }
is "the workbook has a row a letter and a certificate" book
since() { "$congvan" report --state "$demo/a/state" --since 2025-07-07 | grep -q 'Tệp đến  *20' && ! "$congvan" report --state "$demo/a/state" --since 2025-07-08; }
is "a report since a day counts its runs" since

ours() { find "$day" -name cong-van.pdf | while read -r p; do pdftotext "$p" - | grep -e 2289 -e 'Thừa Thiên Huế' && return 1; done; return 0; }
is "no cover letter cites what another province ruled for itself" ours

tells() { build/congvan explain --lang vi --state "$demo/a/state" 5A10C3D2E4F6010B > "$demo/explained" && grep -q "Nghị quyết 1677/NQ-UBTVQH15" "$demo/explained" &&
	grep -q "Bằng chứng: 03-UBND-VHXH-camthanh.pdf .*trang 1, ô" "$demo/explained"; }
is "a decision is explained with its resolution and where it was read" tells

all_of() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum); }
all_of "$demo/a/outbox" > "$demo/first"
is "a second night ends well" night "$demo/a"
again() { all_of "$demo/a/outbox" | diff "$demo/first" - | grep -v 'report.html\|worksheet' | grep '^[<>]' && return 1; return 0; }
is "a second night changes no package" again
is "the night over the same inbox elsewhere ends well" night "$demo/b"
same() { all_of "$demo/b/outbox" | diff "$demo/first" -; }
is "the same inbox and time give the same bytes" same

echo "demo: $passed passed, $failed failed"
[ $failed = 0 ]
