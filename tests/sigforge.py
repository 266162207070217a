# SPDX-License-Identifier: GPL-3.0-or-later
"""sigforge.py DIR - higher levels, and forgeries of every kind; see sigforge.sh.

A CMS is written here byte by byte, so that each rule can be broken alone while the value still fits. What a flipped bit may
leave valid is told by an oracle that does not know congvan: the content and the value are what they were.
"""
import zipfile as zf
from sigxml import *

# DER ------------------------------------------------------------------------------------------------------------------

def der(tag, *parts):
    body = b''.join(parts)
    n = len(body)
    head = bytes([n]) if n < 128 else bytes([0x80 | (n.bit_length() + 7) // 8]) + n.to_bytes((n.bit_length() + 7) // 8, 'big')
    return bytes([tag]) + head + body


def oid(text):
    a, b, *rest = (int(x) for x in text.split('.'))
    out = [a * 40 + b]
    for x in rest:
        some = [x & 127]
        while x > 127:
            x >>= 7
            some.append(x & 127 | 128)
        out += reversed(some)
    return der(6, bytes(out))


def elements(data):
    """The elements of a run, whole."""
    out = []
    while data:
        n, head = data[1], 2
        if n > 128:
            head, n = 2 + (n & 127), int.from_bytes(data[2:2 + (n & 127)], 'big')
        out.append(data[:head + n])
        data = data[head + n:]
    return out


def content(element):
    return element[2 + (element[1] & 127 if element[1] > 128 else 0):]


DATA, SIGNED = oid('1.2.840.113549.1.7.1'), oid('1.2.840.113549.1.7.2')
TYPE, DIGEST, TIME = '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.5'
ESS1, ESS2 = '1.2.840.113549.1.9.16.2.12', '1.2.840.113549.1.9.16.2.47'
SIGSTAMP, CONTENTSTAMP, COUNTER = '1.2.840.113549.1.9.16.2.14', '1.2.840.113549.1.9.16.2.20', '1.2.840.113549.1.9.6'
NULL = der(5)
SHA1A, SHA256A = der(0x30, oid('1.3.14.3.2.26'), NULL), der(0x30, oid('2.16.840.1.101.3.4.2.1'), NULL)
SHA512A = der(0x30, oid('2.16.840.1.101.3.4.2.3'), NULL)
RSA, RSASHA512 = der(0x30, oid('1.2.840.113549.1.1.1'), NULL), der(0x30, oid('1.2.840.113549.1.1.13'), NULL)


def attribute(name, *values):
    return der(0x30, oid(name), der(0x31, *values))


def ess1(who='signer'):
    return attribute(ESS1, der(0x30, der(0x30, der(0x30, der(4, hashlib.sha1(cert_der(who)).digest())))))


def ess2(*whom):
    return attribute(ESS2, der(0x30, der(0x30, *(der(0x30, der(4, hashlib.sha256(cert_der(w)).digest())) for w in whom or ['signer']))))


def rsa_sign(data, key='signer', md='sha256'):
    write('tbs', data)
    return run('openssl', 'dgst', '-' + md, '-sign', key + '.key', 'tbs')


def signer_info(text, attributes=None, key='signer', digest=SHA256A, algorithm=RSA, unsigned=(), md='sha256', type_oid=DATA, sort=True):
    """attributes: besides content-type and message-digest; a list that begins with None stands for all."""
    name = elements(content(elements(content(cert_der(key)))[0]))
    issuer, serial = name[3], name[1]
    signed = [attribute(TYPE, type_oid), attribute(DIGEST, der(4, hashlib.new(md, text).digest()))]
    attributes = [ess2(key)] if attributes is None else attributes
    signed = attributes[1:] if attributes[:1] == [None] else signed + attributes
    signed = b''.join(sorted(signed) if sort else signed)
    value = rsa_sign(der(0x31, signed), key, md)
    return der(0x30, der(2, b'\1'), der(0x30, issuer, serial), digest, der(0xA0, signed), algorithm, der(4, value),
               *([der(0xA1, b''.join(sorted(unsigned)))] if unsigned else []))


def signed_data(infos, text=None, certs=('signer',), digest=SHA256A, type_oid=DATA):
    return der(0x30, SIGNED, der(0xA0, der(0x30, der(2, b'\1'), der(0x31, digest), der(
        0x30, type_oid, *([der(0xA0, der(4, text))] if text is not None else [])), der(0xA0, b''.join(cert_der(c) for c in certs)),
        der(0x31, b''.join(sorted(infos))))))


def value_of(info):
    return content(elements(content(info))[5])


def cms_forgeries():
    text = b'Cong van so 12\n'
    one = lambda *a, **k: signed_data([signer_info(text, *a, **k)], text)
    case('hand.p7m', one(), level('B-B'), 'a CMS written by hand')
    case('hand-ess1.p7m', one([ess1()]), level('B-B'), 'ESS signing-certificate v1')
    case('hand-ess-both.p7m', one([ess1(), ess2()]), level('B-B'), 'v1 and v2')
    case('hand-ess-chain.p7m', one([attribute(ESS2, der(0x30, der(0x30, *(der(0x30, der(4, hashlib.sha256(d).digest())) for d in (
        cert_der('signer'), cert_der('other'))))))]), level('B-B'), 'v2 names more after the signer')
    case('ess1-other.p7m', one([ess1('other')]), code('ESS_OTHER_CERTIFICATE'), 'v1 names another certificate')
    case('ess2-other.p7m', one([ess2('other')]), code('ESS_OTHER_CERTIFICATE'), 'v2 names another certificate')
    case('ess2-second.p7m', one([ess2('other', 'signer')]), code('ESS_OTHER_CERTIFICATE'), 'the signer is named second')
    case('ess-differ.p7m', one([ess1('other'), ess2()]), code('ESS_OTHER_CERTIFICATE'), 'v1 and v2 name two')
    case('ess-empty.p7m', one([attribute(ESS2, der(0x30, der(0x30)))]), code('ESS_BROKEN'), 'v2 names nobody')
    case('no-ess.p7m', one([]), lambda o: good(o) and o['signatures'][0]['format'] == 'CMS' and o['signatures'][0]['level'] is None,
         'without ESS it is no CAdES')
    base = [attribute(TYPE, DATA), attribute(DIGEST, der(4, hashlib.sha256(text).digest())), ess2()]
    bad = caught
    case('no-digest.p7m', one([None, base[0], base[2]]), bad, 'no message-digest')
    case('no-type.p7m', one([None, base[1], base[2]]), bad, 'no content-type')
    case('two-digests.p7m', one([None] + base + [attribute(DIGEST, der(4, hashlib.sha256(b'x').digest()))]), code('CMS_ATTRIBUTE_TWICE'),
         'message-digest twice')
    case('two-values.p7m', one([None, base[0], base[2], attribute(DIGEST, *sorted([der(4, hashlib.sha256(text).digest()), der(4, hashlib.sha256(
        b'x').digest())]))]), code('CMS_ATTRIBUTES'), 'message-digest with two values')
    case('two-times.p7m', one([None] + base + [attribute(TIME, der(0x17, b'260102030405Z')), attribute(TIME, der(0x17, b'200102030405Z'))]),
         code('CMS_ATTRIBUTE_TWICE'), 'signing-time twice')
    case('other-type.p7m', one([None, attribute(TYPE, oid('1.2.3.4'))] + base[1:]), code('CMS_CONTENT_TYPE'), 'content-type differs')
    case('unsorted.p7m', one([None] + sorted(base, reverse=True), sort=False), held, 'the value is over attributes that are not sorted')
    case('unsigned-time.p7m', one(None, unsigned=[attribute(TIME, der(0x17, b'200102030405Z'))]), code('CMS_ATTRIBUTE_UNSIGNED'),
         'signing-time among the unsigned attributes')
    case('disagree.p7m', one(algorithm=RSASHA512), code('ALGORITHMS_DISAGREE'), 'signature and digest algorithm do not agree')
    case('digest-name.p7m', one(digest=SHA512A), bad, 'another digest algorithm than was used')
    other = signer_info(b'khac')
    case('other-content.p7m', signed_data([other], text), bad, 'a signer of other content')
    case('one-of-two.p7m', signed_data([other, signer_info(text, key='other')], text, ('signer', 'other')), bad, 'one of two signers signed other content')
    case('swapped-certificate.p7m', signed_data([signer_info(text)], text, ('other',)), held, 'another certificate enclosed')
    case('no-certificate.p7m', signed_data([signer_info(text)], text, ('other',)), lambda o: any(
        m['code'] == 'NO_SIGNER_CERTIFICATE' and 'issuerAndSerialNumber 01, CN=CA thu' in m['text'] for m in o['signatures'][0]['messages']),
         'the message says whose certificate is wanted')
    case('same-name.p7m', signed_data([signer_info(text)], text, ('other', 'signer', 'ec')), level('B-B'), 'more certificates enclosed')
    case('zeros.p7m', one() + bytes(40), level('B-B'), 'zeros after the CMS, as a buffer has them')
    case('foreign.zip', zipped([('a.txt', text), ('a.txt.p7s', signed_data([signer_info(b'khac')], b'khac'))]), code('CMS_OTHER_BESIDE'),
         'a .p7s that carries other content than the file beside it')
    info = signer_info(text)
    value = value_of(info)
    def counter(over, key='other'):
        return signer_info(over, [None, attribute(DIGEST, der(4, hashlib.sha256(over).digest())), ess2(key)], key)
    def with_unsigned(*attributes):
        return signed_data([info[:0] + der(0x30, content(info), der(0xA1, b''.join(sorted(attributes))))], text, ('signer', 'other'))
    case('counter.p7m', with_unsigned(attribute(COUNTER, counter(value))), good2, 'a counter-signature')
    case('counter-foreign.p7m', with_unsigned(attribute(COUNTER, counter(b'khac'))), caught, 'a counter-signature over something else')
    case('stamped.p7m', with_unsigned(attribute(SIGSTAMP, stamp(value))), lambda o: level('B-T')(o) and o['signatures'][0]['timestamp_time'], 'CAdES B-T')
    case('stamped-foreign.p7m', with_unsigned(attribute(SIGSTAMP, stamp(b'khac'))), held, 'a time-stamp over something else')
    case('stamped-stolen.p7m', signed_data([der(0x30, content(signer_info(text, key='other')), der(0xA1, attribute(SIGSTAMP, stamp(value))))], text,
                                           ('other',)), held, 'the time-stamp of another signature')
    case('content-stamp.p7m', one([ess2(), attribute(CONTENTSTAMP, stamp(text))]), level('B-B'), 'a time-stamp over the content')
    case('content-stamp-foreign.p7m', one([ess2(), attribute(CONTENTSTAMP, stamp(b'khac'))]), held, 'a content time-stamp over something else')


def cms_archives():
    """Archive time-stamps of both kinds, and one over references, around a CMS that has a time-stamp already."""
    text = b'Cong van so 12\n'
    info, certs = signer_info(text), der(0xA0, cert_der('signer'))
    eci, fields = der(0x30, DATA, der(0xA0, der(4, text))), content(info)
    def packed(attributes):
        return signed_data([der(0x30, fields, der(0xA1, b''.join(sorted(attributes))))], text)
    t = attribute(SIGSTAMP, stamp(value_of(info)))
    def v2(over):
        return packed([t, attribute('1.2.840.113549.1.9.16.2.48', stamp(over))])
    case('a-v2.p7m', v2(eci + certs + fields + der(0xA1, t)), level('B-LTA'), 'archive-time-stamp v2')
    case('a-v2-bare.p7m', v2(eci + certs + fields), code('TIMESTAMP_WRONG'), 'v2 that leaves the time-stamp out')
    case('a-v2-other.p7m', v2(eci.replace(b'12', b'13') + certs + fields + der(0xA1, t)), code('TIMESTAMP_WRONG'), 'v2 over other content')
    refs = [attribute('1.2.840.113549.1.9.16.2.21', der(0x30)), attribute('1.2.840.113549.1.9.16.2.22', der(0x30))]
    over = value_of(info) + b''.join(content(a) for a in [t] + refs)
    esc = lambda data: packed([t] + refs + [attribute('1.2.840.113549.1.9.16.2.25', stamp(data))])
    case('a-refs.p7m', esc(over), level('B-T'), 'a time-stamp over value and references')
    case('a-refs-other.p7m', esc(over[1:]), code('TIMESTAMP_WRONG'), 'and one that is not')
    def v3(kept, digest=None):
        hashed = lambda data: der(4, hashlib.sha256(data).digest())
        index = der(0x30, SHA256A, der(0x30, hashed(cert_der('signer'))), der(0x30), der(0x30, *(hashed(b''.join(
            elements(content(a))[:1] + [content(elements(content(a))[1])])) for a in kept)))
        token = stamp(DATA + (digest or hashlib.sha256(text).digest()) + fields + index)
        data = elements(content(elements(content(elements(content(token))[1]))[0]))
        signer = elements(content(data[-1]))[0]
        signer = der(0x30, content(signer), der(0xA1, attribute('0.4.0.19122.1.5', index)))
        return attribute('0.4.0.1733.2.4', der(0x30, SIGNED, der(0xA0, der(0x30, *data[:-1], der(0x31, signer)))))
    case('a-v3.p7m', packed([t, v3([t])]), level('B-LTA'), 'archive-time-stamp v3')
    case('a-v3-later.p7m', packed([t, v3([])]), level('B-LTA'), 'v3, and a time-stamp put on after it')
    def ber(data, levels):
        """With indefinite lengths down to that level."""
        if levels == 0 or not data[0] & 0x20:
            return data
        return data[:1] + b'\x80' + b''.join(ber(e, levels - 1) for e in elements(content(data))) + b'\0\0'
    whole = packed([t, v3([t])])
    for n in (2, 4, 5):                 # into the SignedData, its encapContentInfo and certificates, its SignerInfos
        case('a-v3-ber-%d.p7m' % n, ber(whole, n), level('B-LTA'), 'v3 in a file with indefinite lengths, level %d' % n)
        case('a-v2-ber-%d.p7m' % n, ber(v2(eci + certs + fields + der(0xA1, t)), n), level('B-LTA'), 'v2 over definite ones, level %d' % n)
    loose = ber(eci, 1) + ber(certs, 1)
    case('a-v2-ber-own.p7m', ber(v2(loose + fields + der(0xA1, t)), 4), level('B-LTA'), 'v2 over the elements as they are encoded')
    case('a-v2-ber-other.p7m', ber(v2(loose.replace(b'12', b'13') + fields + der(0xA1, t)), 4), code('TIMESTAMP_WRONG'), 'and over others')
    case('a-v3-ber-gone.p7m', ber(packed([v3([t])]), 4), code('TIMESTAMP_WRONG'), 'v3 in BER, and what it covered taken out')
    signed_attributes = content(elements(fields)[3])
    def v1(over):
        return packed([t, attribute('1.2.840.113549.1.9.16.2.27', stamp(over))])
    over = text + signed_attributes + value_of(info) + content(t)
    unread = lambda o: says(o, 'ARCHIVE_STAMP_UNREAD')
    case('a-v1.p7m', v1(over), lambda o: level('B-T')(o) and not unread(o), 'archive-time-stamp v1')
    case('a-v1-ber.p7m', ber(v1(over), 4), lambda o: level('B-T')(o) and not unread(o), 'v1 in BER')
    case('a-v1-other.p7m', v1(over[1:]), lambda o: level('B-T')(o) and unread(o), 'v1 over something else proves nothing, and that is said')
    case('a-v3-gone.p7m', packed([v3([t])]), code('TIMESTAMP_WRONG'), 'v3, and what it covered taken out')
    case('a-v3-other.p7m', packed([t, v3([t], digest=hashlib.sha256(b'x').digest())]), code('TIMESTAMP_WRONG'), 'v3 over other content')


# XAdES ----------------------------------------------------------------------------------------------------------------

def xades_levels():
    objects = qualifying().replace('xmlns:xades=', 'xmlns:xades141="%s" xmlns:xades=' % XADES141)
    bes = xmlsec(LETTER % sub(template([DOCUMENT, PROPS], objects), '<ds:SignatureValue', '<ds:SignatureValue Id="Sig-value"'),
                 ids=[XADES + ':SignedProperties'])
    value = exc(cut(bes, 'ds:SignatureValue'))
    t = add_unsigned(bes, stamp_element('SignatureTimeStamp', value))
    case('x-t.xml', t, level('B-T'), 'XAdES B-T')
    crl = run('openssl', 'crl', '-in', 'trust/ca.crl', '-outform', 'DER')
    values = ('<xades:CertificateValues><xades:EncapsulatedX509Certificate>%s</xades:EncapsulatedX509Certificate></xades:CertificateValues>'
              '<xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>%s</xades:EncapsulatedCRLValue></xades:CRLValues>'
              '</xades:RevocationValues>' % (b64(run('openssl', 'x509', '-in', 'trust/ca.pem', '-outform', 'DER')), b64(crl)))
    lt = add_unsigned(t, values)
    case('x-lt.xml', lt, level('B-LT'), 'XAdES B-LT')
    write('c.xml', LETTER % '')
    pieces = [run('xmllint', '--exc-c14n', 'c.xml').decode(), exc(cut(bes, 'xades:SignedProperties'))]
    pieces += [exc(cut(bes, tag)) for tag in ('ds:SignedInfo', 'ds:SignatureValue', 'ds:KeyInfo')]
    unsigned = [exc(cut(lt, tag)) for tag in ('xades:SignatureTimeStamp', 'xades:CertificateValues', 'xades:RevocationValues')]
    def archived(over):
        return add_unsigned(lt, stamp_element('ArchiveTimeStamp', over, 'xades141'))
    lta = archived(''.join(pieces + unsigned))
    case('x-lta.xml', lta, level('B-LTA'), 'XAdES B-LTA')
    case('x-lta-short.xml', archived(''.join(pieces + unsigned[:2])), code('TIMESTAMP_WRONG'), 'the archive time-stamp leaves the CRLs out')
    case('x-lta-order.xml', archived(''.join(pieces[::-1] + unsigned)), code('TIMESTAMP_WRONG'), 'in another order')
    case('x-lta-crl.xml', sub(lta, values, values.replace('<xades:CRLValues>', '<xades:CRLValues><!-- --><xades:EncapsulatedCRLValue>%s'
                                                          '</xades:EncapsulatedCRLValue>' % b64(crl))), code('TIMESTAMP_WRONG'), 'a CRL added after it')
    case('x-lta-text.xml', sub(lta, '>12<', '>13<'), caught, 'the number changed')
    def countersigned(uri, key='other'):
        inner = template([reference(uri, [EXC], 'http://uri.etsi.org/01903#CountersignedSignature')], ident='Counter')
        return xmlsec(add_unsigned(bes, '<xades:CounterSignature>%s</xades:CounterSignature>' % inner), key,
                      ids=[DS + ':SignatureValue', DS + ':KeyInfo', XADES + ':SignedProperties'], node='//*[@Id="Counter"]')
    case('x-counter.xml', countersigned('#Sig-value'), good2, 'a counter-signature')
    case('x-counter-other.xml', countersigned('#Sig-props'), code('COUNTERSIGNATURE_ELSEWHERE'), 'a counter-signature over something else')
    case('x-counter-moved.xml', sub(countersigned('#Sig-value'), '>12<', '>13<'), caught, 'the letter changed below it')
    all_data = qualifying().replace('</xades:SignedSignatureProperties>', '</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>'
                                    '%s</xades:SignedDataObjectProperties>')
    for name, over, expect in (('x-content.xml', pieces[0], level('B-B')), ('x-content-foreign.xml', 'khac', code('TIMESTAMP_WRONG'))):
        case(name, xmlsec(LETTER % template([DOCUMENT, PROPS], all_data % stamp_element('AllDataObjectsTimeStamp', over)),
                          ids=[XADES + ':SignedProperties']), expect, 'a time-stamp over the data: ' + name)
    return bes, lta


def signing_certificates():
    """SigningCertificate: whom it names, in which place, and when its two versions do not agree."""
    def cert(who_der):
        return ('<xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></xades:CertDigest>'
                '<xades:IssuerSerial><ds:X509IssuerName>CN=CA thu,O=Thu,C=VN</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber>'
                '</xades:IssuerSerial></xades:Cert>' % (SHA256, sha256(who_der)))
    ca = run('openssl', 'x509', '-in', 'trust/ca.pem', '-outform', 'DER')
    signer, other = cert_der('signer'), cert_der('other')
    v1, v2 = '<xades:SigningCertificate>%s</xades:SigningCertificate>', '<xades:SigningCertificateV2>%s</xades:SigningCertificateV2>'
    plain_v2 = lambda d: re.sub(r'<xades:IssuerSerial>.*?</xades:IssuerSerial>', '', cert(d))
    own = cut(qualifying(), 'xades:SigningCertificateV2')
    def signed(named, keyinfo=None):
        xml = xmlsec(LETTER % template([DOCUMENT, PROPS], sub(qualifying(), own, named)), ids=[XADES + ':SignedProperties'])
        return xml if keyinfo is None else re.sub(r'(<ds:KeyInfo>).*(</ds:KeyInfo>)', lambda m: m.group(1) + keyinfo + m.group(2), xml, flags=re.S)
    case('s-v1.xml', signed(v1 % cert(signer)), level('B-B'), 'SigningCertificate of version 1')
    case('s-chain.xml', signed(v1 % (cert(signer) + cert(ca))), level('B-B'), 'the signer, then its issuer')
    case('s-chain-turned.xml', signed(v2 % (plain_v2(ca) + plain_v2(signer))), level('B-B'), 'the issuer first')
    case('s-other.xml', signed(v1 % cert(other)), code('SIGNING_CERTIFICATE_OTHER'), 'version 1 names another')
    case('s-differ.xml', signed(v1 % cert(other) + v2 % plain_v2(signer)), code('SIGNING_CERTIFICATE_OTHER'), 'the two versions name two')
    case('s-wanted.xml', signed(v2 % plain_v2(signer), ''), lambda o: o['verdict'] == 'indeterminate' and any(
        m['code'] == 'NO_CERTIFICATE' and hashlib.sha256(signer).hexdigest().upper() in m['text'] for m in o['signatures'][0]['messages']),
         'no certificate enclosed: which is wanted')
    two = '<ds:X509Data>%s</ds:X509Data>' % ''.join('<ds:X509Certificate>%s</ds:X509Certificate>' % b64(d) for d in (other, signer))
    case('s-second.xml', signed(v2 % plain_v2(signer), two), level('B-B'), 'two certificates enclosed, and a signed property names one')


def wrappings(bes):
    """XML signature wrapping: what is signed stays somewhere and holds; something else is shown."""
    signature = cut(bes, 'ds:Signature')
    shown = (LETTER % '').replace('>12<', '>99<')
    signed = bes[bes.index('<van-ban'):].strip()
    case('w-object.xml', sub(shown, '</van-ban>', sub(signature, '</ds:Signature>', '<ds:Object>%s</ds:Object></ds:Signature>' % (LETTER % ''))
                             + '</van-ban>'), caught, 'the letter inside an Object of its signature')
    case('w-inner.xml', '<goi>%s%s</goi>' % (shown, signed), caught, 'the signed letter beside another one')
    case('w-nested.xml', sub(shown, '</van-ban>', signed + '</van-ban>'), caught, 'the signed letter inside another one')
    case('w-removed.xml', shown, lambda o: o['verdict'] == 'unsigned', 'the signature taken off')
    by_id = xmlsec('<goi>%s%s</goi>' % ((LETTER % '').replace('<van-ban', '<van-ban Id="vb"'), template([reference('#vb', [EXC])])),
                   ids=['urn:thu:van-ban'])
    inner = cut(by_id, 'van-ban')
    other = inner.replace('>12<', '>99<')
    for name, other_id in (('w-id-case.xml', 'ID="vb"'), ('w-id-lower.xml', 'id="vb"'), ('w-xml-id.xml', 'xml:id="vb"')):
        case(name, sub(by_id, inner, other.replace('Id="vb"', other_id) + '<cu>%s</cu>' % inner), caught, 'an id of another kind: ' + other_id)
    case('w-keyinfo.xml', sub(sub(by_id, inner, other.replace(' Id="vb"', '')), '</ds:KeyInfo>', inner + '</ds:KeyInfo>'), caught, 'inside KeyInfo')
    case('w-value.xml', sub(sub(by_id, inner, other.replace(' Id="vb"', '')), '<ds:SignatureValue>', '<ds:SignatureValue>' + inner), caught,
         'inside SignatureValue')
    case('w-signed-info.xml', sub(by_id, '</ds:SignedInfo>', '</ds:SignedInfo><ds:SignedInfo/>'), code('SIGNATURE_BROKEN'), 'a second SignedInfo')
    case('w-two-values.xml', sub(by_id, '<ds:KeyInfo>', '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo>'), code('SIGNATURE_BROKEN'),
         'a second SignatureValue')
    case('w-entity.xml', '<!DOCTYPE goi [<!ENTITY so "99">]>' + re.sub(r'^<\?xml[^>]*\?>', '', sub(by_id, '>12<', '>&so;<')), held, 'an entity')
    manifest = '<ds:Object Id="m"><ds:Manifest>%s</ds:Manifest></ds:Object>'
    data = (LETTER % '').replace('<van-ban', '<van-ban Id="vb"')
    write('c.xml', data)
    listed = manifest % reference('#vb', [EXC], digest=sha256(run('xmllint', '--exc-c14n', 'c.xml')))
    by_manifest = xmlsec('<goi>%s%s</goi>' % (data, template([reference('#m', [EXC], DS + 'Object')], listed)), ids=[DS + ':Object'])
    case('m-manifest.xml', by_manifest, good, 'signed by way of a Manifest')
    case('m-manifest-changed.xml', sub(by_manifest, '>12<', '>13<'), caught, 'what the Manifest names changed')
    case('m-manifest-unsigned.xml', sub(sub(by_manifest, '>12<', '>13<'), cut(by_manifest, 'ds:DigestValue'), cut(by_manifest, 'ds:DigestValue')),
         caught, 'the same')
    loose = xmlsec('<goi>%s%s</goi>' % (data, template([reference('#o', [EXC])], '<ds:Object Id="o"><x/></ds:Object>' + listed)), ids=[DS + ':Object'])
    case('m-manifest-loose.xml', loose, caught, 'a Manifest that nobody signs')


# A bit in every region ------------------------------------------------------------------------------------------------

def same_xml(a, b):
    """The document without its signature, and what the signature says of itself, are the same."""
    def canonical(data):
        write('c.xml', data)
        p = subprocess.run(['xmllint', '--nonet', '--c14n', 'c.xml'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        text = p.stdout.decode('utf-8', 'replace') if p.returncode == 0 else None
        return text and re.sub(r'<ds:KeyInfo>.*?</ds:KeyInfo>|<xades:Unsigned.*?</xades:UnsignedProperties>|<xades:QualifyingProperties[^>]*>'
                               r'|<ds:Signature [^>]*>|(?<=<ds:SignatureValue) Id="[^"]*"', '', text, flags=re.S)
    x, y = canonical(a), canonical(b)
    squeeze = lambda t: re.sub(r'(<ds:(?:SignatureValue|DigestValue)[^>]*>)([^<]*)', lambda m: m.group(1) + ''.join(m.group(2).split()), t)
    return y is not None and squeeze(x) == squeeze(y)


def same_zip(a, b):
    """Every file is what it was, by the directory and by the headers before the entries."""
    def files(data):
        try:
            z = zf.ZipFile(io.BytesIO(data))
            return {n: z.read(n) for n in z.namelist() if not n.startswith(('META-INF/sig', 'META-INF/document', '_xmlsignatures/s'))}
        except Exception:
            return None
    return files(a) == files(b)


def same_cms(a, b):
    """The content, the signed attributes and the value stand in it as before; or, where a flipped bit is one that BER
    does not mind, openssl reads the same attributes out of it and they fit."""
    if all(p in b for p in CMS_PARTS):
        return True
    write('c.p7m', b)
    p = subprocess.run(['openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', 'c.p7m', '-CAfile', 'trust/ca.pem', '-purpose', 'any'],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode == 0 and p.stdout == CMS_PARTS[0] and CMS_PARTS[2] in b


CMS_PARTS = []
FLIPS = []


def flips(name, data, same, count=110):
    data = data.encode() if isinstance(data, str) else data
    step = max(1, len(data) // count)
    for at in range(step // 2, len(data), step):
        for bit in (1, 0x20):
            mutated = data[:at] + bytes([data[at] ^ bit]) + data[at + 1:]
            stem, dot = os.path.splitext(name)
            write('flip/%s-%d-%d%s' % (stem, at, bit, dot), mutated)
            FLIPS.append(('flip/%s-%d-%d%s' % (stem, at, bit, dot), data, mutated, same))


def judge_flips():
    p = subprocess.run([CONGVAN, 'verify', '--format', 'json', '--trust', 'trust', '--'] + [f[0] for f in FLIPS], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)
    verdicts = {o['file']: o['verdict'] for o in map(json.loads, p.stdout.splitlines())}
    failed, passed_still = 0, 0
    for name, data, mutated, same in FLIPS:
        if name not in verdicts:
            failed += 1
            print('sigforge: %s: no answer' % name)
        elif verdicts[name] == 'passed':
            passed_still += 1
            if not same(data, mutated):
                failed += 1
                print('sigforge: %s: passed, and it is not what was signed' % name)
    return failed, passed_still


def packages(signature_of):
    text = b'Noi dung cong van so 12'
    files = [('cong-van.txt', text), ('phu-luc.txt', b'Phu luc 1')]
    manifest = asic_manifest('META-INF/signature001.p7s', files)
    return zipped([('mimetype', ASICE)] + files + [('META-INF/ASiCManifest001.xml', manifest), ('META-INF/signature001.p7s', signature_of(manifest))])


def main():
    make_pki()
    os.makedirs('flip')
    asic_xades_cases(b'Cong van so 12\n'), odf_cases(), ooxml_cases(), edxml_cases()
    others = [(n, read('out/' + n), same_xml if n == 'm.edxml' else same_zip) for n in ('x.asice', 'd.odt', 'o.docx', 'm.edxml')]
    CASES.clear()                       # sigxml.sh judges those; here a bit is flipped in them
    cms_forgeries()
    cms_archives()
    bes, lta = xades_levels()
    signing_certificates()
    wrappings(bes)
    plain = xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])]))
    pack = packages(lambda m: cms(m, '-cades'))
    enveloping = cms(b'Cong van so 12\n', '-nodetach', '-cades')
    case('e.p7m', enveloping, level('B-B'), 'before a bit is flipped'), case('e.asice', pack, level('B-B'), 'before a bit is flipped')
    info = elements(content(elements(content(elements(content(elements(content(enveloping))[1]))[0]))[-1]))[0]
    CMS_PARTS.extend([b'Cong van so 12\n', content(elements(content(info))[3]), value_of(info)])
    flips('plain.xml', plain, same_xml), flips('bes.xml', bes, same_xml), flips('lta.xml', lta, same_xml)
    for name, data, same in others:
        case(name, data, good, 'before a bit is flipped')
        flips(name, data, same)
    flips('e.p7m', enveloping, same_cms), flips('e.asice', pack, same_zip)
    for name, data in (('plain.xml', plain), ('e.asice', pack), ('e.p7m', enveloping)):
        data = data.encode() if isinstance(data, str) else data
        case('append-' + name, data + b'<x/>' if name.endswith('xml') else data + b'\0them', lambda o: o['verdict'] != 'passed',
             'bytes appended to ' + name)
        case('prepend-' + name, b'<x/>' + data, lambda o: o['verdict'] != 'passed', 'bytes before ' + name)
    p = subprocess.run([CONGVAN, 'verify', '--format', 'json', '--trust', 'trust', '--'] + [c[0] for c in CASES], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)
    out, failed = {o['file']: o for o in map(json.loads, p.stdout.splitlines())}, 0
    for name, expect, why in CASES:
        o = out.get(name)
        if o is None or not expect(o):
            failed += 1
            print('sigforge: %s (%s): %s' % (os.path.basename(name), why, 'no answer' if o is None else json.dumps(
                [o['verdict'], [[s['indication'], s['sub_indication'], s['intact'], s['valid'], s['coverage'], s['level'],
                                 [m['code'] + ' ' + m['text'][:60] for m in s['messages']]] for s in o['signatures']]])))
    flipped, still = judge_flips()
    failed += flipped
    print('sigforge: %d bits flipped, %d of no consequence' % (len(FLIPS), still))
    print('sigforge: %d passed, %d failed' % (len(CASES) + len(FLIPS) - failed, failed))
    sys.exit(failed > 0)


main()
