#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A merger over several nights: units of one group send their lists apart, certificates are seen in signatures only,
# the new unit chooses by Mẫu 04, a filled worksheet comes back as XLSX, a row that lacked something is asked again.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/nights-test
letters=build/fixtures/letters
passed=0 failed=0
is() { if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "nights: $1: '$2', not '$3'"; fi; }
rm -rf $dir
make -s fixtures >/dev/null || exit 1

head='serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'
city='OU=Ủy ban nhân dân thành phố Quảng Ngãi, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN'
son='OU=Ủy ban nhân dân huyện Bình Sơn, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN'
row() { # SERIAL BODY SUPERIORS VALID-TO [DEVICE]
	echo "$1,\"CN=$2, $3\",$2,,$2,,$1@x.gov.vn,agency,2023-01-01,$4,${5-D$1},0"; }
list() { # FILE ROW...
	f=$1; shift; { echo "$head"; for r; do echo "$r"; done; } >"$f"; }
start() { mkdir -p "$dir/$1/inbox" "$dir/$1/outbox"; }
night() { # NAME DAY [OPTION...]
	n=$1 day=$2; shift 2
	$bin run --inbox $dir/$n/inbox --outbox $dir/$n/outbox --state $dir/$n/state --trust build/fixtures/pki/trust \
		--at "${day}T01:00:00Z" "$@" >>$dir/$n/told 2>>$dir/$n/log; }
ask() { sqlite3 "$dir/$1/state/ledger.db" "$2"; }
now() { ask "$1" "SELECT group_concat(serial || '=' || action || '/' || reason, ' ') FROM (SELECT serial, action, reason FROM decision d
	WHERE id = (SELECT max(id) FROM decision e WHERE e.serial = d.serial) ORDER BY serial)"; }
placed() { ask "$1" "SELECT substr(path, -10) || ' ' || group_concat(serial, ' ') FROM (SELECT path, serial FROM package p
	JOIN package_line e ON e.package = p.id ORDER BY path, serial) GROUP BY path ORDER BY path" | tr '\n' ';'; }
found() { ask "$1" "SELECT count(*) FROM finding WHERE rule = '$2'"; }

# One ward's list is no inventory of the four that become Cẩm Thành ---------------------------------------
start apart
list $dir/apart/inbox/a.csv "$(row A1 'UBND phường Nguyễn Nghiêm' "$city" 2028-01-01)"
night apart 2025-07-02
is "the first list alone decides nothing" "$(now apart)$(placed apart)" "A1=needs-person/GROUP_NOT_HEARD"
is "the units that are missing are named" "$(ask apart "SELECT count(*) FROM finding WHERE rule = 'merger/units-not-heard'
	AND vi LIKE '%phường Trần Hưng Đạo%' AND vi LIKE '%phường Nghĩa Chánh%' AND vi LIKE '%phường Chánh Lộ%' AND vi NOT LIKE '%của phường Nguyễn Nghiêm%'")" 1
list $dir/apart/inbox/b.csv "$(row A2 'UBND phường Trần Hưng Đạo' "$city" 2028-02-01)"
night apart 2025-07-03
is "with the second both are asked together" "$(now apart)" "A1=choose-one/NEW_NAME A2=choose-one/NEW_NAME"
list $dir/apart/inbox/c.csv "$(row A3 'UBND phường Nghĩa Chánh' "$city" 2028-03-01)" "$(row A4 'UBND phường Chánh Lộ' "$city" 2025-07-20)"
night apart 2025-07-04
is "all are heard of: one proposal among those that last" "$(now apart)$(ask apart "SELECT ' ' || group_concat(serial) FROM decision d WHERE suggested = 'Y'
	AND id = (SELECT max(id) FROM decision e WHERE e.serial = d.serial)")" \
	"A1=choose-one/NEW_NAME A2=choose-one/NEW_NAME A3=choose-one/NEW_NAME A4=revoke/SHORT_VALIDITY_OTHERS_USABLE A3"
is "nothing is kept before the choice" "$(placed apart)" "mau-05-001 A4;"
night apart 2025-07-05
is "a night without anything new asks nothing anew" "$(ask apart 'SELECT count(*) FROM batch')" 3
list $dir/apart/inbox/a2.csv "$(row A1 'UBND phường Nguyễn Nghiêm' "$city" 2028-01-01)" "$(row A9 'UBND phường Nguyễn Nghiêm' "$city" 2029-01-01)"
night apart 2025-07-06
is "a list sent again with one more" "$(now apart | tr ' ' '\n' | grep -c choose-one)" 4

