# SPDX-License-Identifier: GPL-3.0-or-later
"""sigstamp.py DIR - what each time-stamp of XAdES is over; see sigstamp.sh.

The octets are put together here with xmllint, by EN 319 132-1 and -2 and, for the older properties, TS 101 903; openssl stamps
them. Of each kind there is one that is right, and others that leave a piece out, take another order or are over something else.
"""
from sigxml import *

LETTER2 = '<vb xmlns="urn:thu"><so>12</so>%s</vb>'
BARE = LETTER2 % ''
REFS = ('<xades:CompleteCertificateRefs><xades:CertRefs/></xades:CompleteCertificateRefs>',
        '<xades:CompleteRevocationRefs/>')
REFS2 = (REFS[0].replace('CertificateRefs', 'CertificateRefsV2').replace('xades:Complete', 'xades141:Complete'), REFS[1])
IDS = [XADES + ':SignedProperties', DS + ':Object', DS + ':KeyInfo']
WRONG = code('TIMESTAMP_WRONG')


def declared(objects):
    return objects.replace('xmlns:xades=', 'xmlns:xades141="%s" xmlns:xades=' % XADES141)


def exc_of(document):
    write('c.xml', document)
    return run('xmllint', '--exc-c14n', 'c.xml').decode()


def pieces(xml, *tags):
    return ''.join(exc(cut(xml, t)) for t in tags)


def base():
    return xmlsec(LETTER2 % template([DOCUMENT, PROPS], declared(qualifying())), ids=IDS)


def of_data():
    """AllDataObjectsTimeStamp and IndividualDataObjectsTimeStamp are signed properties: made before the signature."""
    second = reference('#o2', [EXC]).replace('<ds:Reference', '<ds:Reference Id="r2"', 1)
    data = '<ds:Object Id="o2"><phu xmlns="urn:thu">1</phu></ds:Object>'
    one, two = exc_of(BARE), exc(data)
    with_stamp = qualifying().replace('</xades:SignedSignatureProperties>', '</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>%s'
                                      '</xades:SignedDataObjectProperties>')
    def signed(stamps):
        return xmlsec(LETTER2 % template([DOCUMENT, second, PROPS], with_stamp % stamps + data), ids=IDS)
    def individual(over, *names):
        include = ''.join('<xades:Include URI="%s" referencedData="true"/>' % n for n in names)
        return sub(stamp_element('IndividualDataObjectsTimeStamp', over), '<ds:Canon', include + '<ds:Canon')
    everything = stamp_element('AllDataObjectsTimeStamp', one + two)
    case('all.xml', signed(everything), level('B-B'), 'over all data')
    case('all-one.xml', signed(stamp_element('AllDataObjectsTimeStamp', one)), WRONG, 'over one of two')
    case('all-turned.xml', signed(stamp_element('AllDataObjectsTimeStamp', two + one)), WRONG, 'in another order')
    case('one.xml', signed(individual(two, '#r2')), level('B-B'), 'over the one it includes')
    case('one-both.xml', signed(individual(one + two, '#r1', '#r2')), level('B-B'), 'over two it includes')
    case('one-turned.xml', signed(individual(two + one, '#r2', '#r1')), level('B-B'), 'in the order in which it includes them')
    case('one-other.xml', signed(individual(one, '#r2')), WRONG, 'over the other')
    case('one-short.xml', signed(individual(one, '#r1', '#r2')), WRONG, 'over the first of two')
    case('one-unknown.xml', signed(individual(one, '#r9')), code('TIMESTAMP_UNREADABLE'), 'it includes what is not there')
    case('one-object.xml', signed(individual(two, '#o2')), code('TIMESTAMP_UNREADABLE'), 'it includes an Object, not its Reference')
    case('one-none.xml', signed(stamp_element('IndividualDataObjectsTimeStamp', one)), WRONG, 'it includes nothing')
    case('all-and-one.xml', signed(everything + individual(two, '#r2')), level('B-B'), 'one of each')
    case('all-added.xml', sub(signed(everything), '</xades:SignedDataObjectProperties>', individual(two, '#r2') + '</xades:SignedDataObjectProperties>'),
         caught, 'one put in after the signature')


