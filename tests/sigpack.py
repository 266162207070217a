# SPDX-License-Identifier: GPL-3.0-or-later
"""sigpack.py DIR - shapes of CMS files and of signed packages; see sigpack.sh. sigxml.py lends the PKI and the tools."""
import struct
import unicodedata
import zlib
from sigxml import *


def hold_only(*codes):
    """Whole, and yet not passed: the message says why."""
    return lambda o: (code(*codes)(o) and o['verdict'] == 'indeterminate'
                      and all(s['intact'] and s['valid'] and s['coverage'] != 'part' for s in o['signatures']))


def count(n):
    return lambda o: len(o['signatures']) == n


# CMS ------------------------------------------------------------------------------------------------------------------

def tlv(tag, *content):
    body = b''.join(content)
    n = len(body)
    head = bytes([n]) if n < 128 else bytes([0x81, n]) if n < 256 else b'\x82' + struct.pack('>H', n)
    return bytes([tag]) + head + body


def children(der):
    """The elements of one run of DER."""
    out = []
    while der:
        n, at = der[1], 2
        if n & 0x80:
            at += n & 0x7f
            n = int.from_bytes(der[2:at], 'big')
        out.append(der[:at + n])
        der = der[at + n:]
    return out


def content(der):
    return der[2 + (der[1] & 0x7f if der[1] & 0x80 else 0):]


def rebuilt(signed, change, certificate=None):
    """The CMS once more, its one SignerInfo's elements as change leaves them; all lengths are made anew."""
    kind, wrap = children(content(signed))
    data = children(content(children(content(wrap))[0]))
    if certificate:
        data[3] = tlv(0xA0, certificate)
    infos = [tlv(0x30, *change(children(content(i)))) for i in children(content(data[-1]))]
    return tlv(0x30, kind, tlv(0xA0, tlv(0x30, *data[:-1], tlv(0x31, *infos))))


def named(key):
    """issuerAndSerialNumber of a certificate."""
    tbs = children(content(children(content(cert_der(key)))[0]))
    return tlv(0x30, tbs[3], tbs[1])


def without_null(key, data):
    """An RSA value over a DigestInfo whose algorithm has no parameters."""
    oid = bytes.fromhex('0609608648016503040201')
    write('info', tlv(0x30, tlv(0x30, oid), tlv(0x04, hashlib.sha256(data).digest())))
    return run('openssl', 'pkeyutl', '-sign', '-inkey', key + '.key', '-in', 'info', '-pkeyopt', 'rsa_padding_mode:pkcs1')


def by_hand(signed, oid, digest, key, data):
    """The CMS once more with another digest and algorithm than openssl cms offers."""
    algorithm = {'sha3-256': '608648016503040208', 'sha512-256': '608648016503040206'}[digest]
    d = tlv(0x30, tlv(0x06, bytes.fromhex(algorithm)))
    write('digested', data)
    made = run('openssl', 'dgst', '-' + digest, '-binary', 'digested')
    def change(e):
        kept = [a for a in children(content(e[3])) if bytes.fromhex('06092a864886f70d010904') not in a]
        kept.append(tlv(0x30, bytes.fromhex('06092a864886f70d010904'), tlv(0x31, tlv(0x04, made))))
        write('attributes', tlv(0x31, *sorted(kept)))
        value = run('openssl', 'dgst', '-' + digest, '-sign', key + '.key', 'attributes')
        return e[:2] + [d, tlv(0xA0, *sorted(kept)), tlv(0x30, tlv(0x06, oid)), tlv(0x04, value)]
    return rebuilt(signed, change)


def indefinite(der, levels):
    """BER: the outer levels with indefinite lengths."""
    if levels == 0 or not der[0] & 0x20:
        return der
    return der[:1] + b'\x80' + b''.join(indefinite(c, levels - 1) for c in children(content(der))) + b'\0\0'


