#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lists.sh - what stands beside the packages: after a night over the demo inbox, the lists of what is due, of dossiers to
# hand over, of agencies, of devices to come back; the print set for the post; a package that was returned.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
bin=$(pwd)/${CONGVAN:-$B/congvan}
dir=$(pwd)/$B/lists-test
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "lists: $*"; }
is() { [ "$2" = "$3" ] && ok || bad "$1: '$2', not '$3'"; }
says() { pdftotext -layout "$2" - 2>/dev/null | tr -s ' \n' '  ' | grep -q "$3" && ok || bad "$1: no '$3' in $2"; }
${MAKE:-make} -s fixtures || exit 1
rm -rf "$dir"; mkdir -p "$dir/inbox" "$dir/outbox"

# Binh My is merged into Binh Chuong and had asked for a change in time; one person leaves, one device is lost.
dn='O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN'
body() { echo "$1,\"CN=$2, OU=Ủy ban nhân dân huyện Bình Sơn, $dn\",$2,$5,$2,,$3,agency,2024-01-01,$4,BCYC$1,0"; }
person() { echo "$1,\"CN=$2, OU=Ủy ban nhân dân xã Bình Chương, $dn\",Ủy ban nhân dân xã Bình Chương,,$2,Công chức,$3,person,2024-01-01,2029-01-01,BCYA$1,0"; }
{ echo "serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals"
  body D001 'Ủy ban nhân dân xã Bình Chương' binhchuong@x.gov.vn 2029-01-01; body D002 'Ủy ban nhân dân xã Bình Mỹ' binhmy@x.gov.vn 2029-01-01
  body D003 'Ủy ban nhân dân xã Bình Thanh' binhthanh@x.gov.vn 2025-02-01
  person D004 'Võ Thử Đi' di@x.gov.vn; person D005 'Võ Thử Ở' o@x.gov.vn; } >"$dir/inbox/chung-thu.csv"
{ echo "email,holder_name,status,new_unit_code,new_body,new_province"; echo "di@x.gov.vn,Võ Thử Đi,left,,,"; } >"$dir/inbox/phan-cong.csv"
night() { $bin run --inbox "$dir/inbox" --outbox "$dir/outbox" --state "$dir/state" --province "Quảng Ngãi" --at "$1T01:00:00Z" >"$dir/told" 2>"$dir/log"; }
write() { $bin package write "$1" --outbox "$dir/outbox" --state "$dir/state" --province "Quảng Ngãi" --at "$2T01:00:00Z" >"$dir/said" 2>"$dir/log"; echo $?; }
ask() { sqlite3 "$dir/state/ledger.db" "$1"; }
night 2025-06-16
day=$dir/outbox/2025-06-16
revoke=$(ask "SELECT p.path FROM package p JOIN package_line l ON l.package = p.id WHERE l.serial = 'D002'")
post=$dir/outbox/$revoke/data/post
says "the label names the authority where it sits now" "$post/nhan-gui.pdf" 'Lô CN27A, Khu công nghệ cao Hòa Lạc'
says "the list of devices" "$post/danh-sach-thiet-bi.pdf" 'BCYCD002'
says "minutes of those handed in" "$post/nd68-2024-mau-08.pdf" 'BÊN GIAO.*BÊN NHẬN'
is "no minutes of lost ones" "$(ls "$post" | grep -c mau-09)" 0
says "what is due goes with the night" "$day/lists/nhac-han.pdf" 'Trình ký và gửi hồ sơ'

is "all lists" "$(write all 2025-06-17),$(wc -l <"$dir/said")" "0,$(find "$dir/outbox/2025-06-17" -type f | wc -l)"
lists=$dir/outbox/2025-06-17/lists
says "reminders: the question that waits, the packages not sent" "$lists/nhac-han.pdf" 'VIỆC\|Trình ký và gửi hồ sơ'
says "agencies: who is there now" "$lists/danh-sach-co-quan.pdf" 'cử đầu mối phối hợp'
says "with their mailbox" "$lists/danh-sach-co-quan.pdf" 'binhchuong@x.gov.vn'
is "and not the one that ended" "$(pdftotext -layout "$lists/danh-sach-co-quan.pdf" - | grep -c 'Bình Mỹ')" 0
d=$(find "$lists" -name thu-hoi-thiet-bi.pdf | xargs -I{} sh -c 'pdftotext -layout {} - | grep -q BCYCD003 && echo {}')
says "devices: the one that ran out too" "$d" 'Hết hạn.*01/02/2025'
is "each list as PDF, DOCX, XLSX" "$(ls "$lists" | grep -c '^nhac-han\.\(pdf\|docx\|xlsx\)$')" 3
is "nothing in the ledger changed" "$(ask 'SELECT count(*) FROM output WHERE path LIKE "2025-06-17%"')" 0
is "no such list" "$(write quà 2025-06-17)" 64

# A lost device: minutes of form 09 and not 08, for that device alone; a device that holds a secret key (khóa bí mật) is
# not lost for that. The form's agency, in capitals on its head, stands in sentences as it is written in them.
mkdir -p "$dir/lost-in" "$dir/lost-out"
sed 's/Sáp nhập, xã mới mang tên Bình Chương/Nộp lại thiết bị lưu khóa bí mật/; s/| Nghỉ hưu/| Thiết bị bị mất/' fixtures/letters/mau05-binhson.letter |
	sed 's/^tr: 1 | Ủy ban nhân dân xã Bình Mỹ |  | 4300900109 | 1100109 /tr: 1 | Lưu Thử | 051085000778, 20\/12\/2021, Cục CSQLHC về TTXH |  |  /' >"$dir/lost.letter"
