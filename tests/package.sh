#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# package.sh - packages from outside: an audit of the mergers of Bình Chương and Cẩm Thành writes them, other tools
# find them whole (sha256sum, sha512sum, unzip, xmllint, pdftotext), other zones and locales give the same bytes,
# and 'package check' says of every kind of damage what it is.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
here=$B/package-test
passed=0 failed=0
is()	# WHAT COMMAND...
{
	what=$1
	shift
	if "$@" > "$here/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "package: $what"
		sed 's/^/    /' "$here/said" | head -n 12
	fi
}

rm -rf "$here"
mkdir -p "$here"
row() { printf '%s,"CN=%s, OU=%s, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN",%s,%s,,%s,agency,2023-05-10,2028-05-10,%s,0\n' "$1" "$2" "$3" "$2" "$2" "$4" "$5"; }
{
	echo 'serial,subject_dn,org_name,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'
	row 6A01 'Ủy ban nhân dân xã Bình Chương' 'Ủy ban nhân dân huyện Bình Sơn' binhchuong@quangngai.example BCYC01
	row 6A02 'Ủy ban nhân dân xã Bình Mỹ' 'Ủy ban nhân dân huyện Bình Sơn' binhmy@quangngai.example BCYC02
	row 6A03 'Ủy ban nhân dân phường Nguyễn Nghiêm' 'Ủy ban nhân dân thành phố Quảng Ngãi' nn@quangngai.example BCYC03
	row 6A04 'Ủy ban nhân dân phường Chánh Lộ' 'Ủy ban nhân dân thành phố Quảng Ngãi' cl@quangngai.example BCYC04
} > "$here/inventory.csv"

audit()	# OUTBOX
{
	"$congvan" audit --inventory "$here/inventory.csv" --ruleset 2025 --at 2025-06-20T01:00:00Z --outbox "$1"
	[ $? -le 1 ]
}
is "an audit writes the packages" audit "$here/a"
agency=$here/a/2025-06-20/ubnd-tinh-quang-ngai
change=$agency/nd68-2024-mau-04-001 revoke=$agency/nd68-2024-mau-05-001

holds() { grep -q "serial=\"$2\"" "$1/data/package.xml"; }
lacks() { ! holds "$@"; }
is "Bình Chương changes" holds "$change" 6A01
is "Bình Mỹ is revoked" holds "$revoke" 6A02
is "a group that must choose waits" lacks "$change" 6A03
is "and is not revoked either" lacks "$revoke" 6A04
is "what waits is in the worksheet" test -s "$here/a/2025-06-20/worksheet.xlsx"

sums() { (cd "$1" && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt && sha512sum --quiet -c manifest-sha512.txt tagmanifest-sha512.txt); }
is "sha256sum and sha512sum agree" sums "$revoke"
is "package.xml fits its schema" xmllint --noout --schema schemas/package.xsd "$change/data/package.xml" "$revoke/data/package.xml"
is "package.edxml fits its schema" xmllint --noout --schema schemas/edxml.xsd "$change/data/package.edxml" "$revoke/data/package.edxml"
twin() { unzip -q -d "$here/unzipped" "$1.zip" && diff -r "$here/unzipped/$(basename "$1")" "$1"; }
is "the ZIP holds the folder" twin "$revoke"
for f in cong-van nd68-2024-mau-05 post/nd68-2024-mau-08 post/danh-sach-thiet-bi; do
	says() { pdftotext "$revoke/data/$f.pdf" - | tr -s '\n ' '  ' | grep -q 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'; }
	is "$f.pdf is Vietnamese text" says
	embedded() { pdffonts "$revoke/data/$f.pdf" | awk 'NR > 2 && $(NF - 4) != "yes" { bad = 1 } END { exit bad }'; }
	is "$f.pdf embeds its fonts" embedded
	is "$f.docx is a sound ZIP" unzip -tqq "$revoke/data/$f.docx"
done
names() { [ -z "$(find "$here/a" -type f | sed 's|.*/||' | grep -vE '^[a-z0-9._-]{1,50}$')" ]; }
is "file names are plain and at most 50 letters long" names
reads_back() { "$congvan" extract --format json "$revoke/data/package.edxml" | grep -q '"serial":{"value":"6A02"'; }
is "the message is read back by ourselves" reads_back

is "another zone and locale" env TZ=Pacific/Auckland LC_ALL=C sh -c "'$congvan' audit --inventory '$here/inventory.csv' --ruleset 2025 --at 2025-06-20T01:00:00Z --outbox '$here/b' || [ \$? = 1 ]"
is "give the same bytes" diff -r "$here/a" "$here/b"

is "package check finds all sound" "$congvan" package check "$here/a"
fault()	# WHAT PATTERN COMMAND: after it, a copy of the bag is faulty in the way named
{
	rm -rf "$here/c" && cp -r "$revoke" "$here/c"
	sh -c "cd '$here/c' && $3"
	said() { "$congvan" package check --lang en "$here/c" | grep -q "$1"; }
	is "$1" said "$2"
}
fault "a changed byte" "cong-van.pdf does not have its hash" "echo >> data/cong-van.pdf"
fault "a missing file" "which is not there" "rm data/cong-van.docx"
fault "a file nobody named" "does not name data/more" "echo > data/more"
fault "a changed tag" "bag-info.txt does not have its hash" "echo 'Contact-Name: x' >> bag-info.txt"
fault "a link" "not a regular file" "rm data/cong-van.docx && ln -s /etc/passwd data/cong-van.docx"
fault "package.xml of another shape" "package.xml: " "sed -i 's/<line number=/<line nummer=/' data/package.xml"
fault "a line that is gone" "lines and has 0" "sed -i '/<line /,/<.line>/d' data/package.xml"
fault "a certificate twice" "stands on two lines" "sed -i 's/<lines count=\"1\">/<lines count=\"2\"><line number=\"1\" serial=\"6A02\"><value name=\"x\" label=\"x\"><text>x<\\/text><\\/value><\\/line>/' data/package.xml"
fault "an envelope of another shape" "package.edxml: " "sed -i 's/edXML:MessageHeader>/edXML:MessageHead>/' data/package.edxml"
is "no package there" sh -c "'$congvan' package check '$here/nowhere'; [ \$? = 66 ]"
echo "package: $passed passed, $failed failed"
[ $failed = 0 ]
