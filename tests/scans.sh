#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scans.sh - pages from a scanner, whichever way they lay on the glass and whatever else the file holds: turned, askew,
# mixed with text, under a text layer that lies, two letters in one file; the fields alone; a letter out of time.
#
# What is read is held to what the same letter's text layer says. Each case is a page or two: OCR is dear.
set -u
cd "$(dirname "$0")/.."
. tests/lib
B=${B:-build}
congvan=${CONGVAN:-$B/congvan}
made=$B/fixtures out=$B/scans
${MAKE:-make} -s fixtures || exit 1
rm -rf "$out"
mkdir -p "$out"

scan() # LOOK LETTER NAME: $out/NAME.pdf
{
	cp $made/$2.pdf "$out/$3.pdf"
	sh fixtures/scan.sh $made/bin "$out/$3.pdf" $made/$2.boxes 200 "$1" 3
}
extract() # NAME OPTION...: $out/NAME.json
{
	name=$1; shift
	"$congvan" extract --jobs 1 --format json "$@" > "$out/$name.json" 2> "$out/$name.log"
}
# What NAME.json says: one line, from a Python expression over the document o.
says() { python3 -c 'import json, sys
o = json.loads(open(sys.argv[1]).readline())
f = o["fields"]
print('"$2"')' "$out/$1.json" 2>&1; }
header='[f.get(k, {}).get("value") for k in ("number", "symbol", "date", "agency", "subject")], [s.get("title") for s in f.get("signers", [])]'
left='[x["en"] for x in o["findings"] if x["rule"] == "2_extract/pages-left"]'
same() { [ "$(says "$1" "$3")" = "$(says "$2" "$3")" ] && ! says "$1" "$3" | grep -q Error || { echo "    $1: $(says "$1" "$3")"; echo "    $2: $(says "$2" "$3")"; false; }; }
is() { [ "$(says "$1" "$2")" = "$3" ] || { echo "    $1: $(says "$1" "$2")"; false; }; }

# turned and askew: read as if it lay straight
extract text $made/letters/hd-snv.pdf
for look in mono askew right down; do
	scan $look letters/hd-snv $look
	extract $look "$out/$look.pdf"
	expect "a page that is $look" same text $look "$header"
done
expect "nothing of it came from a text layer" is down 'o["text_source"]' ocr

# mixed: page 1 is text, page 2 was scanned
scan office letters/cv-skhcn second
pdfseparate -f 1 -l 1 $made/letters/cv-skhcn.pdf "$out/p1.pdf"
pdfseparate -f 2 -l 2 "$out/second.pdf" "$out/p2.pdf"
pdfunite "$out/p1.pdf" "$out/p2.pdf" "$out/mixed.pdf"
extract whole $made/letters/cv-skhcn.pdf
extract mixed "$out/mixed.pdf"
expect "text and scan in one letter" same whole mixed "$header"
expect "and it says so" is mixed 'o["text_source"]' mixed

# an invisible text layer that lies: another letter's words, and letters of no language
python3 - "$out" $made/letters/tb-ubnd.pdf <<'PY'
import re, subprocess, sys, zlib
out, other = sys.argv[1:]
def pdf(name, ppm, lines):
    head, size, top, pixels = open(ppm, 'rb').read().split(b'\n', 3)
    w, h = size.split()
    ops = ['q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 11 Tf 14 TL 60 790 Td']
    ops += ['<%s> Tj T*' % ''.join('%04x' % ord(c) for c in l if ord(c) < 65536) for l in lines]
    text = ' '.join(ops + ['ET']).encode()
    image = zlib.compress(pixels)
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
               b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>>>',
               b'<</Length %d>>stream\n%s\nendstream' % (len(text), text),
               b'<</Type/XObject/Subtype/Image/Width %s/Height %s/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d>>'
               b'stream\n%s\nendstream' % (w, h, len(image), image),
               b'<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>',
               b'<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>'
               b'/DW 500/FontDescriptor 9 0 R>>']
    cmap = (b'begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap')
    objects += [b'<</Length %d>>stream\n%s\nendstream' % (len(cmap), cmap),
                b'<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>']
    body, at = b'%PDF-1.5\n', []
    for i, o in enumerate(objects, 1):
        at.append(len(body))
        body += b'%d 0 obj%s endobj\n' % (i, o)
    xref = len(body)
    body += b'xref\n0 %d\n0000000000 65535 f \n' % (len(at) + 1) + b''.join(b'%010d 00000 n \n' % a for a in at)
    body += b'trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n' % (len(at) + 1, xref)
    open(out + '/' + name + '.pdf', 'wb').write(body)
subprocess.run(['pdftoppm', '-r', '200', '-singlefile', out + '/mono.pdf', out + '/page'], check=True)
text = subprocess.run(['pdftotext', '-layout', other, '-'], stdout=subprocess.PIPE, check=True).stdout.decode().split('\n')
pdf('lies', out + '/page.ppm', [l for l in text if l.strip()])
latin = 'CQNG HoAxA H()I CHiJ NGHiA vrer NAM D()c lap - Tu do - H4nh phric S6: 99/XX-YYY ngdy 01 thdng 01 ndm 1999 '
pdf('latin', out + '/page.ppm', [latin] * 12)
PY
for layer in lies latin; do
	extract $layer "$out/$layer.pdf"
	expect "the picture is believed under a layer that is wrong ($layer)" same text $layer "$header"
done

# two letters in one file
scan clean letters/tb-ubnd another
pdfunite "$out/mono.pdf" "$out/another.pdf" "$out/two.pdf"
extract two "$out/two.pdf"
extract one $made/letters/tb-ubnd.pdf
expect "the first of two letters keeps its fields" same text two "$header"
expect "the second is a letter of its own" is two '[(d["fields"]["number"]["value"], d["fields"]["symbol"]["value"]) for d in o["documents"]]' \
	"$(says one '[(f["number"]["value"], f["symbol"]["value"])]')"

# fields alone: less is read and no field of the header or the signer is lost
scan office letters/kh-binhson plan
extract plan-full "$out/plan.pdf" --ocr full
extract plan "$out/plan.pdf" --ocr fields
expect "fields mode finds the signer on the second page" same plan-full plan "$header"
scan office seeds/002 three
extract full "$out/three.pdf" --ocr full
printf 'ocr = fields\n' > "$out/config"
"$congvan" check --format json --config "$out/config" "$out/three.pdf" > "$out/fields.json"
expect "ocr = fields, in the configuration, reads the same fields" same full fields "$header"
expect "and says what it left" is fields "$left" "['1 scanned pages were not recognised (fields mode).']"

# another folder of models
mkdir -p "$out/models"
model=$(find /usr/share/tesseract-ocr /usr/share/tessdata -name vie.traineddata 2> /dev/null | head -n 1)
ln -s "$model" "$out/models/vie.traineddata"
extract models "$out/mono.pdf" --tessdata "$out/models"
expect "a folder of models of one's own" same text models "$header"
extract nomodel "$out/mono.pdf" --tessdata "$out"
expect "a folder without the model is told, with what to do" grep -q 'tesseract-ocr-vie' "$out/nomodel.log"

# out of time: what was read is kept, and a finding says what was not
pdfunite "$out/mono.pdf" "$out/three.pdf" "$out/three.pdf" "$out/three.pdf" "$out/three.pdf" "$out/long.pdf"
(ulimit -t 17; "$congvan" check --format json "$out/long.pdf" > "$out/long.json")
expect "a letter out of time keeps the pages that were read" same text long "$header"
expect "and the rest is a finding" is long 'len('"$left"')' 1
finish scans
