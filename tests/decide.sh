#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A night with an inventory and no choice, the worksheet out, answers in, and what becomes of them.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/decide-test
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "decide: $*"; }
is() { [ "$2" = "$3" ] && ok || bad "$1: '$2', not '$3'"; }

rm -rf $dir; mkdir -p $dir/inbox $dir/outbox
dn='OU=Ủy ban nhân dân thành phố Quảng Ngãi, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN'
{ echo "serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals"
  n=0; for ward in 'Nguyễn Nghiêm' 'Trần Hưng Đạo' 'Nghĩa Chánh' 'Chánh Lộ'; do n=$((n + 1))
	echo "A$n,\"CN=Ủy ban nhân dân phường $ward, $dn\",Ủy ban nhân dân phường $ward,,Ủy ban nhân dân phường $ward,,a$n@x.gov.vn,agency,2024-01-01,2029-01-0$n,D$n,0"; done
  echo "B1,\"CN=Nguyễn Văn Thử, OU=Ủy ban nhân dân phường Nghĩa Chánh, $dn\",Ủy ban nhân dân phường Nghĩa Chánh,,Nguyễn Văn Thử,Văn thư,thu@x.gov.vn,person,2024-01-01,2029-01-01,D9,0"
} >$dir/inventory.csv
cp $dir/inventory.csv $dir/inbox/
$bin run --inbox $dir/inbox --outbox $dir/outbox --state $dir/state --at 2025-07-07T01:00:00Z >/dev/null 2>$dir/log
is "the night ends with somebody to ask" $? 1
is "no package before a choice" "$(find $dir/outbox -name 'package.xml' | wc -l)" 0

$bin decide --out $dir/ask.csv --state $dir/state 2>/dev/null
is "questions wait" $? 1
is "five questions" "$(($(wc -l <$dir/ask.csv) - 1))" 5
$bin decide --out $dir/ask.xlsx --state $dir/state 2>/dev/null
is "the same as XLSX" "$(unzip -p $dir/ask.xlsx xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)" 6

id() { awk -F'","' -v s="$1" '$2 == s { gsub(/"/, "", $1); print $1 }' $dir/ask.csv; }
rows() { # SERIAL=ANSWER...
	for a; do echo "$(id "${a%%=*}"),${a%%=*},${a#*=},Người có thẩm quyền,theo thống nhất của đơn vị"; done; }
answer() { # FILE SERIAL=ANSWER...
	f=$1; shift; { echo "id,serial,answer,person,reason"; rows "$@"; } >"$f"; }
night() { # NAME DAY: a night of that name's inbox, outbox and state
	$bin run --inbox $dir/$1/inbox --outbox $dir/$1/outbox --state $dir/$1/state --at "$2T01:00:00Z" >$dir/$1/told 2>$dir/$1/log; }
ask() { sqlite3 "$dir/$1/state/ledger.db" "$2"; }
placed() { ask "$1" "SELECT substr(path, -10) || ' ' || group_concat(serial, ' ') FROM (SELECT path, serial FROM package p
	JOIN package_line e ON e.package = p.id ORDER BY path, serial) GROUP BY path ORDER BY path" | tr '\n' ';'; }
