# SPDX-License-Identifier: GPL-3.0-or-later
"""verify.py DIR PKI - signed PDFs, good and mutated; see verify.sh.

Nothing here uses congvan to make what congvan is to judge (pdfmake.py). A case is a file and what the answer must say
of it; all files are judged in one run.
"""
import json, os, re, shutil, subprocess, sys
from pdfmake import *

ROOT, PKI = (os.path.abspath(a) for a in sys.argv[1:3])
CONGVAN = os.path.abspath(os.environ['CONGVAN'])
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(ROOT)
os.chdir(ROOT)
begin(ROOT, PKI)
# Cases ----------------------------------------------------------------------------------------------------------

cases = []                              # name, bytes, check, arguments


def good(o):
    return o['verdict'] in ('passed', 'indeterminate') and all(
        s['intact'] and s['valid'] and s['coverage'] != 'part' and s['changes_after'] != 'forbidden' for s in o['signatures'])


def is_good(o):
    return o['signatures'] != [] and good(o)


def is_caught(o):
    return not good(o) if o['signatures'] else o['verdict'] in ('failed', 'unreadable', 'unsigned')


def says(**want):
    """Of the first signature: member values; verdict and count of the file."""
    def check(o):
        first = o['signatures'][0] if o['signatures'] else {}
        have = {k: o['verdict'] if k == 'verdict' else len(o['signatures']) if k == 'count' else first.get(k) for k in want}
        return have == want
    return check


def case(name, data, check, **args):
    cases.append((name, data, check, args))


plain = new_pdf()
one = sign(plain)
two = sign(one, 'dinhhuutrac', n=30)
case('one', one, says(verdict='passed', coverage='whole-file', changes_after='none', format='PAdES', level='B-B'))
case('two', two, says(verdict='passed', count=2, coverage='whole-revision', changes_after='permitted'))
case('unsigned', plain, says(verdict='unsigned', count=0))
case('pkcs7', sign(plain, sub=b'adbe.pkcs7.detached', make=lambda d: cms(d, 'skhcn', ('-md', 'sha256'))),
     says(verdict='passed', format='PKCS7', level=None))
