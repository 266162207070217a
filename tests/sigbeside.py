# SPDX-License-Identifier: GPL-3.0-or-later
"""sigbeside.py DIR - what a detached signature signs, and whom it only names; see sigbeside.sh.

Every case has a folder of its own, so that what stands beside it is what the case says. sigxml.py lends the PKI and the
tools; nothing here uses congvan to make what it is to judge.
"""
import subprocess
from sigxml import *

BESIDE = []                             # (file, options, what must hold, words for a person)


def case_in(folder, files, name, expect, why, trust='trust'):
    """Files are written into the folder; the one called name is judged. A value may be ('link', target)."""
    os.makedirs('in/' + folder)
    for n, data in files.items():
        if isinstance(data, tuple):
            os.symlink(data[1], 'in/%s/%s' % (folder, n))
        else:
            write('in/%s/%s' % (folder, n), data)
    BESIDE.append(('in/%s/%s' % (folder, name), trust, expect, why))


def taken(name):
    """Passed, and said which file was taken."""
    return lambda o: good(o) and any(m['code'] == 'SIGNED_BESIDE' and m['text'].endswith(': ' + name)
                                     for s in o['signatures'] for m in s['messages'])


def absent(o):
    return (o['verdict'] == 'indeterminate' and all(s['sub_indication'] == 'SIGNED_DATA_NOT_FOUND' and s['intact'] is None
                                                    and s['valid'] for s in o['signatures']))


def cms_beside():
    text = 'Cục Chứng thực số: công văn số 12\n'.encode()
    p7s = cms(text, '-cades')
    case_in('p7s', {'cv.pdf.p7s': p7s, 'cv.pdf': text}, 'cv.pdf.p7s', taken('cv.pdf'), 'detached CMS, its file beside it on disk')
    case_in('p7s-pem', {'cv.pdf.p7s': run('openssl', 'cms', '-cmsout', '-inform', 'DER', '-outform', 'PEM', data=p7s), 'cv.pdf': text},
            'cv.pdf.p7s', taken('cv.pdf'), 'the same in PEM')
    case_in('p7s-changed', {'cv.pdf.p7s': p7s, 'cv.pdf': text + b'x'}, 'cv.pdf.p7s', caught, 'its file changed')
    case_in('p7s-empty', {'cv.pdf.p7s': p7s, 'cv.pdf': b''}, 'cv.pdf.p7s', caught, 'its file emptied')
    case_in('p7s-absent', {'cv.pdf.p7s': p7s, 'khac.pdf': text}, 'cv.pdf.p7s', absent, 'no file of its name')
    case_in('p7s-swapped', {'a.pdf.p7s': p7s, 'a.pdf': b'b', 'b.pdf': text}, 'a.pdf.p7s', caught, 'two files have changed names')
    case_in('p7s-stem', {'cv.p7s': p7s, 'cv.pdf': text}, 'cv.p7s', taken('cv.pdf'), 'cv.p7s beside cv.pdf: the digest tells')
    case_in('p7s-stem-two', {'cv.p7s': p7s, 'cv.pdf': b'khac', 'cv.docx': text}, 'cv.p7s', taken('cv.docx'), 'and which of two')
    case_in('p7s-stem-other', {'cv.p7s': p7s, 'cv.pdf': b'khac'}, 'cv.p7s', absent, 'a file of nearly its name is another one')
    case_in('p7s-link', {'cv.pdf.p7s': p7s, 'cv.pdf': ('link', 'dich'), 'dich': text}, 'cv.pdf.p7s', absent, 'a symbolic link is not followed')
    os.makedirs('in/p7s-folder/cv.pdf')
    case_in('p7s-folder/x', {}, '../cv.pdf.p7s', absent, 'a folder of its name')
    write('in/p7s-folder/cv.pdf.p7s', p7s)
    case_in('p7s-enveloping', {'cv.pdf.p7m': cms(text, '-nodetach', '-cades'), 'cv.pdf': b'khac'}, 'cv.pdf.p7m', good,
            'a .p7m carries what it signs; a file beside it does not matter')
    own = cms(text, '-nodetach', '-cades')
    case_in('p7s-own', {'cv.pdf.p7s': own, 'cv.pdf': text}, 'cv.pdf.p7s', good, 'a .p7s that carries the file beside it')
    case_in('p7s-own-other', {'cv.pdf.p7s': own, 'cv.pdf': text + b'x'}, 'cv.pdf.p7s', code('CMS_OTHER_BESIDE'), 'and one that carries another')
    case_in('p7s-own-alone', {'cv.pdf.p7s': own}, 'cv.pdf.p7s', good, 'and nothing beside it')
    two = cms(text, '-cades', '-signer', 'other.pem', '-inkey', 'other.key')
    case_in('p7s-two', {'cv.pdf.p7s': two, 'cv.pdf': text}, 'cv.pdf.p7s', good2, 'two signers of the file beside it')
    case_in('zip-folder', {'x.zip': zipped([('a/cv.pdf', text), ('a/cv.pdf.p7s', p7s), ('cv.pdf', b'khac')])}, 'x.zip', taken('cv.pdf'),
            'in a package the file of the same folder')
    case_in('zip-other-folder', {'x.zip': zipped([('b/cv.pdf', text), ('a/cv.pdf.p7s', p7s)])}, 'x.zip', absent, 'and of no other')
    return text