end() { # what may not differ between a night and one that was killed
	ask "$1" "SELECT serial, action, rule FROM decision ORDER BY id; SELECT path, sha256 FROM output ORDER BY path;
		SELECT answer, person FROM answer ORDER BY id; SELECT count(*) FROM batch WHERE closed IS NULL;
		SELECT rule, vi FROM finding ORDER BY rule, vi"; (cd $dir/$1/outbox && find . -type f ! -name report.html | sort); }
for copy in asked; do mkdir -p $dir/$copy; cp -r $dir/inbox $dir/outbox $dir/state $dir/$copy/; done
answer $dir/two.csv A1=chọn A2=chọn 'A3=không chọn' 'A4=không chọn'
$bin decide --in $dir/two.csv --state $dir/state >$dir/two.out 2>/dev/null
is "two chosen are refused" "$?,$(wc -l <$dir/two.out)" 1,1
answer $dir/odd.csv A1=bừa
$bin decide --in $dir/odd.csv --state $dir/state >/dev/null 2>&1
is "an answer that is none" $? 1
printf 'id,serial,answer,person,reason\n%s,A1,chọn,,\n' "$(id A1)" >$dir/nameless.csv
$bin decide --in $dir/nameless.csv --state $dir/state >/dev/null 2>&1
is "an answer without a name" $? 1
answer $dir/one.csv 'A1=không chọn' A2=chọn 'A3=không chọn' 'A4=không chọn' 'B1=thu hồi'
$bin decide --in $dir/one.csv --state $dir/state >$dir/one.out 2>/dev/null
is "one chosen is taken" "$?,$(wc -l <$dir/one.out)" 0,6
$bin decide --out $dir/none.csv --state $dir/state 2>/dev/null
is "nothing waits any more" $? 0
$bin explain A2 --state $dir/state --lang vi >$dir/why 2>/dev/null
grep -q 'Đã trả lời: .*Người có thẩm quyền: choose' $dir/why && ok || bad "explain does not tell the answer"

$bin audit --inventory $dir/inventory.csv --requests $dir/one.out --at 2025-07-07 --format csv >$dir/decided.csv 2>/dev/null
is "A2 is changed, the others revoked" "$(awk -F, 'NR > 1 { printf "%s=%s ", $1, $2 }' $dir/decided.csv)" \
	"A1=revoke A2=change-info A3=revoke A4=revoke B1=revoke "

# The next night judges with the answers, with nothing new in the inbox ---------------------------------
two="mau-05-001 B1;mau-04-001 A2;mau-05-001 A1 A3 A4;"
mkdir -p $dir/answered; cp -r $dir/inbox $dir/outbox $dir/state $dir/answered/
cp -r $dir/answered $dir/clean
night clean 2025-07-08
is "the choice gives its packages" "$(placed clean)" "$two"
is "both events and both decisions stand" "$(ask clean "SELECT (SELECT count(*) FROM answer), group_concat(action) FROM decision WHERE serial = 'A2'")" \
	"5|choose-one,change-info"
f=$(find $dir/clean/outbox -path '*mau-04-001/data/package.xml')
is "Mẫu 04 is of A2 alone" "$(grep -o '<line [^>]*serial="[^"]*"' "$f" | grep -o 'A[0-9]')" A2
end clean >$dir/clean.end
night clean 2025-07-09
is "a third night makes nothing new" "$?,$(ask clean 'SELECT count(*) FROM batch')" 0,2
end clean | cmp -s - $dir/clean.end && ok || bad "a third night changes something"
for ms in 05 12 20 28 35 45 60; do
	rm -rf $dir/killed; cp -r $dir/answered $dir/killed
	$bin run --inbox $dir/killed/inbox --outbox $dir/killed/outbox --state $dir/killed/state --at 2025-07-08T01:00:00Z >/dev/null 2>&1 &
	pid=$!; sleep 0.$ms; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
	night killed 2025-07-08
	end killed | cmp -s - $dir/clean.end && ok || bad "killed after 0.$ms s: another end"
done
cp -r $dir/answered $dir/old
sqlite3 $dir/old/state/ledger.db "DROP TABLE companion; DROP TABLE wish; DROP TABLE mention; DROP TABLE batch_known; DROP TABLE line_event; DROP TABLE package_line; DROP TABLE certificate;
	DROP INDEX answer_decision; DROP INDEX finding_of_batch; ALTER TABLE batch DROP COLUMN answers; ALTER TABLE batch DROP COLUMN options; PRAGMA user_version = 1"
night old 2025-07-08
is "a ledger of version 1 is raised and goes on" "$(ask old 'PRAGMA user_version')$(placed old)" "6$two"
{ cat $dir/inventory.csv; echo; echo "C1,\"CN=Trần Thử, OU=Ủy ban nhân dân phường Nghĩa Chánh, $dn\",Ủy ban nhân dân phường Nghĩa Chánh,,Trần Thử,Văn thư,c1@x.gov.vn,person,2024-01-01,2029-01-01,D8,0"
} >$dir/clean/inbox/again.csv
night clean 2025-07-10
is "the list sent again: no certificate in a second package" "$(placed clean),$(ask clean 'SELECT count(*) - count(DISTINCT serial) FROM package_line')" "$two,0"
rm -f $dir/ask.csv; $bin decide --out $dir/ask.csv --state $dir/clean/state 2>/dev/null

# A worksheet in the inbox ---------------------------------------------------------------------------
cp -r $dir/asked $dir/bad
$bin decide --out $dir/ask.csv --state $dir/asked/state 2>/dev/null
answer $dir/bad/inbox/phieu.csv A1=chọn A2=chọn
night bad 2025-07-08
is "two chosen in the inbox: told, not taken, asked still" \
	"$(ask bad "SELECT (SELECT count(*) FROM finding WHERE rule = 'decide/answer-not-taken'), (SELECT count(*) FROM answer), (SELECT count(*) FROM package)")" "2|0|0"
{ echo "Mã câu hỏi;Số hiệu CTS;Nhóm;Trả lời;Họ tên người quyết định;Lý do quyết định"
  rows 'A1=không chọn' A2=Chọn 'A3=không chọn' 'A4=' 'B1=thu hồi' | sed 's/,/;/; s/,/;;/; s/,/;/; s/,/;/'; } >$dir/bad/inbox/phieu-2.csv
night bad 2025-07-09
is "a worksheet in the inbox is judged the same way" "$(placed bad)" "$two"
is "and recorded" "$(ask bad 'SELECT group_concat(answer) FROM answer')" "not-chosen,choose,not-chosen,revoke"
printf 'id,serial,answer,person,reason\n%s,B1,thu hồi,,\n' "$(id B1)" >$dir/asked/inbox/nameless.csv
night asked 2025-07-08
is "an answer of nobody counts for nothing" "$(ask asked "SELECT count(*) FROM finding WHERE rule = '2_extract/answer-without-person'")$(placed asked)" 1

# The worksheet that the night itself left in the outbox has no ids: its serials name the questions.
first=$(find $dir/outbox -name worksheet.xlsx)
is "only answers can be written in it, picked from a list" "$(unzip -p "$first" xl/worksheets/sheet1.xml |
	grep -o '<sheetProtection sheet="1"\|<formula1>"[^<]*"</formula1>' | tr '\n' ' ')" \
	'<sheetProtection sheet="1" <formula1>"giữ nguyên,thay đổi thông tin,thu hồi,cấp mới"</formula1> <formula1>"chọn,không chọn"</formula1> '
python3 tests/fill_sheet.py "$first" $dir/filled.xlsx A3
rm -rf $dir/again; mkdir -p $dir/again/inbox $dir/again/outbox; cp $dir/inventory.csv $dir/again/inbox/
night again 2025-07-07
$bin decide --in $dir/filled.xlsx --state $dir/again/state --lang en >$dir/filled.out 2>$dir/filled.err
is "its answers are taken" "$?,$(grep -c '^decision-list,A' $dir/filled.out)" 1,4
grep -q 'the answer "không chọn" is none of the choices: giữ nguyên,' $dir/filled.err && ok || bad "the choices are not told"
rm -rf $dir/again; mkdir -p $dir/again/inbox $dir/again/outbox; cp $dir/inventory.csv $dir/again/inbox/; night again 2025-07-07
cp $dir/filled.xlsx $dir/again/inbox/; night again 2025-07-08
is "by the inbox too" "$(ask again 'SELECT count(*) FROM answer'),$(placed again)" "4,mau-04-001 A3;mau-05-001 A1 A2 A4;"
echo 'họ tên,ngày' >$dir/none.csv
is "no worksheet" "$($bin decide --in $dir/none.csv --state $dir/again/state 2>&1 | grep -c 'decide --out')" 1

# The later answer counts ----------------------------------------------------------------------------
answer $dir/asked/inbox/first.csv 'B1=giữ nguyên'
night asked 2025-07-09
is "kept: no package" "$(placed asked)" ""
answer $dir/later.csv 'B1=thu hồi'
$bin decide --in $dir/later.csv --state $dir/asked/state >/dev/null 2>&1
night asked 2025-07-10
is "revoked after all; both answers stay" "$(placed asked)$(ask asked 'SELECT group_concat(answer) FROM answer')" "mau-05-001 B1;keep,revoke"
answer $dir/asked/inbox/issue.csv 'B1=cấp mới'
night asked 2025-07-11
is "in a package: it must be withdrawn first" "$(placed asked)$(ask asked "SELECT count(*) FROM finding WHERE rule = '5_emit/in-another-package'")" "mau-05-001 B1;1"
is "its other questions wait, asked once" "$(ask asked "SELECT count(*) FROM decision WHERE serial LIKE 'A%'")" 4

# The rules of 2024: a new name, a new certificate ------------------------------------------------------
$bin audit --inventory $dir/inventory.csv --ruleset 2024 --at 2025-07-07 --outbox $dir/2024 --format csv >$dir/2024.csv 2>/dev/null
is "a new name under the rules of 2024" "$(awk -F, '$2 == "revoke+issue-new" { printf "%s ", $1 }' $dir/2024.csv)" "A1 A2 A3 A4 "
is "each is a line of Mẫu 05" "$(cat $(find $dir/2024 -path '*mau-05-001/data/package.xml') | grep -o '<line [^>]*serial="A[^"]*"' | grep -o 'A[0-9]' | tr '\n' ' ')" "A1 A2 A3 A4 "
echo "decide: $passed passed, $failed failed"
[ $failed = 0 ]
