# SPDX-License-Identifier: GPL-3.0-or-later
"""authority - certification authorities of the tests' own, with what they state, made by `openssl ca`, `ts`, `ocsp`, and by
hand where OpenSSL cannot write what is wanted (answers with extensions, lists without a next update).

begin(ROOT, CA) of pdfmake comes first: everything is made in CA. judge_cases() gives files to `congvan verify`.
"""
import hashlib, json, os, shutil, subprocess
from pdfmake import *

CA = ONE_KEY = None


def settle(ca):
    """Where everything is made; the key that holders share: it is their certificates that differ."""
    global CA, ONE_KEY
    CA, ONE_KEY = ca, ca + '/holder.key'


SECTIONS = '''
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[sub]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
keyUsage = critical,digitalSignature,nonRepudiation
crlDistributionPoints = URI:http://ca.example/sub.crl
subjectKeyIdentifier = hash
[encrypt]
keyUsage = critical,keyEncipherment
[tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[loose]
keyUsage = critical,digitalSignature
extendedKeyUsage = timeStamping,emailProtection
[responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
[pretender]
keyUsage = critical,digitalSignature
[crl]
authorityKeyIdentifier = keyid
[crl-of-authorities]
issuingDistributionPoint = critical,@authorities
[authorities]
onlyCA = TRUE
'''


def key(name):
    run('openssl', 'genrsa', '-out', CA + '/%s.key' % name, '2048')


class Authority:
    def __init__(self, name, subject, issuer=None, section='root', start='20200101000000Z', end='20450101000000Z', key_of=None):
        self.name, self.dir, self.n = name, CA + '/db-' + name, 100
        os.makedirs(self.dir)
        open(self.dir + '/index', 'w').close()
        for f, text in (('index.attr', 'unique_subject = no\n'), ('crlnumber', '01\n')):
            with open(self.dir + '/' + f, 'w') as out:
                out.write(text)
        with open(CA + '/%s.cnf' % name, 'w') as out:
            out.write('[ca]\ndefault_ca = this\n[this]\ndir = %s\ndatabase = %s/index\nserial = %s/serial\ncrlnumber = %s/crlnumber\n'
                      'new_certs_dir = %s\ncertificate = %s/%s.crt\nprivate_key = %s/%s.key\ndefault_md = sha256\npolicy = any\n'
                      'default_days = 1\ndefault_crl_days = 1\n[any]\ncommonName = supplied\norganizationName = optional\n'
                      '[req]\ndistinguished_name = none\n[none]\n' % ((self.dir,) * 5 + (CA, name) * 2) + SECTIONS)
        if not os.path.exists(CA + '/%s.key' % name):
            key(name) if key_of is None else shutil.copy(CA + '/%s.key' % key_of, CA + '/%s.key' % name)
        (issuer or self).issue(name, subject, section, start, end, own_key=CA + '/%s.key' % name, selfsign=issuer is None)

    def issue(self, name, subject=None, section='leaf', start='20240101000000Z', end='20280101000000Z', own_key=None, selfsign=False,
              md='sha256'):
        own_key = own_key or ONE_KEY
        self.n += 1
        with open(self.dir + '/serial', 'w') as f:
            f.write('%06X\n' % self.n)
        if own_key != CA + '/%s.key' % name:
            shutil.copy(own_key, CA + '/%s.key' % name)
        run('openssl', 'req', '-new', '-utf8', '-config', self.name + '.cnf', '-key', own_key, '-subj', subject or '/CN=' + name,
            '-out', name + '.csr')
        run('openssl', 'ca', '-batch', '-notext', '-utf8', '-config', self.name + '.cnf', *(['-selfsign'] if selfsign else []), '-md', md,
            '-extensions', section, '-startdate', start, '-enddate', end, '-in', name + '.csr', '-out', name + '.crt')
        return CA + '/' + name

    def revoke(self, name, date, reason):
        """Until release(): in index, with the date of ours instead of today's."""
        rows = open(self.dir + '/index').read().splitlines()
        serial = run('openssl', 'x509', '-in', name + '.crt', '-noout', '-serial').decode().strip().split('=')[1]
        rows = [('R\t%s\t%s,%s\t%s' % (r.split('\t')[1], date, reason, '\t'.join(r.split('\t')[3:])) if r.split('\t')[3] == serial else r)
                for r in rows]
        with open(self.dir + '/index', 'w') as f:
            f.write('\n'.join(rows) + '\n')

    def crl(self, file, last, until, section='crl', signer=None):
        args = ['-keyfile', signer + '.key', '-cert', signer + '.crt'] if signer else []
        run('openssl', 'ca', '-config', self.name + '.cnf', '-gencrl', '-crlexts', section, '-crl_lastupdate', last + '000000Z',
            '-crl_nextupdate', until + '000000Z', '-out', file, *args)
        return CA + '/' + file

    def answer(self, about, at, responder, days=1):
        """An OCSP answer of that moment."""
        run('faketime', '-f', at, 'openssl', 'ocsp', '-index', self.dir + '/index', '-CA', self.name + '.crt', '-rsigner', responder + '.crt',
            '-rkey', responder + '.key', '-issuer', self.name + '.crt', '-cert', about + '.crt', '-respout', 'answer.der', '-ndays',
            str(days), '-noverify', env=dict(os.environ, TZ='UTC'))
        with open(CA + '/answer.der', 'rb') as f:
            return f.read()