def detached(name, data, objects='', more=()):
    return xmlsec(template([external(name, data)] + list(more), objects), ids=[XADES + ':SignedProperties'])


def xml_beside(text):
    name = 'cv.txt'
    xml = detached(name, text)
    case_in('xml', {'cv.xml': xml, name: text}, 'cv.xml', taken(name), 'detached XMLDSig, its file beside it')
    case_in('xml-changed', {'cv.xml': xml, name: text + b'x'}, 'cv.xml', caught, 'its file changed')
    case_in('xml-absent', {'cv.xml': xml}, 'cv.xml', absent, 'its file is not there')
    case_in('xml-link', {'cv.xml': xml, name: ('link', 'dich'), 'dich': text}, 'cv.xml', absent, 'a symbolic link')
    xades = detached(name, text, objects=qualifying(), more=[PROPERTIES])
    case_in('xades', {'cv.xml': xades, name: text}, 'cv.xml', lambda o: taken(name)(o) and level('B-B')(o), 'detached XAdES')
    case_in('xml-zip', {'x.zip': zipped([('a/cv.xml', xml), ('a/' + name, text)])}, 'x.zip', taken(name), 'in a package')
    data = b'<a><b>1</b></a>'
    write('b.xml', data)
    both = xmlsec('<ds:Signature xmlns:ds="%s" Id="Sig">' % DS + template([external(name, text), external('b.xml', data, [C14N])]).split('>', 1)[1])
    case_in('xml-two', {'cv.sig.xml': both, name: text, 'b.xml': data}, 'cv.sig.xml', taken('b.xml'), 'two files, one through C14N')
    case_in('xml-two-one', {'cv.sig.xml': both, name: text}, 'cv.sig.xml', absent, 'one of two is not there')
    case_in('xml-two-changed', {'cv.sig.xml': both, name: text, 'b.xml': b'<a><b>2</b></a>'}, 'cv.sig.xml', caught, 'one of two changed')
    def filtered(expression):
        t = '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>%s</ds:XPath></ds:Transform>' % expression
        return xmlsec(template(['<ds:Reference URI="b.xml"><ds:Transforms>%s<ds:Transform Algorithm="%s"/></ds:Transforms><ds:DigestMethod '
                                'Algorithm="%s"/><ds:DigestValue/></ds:Reference>' % (t, C14N, SHA256)]))
    case_in('xml-filter-all', {'cv.xml': filtered('true()'), 'b.xml': data}, 'cv.xml', taken('b.xml'), 'a filter that leaves all of it')
    case_in('xml-filter-some', {'cv.xml': filtered('not(ancestor-or-self::b)'), 'b.xml': data}, 'cv.xml', part, 'a filter that leaves an element out')
    case_in('xml-filter-none', {'cv.xml': filtered('false()'), 'b.xml': b'<khac/>'}, 'cv.xml', part, 'a filter that leaves nothing: any file fits')
    case_in('xml-filter-zip', {'x.zip': zipped([('cv.xml', filtered('false()')), ('b.xml', data)])}, 'x.zip', part, 'the same in a package')
    os.makedirs('sub', exist_ok=True)
    for n, uri in (('xml-path', 'sub/cv.txt'), ('xml-upwards', '../sigbeside/cv.txt'), ('xml-absolute', os.path.abspath(name)),
                   ('xml-file', 'file://' + os.path.abspath(name))):
        write('sub/cv.txt', text)
        path = xmlsec(template([reference(uri)]))
        case_in(n, {'cv.xml': path, name: text, 'cv': text}, 'cv.xml',
                lambda o: o['verdict'] != 'passed' and o['signatures'][0]['intact'] is None, 'a path is not followed: ' + uri.split('/')[0])
    page = xmlsec('<trang><chu>13</chu>%s</trang>' % template([external(name, text)]))
    case_in('xml-beside-shown', {'cv.xml': page, name: text}, 'cv.xml', part, 'the document around shows what is not signed')


