# SPDX-License-Identifier: GPL-3.0-or-later
"""sigwrap.py DIR - what is signed stays and holds, something else is shown; see sigwrap.sh.

The families are those of McIntosh and Austel (2005), of Somorovsky and others ("On Breaking SAML", 2012: XSW 1 to 8), of the
XML Signature best practices of the W3C, and of advisories since. A family begins with its good document, which must pass: an
attack on what would not pass anyhow proves nothing. xmlsec1 signs; sigxml.py lends the PKI and the tools.
"""
import hmac
from sigxml import *

D11, MORE, SOAP = 'http://www.w3.org/2009/xmldsig11#', 'http://www.w3.org/2001/04/xmldsig-more#', 'http://schemas.xmlsoap.org/soap/envelope/'
XPATH, FILTER = 'http://www.w3.org/TR/1999/REC-xpath-19991116', 'http://www.w3.org/2002/06/xmldsig-filter2'
WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
SAML1 = 'urn:oasis:names:tc:SAML:1.0:assertion'
THU = 'urn:thu'


def signature_of(xml):
    return re.search(r'<ds:Signature .*</ds:Signature>', xml, re.S).group(0)


def element(xml, tag):
    return re.search(r'<%s[ >].*?</%s>' % (tag, tag), xml, re.S).group(0)


def body(xml):
    """Without the XML declaration."""
    return re.sub(r'^<\?xml[^>]*\?>\s*', '', xml).strip()


def transform(algorithm, inside):
    return '<ds:Transform Algorithm="%s">%s</ds:Transform>' % (algorithm, inside)


def reference_through(uri, *transforms):
    uri = '' if uri is None else ' URI="%s"' % uri
    return ('<ds:Reference%s><ds:Transforms>%s</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue/></ds:Reference>'
            % (uri, ''.join(t if t.startswith('<') else '<ds:Transform Algorithm="%s"/>' % t for t in transforms), SHA256))


def xpath(expression):
    return transform(XPATH, '<ds:XPath xmlns:t="%s">%s</ds:XPath>' % (THU, expression))


def filter2(kind, expression):
    return transform(FILTER, '<f:XPath xmlns:f="%s" xmlns:t="%s" Filter="%s">%s</f:XPath>' % (FILTER, THU, kind, expression))


def valid_alone(o):
    """Holds, and names nobody: a bare key."""
    s = o['signatures'][0]
    return o['verdict'] == 'indeterminate' and s['intact'] and s['valid'] and s['coverage'] == 'whole-file' and says(o, 'KEY_WITHOUT_CERTIFICATE')


def unproven(o):
    """No conclusion, and no accusation."""
    return o['verdict'] == 'indeterminate' and o['signatures'][0]['intact'] is None and o['signatures'][0]['valid']


# Wrapping -------------------------------------------------------------------------------------------------------------

def xsw():
    """The eight of SAML: a letter in an envelope, either of them signed by its id."""
    ids = ['urn:thu:thu', 'urn:thu:vb']
    whole = body(xmlsec('<thu xmlns="urn:thu" Id="t"><dau>1</dau>%s<vb Id="v"><so>12</so></vb></thu>'
                        % template([reference('#t', [ENVELOPED, EXC])]), ids=ids))
    case('xsw-whole.xml', whole, good, 'the envelope is signed')
    s = signature_of(whole)
    bare = whole.replace(s, '')
    fake = bare.replace('>12<', '>99<').replace('Id="t"', 'Id="gia"').replace('Id="v"', 'Id="gia2"')
    put = lambda into, tag, what: sub(into, '</%s>' % tag, what + '</%s>' % tag)
    case('xsw1.xml', put(fake, 'thu', put(s, 'ds:Signature', bare)), caught, 'XSW 1: the original inside its signature')
    case('xsw2.xml', put(fake, 'thu', bare + s), caught, 'XSW 2: the original beside its signature')
    part_signed = body(xmlsec('<thu xmlns="urn:thu"><vb Id="v"><so>12</so>%s</vb></thu>' % template([reference('#v', [ENVELOPED, EXC])]), ids=ids))
    case('xsw-inner.xml', part_signed, good, 'the letter in it is signed')
    vb = element(part_signed, 'vb')
    s = signature_of(vb)
    bare = vb.replace(s, '')
    fake = bare.replace('>12<', '>99<').replace('Id="v"', 'Id="gia"')
    around = lambda x: '<thu xmlns="urn:thu">%s</thu>' % x
    bad = part
    case('xsw3.xml', around(fake + vb), bad, 'XSW 3: another letter before the signed one')
    case('xsw3-after.xml', around(vb + fake), bad, 'and behind it')
    case('xsw4.xml', around(put(fake, 'vb', vb)), bad, 'XSW 4: the signed letter inside another one')
    case('xsw5.xml', around(put(fake, 'vb', s) + bare), bad, 'XSW 5: the signature in another one, the signed letter at the end')
    case('xsw6.xml', around(put(fake, 'vb', put(s, 'ds:Signature', bare))), caught, 'XSW 6: the signed letter inside its signature')
    case('xsw7.xml', around('<mo-rong>%s</mo-rong>%s' % (fake, vb)), bad, 'XSW 7: another letter in an element for extensions')
    case('xsw8.xml', around(put(fake, 'vb', put(s, 'ds:Signature', '<ds:Object>%s</ds:Object>' % bare))), caught, 'XSW 8: in an Object of its signature')
    for n, where in (('keyinfo', 'ds:KeyInfo'), ('value', 'ds:SignatureValue')):
        case('xsw-in-%s.xml' % n, around(put(fake, 'vb', put(s, where, bare))), caught, 'the signed letter inside ' + where)
    case('xsw-key.xml', around(vb + '<ds:KeyInfo xmlns:ds="%s">%s</ds:KeyInfo>' % (DS, fake)), bad, 'another letter called a key')
    case('xsw-frame.xml', '<a xmlns="urn:thu"><thu>%s</thu></a>' % vb, bad, 'one more element around the letter, which says what it is')
    soap = '<e:Envelope xmlns:e="%s"><e:Body>%s</e:Body></e:Envelope>'
    vb = element(xmlsec(soap % (SOAP, '<vb xmlns="urn:thu" Id="v"><so>12</so>%s</vb>' % template([reference('#v', [ENVELOPED, EXC])])), ids=ids), 'vb')
    case('xsw-soap.xml', soap % (SOAP, vb), good, 'the layers of SOAP around it')
    case('xsw-soap-header.xml', sub(soap % (SOAP, vb), '<e:Body>', '<e:Header>%s</e:Header><e:Body>' % fake), bad, 'another letter in the header')
    case('xsw-soap-moved.xml', sub(soap % (SOAP, fake), '<e:Body>', '<e:Header>%s</e:Header><e:Body>' % vb), bad, 'the signed letter in the header')
    case('xsw-text.xml', around('Da huy. ' + vb), bad, 'text beside the signed letter')
    case('xsw-cdata.xml', around('<![CDATA[Da huy.]]>' + vb), bad, 'the same in CDATA')
    for n, more in (('upper', 'ID="v"'), ('lower', 'id="v"'), ('xml', 'xml:id="v"'), ('wsu', 'xmlns:w="%s" w:Id="v"' % WSU)):
        for place in ('before', 'after', 'around'):
            shadow = '<vb %s><so>99</so>%s</vb>' % (more, vb if place == 'around' else '')
            case('shadow-%s-%s.xml' % (n, place), around({'before': shadow + vb, 'after': vb + shadow, 'around': shadow}[place]),
                 code('REFERENCE_DUPLICATE_ID'), 'an element of the same id in another spelling, %s: %s' % (place, more))
    style = '<?xml-stylesheet type="text/xsl" href="x.xsl"?>'
    case('stylesheet.xml', style + part_signed, part, 'a stylesheet put before what is signed by its id')
    whole = body(xmlsec(style + '<thu xmlns="urn:thu"><so>12</so>%s</thu>' % template([reference('', [ENVELOPED, EXC])])))
    case('stylesheet-signed.xml', whole, good, 'a stylesheet that is signed')
    case('stylesheet-other.xml', sub(whole, 'x.xsl', 'y.xsl'), caught, 'and another in its place')