# A list that is declared whole speaks for the units it does not name ----------------------------------------
start whole
list $dir/whole/inbox/chung-thu-toan-tinh.csv "$(row A1 'UBND phường Nguyễn Nghiêm' "$city" 2028-01-01)"
night whole 2025-07-02 --whole-list 'chung-thu-toan-*.csv'
is "a whole inventory with one candidate decides" "$(now whole) $(placed whole)" "A1=change-info/ONLY_CANDIDATE mau-04-001 A1;"
list $dir/whole/inbox/b.csv "$(row A2 'UBND phường Trần Hưng Đạo' "$city" 2028-02-01)"
night whole 2025-07-03
is "what comes after all: the one in a package is the choice" "$(now whole)" "A1=change-info/ONLY_CANDIDATE A2=revoke/NOT_CHOSEN"

# A unit that has none says so, in a list or by a letter; then it is heard of.
none_letter() { # FILE WORDS: Bình Chương to its district
	cat >$dir/none.letter <<-L
	parent: UBND HUYỆN BÌNH SƠN
	agency: ỦY BAN NHÂN DÂN|XÃ BÌNH CHƯƠNG
	number: 61
	symbol: UBND
	place: Bình Chương
	date: 2025-06-19
	subject: V/v rà soát chứng thư chữ ký số chuyên dùng công vụ
	to: Ủy ban nhân dân huyện Bình Sơn.
	p: Thực hiện chỉ đạo của Ủy ban nhân dân huyện về rà soát chứng thư chữ ký số trước khi sắp xếp đơn vị hành chính.
	p: $2
	copy: Như trên;
	copy: Lưu: VT.
	sign: TM. ỦY BAN NHÂN DÂN
	sign: CHỦ TỊCH
	name: Lê Thử Nghiệm
	L
	build/fixtures/bin/typeset $dir/none.letter "$1"; }
my="$(row E1 'UBND xã Bình Mỹ' "$son" 2028-01-01)"
for way in list letter other; do start none-$way; list $dir/none-$way/inbox/a.csv "$my"; night none-$way 2025-06-20; done
is "its list has not come" "$(now none-list)" "E1=needs-person/NAME_HOLDER_NOT_HEARD"
is "how to say none is told" "$(ask none-list "SELECT count(*) FROM finding WHERE rule = 'merger/units-not-heard' AND vi LIKE '%không có%'")" 1
printf 'Số hiệu CTS,Tên cơ quan,Ngày hết hạn\nkhông có,"UBND xã Bình Chương, huyện Bình Sơn, tỉnh Quảng Ngãi",\n' >$dir/none-list/inbox/b.csv
none_letter $dir/none-letter/inbox/b.pdf 'Qua rà soát, Ủy ban nhân dân xã Bình Chương không có chứng thư chữ ký số chuyên dùng công vụ nào.'
none_letter $dir/none-other/inbox/b.pdf 'Qua rà soát, Ủy ban nhân dân xã Bình Chương không có chứng thư chữ ký số nào hết hạn. Nếu đơn vị không có chứng thư số thì báo cáo.'
for way in list letter other; do night none-$way 2025-06-21; done
is "none, by a row of a list" "$(now none-list)" "E1=needs-person/NAME_HOLDER_HAS_NO_CERT"
is "none, by its letter" "$(now none-letter)" "E1=needs-person/NAME_HOLDER_HAS_NO_CERT"
is "none that ran out is not none" "$(now none-other)" "E1=needs-person/NAME_HOLDER_NOT_HEARD"
night none-list 2025-06-22; list $dir/none-list/inbox/c.csv "$(row E2 'UBND xã Bình Thanh' "$son" 2028-01-01)"; night none-list 2025-06-23
is "a later night still knows" "$(now none-list | grep -o 'E1=[^ ]*')" "E1=needs-person/NAME_HOLDER_HAS_NO_CERT"
printf 'Số hiệu CTS,Tên cơ quan,Ngày hết hạn\n' >$dir/none-other/inbox/empty.csv
night none-other 2025-06-22
is "a list without rows is told how" "$(found none-other 2_extract/list-empty)" 1

