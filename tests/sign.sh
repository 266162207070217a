#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sign.sh - package sign: person, then agency, then the time-stamp, then the whole; by PKCS#12 and by a token; and all
# that must be refused without a trace. What is signed is judged by pdfsig, openssl, qpdf and ourselves.
set -u
cd "$(dirname "$0")/.."
B=${B:-build}
congvan=$(realpath "${CONGVAN:-$B/congvan}")
W=$PWD/$B/sign-test
pki=$PWD/$B/fixtures/pki
passed=0 failed=0
is()	# WHAT COMMAND...
{
	what=$1
	shift
	if "$@" > "$W/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "sign: $what"
		sed 's/^/    /' "$W/said" | head -n 12
	fi
}
ends()	# CODE COMMAND...: it ends with that code
{
	want=$1
	shift
	"$@"
	code=$?
	[ $code = "$want" ] || { echo "code $code, not $want"; return 1; }
}
says()	# TEXT COMMAND...: refused, and told so
{
	text=$1
	shift
	"$@" > "$W/words" 2>&1 && { cat "$W/words"; return 1; }
	grep -q -- "$text" "$W/words" || { cat "$W/words"; return 1; }
}

${MAKE:-make} -s fixtures || exit 1
rm -rf "$W"
mkdir -p "$W/in" "$W/token"
python3 tests/sign.py "$W"
cat > "$W/in/inventory.csv" <<CSV
serial,subject_dn,org_name,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals
6A01,"CN=Ủy ban nhân dân xã Bình Chương, OU=Ủy ban nhân dân huyện Bình Sơn, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN",Ủy ban nhân dân xã Bình Chương,Ủy ban nhân dân xã Bình Chương,,bc@quangngai.example,agency,2023-05-10,2028-05-10,BCYC01,0
6A02,"CN=Ủy ban nhân dân xã Bình Mỹ, OU=Ủy ban nhân dân huyện Bình Sơn, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN",Ủy ban nhân dân xã Bình Mỹ,Ủy ban nhân dân xã Bình Mỹ,,bm@quangngai.example,agency,2023-05-10,2028-05-10,BCYC02,0
CSV
"$congvan" run --inbox "$W/in" --outbox "$W/out" --state "$W/state" --trust "$pki/trust" --province "Quảng Ngãi" \
	--at 2025-07-07T00:30:00Z > "$W/night" 2>&1
[ $? -le 1 ] || { cat "$W/night"; echo "sign: 0 passed, 1 failed"; exit 1; }
folder=2025-07-07/ubnd-tinh-quang-ngai name=nd68-2024-mau-05-001
bag=$W/out/$folder/$name
cp -r "$W/out" "$W/unsigned"

p12() { openssl pkcs12 -export -in "$pki/$1.crt" -inkey "$pki/$1.key" -passout pass:matkhau -out "$W/$1.p12"; }
for who in luongthekhang ubndtinh tunghia moduc; do p12 $who; done
echo matkhau > "$W/pin"
echo sai > "$W/wrong"
chmod 600 "$W/pin" "$W/wrong"
sign()	# PATH OPTION...: in English, with the evidence at hand
{
	"$congvan" package sign --lang en --trust "$pki/trust" --state "$W/state" "$@"
}
by() { who=$1; shift; sign --p12 "$W/$who.p12" --pin-file "$W/pin" "$@"; }
cover=$bag/data/cong-van.pdf form=$bag/data/nd68-2024-mau-05.pdf