def key_cases():
    """KeyInfo names the signer; the certificate is in the trust data, beside the CA's."""
    os.makedirs('known')
    shutil.copytree('trust', 'known/ca')
    for n in ('signer', 'other', 'ec'):
        shutil.copy(n + '.pem', 'known/')
    subject = run('openssl', 'x509', '-in', 'signer.pem', '-noout', '-subject', '-nameopt', 'RFC2253').decode().split('=', 1)[1].strip()
    serial = str(int(run('openssl', 'x509', '-in', 'signer.pem', '-noout', '-serial').decode().split('=')[1], 16))
    ski = re.search(r'Subject Key Identifier:\s*\n\s*([0-9A-F:]+)', run('openssl', 'x509', '-in', 'signer.pem', '-noout', '-text').decode())
    issuer = 'c=VN, O = "Thu", CN=CA thu'               # another spelling, the other way round
    d11 = 'http://www.w3.org/2009/xmldsig11#'
    named = {
        'subject': '<ds:X509Data><ds:X509SubjectName>%s</ds:X509SubjectName></ds:X509Data>' % subject,
        'issuer': '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>%s</ds:X509IssuerName><ds:X509SerialNumber>%s</ds:X509SerialNumber>'
                  '</ds:X509IssuerSerial></ds:X509Data>' % (issuer, serial),
        'digest': '<ds:X509Data><d:X509Digest xmlns:d="%s" Algorithm="%s">%s</d:X509Digest></ds:X509Data>' % (d11, SHA256, sha256(cert_der('signer'))),
        'name': '<ds:KeyName>Nguoi ky signer</ds:KeyName>',
        'none': '',
    }
    if ski:
        named['ski'] = '<ds:X509Data><ds:X509SKI>%s</ds:X509SKI></ds:X509Data>' % b64(bytes.fromhex(ski.group(1).replace(':', '')))
    def signed(keyinfo, key='signer', algorithm=RSA256):
        xml = xmlsec(LETTER % template([reference('', [ENVELOPED, EXC])], algorithm=algorithm), key)
        return re.sub(r'(<ds:KeyInfo>).*(</ds:KeyInfo>)', lambda m: m.group(1) + keyinfo + m.group(2), xml, flags=re.S)
    def names_signer(o):
        return good(o) and o['signatures'][0]['signer']['cn'] == 'Nguoi ky signer'
    for n, keyinfo in named.items():
        xml = signed(keyinfo)
        case_in('key-' + n, {'a.xml': xml}, 'a.xml', names_signer, 'the signer named by ' + n, 'known')
        case_in('key-%s-changed' % n, {'a.xml': sub(xml, '>12<', '>13<')}, 'a.xml', caught, 'and the number changed', 'known')
        case_in('key-%s-unknown' % n, {'a.xml': xml}, 'a.xml', lambda o: code('NO_CERTIFICATE')(o) and o['verdict'] == 'indeterminate'
                and o['signatures'][0]['valid'] is None, 'the certificate is nowhere: no conclusion')
        if n != 'none' and n != 'name':
            case_in('key-%s-other' % n, {'a.xml': signed(keyinfo, 'other')}, 'a.xml', caught, 'signed by another than is named', 'known')
    case_in('key-wanted', {'a.xml': signed(named['issuer'])}, 'a.xml', lambda o: any(serial in m['text'] for m in o['signatures'][0]['messages']
            if m['code'] == 'NO_CERTIFICATE'), 'the message says which certificate is wanted')
    case_in('key-none-ec', {'a.xml': signed('', 'ec', RSA256.replace('rsa-', 'ecdsa-'))}, 'a.xml',
            lambda o: good(o) and o['signatures'][0]['signer']['cn'] == 'Nguoi ky ec', 'no KeyInfo, several certificates known', 'known')
    os.makedirs('bare')
    shutil.copytree('trust', 'bare/ca')
    write('bare/nguoi-ky.pub', run('openssl', 'pkey', '-in', 'signer.key', '-pubout'))
    bare = lambda o: (o['verdict'] == 'indeterminate' and o['signatures'][0]['valid'] is True and says(o, 'KEY_WITHOUT_CERTIFICATE')
                      and o['signatures'][0]['sub_indication'] == 'NO_SIGNING_CERTIFICATE_FOUND' and o['signatures'][0]['signer']['cn'] is None)
    case_in('key-bare', {'a.xml': signed('<ds:KeyName>khoa 1</ds:KeyName>')}, 'a.xml', bare, 'a bare public key fits and names nobody', 'bare')
    case_in('key-bare-changed', {'a.xml': sub(signed(''), '>12<', '>13<')}, 'a.xml', caught, 'and the number changed', 'bare')
    case_in('key-bare-other', {'a.xml': signed('', 'other')}, 'a.xml', lambda o: o['signatures'][0]['valid'] is None, 'another key', 'bare')
    hmac = LETTER % template([reference('', [ENVELOPED, EXC], digest=sha256('x'))], algorithm='http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
                             value='AAAA', keyinfo='')
    case_in('key-hmac', {'a.xml': hmac}, 'a.xml', code('ALGORITHM_SHARED_KEY'), 'a MAC is no signature of a person', 'known')
    for n, uri in (('ml-dsa', 'http://www.aleksey.com/xmlsec/2025/12/xmldsig-more#ml-dsa-65'),
                   ('ed448ph', 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448ph')):
        case_in('key-' + n, {'a.xml': sub(signed(named['subject']), RSA256, uri)}, 'a.xml', lambda o: code('ALGORITHM_UNSUPPORTED')(o)
                and o['verdict'] == 'indeterminate', 'an algorithm that cannot be computed here: ' + n, 'known')


def answers():
    out = {}
    for trust in sorted(set(c[1] for c in BESIDE)):
        p = subprocess.run([CONGVAN, 'verify', '--format', 'json', '--trust', trust, '--'] + [c[0] for c in BESIDE if c[1] == trust],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for line in p.stdout.splitlines():
            o = json.loads(line)
            out[o['file']] = o
    return out


def show(o):
    return json.dumps([o['verdict'], [[s['indication'], s['sub_indication'], s['intact'], s['valid'], s['coverage'],
                                       [m['code'] for m in s['messages']]] for s in o['signatures']]]) if o else 'no answer'


def beside_main():
    make_pki()
    xml_beside(cms_beside())
    key_cases()
    out, failed = answers(), 0
    for name, trust, expect, why in BESIDE:
        o = out.get(name)
        if o is None or not expect(o):
            failed += 1
            print('sigbeside: %s (%s): %s' % (name, why, show(o)))
    print('sigbeside: %d passed, %d failed' % (len(BESIDE) - failed, failed))
    sys.exit(failed > 0)


beside_main()
