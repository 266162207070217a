# SPDX-License-Identifier: GPL-3.0-or-later
"""sigxml.py DIR - signed XML, CMS files and packages of every kind, good and mutated; see sigxml.sh.

Nothing here uses congvan to make what congvan is to judge: xmlsec1 and openssl sign, python's zipfile packs. A case
is a file and what the answer must say of it; all files are judged in one run.

The keys are made once a build (build/sigkeys-*, taken again by the next run), and openssl runs by a clock of ours: what
fails once fails again, byte by byte (but for ECDSA and PSS, which draw). Another build has other keys.
"""
import base64, hashlib, inspect, io, json, os, re, shutil, subprocess, sys, time, warnings, zipfile

warnings.simplefilter('ignore')         # zipfile warns of the second file of a name that a case wants

ROOT = os.path.abspath(sys.argv[1])
CONGVAN = os.path.abspath(os.environ['CONGVAN'])
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(ROOT + '/out')
os.makedirs(ROOT + '/trust')
os.chdir(ROOT)

DS = 'http://www.w3.org/2000/09/xmldsig#'
XADES, XADES141 = 'http://uri.etsi.org/01903/v1.3.2#', 'http://uri.etsi.org/01903/v1.4.1#'
C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#'
SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
RSA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
ENVELOPED = DS + 'enveloped-signature'
ASICE, ASICS = 'application/vnd.etsi.asic-e+zip', 'application/vnd.etsi.asic-s+zip'


CLOCK = 1767340800                      # 2026-01-02 08:00:00 UTC, and on as tick() says


def tick(seconds=1):
    global CLOCK
    CLOCK += seconds