# The judges ------------------------------------------------------------------------------------------------
passes()	# FILE N TIME: ours says so of every signature, the last over the whole file
{
	"$congvan" verify --format json --trust "$pki/trust" --at "$3" "$1" | python3 -c '
import json, sys
v = json.load(sys.stdin)
s = v["signatures"]
print(json.dumps(v)[:600])
ok = v["verdict"] == "passed" and len(s) == int(sys.argv[1]) and s[-1]["coverage"] == "whole-file"
sys.exit(not (ok and all(x["indication"] == "TOTAL_PASSED" and x["changes_after"] in ("none", "permitted") for x in s)))' "$2"
}
level() { "$congvan" verify --format json --trust "$pki/trust" --at "$3" "$1" | grep -q "\"level\":\"$2\""; }
pdfsig_agrees()	# FILE N
{
	pdfsig -nocert -nssdir "$pki/nss" "$1" > "$W/pdfsig" 2>/dev/null
	cat "$W/pdfsig"
	[ "$(grep -c 'Signature is Valid' "$W/pdfsig")" = "$2" ] && tail -n 4 "$W/pdfsig" | grep -q 'Total document signed'
}
only_grew() { cmp -n "$(stat -c %s "$1")" "$1" "$2"; }
sound() { "$congvan" package check "$bag" && qpdf --check "$cover" && qpdf --check "$form"; }
state() { "$congvan" package list --state "$W/state" --lang en | grep "$name" | grep -q "^$1"; }
event() { sqlite3 "$W/state/ledger.db" "SELECT status, happened, person, reason FROM package_event" | grep -q "$1"; }

# Person, then agency, then time, then the whole --------------------------------------------------------------
is "the person signs" by luongthekhang "$bag" --as person --picture "$W/chu-ky.png" --at 2025-07-07T01:00:00Z
is "the package is sound" sound
is "the letter passes" passes "$cover" 1 2025-07-07T01:30:00Z
is "pdfsig agrees" pdfsig_agrees "$cover" 1
is "the unsigned letter is its beginning" only_grew "$W/unsigned/$folder/$name/data/cong-van.pdf" "$cover"
is "the ledger says signed, by whom and when" event 'signed|2025-07-07T01:00:00Z|Lương Thế Khang|person 5A10C3D2E4F60302 2025-07-07T01:00:00Z'
is "and lists it so" state signed
is "check-ledger finds all whole" "$congvan" check-ledger --state "$W/state"
again() { cp -r "$bag" "$W/before" && by luongthekhang "$bag" --as person --at 2025-07-07T01:02:00Z && diff -r "$W/before" "$bag"; }
is "the same person signs no second time" again
rm -rf "$W/before"
cp -r "$W/out" "$W/person"
is "the agency seals after, by the ledger's name of the package" by ubndtinh "$folder/$name" --picture "$W/dau.png" --number 12/UBND-NC --at 2025-07-07T01:05:00Z
is "the package is sound still" sound
is "all signatures of the letter pass: number and day have theirs" passes "$cover" 4 2025-07-07T01:30:00Z
is "both of the form" passes "$form" 2 2025-07-07T01:30:00Z
is "pdfsig agrees with all" pdfsig_agrees "$cover" 4
is "the person's revision is the beginning" only_grew "$W/person/$folder/$name/data/cong-van.pdf" "$cover"
number() { pdftotext "$form" - | grep -q '12/UBND-NC; 07.07.2025 08:05:00 +07:00'; }
is "number and time stand on the attachment, as text" number
filled() { "$congvan" extract --format json "$cover" > "$W/read" && grep -q '"number":{"value":"12"' "$W/read" && grep -q '"date":{"value":"2025-07-07"' "$W/read" || { head -c 600 "$W/read"; return 1; }; }
is "number and day are read off the letter" filled
fonts() { pdffonts "$cover" | awk 'NR > 2 && $(NF - 4) != "yes" { exit 1 }' && pdffonts "$form" | awk 'NR > 2 && $(NF - 4) != "yes" { exit 1 }'; }
is "fonts are embedded" fonts
inside() { "$congvan" verify --format json --trust "$pki/trust" --at 2025-07-07T01:30:00Z "$bag/data/package.edxml" | grep -o '"indication":"TOTAL_PASSED"' | grep -c . | grep -qx 6; }
is "the message for the axis carries the signed PDFs" inside
is "and fits its schema" xmllint --noout --schema schemas/edxml.xsd "$bag/data/package.edxml"
sums() { (cd "$bag" && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt && sha512sum --quiet -c manifest-sha512.txt tagmanifest-sha512.txt); }
is "sha256sum and sha512sum agree" sums
nothing_aside() { [ -z "$(find "$W/out" -name '.*' ! -name '.tmp' -mindepth 1)" ]; }
is "nothing is left aside" nothing_aside