def siblings():
    two = body(xmlsec('<goi xmlns="urn:thu"><phu Id="p">1</phu><vb Id="v"><so>12</so></vb>%s</goi>' % template(
        [reference('#v', [EXC]), reference('#p', [EXC])]), ids=['urn:thu:vb', 'urn:thu:phu']))
    case('two-references.xml', two, good, 'two elements, two References')
    one = body(xmlsec('<goi xmlns="urn:thu"><phu Id="p">1</phu><vb Id="v"><so>12</so></vb>%s</goi>' % template(
        [reference('#p', [EXC])]), ids=['urn:thu:vb', 'urn:thu:phu']))
    case('sibling-reference.xml', one, part, 'the Reference is to the sibling of what is shown')
    own = body(xmlsec('<goi xmlns="urn:thu"><vb><so>12</so></vb>%s</goi>' % template(
        [reference('#k', [EXC])], keyinfo='<ds:X509Data/>').replace('<ds:KeyInfo>', '<ds:KeyInfo Id="k">'), ids=[DS + ':KeyInfo']))
    case('keyinfo-reference.xml', own, caught, 'only its own KeyInfo is signed')


def objects():
    """Enveloping: the Object that is signed, and what else may be put into the signature."""
    content = '<vb xmlns="urn:thu"><so>12</so></vb>'
    env = body(xmlsec(template([reference('#o', [EXC])], '<ds:Object Id="o">%s</ds:Object>' % content), ids=[DS + ':Object']))
    case('object.xml', env, good, 'an Object is signed')
    signed, fake = element(env, 'ds:Object'), '<ds:Object>%s</ds:Object>' % content.replace('12', '99')
    case('object-added.xml', sub(env, signed, fake + signed), part, 'another Object before it')
    case('object-nested.xml', sub(env, signed, '<ds:Object>%s%s</ds:Object>' % (content.replace('12', '99'), signed)), part, 'the signed one inside another')
    case('object-swapped.xml', sub(sub(env, signed, fake), '</ds:KeyInfo>', signed + '</ds:KeyInfo>'), part, 'the signed one moved into KeyInfo')
    lookalike = '<ds:Object><QualifyingProperties xmlns="%s">%s</QualifyingProperties></ds:Object>'
    case('object-lookalike.xml', sub(env, signed, signed + lookalike % ('urn:x', content.replace('12', '99'))), part,
         'content that calls itself QualifyingProperties')
    hidden = '<ds:Object><ds:Signature><ds:SignedInfo/>%s</ds:Signature></ds:Object>' % fake
    case('object-hidden.xml', sub(env, signed, signed + hidden), part, 'content in a signature inside an Object, which nobody checks')
    case('object-root.xml', '<da-huy>%s</da-huy>' % env, lambda o: good(o) and says(o, 'SIGNED_ELEMENT'), 'a frame around the whole: told')
    case('object-frame.xml', sub(env, signed, '<ds:Object><da-huy xmlns="urn:thu">%s</da-huy></ds:Object>' % signed),
         lambda o: good(o) and any(m['code'] == 'SIGNED_ELEMENT' and m['text'].endswith('/Object/da-huy/Object') for m in o['signatures'][0]['messages']),
         'a frame around the signed Object, as around a document: told')


