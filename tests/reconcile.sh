#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# reconcile.sh - a night asks, a CA of the test PKI answers: certificates with the old key and with another, the subject
# asked for and a wrong one, a CRL, an inventory export, files that are no answer; what is closed, told, kept.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
bin=$(pwd)/${CONGVAN:-$B/congvan}
dir=$(pwd)/$B/reconcile-test pki=$(pwd)/$B/fixtures/pki
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "reconcile: $*"; }
is() { [ "$2" = "$3" ] && ok || bad "$1: '$2', not '$3'"; }
has() { grep -q "$3" "$2" && ok || bad "$1: no '$3' in $2"; }
${MAKE:-make} -s fixtures || exit 1
rm -rf "$dir"; mkdir -p "$dir/inbox" "$dir/outbox" "$dir/old" "$dir/answer"

# The CA of the tests with a database of its own, so that what is issued and revoked here stays here.
cp -r "$pki" "$dir/pki"
MAIL=ca@congvan.example; export MAIL
issue()	# NAME KEY SERIAL FROM TO MAIL SUBJECT
{
	(cd "$dir/pki" && echo "$3" >db/state/serial &&
	 openssl req -new -utf8 -config state.cnf -key "$2.key" -subj "$7" -out "$1.csr" &&
	 MAIL=$6 openssl ca -batch -notext -utf8 -config state.cnf -extensions holder -startdate "${4}000000Z" \
		-enddate "${5}000000Z" -in "$1.csr" -out "$1.crt" 2>log) || { cat "$dir/pki/log" >&2; exit 1; }
}
der() { openssl x509 -in "$dir/pki/$1.crt" -outform DER -out "$2"; }
for key in an binh cuong dung; do openssl genrsa -out "$dir/pki/$key.key" 2048 2>/dev/null; done
top='/C=VN/L=Quảng Ngãi/O=ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI'
issue an-cu an C0A1 20240101 20290101 an@x.gov.vn "$top/OU=ỦY BAN NHÂN DÂN PHƯỜNG CHÁNH LỘ/CN=Lê Thử An"
issue binh-cu binh C0A2 20240101 20290101 binh@x.gov.vn "$top/OU=ỦY BAN NHÂN DÂN PHƯỜNG CHÁNH LỘ/CN=Lê Thử Bình"
issue cuong-cu cuong C0A3 20240101 20290101 cuong@x.gov.vn "$top/OU=ỦY BAN NHÂN DÂN PHƯỜNG CHÁNH LỘ/CN=Lê Thử Cường"

row() { echo "$1,\"CN=$2, OU=Ủy ban nhân dân phường Chánh Lộ, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN\",Ủy ban nhân dân phường Chánh Lộ,,$2,Công chức,$3@x.gov.vn,person,2024-01-01,2029-01-01,BCYC$1,0"; }
head="serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals"
{ echo "$head"
  row C0A1 'Lê Thử An' an; row C0A2 'Lê Thử Bình' binh; row C0A3 'Lê Thử Cường' cuong; row C0A4 'Lê Thử Dung' dung
  row C0A5 'Lê Thử Giang' giang; row C0A6 'Lê Thử Hà' ha; row C0A7 'Lê Thử Kiên' kien; } >"$dir/inventory.csv"
{ echo "email,holder_name,status,new_unit_code,new_body,new_province"
  for p in 'an@x.gov.vn,Lê Thử An' 'binh@x.gov.vn,Lê Thử Bình' 'cuong@x.gov.vn,Lê Thử Cường'; do
	echo "$p,assigned,,Ủy ban nhân dân phường Cẩm Thành,Tỉnh Quảng Ngãi"; done
  for p in 'dung@x.gov.vn,Lê Thử Dung' 'giang@x.gov.vn,Lê Thử Giang' 'ha@x.gov.vn,Lê Thử Hà'; do echo "$p,left,,,"; done
} >"$dir/assignments.csv"
cp "$dir/inventory.csv" "$dir/assignments.csv" "$dir/inbox/"
$bin run --inbox "$dir/inbox" --outbox "$dir/outbox" --state "$dir/state" --at 2025-07-07T01:00:00Z >"$dir/told" 2>"$dir/log"
ask() { sqlite3 "$dir/state/ledger.db" "$1"; }
change=$(ask "SELECT path FROM package WHERE path LIKE '%mau-04-001'") revoke=$(ask "SELECT path FROM package WHERE path LIKE '%mau-05-001'")
is "three are changed, three revoked" "$(ask "SELECT group_concat(asks || n) FROM (SELECT asks, count(*) AS n FROM package_line GROUP BY asks)")" "change3,revoke3"
is "what a line asks is known" "$(ask "SELECT becomes FROM package_line WHERE serial = 'C0A1'")" "Cơ quan công tác: Ủy ban nhân dân phường Cẩm Thành"

back() { # OPTION...: the answers so far, on 10 July
	$bin reconcile --state "$dir/state" --trust "$dir/pki/trust" --at 2025-07-10T01:00:00Z --lang en "$@" >"$dir/said" 2>"$dir/log"; echo $?; }
