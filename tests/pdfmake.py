# SPDX-License-Identifier: GPL-3.0-or-later
"""pdfmake - signed PDFs for the tests, made without congvan.

A PDF is a dict of objects; sign() appends a revision with a signature made by `openssl cms`, by the small CMS writer
below where OpenSSL cannot write what is wanted (time-stamps, odd attributes), or a token by `openssl ts`.
begin(ROOT, PKI) says where to work and whose keys to use.
"""
import hashlib, json, os, re, subprocess, sys

ROOT = PKI = None
AT = '2025-06-20T08:11:02Z'


def begin(root, pki):
    global ROOT, PKI
    ROOT, PKI = root, pki


HOLE = 16000                            # hexadecimal digits kept for the signature value


def run(*argv, data=None, env=None):
    p = subprocess.run(argv, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=PKI)
    if p.returncode != 0:
        sys.exit('verify: %s: %s' % (' '.join(argv), p.stderr.decode('utf-8', 'replace')))
    return p.stdout


def key_pair(name, *genpkey):
    """A certificate of its own for kinds of keys that the PKI does not have."""
    run('openssl', 'genpkey', '-out', ROOT + '/%s.key' % name, *genpkey)
    run('openssl', 'req', '-x509', '-new', '-key', ROOT + '/%s.key' % name, '-subj', '/CN=' + name, '-days', '9000', '-out',
        ROOT + '/%s.crt' % name)
    return ROOT + '/' + name


def cms(data, who, args=('-md', 'sha256', '-cades')):
    base = who if who.startswith('/') else PKI + '/' + who
    with open(ROOT + '/to-sign', 'wb') as f:
        f.write(data)
    return run('openssl', 'cms', '-sign', '-binary', '-in', ROOT + '/to-sign', '-outform', 'DER', '-signer', base + '.crt',
               '-inkey', base + '.key', '-nosmimecap', *args)


def token(data, at=None, config='ts.cnf', md='sha256'):
    with open(ROOT + '/to-stamp', 'wb') as f:
        f.write(data)
    query = run('openssl', 'ts', '-query', '-data', ROOT + '/to-stamp', '-' + md, '-cert', '-no_nonce')
    with open(ROOT + '/query', 'wb') as f:
        f.write(query)
    return run('faketime', '-f', (at or AT).replace('T', ' ').rstrip('Z'), 'openssl', 'ts', '-reply', '-config', config, '-queryfile',
               ROOT + '/query', '-token_out', env=dict(os.environ, TZ='UTC'))


# CMS ------------------------------------------------------------------------------------------------------------

def tlv(tag, *parts):
    body = b''.join(parts)
    n = len(body)
    size = bytes([n]) if n < 128 else bytes([128 + (n.bit_length() + 7) // 8]) + n.to_bytes((n.bit_length() + 7) // 8, 'big')
    return bytes([tag]) + size + body


def oid(text):
    numbers = [int(n) for n in text.split('.')]
    out = bytes([numbers[0] * 40 + numbers[1]])
    for n in numbers[2:]:
        part = [n & 127]
        while n > 127:
            n >>= 7
            part.insert(0, 128 | n & 127)
        out += bytes(part)
    return tlv(6, out)


def step(der, at):
    """Of the element at that byte: where its content begins, where it ends."""
    n, at = der[at + 1], at + 2
    if n & 128:
        at, n = at + (n & 127), int.from_bytes(der[at:at + (n & 127)], 'big')
    return at, at + n


def issuer_and_serial(cert):
    at = step(cert, step(cert, 0)[0])[0]
    if cert[at] == 0xA0:
        at = step(cert, at)[1]
    serial = cert[at:step(cert, at)[1]]
    at = step(cert, step(cert, at)[1])[1]
    return tlv(0x30, cert[at:step(cert, at)[1]], serial)


def attribute(name, value):
    return tlv(0x30, oid(name), tlv(0x31, value))


def twice(der):
    """Every UTF8String in it encoded a second time, its bytes taken for Latin-1 letters."""
    out = b''
    while der:
        n, head = der[1], 2
        if n >= 128:
            head += n - 128
            n = int.from_bytes(der[2:head], 'big')
        body = der[head:head + n]
        out += tlv(der[0], body.decode('latin-1').encode() if der[0] == 0x0C else twice(body) if der[0] & 0x20 else body)
        der = der[head + n:]
    return out


def handmade(data, base, key_id=None, time=None, md='sha256', over_content=None, over_value=None, certs=(), ess=None, more=(),
             as_written=False, name=lambda der: der):
    """A CAdES signature of our own writing. over_content, over_value: functions from bytes to a time-stamp token; key_id:
    names the signer by that instead of issuer and serial number; ess: the certificate that the attribute names; as_written: the
    attributes are not in the order of DER, and signed so; name: writes the issuer and serial number otherwise."""
    cert = run('openssl', 'x509', '-in', base + '.crt', '-outform', 'DER')
    algorithm = tlv(0x30, oid({'sha256': '2.16.840.1.101.3.4.2.1', 'sha1': '1.3.14.3.2.26'}[md]))
    attrs = [attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.1')),
             attribute('1.2.840.113549.1.9.4', tlv(4, hashlib.new(md, data).digest())),
             attribute('1.2.840.113549.1.9.16.2.47', tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, hashlib.sha256(ess or cert).digest())))))]
    if time:
        attrs.append(attribute('1.2.840.113549.1.9.5', tlv(0x17, time.encode())))
    if over_content:
        attrs.append(attribute('1.2.840.113549.1.9.16.2.20', over_content(data)))
    body = b''.join(sorted(attrs + list(more), reverse=as_written))
    with open(ROOT + '/to-sign', 'wb') as f:
        f.write(tlv(0x31, body))
    value = run('openssl', 'dgst', '-' + md, '-sign', base + '.key', ROOT + '/to-sign')
    unsigned = tlv(0xA1, attribute('1.2.840.113549.1.9.16.2.14', over_value(value))) if over_value else b''
    who = name(issuer_and_serial(cert)) if key_id is None else tlv(0x80, key_id)
    signer = tlv(0x30, tlv(2, b'\1' if key_id is None else b'\3'), who, algorithm, tlv(0xA0, body),
                 tlv(0x30, oid('1.2.840.113549.1.1.1'), b'\5\0'), tlv(4, value), unsigned)
    return tlv(0x30, oid('1.2.840.113549.1.7.2'), tlv(0xA0, tlv(
        0x30, tlv(2, b'\1'), tlv(0x31, algorithm), tlv(0x30, oid('1.2.840.113549.1.7.1')),
        tlv(0xA0, *([cert] if certs == () else certs)), tlv(0x31, signer))))