def der(path):
    kind = 'crl' if path.endswith('.crl') else 'x509'
    return run('openssl', kind, '-in', path, '-outform', 'DER')


# By hand ----------------------------------------------------------------------------------------------------------

def elements(der, at=0, end=None):
    """The elements of a run of DER, whole."""
    out, end = [], len(der) if end is None else end
    while at < end:
        stop = step(der, at)[1]
        out.append(der[at:stop])
        at = stop
    return out


def inside(der):
    return elements(der, *step(der, 0))


def of_certificate(cert):
    """Serial number, subject and key bits of a certificate in DER."""
    tbs = inside(inside(cert)[0])
    tbs = tbs[1:] if tbs[0][0] == 0xA0 else tbs
    key = inside(tbs[5])[1]
    return tbs[0], tbs[4], key[step(key, 0)[0] + 1:]


def date(text):
    return tlv(0x18, (text.replace('-', '').replace(':', '').replace('T', '').rstrip('Z').ljust(14, '0') + 'Z').encode())


def signed(body, key, md='sha256'):
    """body, then algorithm and value, as certificates, CRLs and OCSP answers have them."""
    with open(CA + '/to-sign', 'wb') as f:
        f.write(body)
    value = run('openssl', 'dgst', '-' + md, '-sign', CA + '/%s.key' % key, CA + '/to-sign')
    algorithm = tlv(0x30, oid({'sha256': '1.2.840.113549.1.1.11', 'sha1': '1.2.840.113549.1.1.5', 'md5': '1.2.840.113549.1.1.4'}[md]), b'\5\0')
    return body + algorithm + tlv(3, b'\0' + value)


def extension(name, value, critical=False):
    return tlv(0x30, oid(name), tlv(1, b'\xff') if critical else b'', tlv(4, value))


def list_by_hand(file, issuer, last, until=None, revoked=(), md='sha256', extensions=()):
    """revoked: pairs of a certificate's name and the DER that follows its serial number: date, extensions."""
    subject = of_certificate(der(CA + '/%s.crt' % issuer))[1]
    algorithm = tlv(0x30, oid({'sha256': '1.2.840.113549.1.1.11', 'sha1': '1.2.840.113549.1.1.5'}[md]), b'\5\0')
    entries = b''.join(tlv(0x30, of_certificate(der(CA + '/%s.crt' % name))[0], rest) for name, rest in revoked)
    body = tlv(0x30, tlv(2, b'\1'), algorithm, subject, date(last), date(until) if until else b'', tlv(0x30, entries) if entries else b'',
               tlv(0xA0, tlv(0x30, *extensions)) if extensions else b'')
    with open(CA + '/' + file, 'wb') as f:
        f.write(tlv(0x30, signed(body, issuer, md)))
    return CA + '/' + file