def cms_shapes():
    text = 'Kính gửi: Cục Chứng thực số và Bảo mật thông tin\n'.encode() * 20
    run('openssl', 'req', '-new', '-newkey', 'ed25519', '-nodes', '-keyout', 'ed.key', '-out', 'ed.csr', '-subj', '/C=VN/O=Thu/CN=Nguoi ky ed')
    run('openssl', 'ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', 'signer', '-in', 'ed.csr', '-out', 'ed.pem')
    whole = cms(text, '-nodetach', '-cades')
    more = cms(text, '-nodetach', '-cades', '-certfile', 'other.pem')
    streamed = cms(text, '-nodetach', '-cades', '-stream')
    case('stream.p7m', streamed, level('B-B'), 'in BER, as it was streamed')
    case('stream-changed.p7m', flip(streamed, streamed.index(b'ng tin')), caught, 'its content changed')
    for n in range(1, 6):
        case('ber-%d.p7m' % n, indefinite(whole, n), level('B-B'), 'indefinite lengths down to level %d' % n)
    case('zeros.p7m', whole + bytes(64), level('B-B'), 'zeros of a buffer after it')
    case('trailing.p7m', whole + b'them', hold_only('CMS_TRAILING'), 'bytes after it')
    case('base64.p7m', base64.encodebytes(whole), level('B-B'), 'in bare base64')
    case('pkcs7.pem.p7m', b'-----BEGIN PKCS7-----\n' + base64.encodebytes(whole) + b'-----END PKCS7-----\n', level('B-B'), 'PEM of another label')
    for name, label in (('gpgsm', 'SIGNED MESSAGE'), ('old', 'PKCS #7 SIGNED DATA')):
        case(name + '.pem.p7m', ('-----BEGIN %s-----\n%s-----END %s-----\n' % (label, base64.encodebytes(whole).decode(), label)).encode(),
             level('B-B'), 'PEM labelled ' + label)
    case('keyid.p7m', cms(text, '-nodetach', '-cades', '-keyid'), level('B-B'), 'the signer by subjectKeyIdentifier')
    for name, options, key in (('ec', [], 'ec'), ('ec-sha512', ['-md', 'sha512'], 'ec'), ('sha384', ['-md', 'sha384'], 'signer'),
                               ('pss-sha512', ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:20'], 'signer')):
        der = cms(text, '-nodetach', *options, key=key)
        case(name + '.p7m', der, good, name)
        case(name + '-changed.p7m', flip(der, der.index(b'ng tin')), caught, name + ', its content changed')
        case(name + '-value.p7m', flip(der, len(der) - 9), caught, name + ', its value changed')
    case('nocerts.p7m', cms(text, '-nodetach', '-cades', '-nocerts'), lambda o: code('NO_SIGNER_CERTIFICATE')(o) and o['verdict'] == 'indeterminate',
         'the signer\'s certificate left out')
    case('more-certs.p7m', more, level('B-B'), 'certificates of others beside it')
    case('sha1.p7m', cms(text, '-nodetach', '-md', 'sha1'), lambda o: code('WEAK_DIGEST')(o) and o['signatures'][0]['valid'], 'SHA-1')
    three = whole
    for key in ('other', 'ec'):
        three = run('openssl', 'cms', '-resign', '-inform', 'DER', '-outform', 'DER', '-nodetach', '-signer', key + '.pem', '-inkey', key + '.key', data=three)
    case('three.p7m', three, lambda o: good(o, 3) and len(set(s['signer']['cn'] for s in o['signatures'])) == 3, 'three signers')
    case('three-one.p7m', flip(three, three.index(run('openssl', 'x509', '-in', 'ec.pem', '-outform', 'DER')[-40:])),
         lambda o: count(3)(o), 'three signers and a damaged certificate')
    def by_ed(e):                           # openssl 3.0 writes no Ed25519 into CMS
        write('attributes', b'\x31' + e[3][1:])
        value = run('openssl', 'pkeyutl', '-sign', '-rawin', '-inkey', 'ed.key', '-in', 'attributes')
        return e[:4] + [tlv(0x30, bytes.fromhex('06032b6570')), tlv(0x04, value)]
    ed = rebuilt(cms(text, '-nodetach', '-md', 'sha512'), lambda e: by_ed([e[0], named('ed')] + e[2:]), cert_der('ed'))
    case('ed.p7m', ed, good, 'Ed25519')
    case('ed-changed.p7m', flip(ed, ed.index(b'ng tin')), caught, 'Ed25519, its content changed')
    case('ed-value.p7m', flip(ed, len(ed) - 9), caught, 'Ed25519, its value changed')
    bare = cms(text, '-nodetach', '-noattr')
    loose = rebuilt(bare, lambda e: e[:-1] + [tlv(0x04, without_null('signer', text))])
    case('no-null.p7m', loose, good, 'a DigestInfo without parameters (RFC 4055 2.1)')
    case('no-null-changed.p7m', flip(loose, loose.index(b'ng tin')), caught, 'and its content changed')
    case('no-null-other.p7m', rebuilt(bare, lambda e: e[:-1] + [tlv(0x04, without_null('other', text))]), caught, 'and by another key')
    def countersigned(over):
        return rebuilt(more, lambda e: e + [tlv(0xA1, tlv(0x30, bytes.fromhex('06092a864886f70d010906'), tlv(0x31, counter(over(content(e[-1]))))))])
    def counter(value):
        made = cms(value, '-nodetach', '-md', 'sha256', key='other')
        kind, wrap = children(content(made))
        elements = children(content(children(content(children(content(children(content(wrap))[0]))[-1]))[0]))
        kept = [a for a in children(content(elements[3])) if bytes.fromhex('06092a864886f70d010903') not in a]     # RFC 5652 11.4
        signed = tlv(0x31, *sorted(kept))
        write('attributes', signed)
        value = run('openssl', 'dgst', '-sha256', '-sign', 'other.key', 'attributes')
        return tlv(0x30, *elements[:3], tlv(0xA0, *sorted(kept)), elements[4], tlv(0x04, value))
    with_other = lambda o: o['signatures'][0]['indication'] == 'TOTAL_PASSED' and count(2)(o) and 'countersignature' in o['signatures'][1]['name']
    bundle = run('openssl', 'crl2pkcs7', '-nocrl', '-certfile', 'other.pem', '-certfile', 'ec.pem', '-outform', 'DER')
    for name, data in (('bundle.p7b', bundle), ('bundle.pem.p7b', run('openssl', 'pkcs7', '-inform', 'DER', data=bundle))):
        case(name, data, lambda o: o['verdict'] == 'unsigned' and not o['signatures'], 'certificates alone: nothing is signed')
    for name, oid, digest, key in (('ec-sha3', '60864801650304030a', 'sha3-256', 'ec'), ('rsa-sha512-256', '2a864886f70d010110', 'sha512-256', 'signer')):
        made = by_hand(cms(text, '-nodetach', '-md', 'sha256', key=key), bytes.fromhex(oid), digest, key, text)
        case(name + '.p7m', made, good, 'signed by ' + name)
        case(name + '-changed.p7m', flip(made, made.index(b'ng tin')), caught, name + ', its content changed')
    def plain(der):                         # the two numbers side by side
        return b''.join(int.from_bytes(content(n), 'big').to_bytes(32, 'big') for n in children(content(der)))
    pair = rebuilt(cms(text, '-nodetach', key='ec'), lambda e: e[:4] + [tlv(0x30, bytes.fromhex('060a04007f00070101040103')), tlv(0x04, plain(content(e[5])))])
    case('plain-ecdsa.p7m', pair, good, 'plain ECDSA (BSI TR-03111)')
    case('plain-ecdsa-value.p7m', flip(pair, len(pair) - 9), caught, 'plain ECDSA, its value changed')
    sm = rebuilt(cms(text, '-nodetach', key='ec'), lambda e: e[:4] + [tlv(0x30, bytes.fromhex('06082a811ccf55018375'))] + e[5:])
    case('sm2.p7m', sm, lambda o: code('ALGORITHM_UNSUPPORTED')(o) and o['verdict'] == 'indeterminate' and o['signatures'][0]['intact'],
         'an algorithm that is not computed here: what was signed holds, who signed cannot be told')
    case('counter.p7m', countersigned(lambda v: v), lambda o: with_other(o) and o['signatures'][1]['intact'] and o['signatures'][1]['valid'],
         'a counter-signature')
    case('counter-other.p7m', countersigned(lambda v: v + b'x'), lambda o: with_other(o) and o['signatures'][1]['intact'] is False, 'one over another value')
    case('enveloped.p7m', run('openssl', 'cms', '-encrypt', '-in', 'data', '-outform', 'DER', 'signer.pem'),
         lambda o: o['verdict'] != 'passed' and not o['signatures'], 'an encrypted file is no signature')
    return text


# Packages -------------------------------------------------------------------------------------------------------------

def rezipped(members, how):
    """As a packer that cannot seek writes (data descriptors), or one that uses ZIP64 everywhere."""
    class Pipe(io.RawIOBase):
        def __init__(self): self.out = bytearray()
        def writable(self): return True
        def seekable(self): return False
        def write(self, b): self.out += bytes(b); return len(b)
    out = Pipe() if how == 'descriptor' else io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name == 'mimetype' else zipfile.ZIP_DEFLATED
            with z.open(info, 'w', force_zip64=how == 'zip64' and name != 'mimetype') as f:
                f.write(data if isinstance(data, bytes) else data.encode())
    return bytes(out.out) if how == 'descriptor' else out.getvalue()


def flagged(pack, name, bit):
    """A flag set in both headers of an entry."""
    pack, at = bytearray(pack), 0
    for magic, flags in ((b'PK\3\4', 6), (b'PK\1\2', 8)):
        at = 0
        while True:
            at = pack.index(magic, at)
            header = 30 if magic == b'PK\3\4' else 46
            if pack[at + header:at + header + len(name)] == name:
                pack[at + flags] |= bit
                break
            at += 4
    return bytes(pack)


def signed_over(files, properties=True, name='META-INF/signatures0.xml', ident='Sig', key='signer', uris=None):
    uris = uris or {n: n.replace('%', '%25').replace(' ', '%20') for n, d in files}
    for n, d in files:
        write(os.path.basename(n), d)
    references = ['<ds:Reference URI="%s"><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></ds:Reference>'
                  % (uris[n], SHA256, sha256(d)) for n, d in files]
    xml = signed_by_hand('<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">', references, ident, key)
    return name, xml


def signed_by_hand(head, references, ident, key):
    """xmlsec1 opens what a Reference names; these are digested above, so SignedInfo is signed alone, in its canonical form."""
    props = qualifying(key, ident)
    inner = props[props.index('<xades:SignedProperties'):props.index('</xades:SignedProperties>') + len('</xades:SignedProperties>')]
    for prefix in ('xades', 'ds', 'asic'):
        space = {'xades': XADES, 'ds': DS, 'asic': 'http://uri.etsi.org/02918/v1.2.1#'}[prefix]
        inner = inner.replace('<xades:SignedProperties', '<xades:SignedProperties xmlns:%s="%s"' % (prefix, space), 1)
    canonical = canonise(inner)
    references = references + ['<ds:Reference URI="#%s-props" Type="http://uri.etsi.org/01903#SignedProperties"><ds:Transforms><ds:Transform '
                               'Algorithm="%s"/></ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></ds:Reference>'
                               % (ident, C14N, SHA256, sha256(canonical))]
    info = ('<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/><ds:SignatureMethod Algorithm="%s"/>%s</ds:SignedInfo>'
            % (C14N, RSA256, ''.join(references)))
    bound = info.replace('<ds:SignedInfo', '<ds:SignedInfo xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="%s"' % DS, 1)
    write('signedinfo', canonise(bound))
    value = b64(run('openssl', 'dgst', '-sha256', '-sign', key + '.key', 'signedinfo'))
    return ('%s<ds:Signature xmlns:ds="%s" Id="%s">%s<ds:SignatureValue>%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s'
            '</ds:X509Certificate></ds:X509Data></ds:KeyInfo>%s</ds:Signature></asic:XAdESSignatures>'
            % (head, DS, ident, info, value, b64(cert_der(key)), props))


def canonise(xml):
    write('c.xml', xml)
    return run('xmllint', '--c14n', 'c.xml')


def xades_packages(text):
    files = [('cong-van.txt', text), ('phu-luc/bang 1.txt', b'Phu luc 1')]
    listed = ('META-INF/manifest.xml', listing([n for n, d in files]))
    base = [('mimetype', ASICE)] + files + [listed, signed_over(files)]
    pack = zipped(base)
    case('x.asice', pack, level('B-B'), 'ASiC-E with XAdES, a folder, a space')
    case('descriptor.asice', rezipped(base, 'descriptor'), level('B-B'), 'even "mimetype" has a data descriptor')
    case('zip64.asice', rezipped(base, 'zip64'), level('B-B'), 'ZIP64 sizes')
    case('comment.asice', with_comment(pack, b'LIB DigiDoc'), level('B-B'), 'a comment')
    case('leading.asice', b'MZ' + bytes(510) + pack, caught_or_unsigned, 'bytes before it, offsets as they were')
    case('trailing.asice', pack + b'them', hold_only('CONTAINER_TRAILING'), 'bytes after it')
    case('cut.asice', pack[:-40], caught_or_unsigned, 'its end cut off')
    case('encrypted.asice', flagged(pack, b'cong-van.txt', 1), caught, 'an entry is marked as encrypted')
    case('no-mimetype.asice', zipped(base[1:]), lambda o: says(o, 'ASIC_NO_MIMETYPE') and o['container'] == 'asic-e', 'no "mimetype"')
    case('added.asice', zipped(base + [('quyet-dinh.txt', b'x')]), hold_only('UNSIGNED_MEMBER'), 'a file that the signature does not name')
    def under(name):
        return zipped([('mimetype', ASICE)] + files + [(name, b'x'), listed, signed_over(files)])
    case('case-twin.asice', under('Cong-Van.txt'), hold_only('UNSIGNED_MEMBER'), 'a twin of other case')
    case('absolute.asice', under('/etc/cron.d/x'), caught, 'an absolute name')
    case('upwards.asice', under('../cong-van.txt'), caught, 'a name that goes upwards')
    def with_path(name, real, path=None, where=b'\1\1'):
        """The real name in a Unicode Path beside another one; where: in the local header, in the directory."""
        field = lambda n: struct.pack('<HHBL', 0x7075, 5 + len(n), 1, zlib.crc32(name)) + n
        tag = b'@' * len(name)
        raw = zipped([('mimetype', ASICE)] + [(tag.decode() if n == real else n, d) for n, d in one] + [signed_over(one)])
        for magic, size, at, on in ((b'PK\3\4', 30, 28, where[0]), (b'PK\1\2', 46, 30, where[1])):
            i = next(m.start() for m in re.finditer(re.escape(magic), raw) if raw[m.start() + size:m.start() + size + len(tag)] == tag)
            extra = field((path if magic == b'PK\3\4' and path else real).encode()) if on else b''
            raw = raw[:i + at] + struct.pack('<H', len(extra)) + raw[i + at + 2:i + size] + name + extra + raw[i + size + len(name):]
            end = raw.index(b'PK\5\6')
            if magic == b'PK\3\4':         # what follows has moved
                for m in list(re.finditer(b'PK\1\2', raw)):
                    offset = struct.unpack('<L', raw[m.start() + 42:m.start() + 46])[0]
                    raw = raw[:m.start() + 42] + struct.pack('<L', offset + (len(extra) if offset > i else 0)) + raw[m.start() + 46:]
                raw = raw[:end + 16] + struct.pack('<L', struct.unpack('<L', raw[end + 16:end + 20])[0] + len(extra)) + raw[end + 20:]
            else:
                raw = raw[:end + 12] + struct.pack('<L', struct.unpack('<L', raw[end + 12:end + 16])[0] + len(extra)) + raw[end + 16:]
        return raw
    nfc, nfd = 'Công văn.txt', unicodedata.normalize('NFD', 'Công văn.txt')
    one = [(nfc, text)]
    case('nfc.asice', zipped([('mimetype', ASICE)] + one + [signed_over(one)]), level('B-B'), 'a name with marks')
    case('nfd.asice', zipped([('mimetype', ASICE), (nfd, text), signed_over(one)]), level('B-B'), 'the same name, decomposed by the packer')
    case('nfc-nfd.asice', zipped([('mimetype', ASICE)] + one + [(nfd, b'khac'), signed_over(one)]), caught, 'both, of different content')
    case('path.asice', with_path('C\xf4ng v?n.txt'.encode('latin-1'), nfc), level('B-B'), 'a name of an old code page, and the same in UTF-8')
    case('path-directory.asice', with_path('C\xf4ng v?n.txt'.encode('latin-1'), nfc, where=b'\0\1'), level('B-B'), 'in the directory alone')
    case('path-other.asice', with_path(b'Cong van.txt', nfc), caught, 'a plain name, and another one in UTF-8')
    case('path-differ.asice', with_path('C\xf4ng v?n.txt'.encode('latin-1'), nfc, 'Công văn.exe'), caught, 'two in UTF-8, one in each header')
    case('path-upwards.asice', with_path('C\xf4ng v?n.txt'.encode('latin-1'), nfc, '../../x.txt'), caught, 'one of them goes upwards')
    for name, uri, expect, why in (('plus', 'cong+van.txt', absent, 'a space written as a plus'), ('raw', 'cong van.txt', level('B-B'), 'a space as it is'),
                                   ('dot', './cong%20van.txt', level('B-B'), './ before it'), ('lower', 'cong%20van%2etxt', level('B-B'), 'escapes nobody needs'),
                                   ('twice', 'cong%2520van.txt', absent, 'escaped twice'), ('case', 'Cong%20van.txt', absent, 'other case')):
        part = [('cong van.txt', text)]
        case('uri-%s.asice' % name, zipped([('mimetype', ASICE)] + part + [signed_over(part, uris={'cong van.txt': uri})]), expect, why)
    two = [('mimetype', ASICE)] + files + [signed_over(files), signed_over(files, name='META-INF/signatures1.xml', ident='S2', key='other')]
    case('two.asice', zipped(two), good2, 'two files of signatures')
    case('two-one.asice', zipped(two[:3] + [two[3], (two[4][0], flip_base64(two[4][1], 'ds:SignatureValue'))]), lambda o: caught(o) and count(2)(o),
         'one of two broken')
    apart = [('mimetype', ASICE)] + files + [signed_over(files[:1]), signed_over(files[1:], name='META-INF/signatures1.xml', ident='S2', key='other')]
    case('apart.asice', zipped(apart), lambda o: hold_only('UNSIGNED_MEMBER')(o) and count(2)(o), 'two signers, each of one file')
    case('same-names.asice', zipped(base + [signed_over(files)]), caught, 'two files of signatures of one name')
    case('type.asice', zipped(base[:3] + [('META-INF/manifest.xml', listing([n for n, d in files], types={'cong-van.txt': 'text/html'}))] + base[4:]),
         level('B-B'), 'the manifest has another type, and the signature says none')
    case('nested.zip', zipped([('goi.asice', pack), ('khac.txt', b'x')]), level('B-B'), 'a package inside a ZIP')
    case('nested-two.zip', zipped([('a.asice', pack), ('b.p7m', cms(text, '-nodetach', '-cades', key='other'))]), good2, 'and a CMS beside it')
    return files


def caught_or_unsigned(o):
    return o['verdict'] in ('failed', 'unreadable', 'indeterminate', 'unsigned') and o['verdict'] != 'passed'


def absent(o):
    return o['verdict'] == 'indeterminate' and o['signatures'][0]['sub_indication'] == 'SIGNED_DATA_NOT_FOUND' and o['signatures'][0]['intact'] is None


def cades_packages(files):
    names = [(n.replace(' ', '%20'), d) for n, d in files]
    def package(manifest, *more, over=None):
        return [('mimetype', ASICE)] + files + [('META-INF/ASiCManifest1.xml', manifest), ('META-INF/signature1.p7s', cms(over or manifest, '-cades'))] + list(more)
    manifest = asic_manifest('META-INF/signature1.p7s', names)
    base = package(manifest)
    case('c.asice', zipped(base), level('B-B'), 'ASiC-E with CAdES')
    case('c-ber.asice', zipped(base[:-1] + [('META-INF/signature1.p7s', indefinite(cms(manifest, '-cades'), 4))]), level('B-B'), 'its signature in BER')
    case('c-absent.asice', zipped(package(asic_manifest('META-INF/signature1.p7s', names + [('khong-co.txt', b'x')]))), held, 'the manifest names an absent file')
    case('c-twice.asice', zipped(package(asic_manifest('META-INF/signature1.p7s', names + names[:1]))), level('B-B'), 'and one twice')
    case('c-twice-other.asice', zipped(package(asic_manifest('META-INF/signature1.p7s', names + [(names[0][0], b'khac')]))), caught, 'with two digests')
    case('c-less.asice', zipped(package(asic_manifest('META-INF/signature1.p7s', names[:1]))), hold_only('UNSIGNED_MEMBER'), 'the manifest leaves a file out')
    typed = manifest.replace('URI="cong-van.txt"', 'URI="cong-van.txt" MimeType="text/html"')
    case('c-type.asice', zipped(package(typed)), level('B-B'), 'a MimeType that nothing contradicts')
    case('c-type-list.asice', zipped(package(typed, ('META-INF/manifest.xml', listing([n for n, d in files])))), hold_only('MANIFEST_TYPE'),
         'a MimeType that the listing contradicts')
    weak = re.sub('(DigestMethod Algorithm=")%s("/><ds:DigestValue>)%s' % (re.escape(SHA256), re.escape(sha256(names[0][1]))),
                  lambda m: m.group(1) + DS + 'sha1' + m.group(2) + b64(hashlib.sha1(names[0][1]).digest()), manifest)
    case('c-weak.asice', zipped(package(weak)), lambda o: code('WEAK_DIGEST')(o) and o['verdict'] == 'indeterminate', 'one file by SHA-1 in the manifest')
    second = asic_manifest('META-INF/signature2.p7s', names)
    case('c-two.asice', zipped(base + [('META-INF/ASiCManifest2.xml', second), ('META-INF/signature2.p7s', cms(second, '-cades', key='other'))]), good2,
         'two signatures, each with a manifest')
    case('c-two-swapped.asice', zipped(base + [('META-INF/ASiCManifest2.xml', second), ('META-INF/signature2.p7s', cms(manifest, '-cades', key='other'))]),
         lambda o: caught(o) and count(2)(o), 'the second signs the first one\'s')
    token = asic_manifest('META-INF/timestamp1.tst', names, 'application/vnd.etsi.timestamp-token')
    stamped = [('mimetype', ASICE)] + files + [('META-INF/ASiCManifest1.xml', token), ('META-INF/timestamp1.tst', stamp(token))]
    case('t.asice', zipped(stamped), lambda o: good(o) and o['signatures'][0]['format'] == 'DocTimeStamp', 'ASiC-E with a time-stamp alone')
    case('t-changed.asice', zipped(replaced(stamped, 'cong-van.txt', b'khac')), caught, 'a stamped file changed')
    archive = asic_manifest('META-INF/timestamp1.tst', names + [('META-INF/ASiCManifest1.xml', manifest), ('META-INF/signature1.p7s', base[-1][1])],
                            'application/vnd.etsi.timestamp-token')
    archived = base + [('META-INF/ASiCArchiveManifest.xml', archive), ('META-INF/timestamp1.tst', stamp(archive))]
    case('a.asice', zipped(archived), good2, 'an archive manifest over signature and files')
    case('a-changed.asice', zipped(replaced(archived, 'META-INF/ASiCArchiveManifest.xml', archive + ' ')), lambda o: caught(o) and count(2)(o),
         'the archive manifest changed')
    case('e.asice', zipped(base + [('META-INF/evidencerecord.ers', b'0\0')]), lambda o: level('B-B')(o) and says(o, 'EVIDENCE_RECORD'), 'an evidence record is not verified, and said so')
    case('e.asics', zipped([('mimetype', ASICS), ('a.txt', b'x'), ('META-INF/evidencerecord.ers', b'0\0')]), code('EVIDENCE_RECORD_ALONE'),
         'an evidence record alone')


def office_packages():
    """KeyInfo of office documents is what their readers show."""
    parts = [('mimetype', b'application/vnd.oasis.opendocument.text'), ('content.xml', b'<noi-dung><so>12</so></noi-dung>')]
    parts.append(('META-INF/manifest.xml', listing(['content.xml'], 'application/vnd.oasis.opendocument.text').encode()))
    os.makedirs('META-INF', exist_ok=True)
    frame = '<document-signatures xmlns="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0">%s</document-signatures>'
    def signed(properties):
        return xmlsec(frame % template([external(n, d, [C14N] if n.endswith('.xml') else []) for n, d in parts] + [properties], qualifying()),
                      ids=[XADES + ':SignedProperties'])
    def packed(xml):
        return zipped(parts + [('META-INF/documentsignatures.xml', xml)])
    whole = signed(PROPERTIES)
    other = '<ds:X509Certificate>%s</ds:X509Certificate>' % b64(cert_der('other'))
    case('d.odt', packed(whole), level('B-B'), 'a signed ODT with XAdES properties')
    case('d-second.odt', packed(sub(whole, '</ds:X509Data>', other + '</ds:X509Data>')), caught, 'another\'s certificate in KeyInfo, for readers to show')
    untyped = signed(reference('#Sig-props', [C14N]))
    case('d-untyped.odt', packed(untyped), lambda o: good(o) and says(o, 'SIGNED_PROPERTIES_UNTYPED'), 'properties that ODF does not ask for, not marked')
    case('d-untyped-changed.odt', packed(sub(untyped, '03:04:05', '03:04:06')), caught, 'and changed')
    case('d.odg', zipped([(n, d.replace(b'.text', b'.graphics') if n == 'mimetype' else d) for n, d in parts]),
         lambda o: o['container'] == 'odf', 'a drawing is ODF too')


def pack_main():
    make_pki()
    files = xades_packages(cms_shapes())
    cades_packages(files)
    office_packages()
    judge('sigpack')


if __name__ == '__main__':
    pack_main()