def run(*argv, data=None):
    if argv[0] == 'openssl':
        argv = ('env', 'TZ=UTC', 'faketime', '-f', time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(CLOCK))) + argv
    p = subprocess.run(argv, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode != 0:
        sys.exit('sigxml: %s: %s' % (' '.join(argv), p.stderr.decode('utf-8', 'replace')))
    return p.stdout


def write(name, data):
    with open(name, 'wb') as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return name


def read(name):
    with open(name, 'rb') as f:
        return f.read()


def b64(data):
    return base64.b64encode(data).decode()


def sha256(data):
    return b64(hashlib.sha256(data if isinstance(data, bytes) else data.encode()).digest())


# A CA, its CRL, a signer, another signer, an EC signer and a time-stamp authority -----------------------------------

def make_pki():
    """The PKI of this build, copied here; made where there is none yet."""
    kept = os.path.dirname(ROOT) + '/sigkeys-' + hashlib.sha256(inspect.getsource(draw_pki).encode()).hexdigest()[:12]
    if not os.path.exists(kept):
        fresh = '%s.%d' % (kept, os.getpid())
        os.makedirs(fresh + '/trust')
        os.chdir(fresh)
        draw_pki()
        os.chdir(ROOT)
        try:
            os.rename(fresh, kept)
        except OSError:                 # another run was faster
            shutil.rmtree(fresh)
    shutil.copytree(kept, ROOT, dirs_exist_ok=True)
    tick(60)


def draw_pki():
    write('ca.cnf', '''[ca]
default_ca=d
[d]
dir=.
database=index.txt
serial=serial
new_certs_dir=.
certificate=trust/ca.pem
private_key=ca.key
default_md=sha256
default_days=30000
default_crl_days=30000
policy=p
copy_extensions=none
unique_subject=no
crlnumber=crlnumber
[p]
countryName=optional
organizationName=optional
commonName=supplied
[signer]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,nonRepudiation
[tsa]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[ts]
default_tsa=t
[t]
dir=.
serial=tsaserial
crypto_device=builtin
signer_cert=tsa.pem
certs=trust/ca.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4
digests=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
''')
    write('index.txt', ''), write('serial', '01\n'), write('crlnumber', '01\n'), write('tsaserial', '01\n')
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'trust/ca.pem', '-days',
        '36500', '-subj', '/C=VN/O=Thu/CN=CA thu', '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
    for name, kind, extensions in (('signer', ['rsa:2048'], 'signer'), ('other', ['rsa:2048'], 'signer'),
                                   ('ec', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'signer'),
                                   ('tsa', ['rsa:2048'], 'tsa')):
        run('openssl', 'req', '-new', '-newkey', *kind, '-nodes', '-keyout', name + '.key', '-out', name + '.csr',
            '-subj', '/C=VN/O=Thu/CN=Nguoi ky ' + name)
        run('openssl', 'ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', extensions, '-in', name + '.csr',
            '-out', name + '.pem')
    run('openssl', 'ca', '-gencrl', '-config', 'ca.cnf', '-out', 'trust/ca.crl')


def cert_der(name):
    return run('openssl', 'x509', '-in', name + '.pem', '-outform', 'DER')


def stamp(data):
    write('stamped', data)
    run('openssl', 'ts', '-query', '-data', 'stamped', '-sha256', '-cert', '-no_nonce', '-out', 'q.tsq')
    tick()
    run('openssl', 'ts', '-reply', '-config', 'ca.cnf', '-section', 't', '-queryfile', 'q.tsq', '-token_out', '-out', 't.tst')
    return read('t.tst')


# Cases ----------------------------------------------------------------------------------------------------------------

CASES = []          # (file, what must hold, words for a person)


def case(name, data, expect, why):
    CASES.append((write('out/' + name, data), expect, why))
    return data


def good(o, n=1):
    return (o['verdict'] == 'passed' and len(o['signatures']) == n
            and all(s['intact'] and s['valid'] and s['trusted'] and s['indication'] == 'TOTAL_PASSED' for s in o['signatures']))


def good2(o):
    return good(o, 2)


def caught(o):
    """Not passed, and said so: something failed, or only a part is covered."""
    return o['verdict'] in ('failed', 'unreadable')


def held(o):
    return o['verdict'] in ('failed', 'indeterminate') and len(o['signatures']) > 0


def part(o):
    return any(s['coverage'] == 'part' for s in o['signatures']) and o['verdict'] == 'failed'


def code(*codes):
    def expect(o):
        return o['verdict'] != 'passed' and any(m['code'] in codes for s in o['signatures'] for m in s['messages'])
    return expect


def says(o, code):
    return any(m['code'] == code for s in o['signatures'] for m in s['messages'])


def level(name):
    return lambda o: good(o) and o['signatures'][0]['level'] == name


# XML ------------------------------------------------------------------------------------------------------------------

def reference(uri, transforms=(), kind='', digest=''):
    t = ''.join('<ds:Transform Algorithm="%s"/>' % a for a in transforms)
    return ('<ds:Reference URI="%s"%s>%s<ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></ds:Reference>'
            % (uri, ' Type="%s"' % kind if kind else '', '<ds:Transforms>%s</ds:Transforms>' % t if t else '', SHA256, digest))


def template(references, objects='', ident='Sig', algorithm=RSA256, keyinfo='<ds:X509Data/>', value=''):
    return ('<ds:Signature xmlns:ds="%s" Id="%s"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/>'
            '<ds:SignatureMethod Algorithm="%s"/>%s</ds:SignedInfo><ds:SignatureValue>%s</ds:SignatureValue>'
            '<ds:KeyInfo>%s</ds:KeyInfo>%s</ds:Signature>' % (DS, ident, C14N, algorithm, ''.join(references), value, keyinfo, objects))


def xmlsec(xml, key='signer', ids=(), node=None):
    write('t.xml', xml)
    argv = ['xmlsec1', '--sign', '--output', 's.xml', '--privkey-pem', '%s.key,%s.pem' % (key, key)]
    for i in ids:
        argv += ['--id-attr:Id', i]
    if node:
        argv += ['--node-xpath', node]
    run(*argv, '--ignore-manifests', 't.xml')
    return read('s.xml').decode()


def qualifying(cert='signer', target='Sig', unsigned=''):
    return ('<ds:Object><xades:QualifyingProperties xmlns:xades="%s" Target="#%s"><xades:SignedProperties Id="%s-props">'
            '<xades:SignedSignatureProperties><xades:SigningTime>2026-01-02T03:04:05Z</xades:SigningTime>'
            '<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s'
            '</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>'
            '</xades:SignedProperties>%s</xades:QualifyingProperties></ds:Object>'
            % (XADES, target, target, SHA256, sha256(cert_der(cert)), unsigned))


PROPERTIES = reference('#Sig-props', [C14N], 'http://uri.etsi.org/01903#SignedProperties')
LETTER = '<van-ban xmlns="urn:thu"><so>12</so><trich-yeu Id="ty">V/v thay doi thong tin</trich-yeu>%s</van-ban>'


def sub(text, old, new):
    """Replaces once; a mutation that changes nothing would test nothing."""
    if old not in text:
        sys.exit('sigxml: nothing to mutate: ' + str(old))
    return text.replace(old, new, 1)


def flip_base64(xml, tag):
    i = xml.index('>', xml.index('<' + tag)) + 6
    return xml[:i] + ('A' if xml[i] != 'A' else 'B') + xml[i + 1:]


def xml_cases():
    plain = xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])]))
    case('enveloped.xml', plain, good, 'an enveloped signature')
    case('enveloped.utf16.xml', ('<?xml version="1.0" encoding="UTF-16"?>' + re.sub(r'^<\?xml[^>]*\?>', '', plain)).encode('utf-16'),
         good, 'the same document in UTF-16')
    case('object-unsigned.xml', sub(plain, '</ds:Signature>', '<ds:Object><so>99</so></ds:Object></ds:Signature>'),
         lambda o: good(o) and says(o, 'UNSIGNED_OBJECT'), 'an unsigned Object, which no reader shows, is told')
    case('sha1.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])], algorithm=DS + 'rsa-sha1')),
         lambda o: code('WEAK_DIGEST')(o) and o['verdict'] == 'indeterminate' and o['signatures'][0]['valid'], 'RSA with SHA-1 over strong digests')
    case('flipped-text.xml', sub(plain, '<so>12<', '<so>13<'), caught, 'the number changed')
    case('flipped-value.xml', flip_base64(plain, 'ds:SignatureValue'), caught, 'the value changed')
    case('flipped-digest.xml', flip_base64(plain, 'ds:DigestValue'), caught, 'the digest changed')
    case('added-element.xml', sub(plain, '</so>', '</so><so>99</so>'), caught, 'an element added')
    case('added-attribute.xml', sub(plain, '<so>', '<so mat="1">'), caught, 'an attribute added')
    case('comment.xml', sub(plain, '<so>', '<!-- x --><so>'), good, 'a comment, which C14N leaves out')
    case('doctype.xml', '<!DOCTYPE van-ban [<!ENTITY e "x">]>' + re.sub(r'^<\?xml[^>]*\?>', '', plain), code('XML_DOCTYPE'),
         'a DOCTYPE')
    case('other-certificate.xml', re.sub(r'(<ds:X509Certificate>)[^<]*', lambda m: m.group(1) + b64(cert_der('other')), plain),
         caught, 'another certificate in KeyInfo')
    case('second-x509data.xml', sub(plain, '</ds:KeyInfo>', '<ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>'
                                    '</ds:KeyInfo>' % b64(cert_der('other'))), code('KEYINFO_SEVERAL_SIGNERS'), 'two signers in KeyInfo')
    case('second-certificate.xml', sub(plain, '</ds:X509Data>', '<ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>' % b64(cert_der('other'))),
         code('KEYINFO_SEVERAL_SIGNERS'), 'and two in one X509Data')
    case('issuer-certificate.xml', sub(plain, '<ds:X509Data>', '<ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate>' % b64(run(
        'openssl', 'x509', '-in', 'trust/ca.pem', '-outform', 'DER'))), good, 'the issuer before the signer')
    case('ec.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])], algorithm=RSA256.replace('rsa-', 'ecdsa-')), 'ec'),
         good, 'ECDSA')
    part_only = xmlsec(LETTER % template([reference('#ty', [EXC])]), ids=['urn:thu:trich-yeu'])
    case('part.xml', part_only, part, 'only the subject is signed, the number is not')
    whole = '<goi>%s</goi>' % (LETTER % '').replace('<van-ban', '<van-ban Id="vb"')
    by_id = xmlsec(sub(whole, '</goi>', template([reference('#vb', [EXC])]) + '</goi>'), ids=['urn:thu:van-ban'])
    case('by-id.xml', by_id, good, 'the only content, signed by its id')
    case('sibling.xml', sub(by_id, '<ds:Signature', '<van-ban xmlns="urn:thu"><so>99</so></van-ban><ds:Signature'), part,
         'an unsigned sibling')
    case('duplicate-id.xml', sub(by_id, '<goi>', '<goi><van-ban xmlns="urn:thu" Id="vb"><so>99</so></van-ban>'),
         code('REFERENCE_DUPLICATE_ID'), 'two elements of that id')
    case('frame-attribute.xml', sub(by_id, '<goi>', '<goi tinh-trang="da huy">'), part, 'an attribute of the frame around what is signed')
    case('frame-version.xml', sub(by_id, '<goi>', '<goi version="2">'), lambda o: good(o) and says(o, 'SIGNED_ELEMENT'), 'the frame names its version')
    case('frame-deep.xml', sub(sub(by_id, '<goi>', '<goi><da-huy>'), '</van-ban>', '</van-ban></da-huy>'), part,
         'the signed element moved into another one')
    inner = by_id[by_id.index('<van-ban'):by_id.index('</van-ban>') + len('</van-ban>')]
    wrapped = sub(by_id, inner, inner.replace('Id="vb"', 'Id="gia"').replace('>12<', '>99<'))
    wrapped = sub(wrapped, '</ds:KeyInfo>', '</ds:KeyInfo><ds:Object>%s</ds:Object>' % inner)
    case('wrapped.xml', wrapped, part, 'the signed element moved into an Object, another one shown')
    two = xmlsec(sub(by_id, '</goi>', template([reference('#vb', [EXC])], ident='Sig2') + '</goi>'), 'other',
                 ids=['urn:thu:van-ban'], node='//*[@Id="Sig2"]')
    case('two.xml', two, good2, 'two signatures')
    case('xslt.xml', LETTER % template([reference('', [ENVELOPED, 'http://www.w3.org/TR/1999/REC-xslt-19991116'], digest=sha256('x'))],
                                       value='AAAA', keyinfo='<ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>'
                                       % b64(cert_der('signer'))), code('XML_TRANSFORM_REFUSED'), 'XSLT is not run')
    case('transforms.xml', LETTER % template([reference('', [ENVELOPED] + [EXC] * 5, digest=sha256('x'))], value='AAAA'),
         code('XML_TOO_MANY_TRANSFORMS'), 'six transforms')
    case('references.xml', LETTER % template([reference('', [ENVELOPED], digest=sha256('x'))] * 65, value='AAAA'),
         code('TOO_MANY_REFERENCES'), '65 references')
    case('outside.xml', LETTER % template([reference('file:///etc/passwd', digest=sha256('x'))], value='AAAA'),
         code('REFERENCE_NOT_FOUND'), 'a reference to a file of this machine')
    case('unsigned.xml', LETTER % '', lambda o: o['verdict'] == 'unsigned', 'no signature')
    return plain