def answer_by_hand(about, issuer, responder, made, until=None, status=b'\x80\0', md='sha256', extensions=(), certs=True):
    """An OCSP answer in DER. status: good; b'\\x82\\0' is unknown. extensions: of the one answer in it."""
    serial = of_certificate(der(CA + '/%s.crt' % about))[0]
    _, name, key = of_certificate(der(CA + '/%s.crt' % issuer))
    by = der(CA + '/%s.crt' % responder)
    who = tlv(0x30, tlv(0x30, oid('1.3.14.3.2.26'), b'\5\0'), tlv(4, hashlib.sha1(name).digest()), tlv(4, hashlib.sha1(key).digest()), serial)
    single = tlv(0x30, who, status, date(made), tlv(0xA0, date(until)) if until else b'', tlv(0xA1, tlv(0x30, *extensions)) if extensions else b'')
    data = tlv(0x30, tlv(0xA1, of_certificate(by)[1]), date(made), tlv(0x30, single))
    basic = tlv(0x30, signed(data, responder, md), tlv(0xA0, tlv(0x30, by)) if certs else b'')
    return tlv(0x30, tlv(10, b'\0'), tlv(0xA0, tlv(0x30, oid('1.3.6.1.5.5.7.48.1.1'), tlv(4, basic))))


# Time-stamps ------------------------------------------------------------------------------------------------------

def unit(name, key='tsa', certs='root'):
    """Makes a certificate a time-stamping unit that `openssl ts` can use."""
    with open(CA + '/%s-ts.cnf' % name, 'w') as f:
        f.write('[tsa]\ndefault_tsa = unit\n[unit]\nserial = %s.n\ncrypto_device = builtin\nsigner_cert = %s.crt\nsigner_key = %s.key\n'
                'certs = %s.crt\nsigner_digest = sha256\ndefault_policy = 1.2.3\ndigests = sha1, sha256\ness_cert_id_alg = sha256\n' % (
                    name, name, key, certs))
    with open(CA + '/%s.n' % name, 'w') as f:
        f.write('01\n')


def tst(at, unit='tsa', md='sha256'):
    return lambda data: token(data, at, unit + '-ts.cnf', md)


def resigned(at, who, md='sha256', unit='tsa'):
    """A token like any other, signed by a certificate that `openssl ts` would refuse to use."""
    def make(data):
        info = run('openssl', 'cms', '-verify', '-noverify', '-inform', 'DER', data=tst(at, unit)(data))
        return cms(info, CA + '/' + who, ('-md', md, '-cades', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4'))
    return make


# Judging ----------------------------------------------------------------------------------------------------------

FAILED = ('REVOKED', 'EXPIRED', 'NOT_YET_VALID', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'FORMAT_FAILURE')


def want_of(sub_indication, **want):
    """Members of the first signature; codes: of its messages, all of them; sub_indication None: it passes."""
    want['sub_indication'] = sub_indication
    want['indication'] = 'TOTAL_PASSED' if sub_indication is None else 'TOTAL_FAILED' if sub_indication in FAILED else 'INDETERMINATE'
    return want


def judge_cases(congvan, cases):
    """cases: name, bytes, time, trust, want; those of the same time and trust are one call. Gives name and fault or None."""
    groups, out = {}, []
    for name, data, at, trust, want in cases:
        with open(name + '.pdf', 'wb') as f:
            f.write(data)
        groups.setdefault((at, trust), []).append((name, want))
    for (at, trust), members in groups.items():
        argv = [congvan, 'verify', '--format', 'json', '--at', at]
        for t in trust:
            argv += ['--trust', t]
        p = subprocess.run(argv + ['--'] + [n + '.pdf' for n, _ in members], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        answers = {o['file']: o for o in map(json.loads, p.stdout.decode().splitlines())}
        for name, want in members:
            o = answers.get(name + '.pdf')
            s = o['signatures'][0] if o and o['signatures'] else {}
            have = {k: s.get('signer', {}).get(k[7:]) if k.startswith('signer_') else s.get(k) for k in want if k != 'codes'}
            codes = [m['code'] for m in s.get('messages', [])]
            good = have == {k: v for k, v in want.items() if k != 'codes'} and all(c in codes for c in want.get('codes', []))
            out.append((name, None if good else '%s\n    not %s\n    %s' % (have, want, codes + [p.stderr.decode()])))
    return out