# Two forms and their cover under one number and day are three letters; the same form in other bytes is one.
start forms
list $dir/forms/inbox/a.csv "$(row 5A10C3D2E4F6010A 'UBND xã Bình Chương' "$son" 2029-01-01)"
sed 's/^date:.*/date: 2025-06-20/; s/^number:.*/number: 412/; s/^symbol:.*/symbol: UBND-VHKHTT/; s/^agency:.*/agency: ỦY BAN NHÂN DÂN|HUYỆN BÌNH SƠN/' \
	fixtures/letters/mau04-binhchuong.letter >$dir/four.letter
build/fixtures/bin/typeset $dir/four.letter $dir/forms/inbox/mau04.pdf; cp $letters/mau05-binhson.pdf $dir/forms/inbox/
sed '/^table/d; /^t[hr]:/d; /^n:/d; /^h:/d; s/^subject:.*/subject: V\/v gửi hồ sơ về chứng thư chữ ký số/; s/^p: .*đề nghị như sau:/p: Ủy ban nhân dân huyện gửi hồ sơ kèm theo./' \
	$dir/four.letter >$dir/cover.letter
build/fixtures/bin/typeset $dir/cover.letter $dir/forms/inbox/bia.pdf
sed 's/^copy: Lưu: VT\./copy: Lưu: VT, VP./' $dir/four.letter >$dir/again.letter
build/fixtures/bin/typeset $dir/again.letter $dir/forms/inbox/mau04-lai.pdf
night forms 2025-07-02
is "two forms of one number are two letters" "$(ask forms "SELECT group_concat(name || ' ' || state, '; ') FROM (SELECT substr(CAST(a.name AS TEXT), 1, 5) AS name, state
	FROM letter l JOIN arrival a ON a.letter = l.id WHERE l.kind <> 'certificate-list' ORDER BY 1, 2)")" \
	"bia.p 5_emit; mau04 5_emit; mau04 linked; mau05 5_emit"

# Whose list speaks for more than its rows: one signed by the department that manages certificates, if it names at least
# half the units of a district. A list that comes with a broken signature is not taken.
city_list() { # FILE ROWS: wards and communes of the city, but for three of the four of Cẩm Thành
	n=0; { echo "$head"; for u in 'phường Nguyễn Nghiêm' 'phường Lê Hồng Phong' 'phường Trần Phú' 'phường Quảng Phú' 'phường Nghĩa Lộ' 'xã Nghĩa Dũng' \
		'xã Nghĩa Dõng' 'xã Nghĩa Hà' 'xã Tịnh Hòa' 'xã Tịnh Ấn Đông' 'xã Tịnh Ấn Tây' 'xã Tịnh An' 'xã Tịnh Kỳ'; do
		n=$((n + 1)); [ $n -gt "$2" ] || row "A$n" "UBND $u" "$city" 2028-01-01; done; } >"$1"; }
with_list() { # NAME LETTER ROWS
	start $1; city_list $dir/ds.csv $3
	cp $letters/$2.pdf $dir/thu.pdf; (cd $dir && zip -q $1/inbox/thu.zip thu.pdf ds.csv)
	night $1 2025-07-02; }
first() { ask $1 "SELECT group_concat(action || '/' || reason) FROM decision WHERE serial = 'A1'"; }
with_list broad cv-skhcn 13
is "the department's list of most units is the whole of the city" "$(first broad)" change-info/ONLY_CANDIDATE
with_list narrow cv-skhcn 3
is "three rows of it are not" "$(first narrow)" needs-person/GROUP_NOT_HEARD
with_list other cv-ducpho-kt 13
is "another sender's list speaks for its rows" "$(first other)" needs-person/GROUP_NOT_HEARD
with_list broken cv-ducpho-sua 13
is "the list of a letter that was changed is not taken" "$(first broken)$(ask broken 'SELECT disposition FROM letter')" reject