def transform_cases():
    def xpath(expression, rest=''):
        return ('<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>%s'
                '</ds:XPath></ds:Transform>%s</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue/></ds:Reference>'
                % (expression, rest, SHA256))
    def filtered(*filters):
        return ('<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2">%s</ds:Transform>'
                '</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue/></ds:Reference>' % (''.join(
                    '<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" xmlns:t="urn:thu" Filter="%s">%s</f:XPath>' % f
                    for f in filters), SHA256))
    whole = xmlsec(LETTER % template([xpath('not(ancestor-or-self::ds:Signature)')]))
    case('xpath.xml', whole, good, 'XPath that leaves out the signature')
    case('xpath-changed.xml', sub(whole, '>12<', '>13<'), caught, 'XPath, changed')
    case('xpath-here.xml', xmlsec(LETTER % template([xpath(
        'count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1]) &gt; count(ancestor-or-self::ds:Signature)')])), good,
         'XPath with here()')
    some = xmlsec(sub(LETTER % template([xpath('not(ancestor-or-self::ds:Signature) and not(ancestor-or-self::t:so)')]), '<ds:XPath>',
                      '<ds:XPath xmlns:t="urn:thu">'))
    case('xpath-part.xml', some, part, 'XPath leaves the number out')
    case('xpath-part-changed.xml', sub(some, '>12<', '>13<'), part, 'and the number can be changed')
    bare = xmlsec(sub(sub(LETTER, '<so>', '<so muc="mat">') % template([xpath(
        'not(ancestor-or-self::ds:Signature) and not(parent::t:so and not(self::text()))')]), '<ds:XPath>', '<ds:XPath xmlns:t="urn:thu">'))
    case('xpath-attribute.xml', bare, part, 'XPath leaves an attribute out')
    case('filter.xml', xmlsec(LETTER % template([filtered(('subtract', '//ds:Signature'))])), good, 'XPath Filter 2.0')
    case('filter-part.xml', xmlsec(LETTER % template([filtered(('intersect', '//t:trich-yeu'))])), part, 'a filter picks one element')
    case('c14n11.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, 'http://www.w3.org/2006/12/xml-c14n11'])])), good, 'C14N 1.1')
    comments = xmlsec(sub(LETTER % template([reference('#xpointer(/)', [ENVELOPED, C14N + '#WithComments'])]), '<so>', '<!--a--><so>'))
    case('comments.xml', comments, good, 'comments are signed too')
    case('comments-changed.xml', sub(comments, '<!--a-->', '<!--b-->'), caught, 'a signed comment changed')
    encoded = xmlsec(template([reference('#o', [DS + 'base64'])], '<ds:Object Id="o">%s</ds:Object>' % b64(b'noi dung cong van')),
                     ids=[DS + ':Object'])
    case('base64.xml', encoded, good, 'an Object in base64')
    marked = sub(encoded, b64(b'noi dung cong van'), b64(b'noi dung cong van')[:8] + '<x y="1">' + b64(b'noi dung cong van')[8:] + '</x>')
    case('base64-marked.xml', marked, part, 'elements put into the text of the Object')
    case('base64-changed.xml', sub(encoded, b64(b'noi dung cong van'), b64(b'noi dung cong vao')), caught, 'the Object changed')


def by_hand_cases():
    """Algorithms xmlsec 1.2 lacks: SignedInfo is written canonical, openssl signs it."""
    for name, digest, uri, options in (('pss', 'sha256', 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', 'pss'),
                                       ('sha3', 'sha3-256', None, None)):
        body = '<van-ban xmlns="urn:thu"><so>12</so></van-ban>'
        method = SHA256 if digest == 'sha256' else 'http://www.w3.org/2007/05/xmldsig-more#sha3-256'
        info = ('<ds:SignedInfo xmlns:ds="%s"><ds:CanonicalizationMethod Algorithm="%s"></ds:CanonicalizationMethod>'
                '<ds:SignatureMethod Algorithm="%s"></ds:SignatureMethod><ds:Reference URI="#o"><ds:Transforms><ds:Transform '
                'Algorithm="%s"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s'
                '</ds:DigestValue></ds:Reference></ds:SignedInfo>'
                % (DS, C14N, uri or RSA256, EXC, method, b64(hashlib.new(digest.replace('-', '_'), (
                    '<ds:Object xmlns:ds="%s" Id="o">%s</ds:Object>' % (DS, body)).encode()).digest())))
        write('info', info)
        argv = ['openssl', 'dgst', '-sha256', '-sign', 'signer.key']
        argv += ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'] if options else []
        xml = ('<ds:Signature xmlns:ds="%s">%s<ds:SignatureValue>%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s'
               '</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object Id="o">%s</ds:Object></ds:Signature>'
               % (DS, info.replace(' xmlns:ds="%s"' % DS, ''), b64(run(*argv, 'info')), b64(cert_der('signer')), body))
        case(name + '.xml', xml, good, name)
        case(name + '-flipped.xml', sub(xml, '>12<', '>13<'), caught, name + ', changed')
        case(name + '-unsigned-object.xml', sub(xml, '</ds:Signature>', '<ds:Object><so>99</so></ds:Object></ds:Signature>'), part,
             name + ', another Object beside the signed one')


def xades_cases():
    bes = xmlsec(LETTER % template([reference('', [ENVELOPED, EXC]), PROPERTIES], qualifying()), ids=[XADES + ':SignedProperties'])
    case('xades-b.xml', bes, level('B-B'), 'XAdES B-B')
    case('xades-time.xml', sub(bes, '2026-01-02', '2020-01-02'), caught, 'the signed time changed')
    case('xades-certificate.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, EXC]), PROPERTIES], qualifying('other')),
                                         ids=[XADES + ':SignedProperties']), code('SIGNING_CERTIFICATE_OTHER'),
         'SigningCertificate names another certificate')
    case('xades-untyped.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, EXC]), reference('#Sig-props', [C14N])], qualifying()),
                                     ids=[XADES + ':SignedProperties']), held, 'the reference to SignedProperties has no Type')
    case('xades-unsigned-props.xml', xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])], qualifying())),
         code('SIGNED_PROPERTIES_UNSIGNED'), 'SignedProperties are not signed')
    props = bes[bes.index('<xades:SignedProperties'):bes.index('</xades:SignedProperties>') + 25]
    fake = sub(bes, props, props.replace('Id="Sig-props"', 'Id="gia"').replace('2026', '2020'))
    fake = sub(fake, '</ds:KeyInfo>', '</ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="%s" Target="#x">%s'
               '</xades:QualifyingProperties></ds:Object>' % (XADES, props))
    case('xades-fake-props.xml', fake, caught, 'signed properties moved away, others in their place')
    value = re.search(r'<ds:SignatureValue>[^<]*</ds:SignatureValue>', bes).group(0)
    canonical = value.replace('<ds:SignatureValue>', '<ds:SignatureValue xmlns="urn:thu" xmlns:ds="%s">' % DS)
    def stamped(over):
        return sub(bes, '</xades:QualifyingProperties>', '<xades:UnsignedProperties><xades:UnsignedSignatureProperties>'
                   '<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm="%s"/><xades:EncapsulatedTimeStamp>%s'
                   '</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp></xades:UnsignedSignatureProperties>'
                   '</xades:UnsignedProperties></xades:QualifyingProperties>' % (C14N, b64(stamp(over))))
    case('xades-t.xml', stamped(canonical), lambda o: level('B-T')(o) and o['signatures'][0]['timestamp_time'], 'XAdES B-T')
    case('xades-t-foreign.xml', stamped('something else'), held, 'a time-stamp over other bytes')


