#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The audit on real units: seeds 001 and 002 under both rule sets, every unit of the country in six
# spellings, rows that are bad, a draft table, lists as offices write them.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/audit-test
passed=0 failed=0
is() { if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "audit: $1: '$2', not '$3'"; fi; }
rm -rf $dir; mkdir -p $dir
head='serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'
row() { # SERIAL BODY SUPERIORS [VALID-TO]
	echo "$1,\"CN=$2, $3, C=VN\",$2,,$2,,x@y.gov.vn,agency,2023-01-01,${4:-2028-01-01},D$1,0"; }
actions() { awk -F, 'NR > 1 { printf "%s=%s ", $1, $2 }'; }

qn='OU=Ủy ban nhân dân huyện Bình Sơn, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi'
{ echo "$head"; row 0A1 'UBND xã Bình Mỹ' "$qn"; row 0A2 'ỦY BAN NHÂN DÂN XÃ BÌNH CHƯƠNG' "$qn"
  row 0A3 'HĐND xã Bình Chương' "$qn"; row 0A4 'Uy ban nhan dan huyen Binh Son' 'O=UBND tỉnh Quảng Ngãi, L=Quảng Ngãi'
  row 0A5 'UBND xã Bình Chương' "$qn" 2025-06-30; } >$dir/qn.csv
is "Bình Chương keeps its name" "$($bin audit --inventory $dir/qn.csv --at 2025-06-15 --format csv 2>/dev/null | actions)" \
	"0A1=revoke 0A2=change-info 0A3=change-info 0A4=revoke 0A5=none "

tn='OU=Ủy ban nhân dân huyện Thủy Nguyên, O=Ủy ban nhân dân thành phố Hải Phòng, L=Hải Phòng'
{ echo "$head"; row B1 'UBND xã Lưu Kiếm' "$tn"; row B2 'UBND xã Lưu Kỳ' "$tn"; row B3 'UBND xã Hoàng Động' "$tn"
  row B4 'UBND xã Lâm Động' "$tn"; row B5 'UBND xã Thuỷ Đường' "$tn"; row B6 'UBND thị trấn Núi Đèo' "$tn"; } >$dir/tn.csv
for set in 2024 2025; do
	$bin audit --inventory $dir/tn.csv --effective 2025-01-01 --ruleset $set --at 2024-12-20 --format csv >$dir/tn-$set.csv 2>/dev/null
done
is "Thủy Nguyên by the rule set of 2024" "$(actions <$dir/tn-2024.csv)" \
	"B1=change-info B2=revoke B3=revoke+issue-new B4=revoke+issue-new B5=change-info B6=revoke "
is "Thủy Nguyên by the rule set of 2025" "$(actions <$dir/tn-2025.csv)" \
	"B1=change-info B2=revoke B3=choose-one B4=choose-one B5=change-info B6=revoke "

is "what if: the questions it would ask" "$($bin audit --inventory $dir/tn.csv --mergers rules/mergers --ruleset 2025 --effective 2025-01-01 --at 2024-12-20 --lang en 2>/dev/null |
	awk -F'\t' 'NF > 1 { printf "%s=%s ", $1, $6 }')" "serial=proposal B3=Y B4=N "

# All 37 units of Thủy Nguyên (NQ 1232, 1/1/2025) under both rule sets. Those whose name goes on change their information
# (seed 001 item 3), those whose group has another's name are revoked, of the others one is chosen (seeds 000, 002) or
# each is revoked and a new one asked for (seed 001 item 2).
# Xã Ngũ Lão becomes phường Phạm Ngũ Lão alone: seed 001 item 3 names that ward among the 12 that change their
# information, and to revoke the only certificate would leave its body with none (R000-06). A list that takes the two
# for kept and lost names says revoke; we hold to the seed.
python3 - $dir $bin >$dir/thuy-nguyen.out <<'P'
import csv, subprocess, sys
kept = {'Minh Đức', 'Lưu Kiếm', 'Quảng Thanh', 'Hoà Bình', 'An Lư', 'Tam Hưng', 'Lập Lễ', 'Thiên Hương', 'Thuỷ Đường', 'Hoa Động', 'Dương Quan', 'Ngũ Lão'}
lost = {'Lưu Kỳ', 'Núi Đèo', 'Thuỷ Sơn', 'Tân Dương'}
units = [r for r in csv.DictReader(open('rules/mergers/2023-2025.csv', encoding='utf-8')) if r['predecessor_district'] == 'Huyện Thuỷ Nguyên']
with open(sys.argv[1] + '/thuy-nguyen.csv', 'w', encoding='utf-8', newline='') as f:
    out = csv.writer(f)
    out.writerow('serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'.split(','))
    for r in units:
        body = 'Ủy ban nhân dân %s%s' % (r['predecessor_name'][0].lower(), r['predecessor_name'][1:])
        out.writerow(['A' + r['predecessor_code'], 'CN=%s, OU=Ủy ban nhân dân huyện Thủy Nguyên, O=Ủy ban nhân dân thành phố Hải Phòng, L=Hải Phòng, C=VN' % body,
                      body, '', body, '', 'x@y.gov.vn', 'agency', '2023-01-01', '2028-01-01', 'D', 0])
