#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# companion.sh - a letter and its detached signature (x.pdf, x.pdf.p7s) are one letter: in check, and in the inbox on one
# night or on two, in either order, under any name; nothing is lost, and nothing is accepted that nobody could read. And
# signatures inside one another: a signed PDF in a .p7m, a ZIP, an ASiC-E: all are listed.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/companion-test
pki=build/fixtures/pki
passed=0 failed=0
is() { if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "companion: $1: '$2', not '$3'"; fi; }
rm -rf $dir
make -s fixtures >/dev/null || exit 1
mkdir -p $dir/check $dir/alone $dir/changed

letter() { # NUMBER FILE: an unsigned letter
	sed "s/^number:.*/number: $1/" fixtures/letters/tb-ubnd.letter >$dir/l.letter
	build/fixtures/bin/typeset $dir/l.letter "$2"; }
sign() { # WHO IN OUT [OPTION...]
	who=$1 in=$2 out=$3; shift 3
	openssl cms -sign -binary -in "$in" -signer $pki/"$who".crt -inkey $pki/"$who".key -md sha256 -cades -outform DER -out "$out" "$@"; }
checked() { # FILE: number, signatures that hold, verdict, rules that hold it back
	$bin check --trust $pki/trust --format json "$1" 2>/dev/null | python3 -c "
import json, sys
o = json.loads(sys.stdin.readline())
held = sorted(f['rule'] for f in o['findings'] if f['severity'] in ('hold', 'reject'))
print(o['fields'].get('number', {}).get('value'), sum(1 for s in o['signatures'] if s['intact'] and s['valid']), 'of', len(o['signatures']), o['verdict'],
      'accept' if o['disposition'] == 'accept' else ' '.join(held))"; }
covered() { $bin check --trust $pki/trust --format json "$1" 2>/dev/null | python3 -c "
import json, sys
print(','.join(json.loads(sys.stdin.readline())['fields']['number'].get('covered_by', [])))"; }

# check ----------------------------------------------------------------------------------------------------------------
letter 77 $dir/check/cv.pdf
sign ubndtinh $dir/check/cv.pdf $dir/check/cv.pdf.p7s
is "the signature: the file beside it is read" "$(checked $dir/check/cv.pdf.p7s)" "77 1 of 1 passed accept"
is "the file: the signature beside it counts" "$(checked $dir/check/cv.pdf)" "77 1 of 1 passed accept"
is "what is read is covered by it" "$(covered $dir/check/cv.pdf)" cv.pdf.p7s
is "and the other way round" "$(covered $dir/check/cv.pdf.p7s)" Signature1
is "verify speaks of the file alone" "$($bin verify --format json $dir/check/cv.pdf 2>/dev/null | grep -c '"verdict":"unsigned"')" 1
mkdir $dir/none; cp $dir/check/cv.pdf $dir/none/; echo khong >$dir/none/cv.pdf.p7s
is "what is called a signature and is none is told" "$($bin check --format json $dir/none/cv.pdf 2>/dev/null | grep -c '1_ingest/name-differs')" 1
cp $dir/check/cv.pdf.p7s $dir/alone/
is "the signature alone: nothing is read, and that is said" "$(checked $dir/alone/cv.pdf.p7s)" "None 0 of 1 indeterminate 2_extract/nothing-read nd30-2020/signature-unsure"
cp $dir/check/cv.pdf.p7s $dir/changed/
letter 78 $dir/changed/cv.pdf
is "the file changed" "$(checked $dir/changed/cv.pdf | cut -d' ' -f1-5)" "78 0 of 1 failed"
is "and the other way round" "$(checked $dir/changed/cv.pdf.p7s | cut -d' ' -f1-5)" "78 0 of 1 failed"
mkdir $dir/stem; cp $dir/check/cv.pdf $dir/stem/; cp $dir/check/cv.pdf.p7s $dir/stem/cv.p7s
is "cv.p7s beside cv.pdf: the digest tells" "$(checked $dir/stem/cv.p7s)" "77 1 of 1 passed accept"
letter 79 $dir/stem/cv.pdf
is "and another cv.pdf is not read" "$(checked $dir/stem/cv.p7s)" "None 0 of 1 indeterminate 2_extract/nothing-read nd30-2020/signature-unsure"
sign ubndtinh $dir/check/cv.pdf $dir/own.p7s -nodetach
mkdir $dir/own; cp $dir/check/cv.pdf $dir/own/; mv $dir/own.p7s $dir/own/cv.pdf.p7s
is "a .p7s that carries the file: one file, read once" "$(checked $dir/own/cv.pdf) $($bin extract --format json $dir/own/cv.pdf 2>/dev/null | grep -o '"pages":[0-9]*')" \
	'77 1 of 1 passed accept "pages":1'

# Inside one another ---------------------------------------------------------------------------------------------------
cp build/fixtures/letters/tb-ubnd.pdf $dir/tb.pdf           # signed twice itself
sign ubndtinh $dir/tb.pdf $dir/tb.pdf.p7m -nodetach
is "a signed PDF in a .p7m: three signatures" "$(checked $dir/tb.pdf.p7m)" "07 3 of 3 passed accept"
openssl cms -sign -binary -nodetach -stream -in $dir/tb.pdf -signer $pki/ubndtinh.crt -inkey $pki/ubndtinh.key -outform DER -out $dir/ber.p7m
is "in BER" "$(checked $dir/ber.p7m)" "07 3 of 3 passed accept"
sign snv $dir/tb.pdf.p7m $dir/tb.pdf.p7m.p7m -nodetach
is "in a .p7m in a .p7m" "$(checked $dir/tb.pdf.p7m.p7m | cut -d' ' -f1-4)" "07 4 of 4"
python3 - $dir <<'P'
import sys, zipfile
d = sys.argv[1] + '/'
with zipfile.ZipFile(d + 'goi.zip', 'w') as z:
    z.write(d + 'tb.pdf.p7m', 'tb.pdf.p7m'); z.write(d + 'check/cv.pdf', 'cv.pdf'); z.write(d + 'check/cv.pdf.p7s', 'cv.pdf.p7s')
data = bytearray(open(d + 'tb.pdf.p7m', 'rb').read())
at = data.index(b'%PDF-1'); data[at + 6] ^= 1
open(d + 'sua.p7m', 'wb').write(data)
P
is "in a ZIP, beside a file with its signature" "$(checked $dir/goi.zip | cut -d' ' -f2-4)" "4 of 4"
is "the PDF changed inside: both kinds say so" "$($bin verify --format json $dir/sua.p7m 2>/dev/null | grep -o '"intact":false' | wc -l)" 3

python3 - $dir <<'P'
import base64, hashlib, subprocess, sys, zipfile
d = sys.argv[1] + '/'
data = open(d + 'check/cv.pdf', 'rb').read()
manifest = ('<a:ASiCManifest xmlns:a="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><a:SigReference '
            'URI="META-INF/signature.p7s"/><a:DataObjectReference URI="cv.pdf"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
            '<ds:DigestValue>%s</ds:DigestValue></a:DataObjectReference></a:ASiCManifest>' % base64.b64encode(hashlib.sha256(data).digest()).decode())
open(d + 'manifest', 'w').write(manifest)
k = 'build/fixtures/pki/ubndtinh'
subprocess.run(['openssl', 'cms', '-sign', '-binary', '-in', d + 'manifest', '-signer', k + '.crt', '-inkey', k + '.key', '-cades', '-outform', 'DER',
                '-out', d + 'signature'], check=True)
for name, more in (('goi.asice', []), ('them.asice', ['phu-luc.pdf'])):
    with zipfile.ZipFile(d + name, 'w') as z:
        z.writestr('mimetype', 'application/vnd.etsi.asic-e+zip')
        z.writestr('cv.pdf', data); z.writestr('META-INF/ASiCManifest.xml', manifest); z.write(d + 'signature', 'META-INF/signature.p7s')
        for m in more:
            z.write(d + 'tb.pdf', m)
P
is "an ASiC-E" "$(checked $dir/goi.asice)" "77 1 of 1 passed accept"
is "its file is covered" "$(covered $dir/goi.asice)" META-INF/signature.p7s
is "and with a signed PDF that its signature does not name: all are listed, a person looks" "$(checked $dir/them.asice)" \
	"77 3 of 3 indeterminate nd30-2020/signature-unsure"

# The inbox ------------------------------------------------------------------------------------------------------------
start() { mkdir -p "$dir/$1/inbox" "$dir/$1/outbox"; }
tomorrow=$(date -u -d '+1 day' +%Y-%m-%d)
night() { # NAME [OPTION...]
	n=$1; shift
	$bin run --inbox $dir/$n/inbox --outbox $dir/$n/outbox --state $dir/$n/state --trust $pki/trust --at "${tomorrow}T01:00:00Z" "$@" \
		>>$dir/$n/told 2>>$dir/$n/log; }
ask() { sqlite3 "$dir/$1/state/ledger.db" "$2"; }
letters() { ask "$1" "SELECT group_concat(t, '; ') FROM (SELECT (SELECT name FROM arrival WHERE letter = l.id LIMIT 1) || ' ' || state || ' ' ||
	coalesce(verdict, '-') || ' ' || coalesce(disposition, '-') || coalesce(' of ' || (SELECT name FROM arrival WHERE letter = l.same_as LIMIT 1), '') AS t
	FROM letter l ORDER BY 1)"; }
sound() { $bin check-ledger --state $dir/"$1"/state >/dev/null 2>&1; echo $?; }
accounted() { grep -c UNACCOUNTED $dir/"$1"/log; }

start both; cp $dir/check/cv.pdf $dir/check/cv.pdf.p7s $dir/both/inbox/
night both
is "one night: one letter" "$(letters both)" "cv.pdf 5_emit passed accept; cv.pdf.p7s linked - - of cv.pdf"
is "it was read once, with both parts" "$(ask both "SELECT count(*) || ' ' || (SELECT count(*) FROM letter, json_each('[' || replace(rtrim(record, char(10)), char(10), ',') || ']')
	WHERE json_extract(value, '$.fact') = 'part') FROM attempt WHERE stage = '3_verify'")" "1 2"
is "both files are in done" "$(cd $dir/both/inbox && find done -type f | sed 's,.*/,,' | sort | tr '\n' ' ')" "cv.pdf cv.pdf.p7s "
is "the ledger is sound, nothing unaccounted for" "$(sound both) $(accounted both)" "0 0"
is "the page names the signature" "$(grep -rl 'là chữ ký rời của' $dir/both/outbox --include='*.html' | wc -l | sed 's/[1-9].*/some/')" some
is "show tells each of the other" "$($bin show cv.pdf cv.pdf.p7s --lang en --state $dir/both/state 2>/dev/null | grep -o 'read with its.*\|is the detached.*' | tr '\n' ';')" \
	"read with its detached signature cv.pdf.p7s;is the detached signature of cv.pdf;"
cp $dir/check/cv.pdf.p7s $dir/both/inbox/; night both
is "the signature once more: nothing new" "$(letters both) $(accounted both)" "cv.pdf 5_emit passed accept; cv.pdf.p7s linked - - of cv.pdf 0"

start first; cp $dir/check/cv.pdf.p7s $dir/first/inbox/ky.p7s
night first
is "the signature comes first: held" "$(letters first)" "ky.p7s 5_emit indeterminate hold"
cp $dir/check/cv.pdf $dir/first/inbox/; night first
is "then its file, under another name: one letter, by the digest" "$(letters first)" "cv.pdf 5_emit passed accept; ky.p7s linked indeterminate hold of cv.pdf"
is "sound" "$(sound first) $(accounted first)" "0 0"

start last; cp $dir/check/cv.pdf $dir/last/inbox/
night last
is "the file comes first, unsigned" "$(letters last | cut -d' ' -f1-3)" "cv.pdf 5_emit unsigned"
cp $dir/check/cv.pdf.p7s $dir/last/inbox/; night last
is "then its signature: read with the file of the other night" "$(ask last "SELECT verdict || ' ' || disposition || ' ' || kind FROM letter WHERE id = 2")" "passed accept notice"
is "the unsigned one waits for nobody" "$(ask last "SELECT state || ' ' || same_as FROM letter WHERE id = 1")" "linked 2"
is "sound" "$(sound last) $(accounted last)" "0 0"

start other; cp $dir/changed/cv.pdf $dir/changed/cv.pdf.p7s $dir/other/inbox/
night other
is "the pair does not fit: told" "$(letters other | cut -d' ' -f1-3)" "cv.pdf 5_emit failed"
cp $dir/check/cv.pdf $dir/other/inbox/; night other
is "then the file that was signed comes: read for itself" "$(ask other "SELECT count(*) FROM letter WHERE state = '5_emit'")" 2

start slow; cp $dir/check/cv.pdf.p7s $dir/slow/inbox/
sleep 4.1; cp $dir/check/cv.pdf $dir/slow/inbox/
night slow --settle 4s
is "the file is still being written: its signature waits with it" "$(ask slow 'SELECT count(*) FROM letter')" 0
sleep 4.1; night slow --settle 4s
is "then both" "$(letters slow)" "cv.pdf 5_emit passed accept; cv.pdf.p7s linked - - of cv.pdf"

start two; cp $dir/check/cv.pdf $dir/check/cv.pdf.p7s $dir/two/inbox/
sign snv $dir/check/cv.pdf $dir/two/inbox/cv.pdf.P7S
night two
is "two signatures of one file" "$(ask two "SELECT count(*) FROM companion") $(ask two "SELECT count(*) FROM letter, json_each('[' || replace(rtrim(record, char(10)), char(10), ',') || ']')
	WHERE json_extract(value, '$.fact') = 'signature' AND json_extract(value, '$.intact') = 1")" "2 2"

start again; cp $dir/check/cv.pdf $dir/again/inbox/; night again
openssl cms -sign -binary -in $dir/check/cv.pdf -signer $pki/ubndtinh.crt -inkey $pki/ubndtinh.key -md sha512 -cades -outform DER -out $dir/again/inbox/cv.pdf.p7s
cp $dir/check/cv.pdf $dir/again/inbox/; night again
is "the file once more, now with its signature by SHA-512" "$(ask again "SELECT verdict || ' ' || disposition || ' ' || kind FROM letter WHERE id = 2") $(sound again)" \
	"passed accept notice 0"

start pack; cp build/fixtures/letters/mau05-binhson.pdf $dir/pack/inbox/m5.pdf
sign ubndtinh $dir/pack/inbox/m5.pdf $dir/pack/inbox/m5.pdf.p7s; sign snv $dir/pack/inbox/m5.pdf $dir/pack/inbox/m5.pdf.P7S
night pack
is "a package takes the signatures along as evidence" "$(cd $dir/pack/outbox && find . -path '*evidence*' -name '*.p7s' | sed 's,.*/,,' | sort | tr '\n' ' ')" "01-2-m5-pdf.p7s 01-3-m5-pdf.p7s "
is "and is sound" "$(find $dir/pack/outbox -name bag-info.txt | sed 's,/[^/]*$,,' | xargs $bin package check >/dev/null 2>&1; echo $?)" 0

for at in 1 2 3 4 5 6; do
	start kill$at; cp $dir/check/cv.pdf $dir/check/cv.pdf.p7s $dir/kill$at/inbox/
	timeout -s KILL "0.$((at * 9))" $bin run --inbox $dir/kill$at/inbox --outbox $dir/kill$at/outbox --state $dir/kill$at/state \
		--trust $pki/trust --at "${tomorrow}T01:00:00Z" >/dev/null 2>&1
	night kill$at
	is "killed $at: the same end" "$(ask kill$at "SELECT count(*) || ' ' || max(verdict) || ' ' || sum(disposition = 'accept') FROM letter") $(sound kill$at) $(accounted kill$at)" "2 passed 1 0 0"
done

echo "companion: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