# Pieces of XAdES, lent to the runners beside this one ---------------------------------------------------------------

NAMESPACES = {'ds': DS, 'xades': XADES, 'xades141': XADES141}


def exc(element):
    """Exclusive C14N of an element cut out of a document: with the prefixes it uses it is a document of its own."""
    head = re.match(r'<[\w:]+', element).group(0)
    declared = element[:element.index('>')]
    element = element.replace(head, head + ''.join(' xmlns:%s="%s"' % p for p in NAMESPACES.items() if 'xmlns:%s=' % p[0] not in declared), 1)
    write('c.xml', element)
    return run('xmllint', '--exc-c14n', 'c.xml').decode()


def cut(xml, tag):
    return re.search(r'<%s[ >].*?</%s>' % (tag, tag), xml, re.S).group(0)


PROPS = reference('#Sig-props', [EXC], 'http://uri.etsi.org/01903#SignedProperties')
DOCUMENT = reference('', [ENVELOPED, EXC]).replace('<ds:Reference', '<ds:Reference Id="r1"', 1)


def stamp_element(name, over, prefix='xades'):
    return ('<%s:%s><ds:CanonicalizationMethod Algorithm="%s"/><xades:EncapsulatedTimeStamp>%s</xades:EncapsulatedTimeStamp></%s:%s>'
            % (prefix, name, EXC, b64(stamp(over)), prefix, name))