# PDF ------------------------------------------------------------------------------------------------------------

CONTENT = b'BT /F1 24 Tf 72 700 Td (UY BAN NHAN DAN) Tj ET'
BASE = {
    1: b'<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R>>',
    2: b'<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>',
    3: b'<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>',
    4: b'<</Length %d>>stream\n%s\nendstream' % (len(CONTENT), CONTENT),
    5: b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    6: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[72 600 300 620]/F 4/P 3 0 R/V(old)>>',
    7: b'<</Fields[6 0 R]/SigFlags 3>>',
}


def section(objects, start, prev=None, size=60, as_stream=False):
    """Objects and their cross-reference, to stand at that byte."""
    out, at = b'', {}
    for n in sorted(objects):
        at[n] = start + len(out)
        out += b'%d 0 obj\n%s\nendobj\n' % (n, objects[n])
    link = b'/Root 1 0 R/Size %d%s' % (size, b'' if prev is None else b'/Prev %d' % prev)
    where = start + len(out)
    if as_stream:
        at[size - 1] = where
        rows = b''.join(b'\1' + at[n].to_bytes(4, 'big') + b'\0' for n in sorted(at))
        index = b' '.join(b'%d 1' % n for n in sorted(at))
        out += b'%d 0 obj\n<</Type/XRef/W[1 4 1]/Index[%s]%s/Length %d>>stream\n%s\nendstream\nendobj\n' % (
            size - 1, index, link, len(rows), rows)
    else:
        out += b'xref\n0 1\n0000000000 65535 f \n' + b''.join(b'%d 1\n%010d 00000 n \n' % (n, at[n]) for n in sorted(at))
        out += b'trailer\n<<%s>>\n' % link
    return out + b'startxref\n%d\n%%%%EOF\n' % where


def new_pdf(objects=BASE):
    head = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
    return head + section(objects, len(head))


def last_xref(pdf):
    return int(re.findall(rb'startxref\s+(\d+)', pdf)[-1])


def update(pdf, objects, **more):
    return pdf + section(objects, len(pdf), last_xref(pdf), **more)


def current(pdf, n):
    """The newest text of an object."""
    return re.findall(rb'(?:^|\n)%d 0 obj\n(.*?)\nendobj' % n, pdf, re.S)[-1]


