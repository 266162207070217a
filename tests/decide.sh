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
answer() { # FILE SERIAL=ANSWER...
	f=$1; shift; echo "id,serial,answer,person,reason" >"$f"
	for a; do echo "$(id "${a%%=*}"),${a%%=*},${a#*=},Người có thẩm quyền,theo thống nhất của đơn vị" >>"$f"; done; }
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
echo "decide: $passed passed, $failed failed"
[ $failed = 0 ]