right = 0
for rules, new in ('2024', 'revoke+issue-new'), ('2025', 'choose-one'):
    got = subprocess.run([sys.argv[2], 'audit', '--inventory', sys.argv[1] + '/thuy-nguyen.csv', '--effective', '2025-01-01', '--ruleset', rules,
                          '--at', '2024-12-20', '--format', 'csv'], stdout=subprocess.PIPE, text=True).stdout
    got = {g['serial']: g for g in csv.DictReader(got.splitlines())}
    for r in units:
        name, g = r['predecessor_name'][len(r['predecessor_kind']) + 1:], got['A' + r['predecessor_code']]
        want = 'change-info' if name in kept else 'revoke' if name in lost else new
        right += (g['action'], g['successor_code']) == (want, r['successor_code'])
print(len(units), right)
P
is "all 37 units of Thủy Nguyên under both rule sets" "$(cat $dir/thuy-nguyen.out)" "37 74"

# Bad rows are told with their line; the others are judged, in their order.
{ printf '\357\273\277'; { echo "$head"; row C1 'UBND xã Bình Mỹ' "$qn"; row '' 'UBND xã Bình Mỹ' "$qn"; row C1 'UBND xã Bình Mỹ' "$qn"
  row C3 'UBND xã Bình Mỹ' "$qn" 2025-02-30; row XYZ 'UBND xã Bình Mỹ' "$qn"; row C5 'UBND xã Bình Chương' "$qn"; } | sed 's/,/;/g; s/"CN=\([^"]*\)"/"CN=\1"/'; } >$dir/bad.csv
sed -i 's/; OU=/, OU=/; s/; O=/, O=/; s/; L=/, L=/; s/; C=/, C=/' $dir/bad.csv
$bin audit --inventory $dir/bad.csv --at 2025-06-15 --format csv >$dir/bad.out 2>$dir/bad.err
is "bad rows do not stop the others" "$?,$(actions <$dir/bad.out)" "1,C1=revoke C5=change-info "
is "their lines are told" "$(grep -o 'bad.csv:[0-9]*' $dir/bad.err | tr '\n' ' ')" "bad.csv:3 bad.csv:4 bad.csv:5 bad.csv:6 "

# A list as offices keep it: the marks of a spreadsheet, days in every writing, remarks below; each told with what to do.
{ echo "DANH SÁCH CHỨNG THƯ SỐ,,,,,"; echo; echo "STT,Số hiệu CTS,Tên cơ quan,Tên phân biệt,Ngày cấp,Ngày hết hạn"
  line() { n=$((n + 1)); echo "$n,$1,UBND xã Bình Mỹ,\"CN=UBND xã Bình Mỹ, $qn, C=VN\",$2,$3"; }
  n=0; line "'00e1" 1/2/2023 30.6.2028; line '"=""0E2"""' 2023-02-01 46934; line ' E:3 ' 01-02-2023 '30/06/2028 23:59:59'
  line 1.2E+15 1/2/2023 30/6/2028; line e1 1/2/2023 30/6/2028; line E1 1/2/2023 1/7/2028; line E6 1/2/2023 6/30/2028
  line E7 1/2/2023 ''; line E8 30/6/2028 1/2/2023; echo "(1),(2),(3),(4),(5),(6)"; echo "STT,Số hiệu CTS,Tên cơ quan,Tên phân biệt,Ngày cấp,Ngày hết hạn"
  line E9 1/2/2023 30/6/2028; echo ",,,,,"; echo "Tổng cộng: 10 chứng thư số,,,,,"; echo ",,,,Người lập biểu,"; } >$dir/office.csv