def nested():
    """A signature over a document that has one already."""
    inner = body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference('', [ENVELOPED, EXC])])))
    outer = body(xmlsec(template([reference('#o', [EXC])], '<ds:Object Id="o">%s</ds:Object>' % inner, ident='Ngoai'), 'other',
                        ids=[DS + ':Object'], node='/*'))
    case('nested.xml', outer, good, 'a signed document inside an Object that is signed')
    case('nested-inner.xml', sub(outer, '>12<', '>13<'), caught, 'changed inside')
    second = body(xmlsec(sub(inner, '</vb>', template([reference('', [ENVELOPED, EXC])], ident='Hai') + '</vb>'), 'other',
                         node='//*[@Id="Hai"]'))
    case('second-enveloped.xml', second, lambda o: o['verdict'] == 'failed' and [s['intact'] for s in o['signatures']] == [False, True],
         'the first takes out itself and not the second, which was put on later')
    parallel = xpath('not(ancestor-or-self::ds:Signature)')
    both = body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference_through('', parallel, EXC)])))
    both = body(xmlsec(sub(both, '</vb>', template([reference_through('', parallel, EXC)], ident='Hai') + '</vb>'), 'other', node='//*[@Id="Hai"]'))
    case('parallel.xml', both, good2, 'two that leave out all signatures')
    fake = '<ds:Signature xmlns:ds="%s"><ds:SignedInfo/><ds:Object><so>99</so></ds:Object></ds:Signature>' % DS
    case('parallel-fake.xml', sub(both, '</vb>', fake + '</vb>'), caught, 'and a third that is none, and shows something')
    bare = '<ds:Signature xmlns:ds="%s"><so>99</so></ds:Signature>' % DS
    case('parallel-name.xml', sub(both, '</vb>', bare + '</vb>'), caught, 'and an element that is called a signature')


# Transforms -----------------------------------------------------------------------------------------------------------

def dropping():
    """What is left out of a Reference is not signed, by whatever way it is left out."""
    letter = '<vb xmlns="urn:thu" muc="thuong"><so>12</so>%s</vb>'
    def signed(*transforms, uri=''):
        return body(xmlsec(letter % template([reference_through(uri, *transforms)])))
    out = 'not(ancestor-or-self::ds:Signature)'
    case('drop-none.xml', signed(xpath(out), C14N), good, 'only the signature is left out')
    for n, transforms in (('nothing', (xpath('false()'),)), ('nothing-c14n', (xpath('false()'), C14N)), ('nothing-filter', (filter2('intersect', '/none'),)), ('no-text', (xpath(out + ' and not(self::text())'), EXC)),
                          ('no-elements', (xpath(out + ' and not(self::*)'), EXC)), ('only-root', (xpath('self::t:vb'), EXC)),
                          ('number', (xpath(out + ' and not(ancestor-or-self::t:so)'), C14N)),
                          ('attribute', (xpath(out + ' and not(parent::t:vb and count(self::node()|../@*)=count(../@*))'),)),
                          ('attribute-c14n', (xpath(out + ' and not(parent::t:vb and count(self::node()|../@*)=count(../@*))'), C14N)),
                          ('attribute-again', (ENVELOPED, C14N, xpath('not(parent::t:vb and count(self::node()|../@*)=count(../@*))'), C14N)),
                          ('again', (ENVELOPED, C14N, xpath('not(ancestor-or-self::t:so)'), C14N))):
        xml = signed(*transforms)
        case('drop-%s.xml' % n, xml, part, 'left out by %s' % n)
        changed = sub(xml, 'muc="thuong"', 'muc="mat"') if 'attribute' in n else sub(xml, '<so>12<', '<so>99<')
        case('drop-%s-changed.xml' % n, changed, caught, 'and changed')
    empty = body(xmlsec(template([reference_through('', xpath('false()'))])))
    case('signs-nothing.xml', empty, code('SIGNS_NOTHING'), 'a signature of nothing')
    case('signs-object.xml', body(xmlsec(template([reference('#o', [EXC])], '<ds:Object Id="o">12</ds:Object>'), ids=[DS + ':Object'])), good,
         'and one of an Object')