count() { grep -c "\"kind\":\"$1\"" "$dir/said"; }

# The answers -------------------------------------------------------------------------------------------
new='/OU=ỦY BAN NHÂN DÂN PHƯỜNG CẨM THÀNH/CN=Lê Thử'
issue an an C0B1 20250709 20290101 an@x.gov.vn "$top$new An"
issue binh dung C0B2 20250709 20290101 binh@x.gov.vn "$top$new Bình"
issue cuong cuong C0B3 20250709 20290101 cuong@x.gov.vn "$top/OU=ỦY BAN NHÂN DÂN PHƯỜNG NGHĨA LỘ/CN=Lê Thử Cường"
issue la binh C0B9 20250709 20290101 la@x.gov.vn "$top$new Lạ"
for n in an-cu binh-cu cuong-cu; do der $n "$dir/old/$n.cer"; done
der an "$dir/answer/an.cer"

is "nothing was sent: nothing is closed" "$(back --format json "$dir/answer"),$(count unasked),$(count done)" "1,1,0"
has "and why" "$dir/said" 'not marked as submitted'
is "no event of a line" "$(ask 'SELECT count(*) FROM line_event')" 0
for p in "$change" "$revoke"; do for s in signed submitted; do
	$bin package mark "$p" $s 'Người trình' --state "$dir/state" --at 2025-07-08T01:00:00Z >/dev/null 2>&1; done; done
$bin package mark "$change" drafted 'Người trình' --state "$dir/state" >/dev/null 2>&1
is "no way back" $? 64

is "sent, unanswered: asked and not done" "$(back --format json "$dir/old"),$(count open)" "1,6"
is "without the CA's certificates nothing is believed" "$($bin reconcile --state "$dir/state" --format json "$dir/answer/an.cer" >"$dir/said" 2>/dev/null; echo $?),$(count wrong),$(count done)" "1,1,0"
is "a dry run writes nothing" "$(back --dry-run --format json "$dir/answer"),$(count done),$(ask 'SELECT count(*) FROM line_event')" "1,1,0"
is "the changed certificate closes its line" "$(back --format json "$dir/answer"),$(count done),$(count open)" "1,1,5"
has "with the same key" "$dir/said" 'the same key'
has "and the same end" "$dir/said" 'as before (2029-01-0'
is "the event names the new serial and the answer" "$(ask "SELECT e.status, e.serial, e.source = (SELECT sha256 FROM certificate WHERE serial = 'C0B1') OR e.source IN (SELECT sha256 FROM object) FROM line_event e")" "done|C0B1|1"
is "the same again says nothing new" "$(back --format json "$dir/answer"),$(count done),$(ask 'SELECT count(*) FROM line_event')" "1,0,1"
der binh "$dir/answer/binh.cer"; der cuong "$dir/answer/cuong.cer"; der la "$dir/answer/la.cer"
is "two are not as asked, one nobody asked for" "$(back --format json "$dir/answer"),$(count wrong),$(count unasked)" "1,2,1"
has "another key" "$dir/said" 'another key than before'
has "a wrong office" "$dir/said" 'new information \\"Ủy ban nhân dân phường Cẩm Thành\\" is not in the subject'
has "not asked" "$dir/said" 'No package asked for certificate C0B9'
is "a wrong one closes nothing" "$(ask "SELECT count(*) FROM package_event WHERE status = 'fulfilled'")" 0
issue binh-2 binh C0C2 20250710 20290101 binh@x.gov.vn "$top$new Bình"
issue cuong-2 cuong C0C3 20250710 20290101 cuong@x.gov.vn "$top$new Cường"
mkdir "$dir/second"; cat "$dir/pki/binh-2.crt" "$dir/pki/cuong-2.crt" >"$dir/second/hai.pem"
is "mended: the package is fulfilled" "$(back --format json "$dir/second"),$(count done),$(count closed)" "1,2,1"
is "wrong and right, both stay" "$(ask "SELECT group_concat(status) FROM line_event e JOIN package_line l ON l.id = e.line WHERE l.serial = 'C0A2'")" "wrong,done"
is "list says so" "$($bin package list --state "$dir/state" --lang en | grep -c "^fulfilled .*$change")" 1

# The revocation list: one asked and done, one not yet, one nobody asked for.
crl() { (cd "$dir/pki" && openssl ca -config state.cnf -gencrl -crl_lastupdate 20250710000000Z -crl_nextupdate 20450801000000Z -out "$1" 2>log); }
for s in C0A4 C0A7; do
	printf 'R\t290101000000Z\t250709000000Z,cessationOfOperation\t%s\tunknown\t/C=VN/CN=x\n' $s >>"$dir/pki/db/state/index"; done