def add_unsigned(xml, element):
    if '<xades:UnsignedSignatureProperties>' in xml:
        return sub(xml, '</xades:UnsignedSignatureProperties>', element + '</xades:UnsignedSignatureProperties>')
    return sub(xml, '</xades:QualifyingProperties>', '<xades:UnsignedProperties><xades:UnsignedSignatureProperties>%s'
               '</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>' % element)


def bomb_cases():
    case('bomb-attributes.xml', '<a %s><SignatureValue xmlns="%s"/></a>' % (' '.join('a%d="1"' % i for i in range(300000)), DS), held_or_unreadable,
         '300,000 attributes')
    case('bomb-depth.xml', '<SignatureValue xmlns="%s">' % DS + '<a>' * 200000 + '</a>' * 200000 + '</SignatureValue>', held_or_unreadable,
         '200,000 levels')
    case('bomb-entities.xml', '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]><SignatureValue xmlns="%s">&z9;</SignatureValue>'
         % (''.join('<!ENTITY z%d "%s">' % (i, ('&z%d;' % (i - 1) if i else '&a;') * 10) for i in range(10)), DS), held_or_unreadable, 'entities')
    names = ' '.join('xmlns:n%d="urn:%d"' % (i, i) for i in range(400))
    case('bomb-namespaces.xml', '<a %s>%s%s</a>' % (names, template([reference('', [ENVELOPED, C14N], digest=sha256('x'))], value='AAAA'),
                                                    '<b/>' * 300000), held, '400 namespaces in scope of 300,000 elements')
    filtering = ('<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(self::ds:Signature)</ds:XPath>'
                 '</ds:Transform>')
    case('bomb-xpath-namespaces.xml', '<a %s>%s%s</a>' % (names, '<b/>' * 2000, template([
        '<ds:Reference URI=""><ds:Transforms>%s</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>AAAA</ds:DigestValue>'
        '</ds:Reference>' % (filtering * 5, SHA256)] * 60, value='AAAA')), held, '60 references of 5 filters over 2,000 times 400 namespaces')
    case('bomb-xpath.xml', '<a>%s%s</a>' % (template([
        '<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>'
        'count(//b[count(//b) &gt; 1]) &gt; 0</ds:XPath></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="%s"/>'
        '<ds:DigestValue>%s</ds:DigestValue></ds:Reference>' % (SHA256, sha256('x'))], value='AAAA'), '<b/>' * 100000), held,
        'a cubic XPath')


    costly = '//b[count(//b) > 1]'
    case('bomb-pointers.xml', '<a>%s%s</a>' % (template([reference('#xpointer(%s)' % costly.replace('>', '&gt;'), [C14N], digest=sha256('x'))] * 64,
                                                        value='AAAA', keyinfo=('<ds:RetrievalMethod URI="#xpointer(%s)"/>' % costly.replace('>', '&gt;')) * 64) * 20,
                                               '<b/>' * 100000), held, '20 times 64 pointers that are quadratic')
    filter2 = '<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">%s</f:XPath>' % costly.replace('>', '&gt;')
    case('bomb-filter2.xml', '<a>%s%s</a>' % (template([
        '<ds:Reference URI=""><ds:Transforms>%s</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>'
        % (('<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2">%s</ds:Transform>' % (filter2 * 16)) * 5, SHA256)] * 20, value='AAAA') * 20,
        '<b/>' * 100000), held, '32,000 filters that are quadratic')
    ids = "count(id('v') | id('v') | id('v')) = 7"
    case('bomb-ids.xml', '<a>%s%s</a>' % (template([
        '<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>%s</ds:XPath></ds:Transform>'
        '</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>' % (ids, SHA256)] * 64, value='AAAA') * 20,
        '<b/>' * 100000), held, 'id() for each of 100,000 nodes')
    many = template([reference('#a', [C14N], digest=sha256('x'))] * 64, value='AAAA')
    case('bomb-references.xml', '<r><a Id="a">%s</a>%s</r>' % ('x' * 4000000, many * 50), held, '3,200 references to 4 MB')
    case('bomb-filters.xml', '<r>%s%s</r>' % ('<b/>' * 100000, template([
        '<ds:Reference URI=""><ds:Transforms>%s</ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue>'
        '</ds:Reference>' % ('<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>true()</ds:XPath>'
                             '</ds:Transform>' * 5, SHA256, sha256('x'))] * 64, value='AAAA') * 50), held, '16,000 filters')


# CMS ------------------------------------------------------------------------------------------------------------------

def cms(data, *options, key='signer'):
    write('data', data)
    return run('openssl', 'cms', '-sign', '-binary', '-in', 'data', '-signer', key + '.pem', '-inkey', key + '.key', '-outform', 'DER',
               *options)