def values():
    plain = body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference('', [ENVELOPED, EXC])])))
    case('values.xml', plain, good, 'the twin of those below')
    digest = re.search(r'<ds:DigestValue>([^<]*)<', plain).group(1)
    changed = sub(plain, '>12<', '>99<')
    fresh = sha256(b'<vb xmlns="urn:thu"><so>99</so></vb>')
    for n, v in (('before', '<!--%s-->%s' % (digest, fresh)), ('after', '%s<!--%s-->' % (fresh, digest)), ('instead', fresh),
                 ('commented', '<!--%s-->%s' % (fresh, digest)), ('split', digest[:9] + '<!---->' + digest[9:]), ('empty', ''), ('short', digest[:8])):
        case('digest-%s.xml' % n, sub(changed, '>%s<' % digest, '>%s<' % v), caught, 'the number changed, and the digest: ' + n)
    case('digest-comment.xml', sub(plain, digest, digest[:9] + '<!-- x -->' + digest[9:]), good, 'a comment in the digest, which C14N leaves out')
    value = re.search(r'<ds:SignatureValue>([^<]*)<', plain).group(1)
    case('value-comment.xml', sub(plain, value, value[:9] + '<!-- x -->' + value[9:]), good, 'a comment in the value')
    case('value-element.xml', sub(plain, value, value[:9] + '<x/>' + value[9:]), lambda o: o['verdict'] != 'unsigned', 'an element in the value')
    info = element(plain, 'ds:SignedInfo')
    mac = lambda key: b64(hmac.new(key, canonical(info, hmac_method).encode(), 'sha256').digest())
    hmac_method = MORE + 'hmac-sha256'
    for n, key in (('certificate', read('signer.pem')), ('key', run('openssl', 'x509', '-in', 'signer.pem', '-noout', '-pubkey')), ('none', b'')):
        forged = sub(sub(plain, RSA256, hmac_method), value, mac(key))
        case('hmac-%s.xml' % n, forged, code('ALGORITHM_SHARED_KEY'), 'an HMAC whose key anybody has: ' + n)
    case('method-unknown.xml', sub(plain, RSA256, 'urn:none'), held, 'an algorithm of no name')
    other = body(xmlsec(re.sub(r'(<ds:SignatureValue>).*(</ds:KeyInfo>)', r'\1</ds:SignatureValue><ds:KeyInfo><ds:X509Data/></ds:KeyInfo>', changed, flags=re.S),
                        'other'))
    mine = element(other, 'ds:X509Data')
    case('resigned.xml', other, good, 'signed anew by another, whom the answer names')
    case('resigned-named.xml', sub(other, mine, element(plain, 'ds:X509Data')), caught, 'and the first certificate put back')
    case('resigned-keyvalue.xml', sub(other, mine, element(plain, 'ds:X509Data') + key_value('other')), caught, 'with the key of the other beside it')
    case('resigned-bare.xml', sub(other, mine, key_value('other')), valid_alone, 'only a key, which names nobody')
    stranger = '<ds:RetrievalMethod URI="#kn" Type="%sX509Data"/>' % DS
    retrieved = sub(sub(other, mine, element(plain, 'ds:X509Data') + stranger), '</ds:KeyInfo>', '</ds:KeyInfo><ds:Object>%s</ds:Object>' % sub(
        mine, '<ds:X509Data>', '<ds:X509Data Id="kn">'))
    case('resigned-retrieved.xml', retrieved, caught, 'with the other certificate by way of a RetrievalMethod')


def canonical(info, method):
    """SignedInfo as C14N of the whole has it, with the method exchanged."""
    write('c.xml', sub(sub(info, '<ds:SignedInfo>', '<ds:SignedInfo xmlns="%s" xmlns:ds="%s">' % (THU, DS)), RSA256, method))
    return run('xmllint', '--c14n', 'c.xml').decode()