reply()	# TIME NAME...: the authority's, at that time
{
	at=$1
	shift
	for n in "$@"; do (cd "$pki" && TZ=UTC faketime "$at" openssl ts -reply -config ts.cnf -queryfile "$W/ts/$n.tsq" -out "$W/ts/$n.tsr" 2> /dev/null) || return 1; done
}
is "requests for time-stamps, without any key" sign "$bag" --tsq "$W/ts"
cp -r "$W/ts" "$W/ts.first"
is "the same again" sign "$bag" --tsq "$W/ts"
is "are the same bytes" diff -r "$W/ts.first" "$W/ts"
is "the authority answers" reply '2025-07-07 01:10:00' cong-van nd68-2024-mau-05
is "another reply than asked for is refused" says 'another nonce' sh -c "cp '$W/ts/cong-van.tsr' '$W/ts.first/nd68-2024-mau-05.tsr'; '$congvan' package sign --lang en --trust '$pki/trust' --state '$W/state' '$bag' --tsr '$W/ts.first'"
damaged() { cp "$W/ts/cong-van.tsr" "$W/ts.first/cong-van.tsr"; rm -f "$W/ts.first/nd68-2024-mau-05.tsr"
	printf 'x' | dd of="$W/ts.first/cong-van.tsr" bs=1 seek=$(($(stat -c %s "$W/ts/cong-van.tsr") - 9)) conv=notrunc 2> /dev/null
	ends 65 sign "$bag" --tsr "$W/ts.first"; }
is "a reply with a broken signature is refused" damaged
# The same answer from a certificate that is for persons: its signature holds, but it is no time-stamp authority's.
wrong_use() { rm -rf "$W/ts.use"; mkdir "$W/ts.use"
	for n in cong-van nd68-2024-mau-05; do
		openssl ts -reply -in "$W/ts/$n.tsr" -token_out 2> /dev/null | openssl cms -verify -noverify -inform DER -out "$W/ts.use/info" 2> /dev/null &&
		openssl cms -sign -binary -nodetach -cades -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4 -in "$W/ts.use/info" \
			-signer "$pki/ubndtinh.crt" -inkey "$pki/ubndtinh.key" -outform DER -out "$W/ts.use/token" &&
		openssl ts -reply -in "$W/ts.use/token" -token_in -out "$W/ts.use/$n.tsr" 2> /dev/null || return 1
	done
	rm -f "$W/ts.use/info" "$W/ts.use/token"; }
is "an authority whose certificate is for persons answers" wrong_use
cp "$cover" "$W/cover.before"
is "it is refused" says 'not for time-stamps alone' sign "$bag" --tsr "$W/ts.use" --at 2025-07-07T01:30:00Z
is "and nothing is written" cmp "$cover" "$W/cover.before"
is "the replies are put in" sign "$bag" --tsr "$W/ts" --at 2025-07-07T01:30:00Z
is "the package is sound with them" sound
is "the letter passes with its time" passes "$cover" 4 2025-07-07T01:30:00Z
is "it is B-T now" level "$cover" B-T 2025-07-07T01:30:00Z
is "pdfsig agrees with the stamped one" pdfsig_agrees "$cover" 4
is "there is one time-stamp only" says 'has its time-stamp already' sign "$bag" --tsr "$W/ts"

is "the whole is sealed" by ubndtinh "$bag" --asic --tsq "$W/ts" --at 2025-07-07T01:40:00Z
is "its time-stamp" reply '2025-07-07 01:45:00' $name
is "is put in" sign "$bag" --asic --tsr "$W/ts" --at 2025-07-07T01:50:00Z
whole() { "$congvan" verify --format json --trust "$pki/trust" --at 2025-07-07T02:00:00Z "$bag.asice" |
	python3 -c 'import json, sys; v = json.load(sys.stdin); s = v["signatures"][0]; print(v["verdict"], s); sys.exit(not (v["container"] == "asic-e" and v["verdict"] == "passed" and s["format"] == "CAdES" and s["level"] == "B-T" and s["indication"] == "TOTAL_PASSED"))'; }