$bin audit --inventory $dir/office.csv --at 2025-06-15 --lang en --format csv >$dir/office.out 2>$dir/office.err
is "the marks of a spreadsheet are no part of a serial" "$(cut -d, -f1 $dir/office.out | tr '\n' ' ')" "serial 00e1 0E2 E:3 E9 "
is "each row that cannot be used" "$(grep -o 'office.csv:[0-9]*' $dir/office.err | cut -d: -f2 | tr '\n' ' ')" "7 8 9 10 11 12 13 "
says() { grep -q "$1" $dir/office.err && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "audit: not said: $1"; }; }
says 'office.csv:7: the serial "1.2E+15" was turned into a power of ten'
says 'office.csv:8: the serial "e1" stands in row 4 too: the rows are alike'
says 'office.csv:9: .* row 4 too: but valid_to differs'
says 'office.csv:10: the day valid_to "6/30/2028" has the month first'
says 'office.csv:11: no day valid_to'
says 'office.csv:12: valid_from "30/6/2028" is later than valid_to'
says 'office.csv:13: 3 rows from here to row 18 are no rows of the list'
says '6 rows cannot be used; 4 certificates were judged'
is "a list whose days have the month first" "$(sed 's#\(,[0-9-]*\)-\([0-9]*\)-\([0-9]*\)#\1-\2-\3#' $dir/qn.csv |
	awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^20..-..-..$/) { split($i, d, "-"); $i = d[2] "/" d[3] "/" d[1] } } { print }' >$dir/us.csv
	$bin audit --inventory $dir/us.csv --at 2025-06-15 --lang en --format csv 2>$dir/us.err | actions; grep -c 'month first' $dir/us.err)" \
	"0A1=revoke 0A2=change-info 0A3=change-info 0A4=revoke 0A5=none 1"

# What is no list is named, with what to do.
told() { $bin audit --inventory $dir/$1 --at 2025-06-15 --lang $2 2>&1 >/dev/null | grep -c "$1: .*$3"; }
printf '\320\317\021\340\241\261\032\341 W\0o\0r\0k\0b\0o\0o\0k\0' >$dir/old.xls
printf '\320\317\021\340\241\261\032\341 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0' >$dir/locked.xlsx
echo '<html><table><tr><td>Số hiệu</td></tr></table></html>' >$dir/web.xls
printf 'một,hai\nba,bốn\n' >$dir/none.csv
is "an old workbook" "$(told old.xls vi 'Excel 97-2003')$(told old.xls en 'save it as .xlsx')" 11
is "a workbook with a password" "$(told locked.xlsx vi 'bỏ mật khẩu')$(told locked.xlsx en 'take the password off')" 11
is "a web page" "$(told web.xls vi 'trang web')$(told web.xls en 'web page')" 11
is "no heading" "$(told none.csv vi 'tên các cột')$(told none.csv en 'names the columns')" 11

# Situations that the seeds do not name, as the texts answer them.
who() { # SERIAL OFFICE HOLDER MAIL [VALID-TO]
	echo "$1,\"CN=$3, OU=$2, $qn, C=VN\",$2,,$3,,$4,person,2023-01-01,${5:-2028-01-01},D$1,0"; }
tth='O=Ủy ban nhân dân tỉnh Thừa Thiên Huế, L=Thừa Thiên Huế'
{ echo "$head"; row F1 'UBND xã Bình Chương' "$qn" 2025-08-29; row F2 'UBND xã Bình Chương' "$qn" 2025-08-30; row F3 'UBND xã Bình Mỹ' "$qn" 2025-07-01
  row F4 'Công an xã Bình Mỹ' 'O=Công an tỉnh Quảng Ngãi, L=Quảng Ngãi'; row F5 'Công an xã Bình Chương' 'O=Công an tỉnh Quảng Ngãi, L=Quảng Ngãi'
  row F6 'Sở Nội vụ tỉnh Thừa Thiên Huế' "$tth"; row F7 'Sở Nội vụ thành phố Huế' 'O=Ủy ban nhân dân thành phố Huế, L=Huế'
  who AB1 'UBND xã Bình Mỹ' 'Võ Thử Một' mot@x.vn; who AB2 'UBND xã Bình Mỹ' 'Võ Thử Hai' hai@x.vn; who AB3 'UBND xã Bình Mỹ' 'Võ Thử Ba' ba@x.vn
  who AB4 'UBND xã Bình Mỹ' 'Võ Thử Bốn' bon@x.vn 2025-07-20; } >$dir/odd.csv
{ echo "email,holder_name,status,new_unit_code,new_body,new_province"; echo "mot@x.vn,,assigned,,Sở Nội vụ thành phố Đà Nẵng,Thành phố Đà Nẵng"
  echo "hai@x.vn,,assigned,,Tỉnh ủy Quảng Ngãi,Tỉnh Quảng Ngãi"; echo "ba@x.vn,,assigned,,UBND xã Bình Chương,Tỉnh Quảng Ngãi"; echo "ba@x.vn,,left,,,"
  echo "bon@x.vn,,assigned,,UBND xã Bình Chương,Tỉnh Quảng Ngãi"; } >$dir/odd-who.csv