def zipped(members, stored=('mimetype',), extra=b''):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.extra = extra if name == 'mimetype' else b''
            z.writestr(info, data)
    return out.getvalue()


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def cms_cases():
    text = b'Kinh gui: Cuc Chung thuc so va Bao mat thong tin\n' * 20
    inside, detached = cms(text, '-nodetach', '-cades'), cms(text, '-cades')
    case('enveloping.p7m', inside, level('B-B'), 'CAdES with its content')
    case('enveloping.pem.p7m', run('openssl', 'cms', '-cmsout', '-inform', 'DER', '-outform', 'PEM', data=inside), good, 'the same in PEM')
    case('plain.p7m', cms(text, '-nodetach'), lambda o: good(o) and o['signatures'][0]['format'] == 'CMS', 'plain CMS')
    case('pss.p7m', cms(text, '-nodetach', '-keyopt', 'rsa_padding_mode:pss'), good, 'RSASSA-PSS')
    case('noattr.p7m', cms(text, '-nodetach', '-noattr'), good, 'without signed attributes')
    case('flipped-content.p7m', flip(inside, inside.index(b'Cuc')), caught, 'the content changed')
    case('flipped-value.p7m', flip(inside, len(inside) - 20), caught, 'the value changed')
    i = inside.index(hashlib.sha256(text).digest())
    case('flipped-attribute.p7m', flip(inside, i + 3), caught, 'a signed attribute changed')
    case('cut.p7m', inside[:len(inside) - 40], held_or_unreadable, 'cut off')
    two = run('openssl', 'cms', '-resign', '-inform', 'DER', '-outform', 'DER', '-nodetach', '-signer', 'other.pem', '-inkey', 'other.key',
              data=inside)
    case('two.p7m', two, good2, 'two signers')
    case('alone.p7s', detached, lambda o: o['verdict'] == 'indeterminate' and o['signatures'][0]['sub_indication'] == 'SIGNED_DATA_NOT_FOUND'
         and o['signatures'][0]['intact'] is None, 'detached, its file is not there')
    case('pair.zip', zipped([('a.txt', text), ('a.txt.p7s', detached)]), good, 'detached, its file beside it')
    case('pair-changed.zip', zipped([('a.txt', text + b'x'), ('a.txt.p7s', detached)]), caught, 'its file changed')
    return text


def held_or_unreadable(o):
    return o['verdict'] in ('failed', 'indeterminate', 'unreadable')


# Packages ---------------------------------------------------------------------------------------------------------------

def listing(files, kind=ASICE, types=None):
    return ('<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="%s"/>%s</manifest:manifest>' % (kind, ''.join(
                '<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s"/>' % (f, (types or {}).get(f, 'text/plain'))
                for f in files)))


def external(name, data, transforms=()):
    write(name, data)
    return reference(name, transforms)


def replaced(members, name, data):
    return [(n, data if n == name else d) for n, d in members]


def asic_xades_cases(text):
    files = [('cong-van.txt', text), ('phu-luc.txt', b'Phu luc 1')]
    signature = xmlsec('<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">%s</asic:XAdESSignatures>' % template(
        [external(n, d) for n, d in files] + [PROPERTIES], qualifying()), ids=[XADES + ':SignedProperties'])
    base = [('mimetype', ASICE)] + files + [('META-INF/manifest.xml', listing([n for n, d in files])),
                                            ('META-INF/signatures0.xml', signature)]
    pack = zipped(base)
    case('x.asice', pack, lambda o: level('B-B')(o) and o['container'] == 'asic-e' and any(
        m['code'] == 'SIGNED_FILES' and m['text'].endswith(': cong-van.txt, phu-luc.txt') for m in o['signatures'][0]['messages']), 'ASiC-E with XAdES')
    case('x-changed.asice', zipped(replaced(base, 'phu-luc.txt', b'Phu luc 2')), caught, 'a file changed')
    case('x-added.asice', zipped(base + [('them.txt', b'them')]), code('UNSIGNED_MEMBER'), 'a file added')
    case('x-added-listed.asice', zipped(replaced(base, 'META-INF/manifest.xml', listing(['cong-van.txt', 'phu-luc.txt', 'them.txt']))
                                        + [('them.txt', b'them')]), code('UNSIGNED_MEMBER'), 'a file added, and to the manifest')
    case('x-removed.asice', zipped([m for m in base if m[0] != 'phu-luc.txt']), held, 'a file removed')
    case('x-renamed.asice', zipped([('phu-luc-2.txt' if n == 'phu-luc.txt' else n, d) for n, d in base]), held, 'a file renamed')
    case('x-swapped.asice', zipped(replaced(replaced(base, 'phu-luc.txt', text), 'cong-van.txt', b'Phu luc 1')), caught, 'files swapped')
    case('x-meta.asice', zipped(base + [('META-INF/khac.pdf', b'x')]), lambda o: good(o) and says(o, 'ASIC_META_OTHER'), 'a file put into META-INF')
    case('x-doubled.asice', zipped(base + [('phu-luc.txt', b'Phu luc 2')]), caught, 'a second file of that name')
    case('x-mimetype-last.asice', zipped(base[1:] + base[:1]), held, 'mimetype is not first')
    case('x-mimetype-packed.asice', zipped(base, stored=()), held, 'mimetype is deflated')
    case('x-mimetype-extra.asice', zipped(base, extra=b'\x99\x99\x00\x00'), held, 'mimetype has an extra field')
    case('x-mimetype-other.asice', zipped(replaced(base, 'mimetype', ASICE + ' ')), held, 'mimetype says more')
    case('x-manifest-missing.asice', zipped(replaced(base, 'META-INF/manifest.xml', listing(['cong-van.txt', 'phu-luc.txt', 'x.txt']))),
         held, 'the manifest names a file that is not there')
    case('x-manifest-short.asice', zipped(replaced(base, 'META-INF/manifest.xml', listing(['cong-van.txt']))), held,
         'the manifest leaves a file out')
    i = pack.index(b'phu-luc.txt')
    case('x-local-name.asice', pack[:i] + b'phu-luc.exe' + pack[i + 11:], caught, 'the local header has another name')
    hidden = zipped([('an.txt', b'an')])
    hidden = hidden[:hidden.index(b'PK\x01\x02')]
    fake = b'PK\5\6' + bytes(4) + b'\1\0\1\0' + (70).to_bytes(4, 'little') + (9).to_bytes(4, 'little') + b'\0\0'
    case('x-comment.asice', with_comment(pack, b'x' * 99 + fake), good, 'a comment that looks like an end record')
    case('x-comment-package.asice', with_comment(pack, zipped(replaced(base, 'phu-luc.txt', b'Phu luc 2'))), caught,
         'a comment that is a whole package of its own')
    case('x-hidden.asice', insert_before_directory(pack, hidden), caught, 'an entry the directory does not name')