is "it passes as ASiC-E, B-T" whole
unpacked() { mkdir -p "$W/u" && unzip -qo -d "$W/u" "$bag.asice" && (cd "$W/u" && openssl cms -verify -binary -inform DER -in META-INF/signature001.p7s \
	-content META-INF/ASiCManifest001.xml -CAfile "$pki/root.crt" -certfile "$pki/state.crt" -purpose any -cades -out /dev/null); }
is "openssl verifies it" unpacked
covers_all() { for f in $(cd "$bag/data" && find . -type f | sed 's|^\./||'); do grep -q "URI=\"$f\"" "$W/u/META-INF/ASiCManifest001.xml" && cmp "$bag/data/$f" "$W/u/$f" || return 1; done; }
is "it covers every file of the payload" covers_all
first() { [ "$(head -c 38 "$bag.asice" | tail -c 8)" = mimetype ] && [ "$(head -c 69 "$bag.asice" | tail -c 31)" = application/vnd.etsi.asic-e+zip ]; }
is "mimetype stands first, stored" first
is "a whole that is there stays" ends 73 by ubndtinh "$bag" --asic
is "no PDF is signed below it" ends 65 by ubndtinh "$bag" nd68-2024-mau-05.pdf
seen() { "$congvan" package check --lang en "$bag" | grep -q 'sound.*sealed whole compared'; }
is "package check compares it" seen
torn() { cp "$bag.asice" "$W/whole" && printf '\001' | dd of="$bag.asice" bs=1 seek=$(($(stat -c %s "$bag.asice") - 40000)) conv=notrunc 2> /dev/null; says 'sealed whole' "$congvan" package check --lang en "$bag"; code=$?; cp "$W/whole" "$bag.asice"; return $code; }
is "and tells when it differs" torn
is "check-ledger still finds all whole" "$congvan" check-ledger --state "$W/state"
is "a package that was submitted" "$congvan" package mark --state "$W/state" "$folder/$name" submitted "Người gửi"
is "is signed no more" ends 65 by ubndtinh "$bag" --as person

# A flipped byte ----------------------------------------------------------------------------------------------
flip() { cp "$1" "$W/flipped${1##*/}"; printf '\001' | dd of="$W/flipped${1##*/}" bs=1 seek="$2" conv=notrunc 2> /dev/null; }
caught() { flip "$1" "$2"; says '"verdict":"failed"' "$congvan" verify --format json --trust "$pki/trust" --at 2025-07-07T02:00:00Z "$W/flipped${1##*/}"; }
size=$(stat -c %s "$cover") page=$(($(grep -abo 'stream' "$cover" | head -n 1 | cut -d: -f1) + 60))
is "a byte of the page" caught "$cover" "$page"
is "a byte of the person's revision" caught "$cover" $(($(stat -c %s "$W/person/$folder/$name/data/cong-van.pdf") - 3000))
is "a byte of the end" caught "$cover" $((size - 40))
is "a byte of a file in the whole" caught "$bag.asice" $(($(stat -c %s "$bag.asice") - 40000))