crl "$dir/state.crl"
openssl crl -in "$dir/state.crl" -outform DER -out "$dir/state-der.crl"
is "a CRL closes one line, tells of one nobody asked for" "$(back --format json "$dir/state-der.crl"),$(count done),$(count unasked),$(count open)" "1,1,1,2"
has "its day" "$dir/said" 'Revoked at 2025-07-09T00:00:00Z (cessationOfOperation)'
# Another authority of the same name is not the authority.
cp -r "$dir/pki" "$dir/false"
(cd "$dir/false" && openssl genrsa -out state.key 2048 2>/dev/null && openssl req -new -x509 -utf8 -config state.cnf -extensions root -key state.key \
	-subj '/C=VN/O=Cơ quan thử nghiệm congvan/CN=CA thử nghiệm phục vụ các cơ quan Nhà nước' -days 9000 -out state.crt &&
	openssl ca -config state.cnf -gencrl -crl_lastupdate 20250710000000Z -crl_nextupdate 20450801000000Z -out ../false.crl 2>log)
is "a CRL of somebody else is not used" "$(back --format json "$dir/false.crl"),$(count done),$(count wrong)" "1,0,1"

# A new export: C0A5 is gone, C0A6 is still there; the new certificates stand in it.
{ echo "$head"; row C0A6 'Lê Thử Hà' ha; row C0A7 'Lê Thử Kiên' kien; row C0B1 'Lê Thử An' an; row C0C2 'Lê Thử Bình' binh
  row C0C3 'Lê Thử Cường' cuong; } >"$dir/export.csv"
{ echo "$head"; row C0A6 'Lê Thử Hà' ha; } >"$dir/part.csv"
sed -i 's/^C0A7/C0A8/' "$dir/part.csv"
is "a part of the list says nothing of who is absent" "$(back --format json "$dir/part.csv"),$(count done),$(count note)" "1,0,1"
{ cat "$dir/export.csv"; row C0A1 'Lê Thử An' an; } >"$dir/whole.csv"
is "the whole list does" "$(back --format json "$dir/whole.csv"),$(count done),$(count open)" "1,1,1"
has "who is gone" "$dir/said" '"serial":"C0A5".*No longer in the authority'
# What we wrote ourselves to ask for something answers nothing, though it names certificates; nor does a list we cannot read.
before=$(ask 'SELECT count(*) FROM line_event')
forms="$dir/outbox/$change/data/nd68-2024-mau-04.xlsx $dir/outbox/$revoke/data/nd68-2024-mau-05.xlsx"
is "our own forms are no answer" "$(back --format json $forms),$(grep -c 'list of a request form' "$dir/log")" "65,2"
printf '\320\317\021\340\241\261\032\341 W\0o\0r\0k\0b\0o\0o\0k\0' >"$dir/old.xls"
is "nor is an old workbook" "$(back "$dir/old.xls"),$(grep -c 'Excel 97-2003' "$dir/log")" "65,1"
is "and nothing was closed by them" "$(ask 'SELECT count(*) FROM line_event')" "$before"
cp -r "$dir/state" "$dir/state-night"          # a night's report tells how far earlier packages are
$bin run --inbox "$dir/inbox" --outbox "$dir/outbox-night" --state "$dir/state-night" --at 2025-07-11T01:00:00Z >/dev/null 2>&1
cp "$dir/part.csv" "$dir/inbox/them.csv"; mkdir -p "$dir/outbox-night"
$bin run --inbox "$dir/inbox" --outbox "$dir/outbox-night" --state "$dir/state-night" --at 2025-07-11T02:00:00Z --lang en >"$dir/night" 2>"$dir/log"
has "the night's summary: what is under way" "$dir/night" 'submitted: 1 packages, 3 lines; 2 done, 0 wrong'
has "and its page, by package" "$dir/outbox-night/2025-07-11/report.html" 'mau-05-001</a></td><td>[^<]*</td><td class="n">3</td><td class="n">2</td>'

# The last export is a workbook as an office saves it: a sheet before it, days as Excel counts them, a remark below.
sed '/^C0A6/d' "$dir/whole.csv" >"$dir/last.csv"
python3 tests/make_xlsx.py "$dir/last.csv" "$dir/last.xlsx"
is "the last line: all is done" "$(back --format json "$dir/last.xlsx"),$(count done),$(count closed),$(count open)" "0,1,1,0"

# What is no answer ------------------------------------------------------------------------------------
echo 'xin chào' >"$dir/letter.txt"; printf '0\202\377\377' >"$dir/broken.cer"; : >"$dir/empty.cer"
is "no answer" "$(back "$dir/letter.txt"),$(back "$dir/broken.cer"),$(back "$dir/empty.cer")" "65,65,65"
is "no such file, nothing named" "$(back "$dir/nowhere.cer"),$(back)" "66,64"
$bin explain C0A2 --state "$dir/state" --lang en >"$dir/why" 2>/dev/null
has "explain tells where the line stands" "$dir/why" "$change.*line 2.*fulfilled"
has "and what came of it" "$dir/why" 'done.*new certificate C0C2'
$bin check-ledger --state "$dir/state" >"$dir/care" 2>&1
is "the ledger is sound" $? 0
echo "reconcile: $passed passed, $failed failed"
[ $failed = 0 ]