def with_comment(pack, comment):
    return pack[:-2] + len(comment).to_bytes(2, 'little') + comment


def insert_before_directory(pack, data):
    end = pack.rindex(b'PK\x05\x06')
    at = int.from_bytes(pack[end + 16:end + 20], 'little')
    return pack[:at] + data + pack[at:end + 16] + (at + len(data)).to_bytes(4, 'little') + pack[end + 20:]


def asic_manifest(signature, files, kind='application/pkcs7-signature'):
    return ('<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="%s"><asic:SigReference URI="%s" MimeType="%s"/>'
            '%s</asic:ASiCManifest>' % (DS, signature, kind, ''.join(
                '<asic:DataObjectReference URI="%s"><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue>'
                '</asic:DataObjectReference>' % (n, SHA256, sha256(d)) for n, d in files)))


def asic_cades_cases(text):
    files = [('cong-van.txt', text), ('phu luc.txt', b'Phu luc 1')]
    listed = [(n.replace(' ', '%20'), d) for n, d in files]
    manifest = asic_manifest('META-INF/signature001.p7s', listed)
    base = [('mimetype', ASICE)] + files + [('META-INF/ASiCManifest001.xml', manifest),
                                            ('META-INF/signature001.p7s', cms(manifest, '-cades'))]
    case('c.asice', zipped(base), lambda o: level('B-B')(o) and o['signatures'][0]['format'] == 'CAdES', 'ASiC-E with CAdES')
    case('c-changed.asice', zipped(replaced(base, 'phu luc.txt', b'Phu luc 2')), caught, 'a file changed')
    case('c-added.asice', zipped(base + [('them.txt', b'them')]), code('UNSIGNED_MEMBER'), 'a file added')
    case('c-removed.asice', zipped([m for m in base if m[0] != 'phu luc.txt']), held, 'a file removed')
    case('c-manifest.asice', zipped(replaced(base, 'META-INF/ASiCManifest001.xml', manifest + ' ')), caught, 'the manifest changed')
    case('c-second-manifest.asice', zipped(base + [('META-INF/ASiCManifest002.xml', asic_manifest('META-INF/signature001.p7s', [
        ('cong-van.txt', text)]))]), code('MANIFEST_DOUBLE'), 'a second manifest for the signature')
    case('c-no-manifest.asice', zipped([m for m in base if 'ASiCManifest' not in m[0]]), held, 'the manifest removed')
    simple = [('mimetype', ASICS), ('cong-van.txt', text), ('META-INF/signature.p7s', cms(text, '-cades'))]
    case('c.asics', zipped(simple), lambda o: good(o) and o['container'] == 'asic-s', 'ASiC-S with CAdES')
    case('c-changed.asics', zipped(replaced(simple, 'cong-van.txt', text + b'x')), caught, 'its file changed')
    case('c-second.asics', zipped(simple + [('them.txt', b'them')]), held, 'a second file')
    token = [('mimetype', ASICS), ('cong-van.txt', text), ('META-INF/timestamp.tst', stamp(text))]
    case('t.asics', zipped(token), lambda o: good(o) and o['signatures'][0]['format'] == 'DocTimeStamp', 'ASiC-S with a time-stamp')
    def renewed(first, token_of=lambda m: stamp(m)):
        second = asic_manifest('META-INF/timestamp002.tst', [('cong-van.txt', text), ('META-INF/timestamp.tst', first)],
                               'application/vnd.etsi.timestamp-token')
        return zipped([('mimetype', ASICS), ('cong-van.txt', text), ('META-INF/timestamp.tst', first),
                       ('META-INF/ASiCArchiveManifest001.xml', second), ('META-INF/timestamp002.tst', token_of(second))])
    case('t-renewed.asics', renewed(stamp(text)), good2, 'a time-stamp and its renewal')
    old = stamp(b'khac')
    tick()                              # the token is later by its genTime, which counts seconds
    case('t-superseded.asics', renewed(old), lambda o: good(o) and says(o, 'TIMESTAMP_SUPERSEDED'), 'a renewal over one that does not hold')
    case('t-superseded-broken.asics', renewed(old, lambda m: stamp(m + 'x')), caught, 'and the renewal does not hold either')
    case('t-changed.asics', zipped(replaced(token, 'cong-van.txt', text + b'x')), caught, 'the stamped file changed')


def odf_cases():
    parts = [('mimetype', b'application/vnd.oasis.opendocument.text'), ('content.xml', b'<noi-dung><so>12</so></noi-dung>'),
             ('styles.xml', b'<kieu/>')]
    manifest = listing(['content.xml', 'styles.xml'], 'application/vnd.oasis.opendocument.text').encode()
    parts.append(('META-INF/manifest.xml', manifest))
    os.makedirs('META-INF', exist_ok=True)
    document = xmlsec('<document-signatures xmlns="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0">%s</document-signatures>'
                      % template([external(n, d, [C14N] if n.endswith('.xml') else []) for n, d in parts]))
    base = parts + [('META-INF/documentsignatures.xml', document)]
    case('d.odt', zipped(base), lambda o: good(o) and o['container'] == 'odf', 'a signed ODF document')
    case('d-changed.odt', zipped(replaced(base, 'content.xml', b'<noi-dung><so>13</so></noi-dung>')), caught, 'its content changed')
    case('d-manifest.odt', zipped(replaced(base, 'META-INF/manifest.xml', manifest.replace(b'text/plain', b'text/html', 1))), caught, 'its manifest changed')
    unlisted = xmlsec('<document-signatures xmlns="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0">%s</document-signatures>'
                      % template([external(n, d, [C14N] if n.endswith('.xml') else []) for n, d in parts if n != 'META-INF/manifest.xml']))
    case('d-manifest-unsigned.odt', zipped(parts + [('META-INF/documentsignatures.xml', unlisted)]), part, 'its manifest is not signed')
    case('d-added.odt', zipped(base + [('Pictures/x.png', b'x')]), part, 'a picture added')
    macro = external('Basic-x.xml', b'<macro/>').replace('Basic-x.xml', 'Basic/x.xml')
    os.makedirs('Basic', exist_ok=True)
    shutil.copy('Basic-x.xml', 'Basic/x.xml')
    macros = xmlsec('<document-signatures xmlns="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0">%s</document-signatures>'
                    % template([macro]))
    case('d-macros.odt', zipped(parts + [('Basic/x.xml', b'<macro/>'), ('META-INF/macrosignatures.xml', macros)]), code('MACROS_ONLY'),
         'only its macros are signed')