def sign(pdf, who='skhcn', n=20, sub=b'ETSI.CAdES.detached', make=None, more=b'', field=b'', extra=None, kind=b'/Sig', rect=b'0 0 0 0', **args):
    """One more revision: field n, signature n+1. make(bytes) gives the value; more goes into the signature dictionary."""
    annots = current(pdf, 3).replace(b'/Annots[', b'/Annots[%d 0 R ' % n)
    form = current(pdf, 7).replace(b'/Fields[', b'/Fields[%d 0 R ' % n)
    objects = {
        3: annots, 7: form,
        n: b'<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig%d)/Rect[%s]/F 132/P 3 0 R/V %d 0 R%s>>' % (n, rect, n + 1, field),
        n + 1: b'<</Type%s/Filter/Adobe.PPKLite/SubFilter/%s/ByteRange[0 %s]/Contents<%s>/M(D:20250620151102+07\'00\')%s>>' % (
            kind, sub, b' ' * 40, b'0' * HOLE, more),
    }
    objects.update(extra or {})
    whole = update(pdf, objects, **args)
    start = whole.rindex(b'/Contents<') + 9
    end = start + HOLE + 2
    ranges = b'%d %d %d' % (start, end, len(whole) - end)
    hole = whole.rindex(b'/ByteRange[0 ') + 13
    whole = whole[:hole] + ranges.ljust(40) + whole[hole + 40:]
    value = (make or (lambda d: cms(d, who)))(whole[:start] + whole[end:])
    return whole[:start + 1] + value.hex().encode().ljust(HOLE, b'0') + whole[end - 1:]


def stamp(pdf, n=40, kind=b'/DocTimeStamp', make=None):
    return sign(pdf, n=n, sub=b'ETSI.RFC3161', make=make or token, kind=kind)


def mdp(level):
    return b'/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P %d/V/1.2>>>>]' % level


def certify(pdf, level):
    root = current(pdf, 1)[:-2] + b'/Perms<</DocMDP 21 0 R>>>>'
    return sign(pdf, more=mdp(level), extra={1: root})


def fill(pdf, value=b'new'):
    return update(pdf, {6: current(pdf, 6).replace(b'/V(old)', b'/V(%s)/AP<</N 50 0 R>>' % value), 50: appearance(value)})


def appearance(text):
    body = b'BT /F1 10 Tf (%s) Tj ET' % text
    return b'<</Type/XObject/Subtype/Form/BBox[0 0 228 20]/Length %d>>stream\n%s\nendstream' % (len(body), body)


def annotate(pdf, subtype=b'Text', more=b''):
    return update(pdf, {3: current(pdf, 3).replace(b'/Annots[', b'/Annots[51 0 R '),
                        51: b'<</Type/Annot/Subtype/%s/Rect[10 10 90 90]/Contents(note)%s>>' % (subtype, more)})


def add_dss(pdf, certs=(b'abc',), crls=(), ocsps=()):
    """The document security store, in objects from 100 on."""
    objects, refs, n = {}, {}, 100
    for kind, values in ((b'Certs', certs), (b'CRLs', crls), (b'OCSPs', ocsps)):
        for value in values:
            objects[n] = b'<</Length %d>>stream\n%s\nendstream' % (len(value), value)
            refs.setdefault(kind, []).append(b'%d 0 R' % n)
            n += 1
    store = b''.join(b'/%s[%s]' % (k, b' '.join(v)) for k, v in refs.items())
    objects[1] = current(pdf, 1)[:-2] + b'/DSS<<%s>>>>' % store
    return update(pdf, objects, size=200)


# Judging --------------------------------------------------------------------------------------------------------

def judge(title, cases):
    """Cases (name, PDF, want): want None must be flagged, () must not pass, else every signature sound and the first one's
    changes in want."""
    for name, data, want in cases:
        with open(name + '.pdf', 'wb') as f:
            f.write(data)
    p = subprocess.run([os.environ['CONGVAN'], 'verify', '--format', 'json', '--at', AT, '--trust', PKI + '/trust', '--',
                        *(c[0] + '.pdf' for c in cases)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answers = {o['file']: o for o in map(json.loads, p.stdout.splitlines())}
    passed, failed = 0, []
    for name, data, want in cases:
        o = answers.get(name + '.pdf') or {'verdict': 'none', 'signatures': []}
        sound = o['signatures'] != [] and all(s['intact'] and s['valid'] and s['coverage'] != 'part' and s['changes_after'] in (
            'none', 'permitted') for s in o['signatures'])
        ok = sound and o['verdict'] == 'passed' and o['signatures'][0]['changes_after'] in want if want else (
            o['verdict'] == ('failed' if want is None else 'indeterminate'))
        passed += ok
        if not ok:
            failed.append('%s: %s %s' % (name, o['verdict'], [(s['coverage'], s['changes_after'], s['sub_indication'], s['changes'],
                          [m['code'] for m in s['messages'] if m['severity'] != 'note']) for s in o['signatures']]))
    for line in failed:
        print(line)
    print('%s: %d passed, %d failed' % (title, passed, len(failed)))
    return 1 if failed else 0