# One PDF, other keys, other bases ----------------------------------------------------------------------------
draft=$W/unsigned/$folder/$name/data/cong-van.pdf
one()	# NAME BASE OPTION...: signed and judged
{
	to=$W/$1.pdf base=$2
	shift 2
	sign "$base" --out "$to" --pin-file "$W/pin" --at 2025-07-07T01:00:00Z "$@" && qpdf --check "$to" && passes "$to" 1 2025-07-07T01:30:00Z && pdfsig_agrees "$to" 1 && only_grew "$base" "$to"
}
is "one PDF" one plain "$draft" --p12 "$W/ubndtinh.p12"
is "one PDF with a box and a picture" one boxed "$draft" --p12 "$W/ubndtinh.p12" --picture "$W/dau.png" --box 1,300,500,400,600
place() { "$congvan" verify --format json "$W/boxed.pdf" | grep -q . && pdftoppm -singlefile -r 36 -x 150 -y 250 -W 50 -H 50 "$W/boxed.pdf" "$W/boxed" && python3 -c '
import sys
d = open(sys.argv[1], "rb").read().split(b"\n255\n", 1)[1]
red = sum(1 for i in range(0, len(d) - 2, 3) if d[i] > 150 and d[i + 1] < 120 and d[i + 2] < 120)
print(red)
sys.exit(red < 300)' "$W/boxed.ppm"; }
is "the seal is drawn there, in red" place
is "RSASSA-PSS" sh -c "'$congvan' package sign --lang en --trust '$pki/trust' '$draft' --out '$W/pss.pdf' --pss --p12 '$W/ubndtinh.p12' --pin-file '$W/pin' --at 2025-07-07T01:00:00Z"
is "passes" passes "$W/pss.pdf" 1 2025-07-07T01:30:00Z
qpdf --object-streams=generate "$draft" "$W/streams-base.pdf"
is "a file with cross-reference streams" one streams "$W/streams-base.pdf" --p12 "$W/ubndtinh.p12"
stays() { tail -n 3 "$W/streams.pdf" | head -n 1 | grep -qx startxref && ! grep -aq '^trailer' "$W/streams.pdf"; }
is "gets one of its kind" stays
qpdf --linearize "$draft" "$W/linear-base.pdf"
is "a linearized file" one linear "$W/linear-base.pdf" --p12 "$W/ubndtinh.p12"
head -c -1 "$draft" > "$W/bare-base.pdf"
is "a file without a line feed at its end" one bare "$W/bare-base.pdf" --p12 "$W/ubndtinh.p12"
letter=$(for f in $B/fixtures/letters/*.pdf $B/fixtures/seeds/*.pdf; do passes "$f" 1 2025-07-06 > /dev/null 2>&1 && echo "$f" && break; done)
over() { by ubndtinh "$letter" --out "$W/over.pdf" --at 2025-07-07T01:00:00Z && passes "$W/over.pdf" 2 2025-07-07T01:30:00Z; }
is "over a signature of another program" over

authority()	# NAME KEYOPTIONS EXTENSION: a holder of the test's own authority
{
	openssl genpkey $2 -out "$W/$1.key" 2> /dev/null
	openssl req -new -key "$W/$1.key" -subj "/C=VN/O=Cơ quan thử nghiệm congvan/CN=$1" -utf8 -out "$W/$1.csr" 2> /dev/null
	printf 'keyUsage = %s\n' "$3" > "$W/$1.ext"
	TZ=UTC faketime '2025-01-01 00:00:00' openssl x509 -req -in "$W/$1.csr" -CA "$pki/state.crt" -CAkey "$pki/state.key" -set_serial "0x77$(printf %s "$1" | cksum | cut -c1-6)" \
		-days 3000 -extfile "$W/$1.ext" -out "$W/$1.crt" 2> /dev/null
	openssl pkcs12 -export -in "$W/$1.crt" -inkey "$W/$1.key" -passout pass:matkhau -out "$W/$1.p12"
}
authority p256 "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" digitalSignature
authority p384 "-algorithm EC -pkeyopt ec_paramgen_curve:P-384" nonRepudiation
authority ciphering "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" keyEncipherment
authority short "-algorithm RSA -pkeyopt rsa_keygen_bits:1024" digitalSignature
is "ECDSA P-256" one p256-signed "$draft" --p12 "$W/p256.p12"
is "ECDSA P-384 with SHA-384" one p384-signed "$draft" --p12 "$W/p384.p12"
digest() { "$congvan" verify --format json "$W/p384-signed.pdf" | grep -q '"digest":"SHA384","algorithm":"ECDSA"'; }
is "is SHA-384" digest
openssl pkcs12 -export -legacy -in "$pki/ubndtinh.crt" -inkey "$pki/ubndtinh.key" -passout pass:matkhau -out "$W/old.p12" 2> /dev/null
is "a PKCS#12 of an old tool" one old "$draft" --p12 "$W/old.p12"

# Signed elsewhere --------------------------------------------------------------------------------------------
rm -rf "$W/e" && cp -r "$W/unsigned/$folder" "$W/e"
take() { sign "$W/e/$name" --signed "$1" --at 2025-12-01; }
signed_long_ago() { faketime '2025-11-30 01:00:00' pdfsig -nssdir "$pki/nss" -add-signature -nick luongthekhang -no-ocsp "$draft" "$W/elsewhere.pdf"; }
signed_long_ago > "$W/said" 2>&1
is "a letter signed with the person's own tool is taken in" take "$W/elsewhere.pdf"
taken() { cmp "$W/elsewhere.pdf" "$W/e/$name/data/cong-van.pdf" && "$congvan" package check "$W/e/$name" && grep -q '^Signature: elsewhere 5A10C3D2E4F60302 .* cong-van.pdf' "$W/e/$name/bag-info.txt"; }
is "as it is, and the package is sound" taken
is "a letter of 2025 gets no day of 2026" says 'prints the year 2025' by ubndtinh "$W/e/$name" --at 2026-01-02 --number 3/UBND
is "the agency seals over it" by ubndtinh "$W/e/$name" --at 2025-12-01T01:00:00Z --number 3/UBND
is "all pass" passes "$W/e/$name/data/cong-van.pdf" 4 2025-12-02
is "one that was saved anew is not taken" says 'goes on from no PDF' take "$W/streams.pdf"
is "nor an unsigned one" sh -c "(cat '$W/e/$name/data/cong-van.pdf'; echo) > '$W/longer.pdf'; '$congvan' package sign '$W/e/$name' --signed '$W/longer.pdf' --trust '$pki/trust'; [ \$? = 65 ]"

# A token -----------------------------------------------------------------------------------------------------
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2> /dev/null | head -n 1)
SOFTHSM2_CONF=$W/softhsm2.conf
export SOFTHSM2_CONF
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$W/token" > "$SOFTHSM2_CONF"
load()	# CRT KEY LABEL ID
{
	openssl pkcs8 -topk8 -nocrypt -in "$2" -out "$W/token.p8"
	openssl x509 -in "$1" -outform DER -out "$W/token.der"
	softhsm2-util --import "$W/token.p8" --token congvan --label "$3" --id "$4" --pin matkhau && $B/fixtures/bin/token "$module" congvan matkhau "$3" "$4" "$W/token.der"
}
is "a token" softhsm2-util --init-token --free --label congvan --pin matkhau --so-pin 12345678
is "holds an RSA key" load "$pki/ubndtinh.crt" "$pki/ubndtinh.key" dau 01
is "and one on P-256" load "$W/p256.crt" "$W/p256.key" ec 02
is "and one whose certificate is another's" load "$pki/moduc.crt" "$W/ciphering.key" la 03
uri="pkcs11:token=congvan;object=dau;type=private?module-path=$module"
is "a signature by the token" one token-rsa "$draft" --pkcs11 "$uri"
is "PSS by the token" sign "$draft" --out "$W/token-pss.pdf" --pss --pkcs11 "$uri" --pin-file "$W/pin" --at 2025-07-07T01:00:00Z
is "passes too" passes "$W/token-pss.pdf" 1 2025-07-07T01:30:00Z
is "ECDSA by the token" one token-ec "$draft" --pkcs11 "pkcs11:token=congvan;object=ec?module-path=$module"
is "a wrong PIN" ends 77 sign "$draft" --out "$W/x.pdf" --pkcs11 "$uri" --pin-file "$W/wrong"
is "a key that is not named well" ends 64 sign "$draft" --out "$W/x.pdf" --pkcs11 "pkcs11:token=congvan?module-path=$module" --pin-file "$W/pin"
is "no such token" ends 66 sign "$draft" --out "$W/x.pdf" --pkcs11 "pkcs11:token=khac?module-path=$module" --pin-file "$W/pin"
is "no such module" ends 69 sign "$draft" --out "$W/x.pdf" --pkcs11 "pkcs11:token=congvan?module-path=/nowhere.so" --pin-file "$W/pin"
is "a PIN in the URI" ends 64 sign "$draft" --out "$W/x.pdf" --pkcs11 "$uri&pin-value=matkhau"
untold() { ! sign "$draft" --out "$W/x.pdf" --pkcs11 "$uri&pin-value=matkhau" 2>&1 | grep matkhau; }
is "is not repeated" untold
is "a key of another certificate" says 'not its own' sign "$draft" --out "$W/x.pdf" --pkcs11 "pkcs11:token=congvan;object=la?module-path=$module" --pin-file "$W/pin" --at 2025-07-07

# Refused -----------------------------------------------------------------------------------------------------
is "a wrong password" ends 77 sign "$draft" --out "$W/x.pdf" --p12 "$W/ubndtinh.p12" --pin-file "$W/wrong"
is "no key file" ends 66 sign "$draft" --out "$W/x.pdf" --p12 "$W/nowhere.p12" --pin-file "$W/pin"
is "no PIN file" ends 66 sign "$draft" --out "$W/x.pdf" --p12 "$W/ubndtinh.p12" --pin-file "$W/nowhere"
is "no terminal to ask on" ends 64 setsid "$congvan" package sign "$draft" --out "$W/x.pdf" --p12 "$W/ubndtinh.p12"
is "an expired certificate" says 'has expired' by tunghia "$draft" --out "$W/x.pdf" --at 2025-07-07
is "one not valid yet" says 'not valid yet' by ubndtinh "$draft" --out "$W/x.pdf" --at 2020-01-01
is "a revoked one" says 'is revoked' by moduc "$draft" --out "$W/x.pdf" --at 2025-07-07T01:00:00Z
is "a key usage without signing" says 'keyUsage' by ciphering "$draft" --out "$W/x.pdf" --at 2025-07-07
is "RSA of 1024 bits" says '1024 bits' by short "$draft" --out "$W/x.pdf" --at 2025-07-07
is "a file that is no PKCS#12" ends 65 sign "$draft" --out "$W/x.pdf" --p12 "$W/pin" --pin-file "$W/pin"
qpdf --encrypt a b 256 -- "$draft" "$W/locked.pdf"
qpdf --encrypt '' b 256 -- "$draft" "$W/owned.pdf"
head -c 9000 "$draft" > "$W/cut.pdf"
(cat "$draft"; echo 'more') > "$W/trailing.pdf"
(echo junk; cat "$draft") > "$W/shifted.pdf"
is "an encrypted PDF" says 'is encrypted' by ubndtinh "$W/locked.pdf" --out "$W/x.pdf" --at 2025-07-07
is "one encrypted for its owner" says 'is encrypted' by ubndtinh "$W/owned.pdf" --out "$W/x.pdf" --at 2025-07-07
for f in cut trailing shifted; do is "a PDF that is $f" says 'damaged' by ubndtinh "$W/$f.pdf" --out "$W/x.pdf" --at 2025-07-07; done
is "one certified against any change" says 'DocMDP 1' by ubndtinh "$W/certified.pdf" --out "$W/x.pdf" --at 2025-07-07
is "a box outside the page" says 'outside the page' by ubndtinh "$draft" --out "$W/x.pdf" --box 1,500,500,900,600 --at 2025-07-07
is "a page that is not there" says 'no such page' by ubndtinh "$draft" --out "$W/x.pdf" --box 9,5,5,90,60 --at 2025-07-07
is "a picture that is none" says 'must be a PNG' by ubndtinh "$draft" --out "$W/x.pdf" --as person --picture "$W/pin" --at 2025-07-07
flip "$cover" "$page"
is "a signature over a broken one" says 'does not pass our own check' by ubndtinh "$W/flippedcong-van.pdf" --out "$W/x.pdf" --at 2025-07-07
none_made() { [ ! -e "$W/x.pdf" ] && [ -z "$(find "$W" -name 'x.pdf*')" ]; }
is "nothing came of any of them" none_made
is "what is there is not written over" ends 73 by ubndtinh "$draft" --out "$W/plain.pdf" --at 2025-07-07
rm -rf "$W/c" && cp -r "$W/unsigned" "$W/c"
echo >> "$W/c/$folder/$name/data/cong-van.pdf"
is "a package that is not sound" says 'not sound' by ubndtinh "$W/c/$folder/$name" --at 2025-07-07
is "what is no package" ends 66 by ubndtinh "$W/c" --at 2025-07-07
colour() { by luongthekhang "$draft" --out "$W/colour.pdf" --as person --picture "$W/dau.png" --at 2025-07-07 2>&1 | grep -q 'to be blue'; }
is "a signature in red is told of" colour
body() { rm -rf "$W/c" && cp -r "$W/unsigned" "$W/c" && sign --p12 "$W/p256.p12" --pin-file "$W/pin" "$W/c/$folder/$name" --at 2025-07-07T01:00:00Z 2>&1 | grep -q "does not look like the body's"; }
is "another body's certificate is told of" body

# Cut off, full, read-only ------------------------------------------------------------------------------------
killed()
{
	for ms in 02 08 14 18 20 22 24 26 28 30 33 36 40; do
		rm -rf "$W/k" && cp -r "$W/unsigned" "$W/k"
		k=$W/k/$folder/$name
		(exec "$congvan" package sign --trust "$pki/trust" --state "$W/state" --p12 "$W/ubndtinh.p12" --pin-file "$W/pin" "$k" --at 2025-07-07T01:00:00Z > /dev/null 2>&1) &
		sleep "0.$ms"
		kill -9 $! 2> /dev/null
		wait $! 2> /dev/null
		"$congvan" package check "$W/k/$folder" > "$W/words" || { cat "$W/words"; return 1; }
		sign --p12 "$W/ubndtinh.p12" --pin-file "$W/pin" "$k" --at 2025-07-07T01:00:00Z > "$W/words" 2>&1 || { cat "$W/words"; return 1; }
		"$congvan" package check "$W/k/$folder" > "$W/words" && [ -f "$k.zip" ] && passes "$k/data/cong-van.pdf" 1 2025-07-07T01:30:00Z || { cat "$W/words"; return 1; }
		[ -z "$(find "$W/k" -name '.*.new')" ] || return 1
	done
}
is "killed at any moment, old or new, and the next call ends it" killed
mkdir "$W/small"
if mount -t tmpfs -o size=4m none "$W/small" 2> /dev/null; then
	cp -r "$W/unsigned/$folder" "$W/small/p"
	head -c "$(($(df --output=avail -B1 "$W/small" | tail -n 1) - 60000))" /dev/zero > "$W/small/filler"
	is "a full disk" ends 75 by ubndtinh "$W/small/p/$name" --at 2025-07-07T01:00:00Z
	is "leaves what was there" diff -r "$W/unsigned/$folder" "$W/small/p"
	rm "$W/small/filler"
	mount -o remount,ro "$W/small"
	is "a read-only outbox" ends 73 by ubndtinh "$W/small/p/$name" --at 2025-07-07T01:00:00Z
	mount -o remount,rw "$W/small"
	is "and once there is room" by ubndtinh "$W/small/p/$name" --at 2025-07-07T01:00:00Z
	umount "$W/small"
else
	echo "sign: no tmpfs may be mounted here; the full and the read-only disk are not tried"
fi
locked() { flock "$W/k/$folder" sh -c "'$congvan' package sign --state '$W/state' '$W/k/$folder/$name' --p12 '$W/luongthekhang.p12' --pin-file '$W/pin' --at 2025-07-07; [ \$? = 75 ]"; }
is "two at once: the second tries later" locked
same() { for n in 1 2; do rm -rf "$W/r$n" && cp -r "$W/unsigned/$folder" "$W/r$n" && TZ=Pacific/Auckland LC_ALL=C sign --p12 "$W/ubndtinh.p12" --pin-file "$W/pin" "$W/r$n/$name" --at 2025-07-07T01:00:00Z || return 1; done
	diff -r "$W/r1" "$W/r2"; }
is "the same key and time give the same bytes" same

echo "sign: $passed passed, $failed failed"
[ $failed = 0 ]