def read_as_signed():
    """A comment splits a text in two for whoever takes its first node; C14N leaves it out. What is read is what was signed."""
    message = ('<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><MessageHeader><Subject>V/v thay doi thong tin'
               '</Subject></MessageHeader>%s</edXMLHeader></edXMLEnvelope></edXML>')
    plain = body(xmlsec(message % template([reference('', [ENVELOPED, EXC])])))
    case('read.edxml', plain, good, 'a message')
    case('read-comment.edxml', sub(plain, 'V/v thay', 'V/v <!-- -->thay'), good, 'a comment in its subject')
    case('read-front.edxml', sub(plain, '<Subject>', '<Subject><!-- huy bo -->'), good, 'a comment before it')
    case('read-cdata.edxml', sub(plain, 'thay doi', '<![CDATA[thay doi]]>'), good, 'and CDATA, which C14N writes out')
    names = ['out/read%s.edxml' % n for n in ('', '-comment', '-front', '-cdata')]
    p = subprocess.run([CONGVAN, 'extract', '--format', 'json', '--'] + names, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    subjects = [json.loads(line)['fields']['subject']['value'] for line in p.stdout.splitlines()]
    if subjects != [subjects[0]] * 4 or 'thay doi thong tin' not in subjects[0]:
        CASES.append((names[1], lambda o: False, 'read is %s' % subjects))


def key_value(name):
    text = run('openssl', 'x509', '-in', name + '.pem', '-noout', '-modulus').decode()
    return ('<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>%s</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>'
            % b64(bytes.fromhex(text.split('=')[1].strip())))


def doctypes():
    plain = body(xmlsec('<goi xmlns="urn:thu"><vb Id="v"><so>12</so></vb>%s</goi>' % template([reference('#v', [EXC])]), ids=['urn:thu:vb']))
    case('doctype-twin.xml', plain, good, 'the twin of those below')
    for n, dtd in (('entity', '<!ENTITY so "12">'), ('external', '<!ENTITY so SYSTEM "file:///etc/hostname">'), ('parameter', '<!ENTITY % e "">%e;'),
                   ('default', '<!ATTLIST vb muc CDATA "mat">'), ('id', '<!ATTLIST so Id ID #FIXED "v">'), ('none', '')):
        text = '<!DOCTYPE goi [%s]>%s' % (dtd, sub(plain, '>12<', '>&so;<') if n in ('entity', 'external') else plain)
        case('doctype-%s.xml' % n, text, code('XML_DOCTYPE'), 'a DOCTYPE: ' + n)
        case('doctype-%s-utf16.xml' % n, text.encode('utf-16'), lambda o: o['verdict'] not in ('passed', 'unsigned'), 'the same in UTF-16')
    case('doctype-system.xml', '<!DOCTYPE goi SYSTEM "http://127.0.0.1/x.dtd">' + plain, code('XML_DOCTYPE'), 'a DOCTYPE elsewhere')


# XAdES ----------------------------------------------------------------------------------------------------------------

PROPERTIES_TYPE = 'http://uri.etsi.org/01903#SignedProperties'


def xades_swaps():
    letter = '<vb xmlns="urn:thu"><so>12</so>%s</vb>'
    whole = reference('', [ENVELOPED, EXC])
    def signed(properties, objects, key='signer'):
        return body(xmlsec(letter % template([whole, properties], objects), key, ids=[XADES + ':SignedProperties', DS + ':Object']))
    bes = signed(reference('#Sig-props', [EXC], PROPERTIES_TYPE), qualifying())
    case('props.xml', bes, level('B-B'), 'XAdES B-B')
    own = element(bes, 'xades:SignedProperties')
    fake = own.replace('Sig-props', 'gia').replace('2026', '2019')
    q = '<ds:Object><xades:QualifyingProperties xmlns:xades="%s" Target="#Sig">%s</xades:QualifyingProperties></ds:Object>' % (XADES, '%s')
    move = lambda where: sub(sub(bes, own, fake), where, where[:0] + q % own + where)
    case('props-object.xml', move('</ds:Signature>'), caught, 'the signed ones in a second QualifyingProperties')
    case('props-outside.xml', move('</vb>'), caught, 'the signed ones outside of the signature')
    case('props-beside.xml', sub(bes, own, fake + own), caught, 'others before them')
    case('props-inside.xml', sub(bes, own, sub(fake, '</xades:SignedProperties>', own + '</xades:SignedProperties>')), caught, 'inside others')
    case('props-same-id.xml', sub(bes, own, fake.replace('gia', 'Sig-props')), caught, 'others of the same id')
    case('props-unsigned.xml', sub(bes, own, fake + '<xades:UnsignedProperties><xades:UnsignedSignatureProperties>%s'
                                   '</xades:UnsignedSignatureProperties></xades:UnsignedProperties>' % own), caught, 'the signed ones among the unsigned')
    untyped = signed(reference('#Sig-props', [EXC]), qualifying())
    case('props-untyped.xml', untyped, held, 'signed, but the Reference does not say what it is to')
    case('props-untyped-swapped.xml', sub(untyped, own, fake), caught, 'and others in their place')
    case('props-typed-other.xml', signed(reference('#Sig-props', [EXC]) + reference('#x', [EXC], PROPERTIES_TYPE), '<ds:Object Id="x"/>' + qualifying()),
         caught, 'an empty Object says it is them')
    case('props-wrong-type.xml', signed(reference('#Sig-props', [EXC], 'http://uri.etsi.org/01903#Thuoc-tinh'), qualifying()), held, 'a Type of no meaning')
    case('props-twice.xml', signed(reference('#Sig-props', [EXC], PROPERTIES_TYPE) + reference('#x', [EXC], PROPERTIES_TYPE), '<ds:Object Id="x"/>' + qualifying()),
         caught, 'two References say they are to them')
    other = signed(reference('#Sig-props', [EXC], PROPERTIES_TYPE), qualifying('signer'), 'other')
    case('props-stolen.xml', other, code('SIGNING_CERTIFICATE_OTHER'), 'another signs what names the first')
    case('props-stolen-certificate.xml', sub(other, element(other, 'ds:X509Data'), element(bes, 'ds:X509Data')), caught, 'and encloses his certificate')
    pointer = "#xmlns(x=%s)xpointer(id('ob')/child::x:QualifyingProperties/child::x:SignedProperties)" % XADES.replace('#', '%23')
    objects = qualifying().replace('<ds:Object>', '<ds:Object Id="ob">')
    pointed = signed(reference("#xpointer(id('Sig-props'))", [EXC], PROPERTIES_TYPE), objects)
    case('props-pointer.xml', pointed, level('B-B'), 'pointed at by xpointer(id())')
    info = body(by_hand(pointer, own, objects, letter))
    case('props-expression.xml', info, level('B-B'), 'pointed at by an expression, as Austrian signatures have it')
    case('props-expression-fake.xml', sub(info, own, fake), caught, 'others in their place')
    case('props-expression-first.xml', sub(info, own, fake + own), caught, 'others before them')
    case('props-nowhere.xml', by_hand('#xpointer(range-to(1))', own, objects, letter), unproven, 'a pointer nobody can follow proves nothing')


def leaving_out():
    """A transform may leave out the very thing a Reference names: then it does not sign it."""
    letter, nothing = '<vb xmlns="urn:thu"><so>12</so>%s</vb>', xpath('false()')
    ids = [XADES + ':SignedProperties', DS + ':Object', DS + ':SignatureValue']
    typed = lambda *t: sub(reference_through('#Sig-props', *t), '<ds:Reference', '<ds:Reference Type="%s"' % PROPERTIES_TYPE)
    whole = reference('', [ENVELOPED, EXC])
    for n, t in (('nothing', (nothing,)), ('time', (xpath('not(ancestor-or-self::*[local-name()="SigningTime"])'), EXC)), ('enveloped', (ENVELOPED, EXC))):
        xml = body(xmlsec(letter % template([whole, typed(*t)], qualifying()), ids=ids))
        case('props-out-%s.xml' % n, xml, caught, 'SignedProperties left out: ' + n)
        case('props-out-%s-changed.xml' % n, sub(xml, '2026', '2019'), caught, 'and their time changed')
    case('props-out-none.xml', body(xmlsec(letter % template([whole, typed(xpath('true()'), EXC)], qualifying()), ids=ids)), level('B-B'), 'nothing left out')
    data = (letter % '').replace('<vb', '<vb Id="v"')
    write('c.xml', data)
    listed = '<ds:Object Id="m"><ds:Manifest>%s</ds:Manifest></ds:Object>' % reference('#v', [EXC], digest=sha256(run('xmllint', '--exc-c14n', 'c.xml')))
    def by_manifest(*transforms):
        return body(xmlsec('<goi>%s%s</goi>' % (data, template([reference_through('#m', *transforms)], listed)), ids=ids))
    case('manifest-whole.xml', by_manifest(EXC), good, 'signed by way of a Manifest')
    case('manifest-out.xml', by_manifest(nothing), part, 'a Manifest that is left out')
    case('manifest-digest-out.xml', by_manifest(xpath('not(ancestor-or-self::ds:DigestValue)'), EXC), part, 'of which the digests are left out')
    bes = body(xmlsec(letter % template([whole, PROPERTIES], qualifying()).replace('<ds:SignatureValue>', '<ds:SignatureValue Id="Sig-value">'), ids=ids))
    def counter(*transforms):
        ref = sub(reference_through('#Sig-value', *transforms), '<ds:Reference', '<ds:Reference Type="http://uri.etsi.org/01903#CountersignedSignature"')
        inner = template([ref], ident='Counter')
        return body(xmlsec(add_unsigned(bes, '<xades:CounterSignature>%s</xades:CounterSignature>' % inner), 'other', ids=ids, node='//*[@Id="Counter"]'))
    case('counter-whole.xml', counter(EXC), good2, 'a counter-signature')
    case('counter-out.xml', counter(nothing), code('COUNTERSIGNATURE_ELSEWHERE'), 'one that leaves out the value it names')
    case('counter-text-out.xml', counter(xpath('not(self::text())'), EXC), code('COUNTERSIGNATURE_ELSEWHERE'), 'and only its text')
    case('counter-base64.xml', counter(DS + 'base64'), lambda o: o['verdict'] != 'unsigned', 'over the octets in it')


def by_hand(pointer, own, objects, letter):
    """xmlsec1 takes no xmlns() with %23 in it: the same, signed by openssl."""
    def exc(xml):
        write('c.xml', xml)
        return run('xmllint', '--exc-c14n', 'c.xml').decode()
    props = exc(own.replace('<xades:SignedProperties', '<xades:SignedProperties xmlns:ds="%s" xmlns:xades="%s"' % (DS, XADES)))
    refs = reference('', [ENVELOPED, EXC], digest=sha256(exc(letter % ''))) + reference(pointer, [EXC], PROPERTIES_TYPE, sha256(props))
    info = ('<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/><ds:SignatureMethod Algorithm="%s"/>%s</ds:SignedInfo>' % (EXC, RSA256, refs))
    write('info', exc(info.replace('<ds:SignedInfo', '<ds:SignedInfo xmlns:ds="%s"' % DS)))
    return letter % ('<ds:Signature xmlns:ds="%s" Id="Sig">%s<ds:SignatureValue>%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s'
                     '</ds:X509Certificate></ds:X509Data></ds:KeyInfo>%s</ds:Signature>' % (
                         DS, info, b64(run('openssl', 'dgst', '-sha256', '-sign', 'signer.key', 'info')), b64(cert_der('signer')), objects))


def complete_references():
    """XAdES-C: as many certificates as there are authorities whose CRLs are referred to."""
    digest = lambda data: '<ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue>' % (SHA256, sha256(data))
    ca = run('openssl', 'x509', '-in', 'trust/ca.pem', '-outform', 'DER')
    def refs(certs, issuers):
        return ('<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CompleteCertificateRefs><xades:CertRefs>%s</xades:CertRefs>'
                '</xades:CompleteCertificateRefs><xades:CompleteRevocationRefs><xades:CRLRefs>%s</xades:CRLRefs></xades:CompleteRevocationRefs>'
                '</xades:UnsignedSignatureProperties></xades:UnsignedProperties>' % (
                    ''.join('<xades:Cert><xades:CertDigest>%s</xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName>CN=CA thu,O=Thu,C=VN'
                            '</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>' % digest(c) for c in certs),
                    ''.join('<xades:CRLRef><xades:DigestAlgAndValue>%s</xades:DigestAlgAndValue><xades:CRLIdentifier><xades:Issuer>%s</xades:Issuer>'
                            '<xades:IssueTime>2026-01-02T03:04:05Z</xades:IssueTime></xades:CRLIdentifier></xades:CRLRef>' % (digest(i), i) for i in issuers)))
    def signed(certs, issuers):
        return body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference('', [ENVELOPED, EXC]), PROPERTIES],
                                                                             qualifying(unsigned=refs(certs, issuers))), ids=[XADES + ':SignedProperties']))
    case('refs.xml', signed([ca], ['CN=CA thu,O=Thu,C=VN']), level('B-B'), 'the authority, and its CRL')
    case('refs-spelling.xml', signed([ca], ['CN=CA thu,O=Thu,C=VN', 'c=VN, O="Thu", CN=CA thu']), level('B-B'), 'two CRLs of one authority')
    case('refs-more.xml', signed([ca, b'x', b'y'], ['CN=CA thu,O=Thu,C=VN']), level('B-B'), 'more certificates than CRLs')
    case('refs-short.xml', signed([ca], ['CN=CA thu,O=Thu,C=VN', 'CN=CA goc,O=Thu,C=VN']), code('XADES_C_INCOMPLETE'), 'CRLs of two, a certificate of one')
    case('refs-same.xml', signed([ca, ca], ['CN=CA thu,O=Thu,C=VN', 'CN=CA goc,O=Thu,C=VN']), code('XADES_C_INCOMPLETE'), 'the same certificate twice')


