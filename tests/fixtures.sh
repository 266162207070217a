#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# fixtures.sh - the fixtures are what they say they are, by other programs' word: qpdf finds nothing wrong with the
# files, openssl builds every holder's path, and pdfsig (NSS) and `congvan verify` say the same of every signature:
# whose it is, and whether bytes and value hold.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
made=$B/fixtures
out=$B/fixtures-test
passed=0 failed=0
ok() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "fixtures: $2"; fi; }
${MAKE:-make} -s fixtures || exit 1
mkdir -p "$out"

cat $made/pki/root.crt $made/pki/state.crt $made/pki/party.crt > "$out/ca.pem"
holders=$(awk -F'\t' '!/^#/ { print $1 }' fixtures/pki.tsv)
for name in $holders tsa; do
	openssl verify -no_check_time -CAfile "$out/ca.pem" $made/pki/"$name".crt > /dev/null 2>&1
	ok $? "no path from $name to the root"
done
[ "$(openssl x509 -in $made/pki/chanhlo.crt -noout -pubkey)" = "$(openssl x509 -in $made/pki/chanhlo-cu.crt -noout -pubkey)" ]
ok $? "the renewed certificate has another key"

for pdf in $made/letters/*.pdf $made/seeds/*.pdf; do
	qpdf --check "$pdf" > "$out/qpdf" 2>&1
	ok $? "$pdf: $(tail -n 1 "$out/qpdf")"
done

# pdfsig's word and ours as lines "signer<TAB>holds": all signatures of all letters, in order.
for pdf in $made/letters/*.pdf; do
	pdfsig -nocert -nssdir $made/pki/nss "$pdf" 2>/dev/null | awk '
		/Certificate Common Name:/ { sub(/.*Name: /, ""); signer = $0 }
		/Signature Validation:/ { print signer "\t" (/is Valid/ ? "yes" : "no") }'
done > "$out/pdfsig"
"$congvan" verify --format json --at 2025-07-07T01:00:00Z --trust $made/pki/trust $made/letters/*.pdf > "$out/answers" \
	2> "$out/log"
while read -r answer; do
	printf '%s' "$answer" > "$out/one.json"
	sqlite3 -separator '	' :memory: "SELECT json_extract(s.value, '\$.signer.cn'),
		iif(json_extract(s.value, '\$.intact') AND json_extract(s.value, '\$.valid'), 'yes', 'no')
		FROM json_each(readfile('$out/one.json'), '\$.signatures') s"
done < "$out/answers" > "$out/ours"
# pdfsig gives a common name as it stands in the certificate, we give NFC: names written with marks are compared so.
nfc() { sed 's/Sở Thông tin và Truyền thông/Sở Thông tin và Truyền thông/'; }
nfc < "$out/pdfsig" | diff - "$out/ours" > "$out/diff"
ok $? "pdfsig and congvan disagree: $(head -n 3 "$out/diff")"
[ "$(wc -l < "$out/ours")" -ge 35 ]
ok $? "only $(wc -l < "$out/ours") signatures"

echo "fixtures: $passed passed, $failed failed"
[ $failed = 0 ]