case('no-attributes', sign(plain, make=lambda d: cms(d, 'skhcn', ('-md', 'sha256', '-noattr'))), is_good)
case('only-leaf', sign(plain, make=lambda d: cms(d, 'skhcn')), says(trusted=True))
case('by-key-id', sign(plain, make=lambda d: cms(d, 'skhcn', ('-md', 'sha256', '-keyid'))), is_good)
case('sha1', sign(plain, make=lambda d: cms(d, 'skhcn', ('-md', 'sha1'))),
     says(intact=True, valid=True, digest='SHA1', sub_indication='CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
case('stamped-document', stamp(one), says(verdict='passed', count=2, level='B-T'))
case('stamp-typed-sig', stamp(one, kind=b'/Sig'), says(verdict='passed', count=2))
case('xref-stream', sign(new_pdf(), as_stream=True), says(verdict='passed'))
case('blank-tail', one + b'\r\n', says(verdict='passed', coverage='whole-file'))
case('dss', add_dss(one), says(verdict='passed', changes_after='permitted'))
case('same-objects', update(one, {4: BASE[4], 5: BASE[5]}), says(verdict='passed', changes_after='none'))
case('filled', fill(one), says(verdict='passed', changes_after='permitted'))
case('annotated', annotate(one), says(verdict='passed', changes_after='permitted'))
case('sha1-inside', sign(plain, sub=b'adbe.pkcs7.sha1', make=lambda d: cms(
    __import__('hashlib').sha1(d).digest(), 'skhcn', ('-md', 'sha256', '-nodetach'))), is_good)



def raw_rsa(data):
    with open(ROOT + '/to-sign', 'wb') as f:
        f.write(data)
    value = run('openssl', 'dgst', '-sha1', '-sign', 'skhcn.key', ROOT + '/to-sign')
    return b'\4\x82' + len(value).to_bytes(2, 'big') + value


cert = run('openssl', 'x509', '-in', 'skhcn.crt', '-outform', 'DER').hex().encode()
case('raw-rsa', sign(plain, sub=b'adbe.x509.rsa_sha1', make=raw_rsa, more=b'/Cert<' + cert + b'>'), says(intact=True, valid=True, format='PKCS7'))
case('raw-rsa-wrong', sign(plain, sub=b'adbe.x509.rsa_sha1', make=lambda d: raw_rsa(d + b'x'), more=b'/Cert<' + cert + b'>'), is_caught)

for name, args, sigopt in (('pss', ('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'), ('-keyopt', 'rsa_padding_mode:pss')),
                           ('p256', ('-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'), ())):
    pair = key_pair(name, *args)
    case('key-' + name, sign(plain, make=lambda d: cms(d, pair, ('-md', 'sha256') + sigopt)), is_good)

# Trust: expired, revoked, not yet, no anchors, stamped while valid.
# The CRL is younger than the end of this certificate, so it need not name it any more: not even "not revoked" is proven.
case('expired', sign(plain, 'tunghia'), says(sub_indication='OUT_OF_BOUNDS_NO_POE', trusted=None), at='2025-07-10')
case('revoked', sign(plain, 'moduc'), says(sub_indication='REVOKED_NO_POE', trusted=False), at='2025-07-10')
case('before-revocation', sign(plain, 'moduc'), says(trusted=True), at='2025-05-01')
case('too-early', sign(plain), says(sub_indication='NOT_YET_VALID', indication='TOTAL_FAILED'), at='2020-01-01')
case('no-anchors', one, says(sub_indication='NO_CERTIFICATE_CHAIN_FOUND', trusted=None, intact=True), trust=None)
case('proven-by-stamp', stamp(sign(plain, 'chanhlo')), says(verdict='passed'), at='2026-07-10')
case('not-proven', sign(plain, 'chanhlo'), says(sub_indication='OUT_OF_BOUNDS_NOT_REVOKED'), at='2026-07-10')

# What certification and locks permit.
case('certified', certify(plain, 2), says(verdict='passed'))
case('certified-1-dss', add_dss(certify(plain, 1)), says(verdict='passed', changes_after='permitted'))
case('certified-1-stamp', stamp(certify(plain, 1)), says(verdict='passed'))
case('certified-1-filled', fill(certify(plain, 1)), is_caught)
case('certified-1-signed', sign(certify(plain, 1), 'ubndtinh', n=30), is_caught)
case('certified-1-orphan', update(certify(plain, 1), {55: b'(hello)'}), is_caught)
case('certified-2-filled', fill(certify(plain, 2)), says(verdict='passed'))
case('certified-2-annotated', annotate(certify(plain, 2)), is_caught)
case('certified-3-annotated', annotate(certify(plain, 3)), says(verdict='passed'))
case('certified-3-stamp', annotate(certify(plain, 3), b'Stamp', b'/AP<</N 50 0 R>>'), is_caught)
case('certified-3-freetext', annotate(certify(plain, 3), b'FreeText'), is_caught)
lock = b'/Reference[<</TransformMethod/FieldMDP/TransformParams<</Action/Include/Fields[(name)]>>>>]'
case('locked-filled', fill(sign(plain, more=lock)), is_caught)
case('lock-of-other', fill(sign(plain, more=lock.replace(b'(name)', b'(other)'))), says(verdict='passed'))
case('lock-all', fill(sign(plain, field=b'/Lock<</Action/All>>')), is_caught)

# What changes what is shown.
swapped = CONTENT.replace(b'UY BAN', b'KE GIAN')
other_page = {4: b'<</Length %d>>stream\n%s\nendstream' % (len(swapped), swapped)}
case('content', update(one, other_page), is_caught)
case('content-stream-xref', update(one, other_page, as_stream=True), is_caught)
case('font', update(one, {5: BASE[5].replace(b'Helvetica', b'Symbol')}), is_caught)
case('page-added', update(one, {2: BASE[2].replace(b'[3 0 R]/Count 1', b'[3 0 R 3 0 R]/Count 2')}), is_caught)
case('page-turned', update(one, {3: current(one, 3)[:-2] + b'/Rotate 90>>'}), is_caught)
case('box', update(one, {2: BASE[2].replace(b'595', b'300')}), is_caught)
case('overlay-field', update(one, {
    3: current(one, 3).replace(b'/Annots[', b'/Annots[51 0 R '), 7: current(one, 7).replace(b'/Fields[', b'/Fields[51 0 R '),
    51: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/V(1)/F 4/Rect[0 0 595 842]/AP<</N 50 0 R>>>>', 50: appearance(b'covered')}), is_caught)
case('widget-of-nobody', update(one, {
    3: current(one, 3).replace(b'/Annots[', b'/Annots[51 0 R '),
    51: b'<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 595 842]/AP<</N 50 0 R>>>>', 50: appearance(b'covered')}), is_caught)
case('script', update(one, {1: current(one, 1)[:-2] + b'/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'}), is_caught)
case('attachment', update(one, {1: current(one, 1)[:-2] + b'/Names<</EmbeddedFiles<</Names[(a)53 0 R]>>>>>>', 53: b'<</Type/Filespec/F(a)>>'}), is_caught)
case('link-to-script', annotate(one, b'Link', b'/A<</S/JavaScript/JS(x)>>'), is_caught)
case('field-moved', update(one, {6: BASE[6].replace(b'600 300 620', b'500 300 520')}), is_caught)
case('field-removed', update(one, {7: b'<</Fields[20 0 R]/SigFlags 3>>', 3: current(one, 3).replace(b' 6 0 R', b'')}), is_caught)
case('signature-removed', update(one, {20: current(one, 20).replace(b'/V 21 0 R', b'')}), is_caught)
case('reason-replaced', update(one, {21: current(one, 21).replace(b'/M(', b'/Reason(another)/M(')}), is_caught)
case('appearance-of-signature', update(one, {20: current(one, 20)[:-2] + b'/AP<</N 50 0 R>>>>', 50: appearance(b'X')}), is_caught)
case('other-root', one + section({1: BASE[1], 2: BASE[2], 3: BASE[3], **other_page, 5: BASE[5], 6: BASE[6], 7: BASE[7]}, len(one)), is_caught)
hidden = dict(BASE)
hidden[8] = other_page[4]
shadow = sign(new_pdf(hidden))
at_hidden = shadow.index(b'8 0 obj\n')
case('shadow-hide', shadow + b'xref\n4 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R/Size 60/Prev %d>>\nstartxref\n%d\n%%%%EOF\n' % (
    at_hidden, last_xref(shadow), len(shadow)), is_caught)
swap_page = update(one, {3: current(one, 3).replace(b'/Contents 4 0 R', b'/Contents 54 0 R'), 54: other_page[4]})
case('contents-elsewhere', swap_page, is_caught)
case('objects-without-xref', one + b'4 0 obj\n' + other_page[4] + b'\nendobj\n', is_caught)
case('objects-with-trailer', one + b'4 0 obj\n' + other_page[4] + b'\nendobj\ntrailer\n<</Root 1 0 R/Size 60>>\n', is_caught)
case('garbage', one + b'hello', is_caught)
case('second-forges', update(two, other_page), is_caught)

# The signature's own bytes.
start, stop = one.rindex(b'/Contents<') + 9, one.rindex(b'/Contents<') + 9 + HOLE + 2
case('gap-wider', one.replace(b'/ByteRange[0 %d' % start, b'/ByteRange[0 %d' % (start - 9)), is_caught)
case('two-contents', one[:start - 9] + b'/Contents<30>' + one[start - 9:], is_caught)
case('no-range', one.replace(b'/ByteRange[', b'/ByteRangf['), is_caught)
case('range-beyond', re.sub(rb'(/ByteRange\[0 \d+ )(\d)', rb'\g<1>9\2', one), is_caught)
case('contents-zero', one[:start + 1] + b'0' * HOLE + one[stop - 1:], is_caught)
case('contents-null', one[:start] + b'null'.ljust(HOLE + 2) + one[stop:], is_caught)
case('tail-not-covered', sign(plain)[:-7] + b'X' + b'%%EOF\n', is_caught)
case('wrong-signer', sign(plain, make=lambda d: cms(d + b'x', 'skhcn')), is_caught)
case('foreign-content', sign(plain, make=lambda d: cms(d, 'skhcn', ('-md', 'sha256', '-nodetach'))), is_caught)
case('two-signers', sign(plain, make=lambda d: run('openssl', 'cms', '-resign', '-binary', '-inform', 'DER', '-outform', 'DER', '-signer',
     PKI + '/ubndtinh.crt', '-inkey', PKI + '/ubndtinh.key', data=cms(d, 'skhcn')) if d else b''), is_caught)
case('borrowed', sign(new_pdf({**BASE, **other_page}), make=lambda d: bytes.fromhex(one[start + 1:stop - 1].decode())[:6000]), is_caught)
case('issuer-encoded-twice', sign(plain, make=lambda d: handmade(d, PKI + '/skhcn', name=twice)), says(intact=True, valid=True, indication='TOTAL_PASSED'))
case('issuer-another', sign(plain, make=lambda d: handmade(d, PKI + '/skhcn', name=lambda der: der.replace(b'VN', b'VX'))),
     says(intact=True, indication='INDETERMINATE', sub_indication='NO_SIGNING_CERTIFICATE_FOUND'))
wrapped = one[:start] + one[start:stop] + one[stop:]
case('wrapped', wrapped.replace(b'<' + one[start + 1:stop - 1] + b'>', b'<' + one[start + 1:stop - 200] + b'>' + b' ' * 199), is_caught)

value = bytes.fromhex(one[start + 1:stop - 1].decode())
last = 4 + int.from_bytes(value[2:4], 'big') - 1                # the signature value ends the CMS
broken = value[:last] + bytes([value[last] ^ 1]) + value[last + 1:]
case('value-broken', one[:start + 1] + broken.hex().encode() + one[stop - 1:], says(intact=True, valid=False, indication='TOTAL_FAILED', sub_indication='SIG_CRYPTO_FAILURE'))
case('digest-broken', one.replace(b'UY BAN', b'KY BAN'),
     says(intact=False, indication='TOTAL_FAILED', sub_indication='HASH_FAILURE'))
case('range-broken', one.replace(b'/ByteRange[0 ', b'/ByteRange[9 '), says(coverage='part', indication='TOTAL_FAILED', sub_indication='FORMAT_FAILURE'))

# A signature in ruins is not "unsigned".
ruin = one.replace(b'/Contents<30', b'/Contents<]0')
case('destroyed', ruin, says(verdict='failed', count=1, sub_indication='FORMAT_FAILURE'))
case('destroyed-with-its-table', ruin.replace(b'startxref', b'startxxxx'), says(verdict='unreadable', count=0))

# Every region flipped: no bit of what is signed may change unseen. White space inside the structure counts too.
value_end = start + 1 + 2 * 1500
for n, at in enumerate(list(range(0, start, 41)) + list(range(stop, len(one), 17)) + list(range(start + 9, value_end, 331))):
    flipped = bytearray(one)
    flipped[at] ^= 1 if at < start or at >= stop else 3
    case('flip-%05d' % at, bytes(flipped), is_caught)
for at in range(10, len(one), 503):
    case('cut-%05d' % at, one[:at], is_caught)

# Judging --------------------------------------------------------------------------------------------------------

for name, data, check, args in cases:
    with open(name + '.pdf', 'wb') as f:
        f.write(data)
groups = {}
for name, data, check, args in cases:
    groups.setdefault((args.get('at', AT), args.get('trust', PKI + '/trust')), []).append((name, check))
passed, failed = 0, []
for (at, trust), members in groups.items():
    argv = [CONGVAN, 'verify', '--format', 'json', '--at', at] + (['--trust', trust] if trust else ['--trust', ROOT + '/nobody.crt'])
    if trust is None:
        key_pair('nobody', '-algorithm', 'ED25519')
    p = subprocess.run(argv + ['--'] + [n + '.pdf' for n, _ in members], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answers = {o['file']: o for o in map(json.loads, p.stdout.splitlines())}
    for name, check in members:
        o = answers.get(name + '.pdf')
        if o is not None and check(o):
            passed += 1
        else:
            brief = o and (o['verdict'], [(s['intact'], s['valid'], s['coverage'], s['changes_after'], s['indication'], s['sub_indication'], s['changes'],
                           [m['code'] for m in s['messages'] if m['severity'] != 'note']) for s in o['signatures']])
            failed.append('%s: %s' % (name, brief))

saved = subprocess.run([CONGVAN, 'verify', '--save-signed-revision', '1', 'two.pdf'], stdout=subprocess.PIPE).stdout
if saved == one:
    passed += 1
else:
    failed.append('save-signed-revision: %d bytes, not %d' % (len(saved), len(one)))
text = subprocess.run([CONGVAN, 'verify', '--lang', 'vi', '--at', AT, '--trust', PKI + '/trust', 'two.pdf'], stdout=subprocess.PIPE).stdout.decode()
if 'SỞ KHOA HỌC VÀ CÔNG NGHỆ' in text and 'chữ ký hợp lệ' in text and 'thêm chữ ký' in text:
    passed += 1
else:
    failed.append('sentence: ' + text[:300])

# Many files in one process: an answer each, in order, one line that sums up, and no more memory than for a few.
import resource
names = ['one.pdf', 'two.pdf', 'certified.pdf', 'content.pdf'] * 150
p = subprocess.run([CONGVAN, 'verify', '--format', 'json', '--at', AT, '--trust', PKI + '/trust', '--', *names], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
told = [json.loads(l) for l in p.stdout.splitlines()]
if [o['file'] for o in told] == names and '600 tệp: 450 hợp lệ 150 không hợp lệ' in p.stderr.decode():
    passed += 1
else:
    failed.append('many: %d answers, %s' % (len(told), p.stderr.decode()[-200:]))
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if peak < 100000:
    passed += 1
else:
    failed.append('many: %d kB' % peak)

# Reports: HTML stands alone, shows both sides where they differ, and nothing of the file becomes markup.
from html.parser import HTMLParser


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.images, self.words, self.odd = [], [], 0, '', []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.images += tag == 'image'
        self.odd += ['%s=%s' % a for a in attrs if a[0] in ('src', 'href') and not a[1].startswith('data:image/png;base64,')
                     or a[0].startswith('on')]
        if tag not in ('meta', 'br', 'image', 'rect'):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.odd.append('</%s>' % tag)

    def handle_data(self, data):
        self.words += data


def html(lang, name, data):
    with open(name, 'wb') as f:
        f.write(data)
    p = subprocess.run([CONGVAN, 'verify', '--format', 'html', '--lang', lang, '--at', AT, '--trust', PKI + '/trust', name],
                       stdout=subprocess.PIPE)
    page = Page()
    page.feed(p.stdout.decode())
    page.close()
    return page


def expect(name, ok, why):
    global passed
    passed += bool(ok)
    if not ok:
        failed.append('%s: %s' % (name, why))


for lang, heading, words in (('vi', 'Kết quả kiểm tra chữ ký số', ('trang 1 khi ký', 'trang 1 hiện nay', 'NỘI DUNG TRANG BỊ SỬA', 'tài liệu bị sửa sau khi ký')),
                             ('en', 'Signatures checked', ('page 1 as signed', 'page 1 now', 'content changed', 'changed after it was signed'))):
    page = html(lang, 'both-sides.pdf', update(one, other_page))
    expect('html ' + lang, page.images == 2 and heading in page.words and all(w in page.words for w in words) and not page.odd and not page.open,
           (page.images, page.odd, page.open, page.words[:2000]))
page = html('en', 'same-look.pdf', add_dss(one))
expect('html of what looks the same', page.images == 1 and 'look the same' in page.words, page.words)
page = html('en', '<script>alert(1)<script>.pdf', one.replace(b'T(Sig20)', b'T(<b>x)'.ljust(8)))
expect('html of hostile names', 'script' not in page.tags and '<script>alert(1)' in page.words and not page.odd, page.tags)
page = html('en', 'no-pdf.pdf', b'%PDF-1.7\nnothing')
expect('html of a broken file', 'UNREADABLE' in page.words or 'NOT SIGNED' in page.words, page.words)

for line in failed:
    print(line)
print('verify: %d passed, %d failed' % (passed, len(failed)))
sys.exit(1 if failed else 0)