def ooxml_cases():
    doc, styles = b'<w:document xmlns:w="urn:w"><w:t>12</w:t></w:document>', b'<w:styles xmlns:w="urn:w"/>'
    rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    ns = 'http://schemas.openxmlformats.org/package/2006/relationships'
    rels = ('<Relationships xmlns="%s"><Relationship Id="rId1" Type="%sstyles" Target="styles.xml"/></Relationships>' % (ns, rel))
    transformed = ('<Relationships xmlns="%s"><Relationship Id="rId1" Target="styles.xml" TargetMode="Internal" Type="%sstyles">'
                   '</Relationship></Relationships>' % (ns, rel))
    word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.'
    types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
             '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="sigs" ContentType='
             '"application/vnd.openxmlformats-package.digital-signature-origin"/><Override PartName="/word/document.xml" ContentType='
             '"%sdocument.main+xml"/><Override PartName="/word/styles.xml" ContentType="%sstyles+xml"/><Override PartName='
             '"/_xmlsignatures/sig1.xml" ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/></Types>'
             % (word, word))
    relationship = ('<ds:Transform Algorithm="http://schemas.openxmlformats.org/package/2006/RelationshipTransform">'
                    '<m:RelationshipReference xmlns:m="http://schemas.openxmlformats.org/package/2006/digital-signature" SourceId="rId1"/>'
                    '</ds:Transform>')
    def named(uri, data, t=''):
        return ('<ds:Reference URI="%s">%s<ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></ds:Reference>'
                % (uri, '<ds:Transforms>%s<ds:Transform Algorithm="%s"/></ds:Transforms>' % (t, C14N) if t else '', SHA256, sha256(data)))
    manifest = ('<ds:Object Id="idPackageObject"><ds:Manifest>%s%s%s</ds:Manifest></ds:Object>' % (
        named('/word/document.xml?ContentType=%sdocument.main+xml' % word, doc), named('/word/styles.xml?ContentType=%sstyles+xml' % word, styles),
        named('/word/_rels/document.xml.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml', transformed, relationship)))
    signature = xmlsec(template([reference('#idPackageObject', [C14N], DS + 'Object')], manifest), ids=[DS + ':Object'])
    base = [('[Content_Types].xml', types), ('word/document.xml', doc), ('word/styles.xml', styles), ('word/_rels/document.xml.rels', rels),
            ('_xmlsignatures/origin.sigs', b''), ('_xmlsignatures/sig1.xml', signature)]
    case('o.docx', zipped(base), lambda o: good(o) and o['container'] == 'ooxml', 'a signed DOCX')
    case('o-changed.docx', zipped(replaced(base, 'word/document.xml', doc.replace(b'12', b'13'))), caught, 'its text changed')
    case('o-added.docx', zipped(base + [('word/footer1.xml', b'<x/>')]), part, 'a part added')
    more = rels.replace('</Relationships>', '<Relationship Id="rId9" Type="%sfooter" Target="f.xml"/></Relationships>' % rel)
    case('o-relationship.docx', zipped(replaced(base, 'word/_rels/document.xml.rels', more)), part, 'a relationship added')
    case('o-target.docx', zipped(replaced(base, 'word/_rels/document.xml.rels', rels.replace('styles.xml"', 'x.xml"'))), caught,
         'a relationship changed')
    case('o-type.docx', zipped(replaced(base, '[Content_Types].xml', types.replace('styles+xml', 'settings+xml'))), caught,
         'a content type changed')


def edxml_cases():
    ns = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
    message = ('<edXML xmlns="%s"><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganId>A.1.1</OrganId></From><Subject>V/v CTS</Subject>'
               '</MessageHeader>%%s</edXMLHeader></edXMLEnvelope></edXML>' % ns)
    signed = xmlsec(message % template([reference('', [ENVELOPED, EXC])]))
    case('m.edxml', signed, lambda o: good(o) and o['container'] == 'edxml', 'a signed edXML message')
    case('m-changed.edxml', sub(signed, 'A.1.1', 'A.1.2'), caught, 'its sender changed')


# ------------------------------------------------------------------------------------------------------------------------

def judge(suite):
    """Every case in one run; ends the program."""
    started = time.time()
    p = subprocess.run([CONGVAN, 'verify', '--format', 'json', '--trust', 'trust', '--'] + [c[0] for c in CASES],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    taken = time.time() - started
    answers = {}
    for line in p.stdout.splitlines():
        o = json.loads(line)
        answers[o['file']] = o
    failed = 0
    for name, expect, why in CASES:
        o = answers.get(name)
        if o is None or not expect(o):
            failed += 1
            print('%s: %s (%s): %s' % (suite, os.path.basename(name), why, 'no answer' if o is None else json.dumps(
                [o['verdict'], [[s['indication'], s['sub_indication'], s['intact'], s['valid'], s['trusted'], s['coverage'], s['level'],
                                 [m['code'] for m in s['messages']]] for s in o['signatures']]])))
    if taken > 60:
        failed += 1
        print('%s: %d files took %.0f s' % (suite, len(CASES), taken))
    print('%s: %d passed, %d failed' % (suite, len(CASES) - failed, failed))
    sys.exit(failed > 0)


def main():
    make_pki()
    xml_cases()
    transform_cases()
    by_hand_cases()
    xades_cases()
    bomb_cases()
    text = cms_cases()
    asic_xades_cases(text)
    asic_cades_cases(text)
    odf_cases()
    ooxml_cases()
    edxml_cases()
    judge('sigxml')


if __name__ == '__main__':
    main()