# Pointers -------------------------------------------------------------------------------------------------------------

def pointers():
    letter = '<goi xmlns="urn:thu"><vb Id="v"><!-- a --><so>12</so></vb>%s</goi>'
    def signed(uri, *transforms):
        return body(xmlsec(letter % template([reference_through(uri, *transforms)]), ids=['urn:thu:vb']))
    for n, uri in (('id', "#xpointer(id('v'))"), ('path', "#xpointer(/*/*[local-name()='vb'])"), ('many', "#xpointer(//*[local-name()='vb']|//*[local-name()='so'])"),
                   ('attribute', "#xpointer(//*[@Id='v'])")):
        xml = signed(uri, EXC + 'WithComments')
        case('point-%s.xml' % n, xml, good, 'pointed at by ' + uri)
        case('point-%s-changed.xml' % n, sub(xml, '>12<', '>13<'), caught, 'and changed')
        case('point-%s-comment.xml' % n, sub(xml, '<!-- a -->', '<!-- b -->'), caught, 'and its comment')
        case('point-%s-sibling.xml' % n, sub(xml, '</vb>', '</vb><van><ma>99</ma></van>'), part, 'and a sibling')
    xml = signed("#xpointer(//*[local-name()='so'])", EXC + 'WithComments')
    case('point-part.xml', xml, part, 'only the number is pointed at')
    first = signed("#xpointer((//*[local-name()='vb'])[1])", EXC + 'WithComments')
    case('point-first.xml', first, good, 'the first of its kind')
    case('point-first-moved.xml', sub(first, '<vb ', '<vb><so>99</so></vb><vb '), caught, 'another before it')
    case('point-first-followed.xml', sub(first, '</vb>', '</vb><vb><so>99</so></vb>'), part, 'another behind it')
    by_id = body(xmlsec(letter % template([reference_through('', xpath('ancestor-or-self::node()[@Id = "v"]'), EXC)])))
    own_id = sub(by_id, 'ancestor-or-self::node()[@Id = "v"]', 'ancestor-or-self::node()[@Id = "v"]')
    case('xpath-by-id.xml', own_id, good, 'XPath that chooses an element')
    case('xpath-id-function.xml', hand_signed(letter, 'count(ancestor-or-self::node() | id("v")) = count(ancestor-or-self::node())',
                                              '<vb xmlns="urn:thu" Id="v"><so>12</so></vb>'), good, 'XPath with id(), though there is no DTD')
    case('xpath-id-twice.xml', sub(hand_signed(letter, 'count(ancestor-or-self::node() | id("v")) = count(ancestor-or-self::node())',
                                               '<vb xmlns="urn:thu" Id="v"><so>12</so></vb>'), '<vb ', '<vb Id="v"><so>99</so></vb><vb '), caught,
         'and an element of the same id')
    whole = body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference_through(None, ENVELOPED, EXC)])))
    case('no-uri.xml', whole, good, 'no URI, and the signature taken out: the document')
    case('no-uri-changed.xml', sub(whole, '>12<', '>13<'), caught, 'and changed')
    case('no-uri-bare.xml', body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference_through(None, xpath('not(ancestor-or-self::ds:Signature)'))]))),
         unproven, 'no URI, and nothing says what is meant')
    saml = '<s:Response xmlns:s="%s" ResponseID="r"><s:so>12</s:so>%%s</s:Response>' % SAML1.replace('assertion', 'protocol')
    write('t.xml', saml % template([reference('#r', [ENVELOPED, EXC])]))
    run('xmlsec1', '--sign', '--output', 's.xml', '--privkey-pem', 'signer.key,signer.pem', '--id-attr:ResponseID', 'Response', 't.xml')
    xml = body(read('s.xml').decode())
    case('saml1.xml', xml, good, 'an id of SAML 1.1')
    case('saml1-changed.xml', sub(xml, '>12<', '>13<'), caught, 'and changed')
    case('saml1-twice.xml', sub(xml, '<s:so>', '<s:x Id="r"/><s:so>'), code('REFERENCE_DUPLICATE_ID'), 'and another of the same id')