def of_references():
    """RefsOnly and SigAndRefs, of both versions."""
    b = base()
    value = pieces(b, 'ds:SignatureValue')
    t = stamp_element('SignatureTimeStamp', value)
    for v, refs in (('', REFS), ('V2', REFS2)):
        prefix = 'xades141' if v else 'xades'
        full = add_unsigned(b, t + ''.join(refs))
        certs, crls = cut(refs[0], re.match(r'<([\w:]+)', refs[0]).group(1)), refs[1]
        octets = exc(certs) + exc(crls)
        put = lambda xml, name, over: add_unsigned(xml, stamp_element(name + v, over, prefix))
        case('refs%s.xml' % v, put(full, 'RefsOnlyTimeStamp', octets), level('B-T'), 'RefsOnlyTimeStamp' + v)
        case('refs%s-value.xml' % v, put(full, 'RefsOnlyTimeStamp', value + octets), WRONG, 'over the value too')
        case('refs%s-short.xml' % v, put(full, 'RefsOnlyTimeStamp', exc(certs)), WRONG, 'over half of them')
        both = value + exc(cut(full, 'xades:SignatureTimeStamp')) + octets
        case('sig-refs%s.xml' % v, put(full, 'SigAndRefsTimeStamp', both), level('B-T'), 'SigAndRefsTimeStamp' + v)
        case('sig-refs%s-bare.xml' % v, put(full, 'SigAndRefsTimeStamp', value + octets), WRONG, 'the time-stamp before it left out')
        case('sig-refs%s-none.xml' % v, put(full, 'SigAndRefsTimeStamp', value), WRONG, 'over the value alone')
        case('sig-refs%s-added.xml' % v, sub(put(full, 'SigAndRefsTimeStamp', both), crls, crls + crls), WRONG, 'more references put in')
        case('sig-refs%s-later.xml' % v, add_unsigned(put(full, 'SigAndRefsTimeStamp', both), '<xades:AttributeRevocationRefs/>'), level('B-T'),
             'and references that came after it')
    turned = add_unsigned(b, ''.join(REFS2) + t)
    seen = value + exc(REFS2[0]) + exc(REFS2[1]) + exc(cut(turned, 'xades:SignatureTimeStamp'))
    case('sig-refsV2-order.xml', add_unsigned(turned, stamp_element('SigAndRefsTimeStampV2', seen, 'xades141')), level('B-T'),
         'version 2 takes them in the order in which they stand')
    case('sig-refsV2-fixed.xml', add_unsigned(turned, stamp_element('SigAndRefsTimeStampV2', value + exc(cut(turned, 'xades:SignatureTimeStamp'))
                                                                    + exc(REFS2[0]) + exc(REFS2[1]), 'xades141')), WRONG, 'and in no other')


def of_archive():
    """ArchiveTimeStamp of 1.3.2 and of 1.4.1: they differ in the Objects they take."""
    signed_object, other = '<ds:Object Id="o2"><phu xmlns="urn:thu">1</phu></ds:Object>', '<ds:Object Id="o3"><ghi xmlns="urn:thu">2</ghi></ds:Object>'
    second = reference('#o2', [EXC]).replace('<ds:Reference', '<ds:Reference Id="r2"', 1)
    b = xmlsec(LETTER2 % template([DOCUMENT, second, PROPS], declared(qualifying()) + signed_object + other), ids=IDS)
    t = stamp_element('SignatureTimeStamp', pieces(b, 'ds:SignatureValue'))
    full = add_unsigned(b, t)
    head = exc_of(BARE) + exc(signed_object) + pieces(full, 'xades:SignedProperties', 'ds:SignedInfo', 'ds:SignatureValue', 'ds:KeyInfo')
    before = pieces(full, 'xades:SignatureTimeStamp')
    told = lambda o: level('B-LTA')(o) and says(o, 'UNSIGNED_OBJECT')
    old = lambda xml, over: add_unsigned(xml, stamp_element('ArchiveTimeStamp', over))
    new = lambda xml, over: add_unsigned(xml, stamp_element('ArchiveTimeStamp', over, 'xades141'))
    case('arc132.xml', old(full, head + before + exc(other)), told, 'of 1.3.2: the Object that no Reference signs')
    case('arc132-both.xml', old(full, head + before + exc(signed_object) + exc(other)), WRONG, 'and not the other again')
    case('arc132-none.xml', old(full, head + before), WRONG, 'of 1.3.2 without the Object')
    case('arc141.xml', new(full, head + before + exc(signed_object) + exc(other)), told, 'of 1.4.1: all Objects')
    case('arc141-one.xml', new(full, head + before + exc(other)), WRONG, 'of 1.4.1 without the Object that is signed')
    case('arc141-keyless.xml', new(full, head.replace(exc(cut(full, 'ds:KeyInfo')), '') + before + exc(signed_object) + exc(other)), WRONG, 'KeyInfo left out')
    objects = exc(signed_object) + exc(other)
    first = new(full, head + before + objects)
    a1 = exc(cut(first, 'xades141:ArchiveTimeStamp'))
    case('arc-two.xml', new(first, head + before + a1 + objects), told, 'a second over the first')
    case('arc-two-apart.xml', new(first, head + before + objects), WRONG, 'a second that leaves the first out')
    case('arc-object.xml', sub(first, '>2</ghi>', '>3</ghi>'), WRONG, 'the Object changed that only it covers')
    case('arc-key.xml', sub(first, '</ds:X509Data>', '<ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>' % b64(run(
        'openssl', 'x509', '-in', 'trust/ca.pem', '-outform', 'DER'))), WRONG, 'a certificate added to KeyInfo after it')
    case('arc-stolen.xml', add_unsigned(base(), cut(first, 'xades141:ArchiveTimeStamp')), WRONG, 'that of another signature')
    case('arc-before.xml', sub(first, cut(first, 'xades:SignatureTimeStamp'), cut(first, 'xades:SignatureTimeStamp') * 2), WRONG, 'a time-stamp put in before it')
    inner = template([reference('#Sig-value', [EXC], 'http://uri.etsi.org/01903#CountersignedSignature')], ident='Counter')
    case('arc-counter.xml', add_unsigned(first, '<xades:CounterSignature>%s</xades:CounterSignature>' % inner.replace('<ds:DigestValue></', '<ds:DigestValue>AAAA</')),
         lambda o: o['verdict'] == 'failed', 'a counter-signature put in after it is judged by itself')