odd() { $bin audit --inventory $dir/odd.csv --assignments $dir/odd-who.csv --at $1 --lang en --format csv 2>$dir/odd.err >$dir/odd.out; }
of() { awk -F, -v s="$1" '$1 == s { print $2 "/" $4 }' $dir/odd.out; }
odd 2025-06-15
is "59 and 60 days left on the day" "$(of F1) $(of F2)" "needs-person/SHORT_VALIDITY change-info/NAME_KEPT_SUBJECT_CHANGES"
is "valid to the day itself" "$(of F3)" "revoke/NAME_OF_OTHER_KEPT"
is "the police of a commune that goes into another" "$(of F4) $(of F5)" "needs-person/OFFICE_OF_MERGED_COMMUNE keep/PARENT_NOT_IN_SUBJECT"
is "a province renamed before" "$(of F6) $(of F7)" "change-info/PROVINCE_RENAMED keep/PROVINCE_NAME_KEPT"
is "to another province: filed there, not by this one's deadline" "$(of AB1) $(grep '^AB1' $dir/odd.out | grep -c 'dichvucong.*,,')" "change-info/ASSIGNED 1"
is "to the Party: the texts do not settle it" "$(of AB2)" "needs-person/MOVES_TO_PARTY"
is "two assignments that contradict each other" "$(of AB3) $(grep -c 'odd-who.csv:5: a row above says otherwise' $dir/odd.err)" "needs-person/UNASSIGNED 1"
is "a person's, too short" "$(of AB4)" "needs-person/SHORT_VALIDITY"
odd 2025-10-01
is "months later: what has run out since is over" "$(of F1) $(of F2) $(of F3) $(of AB4)" "none/EXPIRED none/EXPIRED none/EXPIRED none/EXPIRED"
is "in words" "$(grep '^F2' $dir/odd.out | grep -c 'nay đã quá hạn')" 1

# A draft table and a day to come: counts, and nothing is written.
sed 's/2025-07-01\r*$/2027-01-01/' rules/mergers/2025-07-01.csv >$dir/draft.csv
is "what if" "$($bin audit --inventory $dir/qn.csv --mergers $dir/draft.csv --at 2026-12-01 --lang en 2>/dev/null | awk '{ printf "%s ", $1 }')" "0 2 2 0 0 1 5 "

# Every unit of the country, as offices write it: found, and the one that is meant.
python3 - $dir <<'P'
import csv, re, sys, unicodedata
seen, out = set(), csv.writer(open(sys.argv[1] + '/all.csv', 'w', encoding='utf-8', newline=''))
strip = lambda s: ''.join(c for c in unicodedata.normalize('NFD', s.replace('đ', 'd').replace('Đ', 'D')) if not unicodedata.combining(c))
out.writerow('serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'.split(','))
short = {'Phường': 'P.', 'Xã': 'X.', 'Thị trấn': 'TT.'}
for r in csv.DictReader(open('rules/mergers/2025-07-01.csv', encoding='utf-8')):
    code, kind, name, district, province = (r['predecessor_' + k] for k in ('code', 'kind', 'name', 'district', 'province'))
    if code.startswith('h') or code in seen:
        continue
    seen.add(code)
    full = 'Ủy ban nhân dân %s %s' % (kind, name)
    for i, body in enumerate((full, full.upper(), unicodedata.normalize('NFD', full), strip(full), 'UBND %s %s' % (short[kind], name), full)):
        dn = 'CN=%s, OU=UBND %s, O=UBND %s, L=%s, C=VN' % (body, district, province, re.sub('^(Tỉnh|Thành phố) ', '', province))
        out.writerow(['%s%d' % (code, i + 1), dn, body, '' if i == 5 else 'H1.%s' % code, body, '', 'x@y.gov.vn', 'agency', '2024-01-01', '2029-01-01', 'D', 0])
P
is "every unit in six spellings is found" "$($bin audit --inventory $dir/all.csv --at 2025-06-15 --format csv 2>/dev/null |
	grep -cE ',(AMBIGUOUS_NAME|CODE_NAME_CONFLICT|STALE_UNIT_ENDED_BEFORE|NO_RULE),')" 0
echo "audit: $passed passed, $failed failed"
[ $failed = 0 ]