# The name's holder first, or the absorbed one first: the same end ---------------------------------------------
start keeper; start absorbed
list $dir/keeper/inbox/a.csv "$(row B1 'UBND xã Bình Chương' "$son" 2028-01-01)"
list $dir/absorbed/inbox/a.csv "$(row B2 'UBND xã Bình Mỹ' "$son" 2028-01-01)"
night keeper 2025-07-02; night absorbed 2025-07-02
is "its own name: decided at once" "$(now keeper)" "B1=change-info/NAME_KEPT_SUBJECT_CHANGES"
is "another's name: wait for its list" "$(now absorbed)$(placed absorbed)" "B2=needs-person/NAME_HOLDER_NOT_HEARD"
list $dir/keeper/inbox/b.csv "$(row B2 'UBND xã Bình Mỹ' "$son" 2028-01-01)"
list $dir/absorbed/inbox/b.csv "$(row B1 'UBND xã Bình Chương' "$son" 2028-01-01)"
night keeper 2025-07-03; night absorbed 2025-07-03
for n in keeper absorbed; do
	is "$n: both are decided" "$(now $n) $(placed $n)" \
		"B1=change-info/NAME_KEPT_SUBJECT_CHANGES B2=revoke/NAME_OF_OTHER_KEPT mau-04-001 B1;mau-05-001 B2;"
done

# Certificates that are only seen in signatures ------------------------------------------------------------
# The letter is sealed with the ward's certificate (0B) and signed by a person (309) of the same ward; no list has them.
start seen
cp $letters/mau04-camthanh.pdf $dir/seen/inbox/
night seen 2025-07-03
is "the Mẫu 04 names both: done as asked" "$(now seen)" "5A10C3D2E4F6010B=change-info/CHOSEN 5A10C3D2E4F60309=change-info/REQUESTED"
is "and they come into its package" "$(placed seen)" "mau-04-001 5A10C3D2E4F6010B 5A10C3D2E4F60309;"
list $dir/seen/inbox/b.csv "$(row 5A10C3D2E4F6010C 'UBND phường Trần Hưng Đạo' "$city" 2028-02-01)"
night seen 2025-07-04
is "a list that comes after the choice" "$(ask seen "SELECT action || '/' || reason FROM decision WHERE serial LIKE '%10C'")" revoke/NOT_CHOSEN
start sealed
cp $letters/mau05-binhson.pdf $dir/sealed/inbox/           # sealed by the district, signed by a person of it
list $dir/sealed/inbox/b.csv "$(row 5A10C3D2E4F60109 'UBND xã Bình Mỹ' "$son" 2028-01-01)"
night sealed 2025-06-23
is "a district's seal that no list has: a person is asked" \
	"$(ask sealed "SELECT group_concat(serial || '=' || reason, ' ') FROM (SELECT * FROM decision WHERE reason LIKE 'SEEN%' ORDER BY serial)")" \
	"5A10C3D2E4F60105=SEEN_IN_SIGNATURE 5A10C3D2E4F60305=SEEN_IN_SIGNATURE"
is "explain tells the letter it was seen in" "$($bin explain 5A10C3D2E4F60105 --state $dir/sealed/state --lang vi | grep -c 'Bằng chứng: mau05-binhson.pdf.*chữ ký số')" 1
list $dir/sealed/inbox/c.csv "$(row 5A10C3D2E4F60105 'UBND huyện Bình Sơn' 'O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN' 2028-03-06)"
night sealed 2025-06-24
is "its list comes: decided, with its device" "$(ask sealed "SELECT action || '/' || reason FROM decision WHERE serial LIKE '%0105' ORDER BY id DESC LIMIT 1") $(placed sealed | grep -c 5A10C3D2E4F60105)" "revoke/DISTRICT_ABOLISHED 1"

# A Mẫu 04 of the new unit is the choice, on a later night and before the lists --------------------------------
wards() { list "$1" "$(row 5A10C3D2E4F6010B 'UBND phường Nguyễn Nghiêm' "$city" 2029-03-18)" "$(row A2 'UBND phường Trần Hưng Đạo' "$city" 2028-02-01)" \
	"$(row A3 'UBND phường Nghĩa Chánh' "$city" 2028-03-01)" "$(row A4 'UBND phường Chánh Lộ' "$city" 2028-07-20)"; }