def of_value():
    b = base()
    value = pieces(b, 'ds:SignatureValue')
    t = stamp_element('SignatureTimeStamp', value)
    case('value.xml', add_unsigned(b, t), level('B-T'), 'SignatureTimeStamp')
    case('value-two.xml', add_unsigned(b, t + stamp_element('SignatureTimeStamp', value)), level('B-T'), 'two of them')
    case('value-one-wrong.xml', add_unsigned(b, t + stamp_element('SignatureTimeStamp', 'khac')), held, 'one of two is wrong')
    case('value-text.xml', add_unsigned(b, stamp_element('SignatureTimeStamp', re.sub('<[^>]*>', '', value))), held, 'over the base64, not the element')
    token = re.search(r'<xades:EncapsulatedTimeStamp>.*?</xades:EncapsulatedTimeStamp>', t).group(0)
    case('value-in-one.xml', add_unsigned(b, sub(t, token, token * 2)), code('TIMESTAMP_SEVERAL'), 'two tokens in one property')
    case('value-none.xml', add_unsigned(b, sub(t, token, '')), code('TIMESTAMP_UNREADABLE'), 'no token')
    case('value-xml.xml', add_unsigned(b, sub(t, token, '<xades:XMLTimeStamp/>')), code('TIMESTAMP_UNREADABLE'), 'an XML token, which nobody makes')
    case('value-broken.xml', add_unsigned(b, sub(t, token, token.replace('Stamp>MI', 'Stamp>AA'))), code('TIMESTAMP_WRONG'), 'a token that is none')
    case('value-elsewhere.xml', sub(b, '</ds:Signature>', '<ds:Object>%s</ds:Object></ds:Signature>' % t), lambda o: level('B-B')(o)
         and says(o, 'UNSIGNED_OBJECT'), 'in an Object of its own it is no property')


def policies():
    def signed(policy):
        q = sub(qualifying(), '</xades:SignedSignatureProperties>', policy + '</xades:SignedSignatureProperties>')
        return xmlsec(LETTER2 % template([DOCUMENT, PROPS], q), ids=IDS)
    explicit = ('<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId><xades:Identifier Qualifier="OIDAsURN">urn:oid:1.2.3.4'
                '</xades:Identifier></xades:SigPolicyId><xades:SigPolicyHash><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue>'
                '</xades:SigPolicyHash></xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>' % (SHA256, sha256(b'x')))
    xml = signed(explicit)
    case('policy.xml', xml, lambda o: level('B-B')(o) and any(m['code'] == 'SIGNATURE_POLICY' and 'urn:oid:1.2.3.4' in m['text']
                                                              for m in o['signatures'][0]['messages']), 'a policy is named (EPES)')
    case('policy-changed.xml', sub(xml, '1.2.3.4', '1.2.3.5'), caught, 'another in its place')
    case('policy-implied.xml', signed('<xades:SignaturePolicyIdentifier><xades:SignaturePolicyImplied/></xades:SignaturePolicyIdentifier>'),
         level('B-B'), 'a policy is implied')


def stamp_main():
    make_pki()
    for family in (of_value, of_data, of_references, of_archive, policies):
        family()
    judge('sigstamp')


stamp_main()