def hand_signed(letter, expression, left):
    """A Reference by XPath whose octets are known: left."""
    write('c.xml', left)
    digest = sha256(run('xmllint', '--exc-c14n', 'c.xml'))
    ref = reference_through('', xpath(expression), EXC).replace('<ds:DigestValue/>', '<ds:DigestValue>%s</ds:DigestValue>' % digest)
    info = ('<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/><ds:SignatureMethod Algorithm="%s"/>%s</ds:SignedInfo>' % (EXC, RSA256, ref))
    write('c.xml', info.replace('<ds:SignedInfo', '<ds:SignedInfo xmlns:ds="%s"' % DS))
    write('info', run('xmllint', '--exc-c14n', 'c.xml'))
    return sub(letter, '<!-- a -->', '') % ('<ds:Signature xmlns:ds="%s">%s<ds:SignatureValue>%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s'
                     '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>' % (
                         DS, info, b64(run('openssl', 'dgst', '-sha256', '-sign', 'signer.key', 'info')), b64(cert_der('signer'))))


def keys():
    """KeyInfo: keys in every spelling, in place and by RetrievalMethod."""
    def signed(key, algorithm=RSA256):
        return body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference('', [ENVELOPED, EXC])], algorithm=algorithm), key))
    rsa, ec = signed('signer'), signed('ec', MORE + 'ecdsa-sha256')
    put = lambda xml, keyinfo, more='': re.sub(r'(<ds:KeyInfo>).*(</ds:KeyInfo>)', lambda m: m.group(1) + keyinfo + m.group(2) + more, xml, flags=re.S)
    point = run('openssl', 'pkey', '-in', 'ec.key', '-pubout', '-outform', 'DER')
    other = run('openssl', 'pkey', '-in', 'ec2.key', '-pubout', '-outform', 'DER')
    def rfc4050(der, curve='1.2.840.10045.3.1.7', more=0):
        x, y = int.from_bytes(der[-64:-32], 'big'), int.from_bytes(der[-32:], 'big') + more
        return ('<m:ECDSAKeyValue xmlns:m="%s"><m:DomainParameters><m:NamedCurve URN="urn:oid:%s"/></m:DomainParameters><m:PublicKey><m:X Value="%d"/>'
                '<m:Y Value="%d"/></m:PublicKey></m:ECDSAKeyValue>' % (MORE, curve, x, y))
    def ec11(der):
        return ('<d:ECKeyValue xmlns:d="%s"><d:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/><d:PublicKey>%s</d:PublicKey></d:ECKeyValue>'
                % (D11, b64(der[-65:])))
    def der_value(der):
        return '<d:DEREncodedKeyValue xmlns:d="%s">%s</d:DEREncodedKeyValue>' % (D11, b64(der))
    value = lambda k: '<ds:KeyValue>%s</ds:KeyValue>' % k
    for n, xml, keyinfo in (('rsa', rsa, key_value('signer')), ('ec', ec, value(ec11(point))), ('rfc4050', ec, value(rfc4050(point))), ('der', ec, der_value(point))):
        case('key-%s.xml' % n, put(xml, keyinfo), valid_alone, 'a key as ' + n)
        case('key-%s-changed.xml' % n, sub(put(xml, keyinfo), '>12<', '>13<'), caught, 'and changed')
    for n, keyinfo in (('ec', value(ec11(other))), ('rfc4050', value(rfc4050(other))), ('der', der_value(other))):
        case('key-%s-other.xml' % n, put(ec, keyinfo), caught, 'the key of another as ' + n)
    for n, keyinfo in (('off-curve', rfc4050(point, more=1)), ('no-curve', rfc4050(point, '1.2.3.4')), ('huge', rfc4050(point, more=1 << 300))):
        case('key-%s.xml' % n, put(ec, value(keyinfo)), lambda o: o['verdict'] == 'indeterminate' and o['signatures'][0]['valid'] is None, 'no key at all: ' + n)
    data = element(rsa, 'ds:X509Data')
    object_of = lambda inside: '<ds:Object>%s</ds:Object>' % inside
    cert = element(data, 'ds:X509Certificate')
    def retrieval(uri, kind, inside=''):
        return '<ds:RetrievalMethod URI="%s" Type="%s"%s' % (uri, DS + kind, '>%s</ds:RetrievalMethod>' % inside if inside else '/>')
    named = lambda x, tag, ident: sub(x, '<' + tag, '<%s Id="%s"' % (tag, ident))
    case('retrieve-data.xml', put(rsa, retrieval('#k', 'X509Data'), object_of(named(data, 'ds:X509Data', 'k'))),
         lambda o: good(o), 'an X509Data elsewhere in the document')
    case('retrieve-pointer.xml', put(rsa, retrieval("#xpointer(id('k'))", 'X509Data'), object_of(named(data, 'ds:X509Data', 'k'))), good, 'by xpointer()')
    case('retrieve-raw.xml', put(rsa, retrieval('#k', 'rawX509Certificate'), object_of(named(cert, 'ds:X509Certificate', 'k'))), good, 'a certificate of its own')
    case('retrieve-value.xml', put(ec, retrieval('#k', 'KeyValue'), object_of('<ds:KeyValue Id="k">%s</ds:KeyValue>' % ec11(point))), valid_alone, 'a KeyValue')
    case('retrieve-xpath.xml', put(rsa, retrieval('', 'X509Data', '<ds:Transforms>%s</ds:Transforms>' % transform(
        XPATH, '<ds:XPath xmlns:t="urn:thu">ancestor::t:khoa[@so="2"]</ds:XPath>')), object_of(
            '<khoa so="1">%s</khoa><khoa so="2">%s</khoa>' % (data.replace(cert, cert.replace('>MII', '>AII')), data))), good, 'chosen by XPath')
    case('retrieve-info.xml', put(rsa, '<d:KeyInfoReference xmlns:d="%s" URI="#k"/>' % D11, object_of('<ds:KeyInfo Id="k">%s</ds:KeyInfo>' % data)), good,
         'a KeyInfo elsewhere')
    props = qualifying(unsigned='<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CertificateValues><xades:EncapsulatedX509Certificate>%s'
                       '</xades:EncapsulatedX509Certificate></xades:CertificateValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties>'
                       % b64(cert_der('signer')))
    xml = body(xmlsec('<vb xmlns="urn:thu"><so>12</so>%s</vb>' % template([reference('', [ENVELOPED, EXC]), PROPERTIES], props), ids=[XADES + ':SignedProperties']))
    subject = run('openssl', 'x509', '-in', 'signer.pem', '-noout', '-subject', '-nameopt', 'RFC2253').decode().split('=', 1)[1].strip()
    for n, keyinfo in (('none', ''), ('name', '<ds:X509Data><ds:X509SubjectName>%s</ds:X509SubjectName></ds:X509Data>' % subject),
                       ('key', key_value('signer'))):
        case('values-%s.xml' % n, put(xml, keyinfo), level('B-B'), 'the certificate among CertificateValues, KeyInfo has: ' + n)
    case('values-other.xml', put(xml, key_value('other')), lambda o: o['verdict'] != 'unsigned', 'and a key of another')
    case('retrieve-twice.xml', put(rsa, retrieval('#k', 'X509Data'), object_of(2 * named(data, 'ds:X509Data', 'k'))), held, 'an id that stands twice')
    case('retrieve-itself.xml', put(rsa, '<ds:RetrievalMethod Id="k" URI="#k"/>'), held, 'itself')
    case('retrieve-many.xml', put(rsa, retrieval('#k', 'X509Data') * 20000, object_of('<ds:X509Data Id="k"/>' * 1)), held, '20,000 times')


# ------------------------------------------------------------------------------------------------------------------------

def wrap_main():
    make_pki()
    run('openssl', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'ec2.key')
    for family in (xsw, siblings, objects, nested, dropping, values, read_as_signed, doctypes, xades_swaps, leaving_out, complete_references, pointers, keys):
        family()
    judge('sigwrap')


wrap_main()