cp fixtures/letters/mau05-binhson.sign "$dir/lost.sign"
sh fixtures/letters.sh "$B/fixtures/bin" "$B/fixtures/pki" "$dir/lost-in" "$dir/lost.letter" || bad "no form with a lost device"
rm -f "$dir/lost-in/"*.boxes
son="OU=Ủy ban nhân dân huyện Bình Sơn, $dn"
{ head -n 1 "$dir/inbox/done/2025-06-16/chung-thu.csv"; for p in '5A10C3D2E4F60109,Lưu Thử,BCYC70000109' '5A10C3D2E4F60402,Cù Huy Lãm,BCYC70000402'; do
	IFS=, read -r s h d <<-E
	$p
	E
	echo "$s,\"CN=$h, $son\",Ủy ban nhân dân huyện Bình Sơn,,$h,,$s@x.gov.vn,person,2024-01-01,2029-01-01,$d,0"; done; } >"$dir/lost-in/l.csv"
$bin run --inbox "$dir/lost-in" --outbox "$dir/lost-out" --state "$dir/lost" --trust "$B/fixtures/pki/trust" --province "Quảng Ngãi" \
	--at 2025-06-21T01:00:00Z >"$dir/told" 2>"$dir/log"
post=$(find "$dir/lost-out" -name post)
says "minutes of the one that is lost" "$post/nd68-2024-mau-09.pdf" 'Ủy ban nhân dân huyện Bình Sơn lập biên bản.* BCYC70000402 .* 5A10C3D2E4F60402 .*Thiết bị'
is "of nobody else, and nothing is handed over" "$(pdftotext -layout "$post/nd68-2024-mau-09.pdf" - | grep -c 'Lưu Thử\|BÊN GIAO')" 0
says "the other one is handed over" "$post/nd68-2024-mau-08.pdf" 'BÊN GIAO.*BÊN NHẬN'
is "and only that" "$(pdftotext -layout "$post/nd68-2024-mau-08.pdf" - | grep -c 'Cù Huy Lãm')$(pdftotext -layout "$post/nd68-2024-mau-08.pdf" - | grep -c 'Lưu Thử')" 01

# Dossiers: a form that Bình Mỹ sent before the merger, never signed.
sed 's/BÌNH CHƯƠNG/BÌNH MỸ/; s/Bình Chương/Bình Mỹ/g; s/2025-07-03/2025-06-10/' fixtures/letters/mau04-binhchuong.letter >"$dir/binhmy.letter"
"$B/fixtures/bin/typeset" "$dir/binhmy.letter" "$dir/inbox/mau04-binhmy.pdf" || bad "no form of Bình Mỹ"
night 2025-06-17
is "dossiers" "$(write dossiers 2025-06-17)" 0
dossier=$(find "$lists" -name ban-giao-ho-so.pdf)
says "who hands over to whom" "$dossier" 'Ủy ban nhân dân xã Bình Mỹ thống kê và bàn giao cho Ủy ban nhân dân xã Bình Chương'
says "which dossier" "$dossier" 'Mẫu số 04.*05/UBND'

# A returned package frees its lines; the list sent again gives a new one.
for s in signed submitted; do $bin package mark "$revoke" $s Ai --state "$dir/state" --at 2025-06-18T01:00:00Z >/dev/null 2>&1; done
$bin package mark "$revoke" returned Ai --state "$dir/state" >/dev/null 2>&1
is "returned needs a reason" $? 64
$bin package mark "$revoke" returned Ai 'thiếu chữ ký' --state "$dir/state" --at 2025-06-19T01:00:00Z
is "returned" $? 0
is "and the reminder says so" "$(write reminders 2025-06-19)$(pdftotext -layout "$dir/outbox/2025-06-19/lists/nhac-han.pdf" - | grep -c 'Lập lại hồ sơ')" 01
{ cat "$dir/inbox/done/"*/chung-thu.csv; echo; } >"$dir/inbox/lai.csv"
night 2025-06-20
is "its lines go into a new package" "$(ask "SELECT count(*) FROM package_line WHERE serial = 'D002'")" 2
leaves() { # SERIAL NAME MAIL: a list and an assignment of one who leaves
	{ head -n 1 "$dir/inbox/done/2025-06-16/chung-thu.csv"; person "$@"; } >"$dir/inbox/$1.csv"
	{ echo "email,holder_name,status,new_unit_code,new_body,new_province"; echo "$3,$2,left,,,"; } >"$dir/inbox/$1-di.csv"
	night 2025-06-20; }
leaves D010 'Võ Thử Mười' muoi@x.gov.vn
leaves D011 'Võ Thử Một' mot@x.gov.vn
is "a second batch of the day goes on counting" "$(ask "SELECT group_concat(substr(path, -3)) FROM package WHERE path LIKE '2025-06-20/ubnd-xa-binh-chuong/nd68-2024-mau-05-%'")" "001,002"
is "a certificate stands in one package that is open" "$(ask "SELECT max(n) FROM (SELECT count(*) AS n FROM package_line l WHERE
	coalesce((SELECT status FROM package_event v WHERE v.package = l.package ORDER BY v.id DESC LIMIT 1), '') <> 'returned' GROUP BY serial)")" 1
is "nothing further may follow" "$($bin package mark "$revoke" fulfilled Ai --state "$dir/state" >/dev/null 2>&1; echo $?)" 65
for p in $(ask 'SELECT path FROM package'); do $bin package check "$dir/outbox/$p" >/dev/null 2>&1 || bad "$p is not sound"; done; ok
echo "lists: $passed passed, $failed failed"
[ $failed = 0 ]