start later; start before
wards $dir/later/inbox/w.csv
night later 2025-07-02
is "four wait for the choice" "$(now later | tr ' ' '\n' | grep -c choose-one),$(placed later)" "4,"
cp $letters/mau04-camthanh.pdf $dir/later/inbox/
night later 2025-07-03
cp $letters/mau04-camthanh.pdf $dir/before/inbox/
night before 2025-07-03
wards $dir/before/inbox/w.csv
night before 2025-07-04
for n in later before; do
	is "$n: Mẫu 04 chose" "$(ask $n "SELECT group_concat(serial || '=' || action, ' ') FROM (SELECT serial, action FROM decision d WHERE grp LIKE 'UBND:%'
		AND id = (SELECT max(id) FROM decision e WHERE e.serial = d.serial) ORDER BY serial)")" \
		"5A10C3D2E4F6010B=change-info A2=revoke A3=revoke A4=revoke"
	is "$n: each is on its form, once" "$(ask $n "SELECT group_concat(serial || ' ' || substr(path, instr(path, 'mau-'), 6), '; ') FROM
		(SELECT serial, path FROM package p JOIN package_line e ON e.package = p.id ORDER BY serial)")" \
		"5A10C3D2E4F6010B mau-04; 5A10C3D2E4F60309 mau-04; A2 mau-05; A3 mau-05; A4 mau-05"
done

# What is asked on one night and contradicted on another
sed 's/5A10C3D2E4F60109/5A10C3D2E4F6010B/; s/^number:.*/number: 413/' fixtures/letters/mau05-binhson.letter >$dir/against.letter
build/fixtures/bin/typeset $dir/against.letter $dir/later/inbox/against.pdf
night later 2025-07-04
is "a revocation of what Mẫu 04 had changed" "$(ask later "SELECT count(*) FROM finding f JOIN letter l ON l.id = f.letter
	WHERE rule = 'nd68-2024/change-and-revoke' AND vi LIKE '%5A10C3D2E4F6010B%' AND l.id = (SELECT max(id) FROM letter)")" 1

# The worksheet filled in as XLSX, through the inbox ------------------------------------------------------------
start sheet
wards $dir/sheet/inbox/w.csv
night sheet 2025-07-02
$bin decide --out $dir/ask.xlsx --state $dir/sheet/state 2>/dev/null
python3 tests/fill_sheet.py $dir/ask.xlsx $dir/sheet/inbox/phieu.xlsx A3
night sheet 2025-07-03
is "a filled XLSX in the inbox is recorded" "$(ask sheet 'SELECT group_concat(answer) FROM (SELECT a.answer FROM answer a JOIN decision d ON d.id = a.decision ORDER BY d.serial)')" \
	"not-chosen,not-chosen,choose,not-chosen"
is "and its packages are made the same night" "$(placed sheet)" "mau-04-001 A3;mau-05-001 5A10C3D2E4F6010B A2 A4;"

# A row that lacks something after its answer is asked again --------------------------------------------------------
start lacking
list $dir/lacking/inbox/a.csv "$(row C1 'UBND phường Nguyễn Nghiêm' "$city" 2025-07-20 '')"
night lacking 2025-07-02
printf 'id,serial,answer,person,reason\n%s,C1,thu hồi,Người có thẩm quyền,đơn vị không còn\n' \
	"$(ask lacking "SELECT max(id) FROM decision WHERE serial = 'C1'")" >$dir/lacking/inbox/phieu.csv
night lacking 2025-07-03
is "revoked, but its device is not known: no package" "$(now lacking)$(placed lacking)" "C1=revoke/ANSWERED"
$bin decide --out $dir/again.csv --state $dir/lacking/state 2>/dev/null
is "asked again, and what is missing" "$?,$(grep -c 'Bổ sung thông tin.*thiếu.*Số hiệu thiết bị' $dir/again.csv)" 1,1
list $dir/lacking/inbox/b.csv "$(row C1 'UBND phường Nguyễn Nghiêm' "$city" 2025-07-20 D77)"
night lacking 2025-07-04
is "the row sent again is taken into a package" "$(placed lacking)" "mau-05-001 C1;"
$bin decide --out $dir/none.csv --state $dir/lacking/state 2>/dev/null
is "and nothing waits any more" $? 0

# The rule set of the command line -----------------------------------------------------------------------------
start old
wards $dir/old/inbox/w.csv
night old 2025-07-02 --ruleset 2024
is "run --ruleset 2024: a new name, a new certificate" "$(now old | tr ' ' '\n' | cut -d= -f2 | sort | uniq -c | awk '{ print $1, $2 }')" "4 revoke+issue-new/NEW_NAME_NEW_ISSUE"
echo "nights: $passed passed, $failed failed"
[ $failed = 0 ]
