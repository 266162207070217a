# SPDX-License-Identifier: GPL-3.0-or-later
"""authority - certification authorities of the tests' own, with what they state, made by `openssl ca`, `ts`, `ocsp`, and by
hand where OpenSSL cannot write what is wanted (answers with extensions, lists without a next update).

begin(ROOT, CA) of pdfmake comes first: everything is made in CA. run_cases() gives files to `congvan verify`.
"""
import datetime, json, os, shutil, subprocess
import pdfmake
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
