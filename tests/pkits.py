# SPDX-License-Identifier: GPL-3.0-or-later
"""pkits.py FOLDER - path validation by the suites of others; see pkits.sh.

FOLDER holds pkits/ (manifest.tsv, certs/, crls/) and certvalidator/. Each case is one `congvan trust check`: trusted
must be true where the suite says valid, and must not be where it says invalid. A false accept is what may not be.
"""
import csv, json, os, subprocess, sys

CONGVAN, FOLDER = os.environ['CONGVAN'], sys.argv[1]
CANNOT = ('valid_dsa_parameter_inheritance_test5', 'valid_crlissuer_test30')   # OpenSSL's limits; they fail closed
score = {}


def ask(cert, trust, at):
    argv = [CONGVAN, 'trust', 'check', '--format', 'json', '--at', at]
    for t in trust:
        argv += ['--trust', t]
    p = subprocess.run(argv + ['--', cert], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return json.loads(p.stdout) if p.stdout else {'trusted': None, 'sub_indication': p.stderr.decode()}


def case(suite, name, good, answer):
    s = score.setdefault(suite, {'right': 0, 'all': 0, 'accepted': 0})
    s['all'] += 1
    right = good(answer) if callable(good) else (answer['trusted'] is True) == good
    s['right'] += right
    wrongly = not right and answer['trusted'] is True
    s['accepted'] += wrongly
    if not right:
        s['known'] = s.get('known', 0) + (name in CANNOT)
        print('%s %s: trusted %s, %s%s' % (suite, name, answer['trusted'], answer['sub_indication'], ' FALSE ACCEPT' if wrongly else ''))


def pkits(folder):
    at = lambda kind, names: [os.path.join(folder, kind, n) for n in names.split(',') if n]
    for row in csv.DictReader(open(os.path.join(folder, 'manifest.tsv'), encoding='utf-8'), delimiter='\t'):
        if row['params'] != '{}':               # inputs of RFC 5280 6.1.1 (c)-(g) that no user can give us
            continue
        sep = ' ' if ' ' in row['other_certs'] + row['crls'] else ','
        files = at('certs', row['other_certs'].replace(sep, ',')) + at('crls', row['crls'].replace(sep, ','))
        files += at('certs', 'TrustAnchorRootCertificate.crt') + at('crls', 'TrustAnchorRootCRL.crl')
        answer = ask(os.path.join(folder, 'certs', row['cert']), [f for f in files if os.path.exists(f)], '2020-01-01')
        good = row['expected'] == 'VALID'
        if good and answer['sub_indication'] == 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE':    # DSA of 1024 bits: our table ends it in 2013
            answer = {**answer, 'trusted': True}
        if good and row['revocation_check'] == 'no':    # the path alone: no CRL is given
            case('pkits', row['name'], lambda o: o['trusted'] is True or o['sub_indication'] == 'TRY_LATER', answer)
        else:
            case('pkits', row['name'], good, answer)


def certvalidator(folder):
    f = lambda *p: os.path.join(folder, *p)

    def sub(*names):
        return lambda o: o['sub_indication'] in names and o['trusted'] is not True
    # Alice's OCSP answers and the CRLs of the authorities are of three days; Alice and one of two certificates of the
    # intermediate are revoked on 2020-12-01.
    for d in ('freshness', 'ades/time-slide'):
        c = lambda n: f(d, 'certs', n + '.crt')
        day = lambda n, kinds=('alice', 'root'): [f(d, 'alice-%s.ors' % n)] * ('alice' in kinds) + [f(d, 'root-%s.crl' % n)] * ('root' in kinds)
        base = [c('root'), c('interm'), c('interm-ocsp')]
        for name, trust, at, good in (
                ('good-on-its-day', day('2020-11-29'), '2020-11-29T00:00:00Z', True),
                ('good-before', day('2020-11-29'), '2020-11-20T00:00:00Z', True),
                ('good-of-older-time', day('2020-12-10'), '2020-11-20T00:00:00Z', True),
                ('answer-too-old', day('2020-10-01'), '2020-11-29T12:00:00Z', sub('TRY_LATER')),
                ('answer-before-the-time', day('2020-11-29'), '2020-12-20T00:00:00Z', sub('TRY_LATER')),
                ('crl-too-old', day('2020-11-29', ('alice',)) + day('2020-10-01', ('root',)), '2020-11-29T00:00:00Z', sub('TRY_LATER')),
                ('no-crl', day('2020-11-29', ('alice',)), '2020-11-29T00:00:00Z', sub('TRY_LATER')),
                ('no-answer', day('2020-11-29', ('root',)), '2020-11-29T00:00:00Z', sub('TRY_LATER')),
                ('revoked', day('2020-12-10'), '2020-12-10T00:00:00Z', sub('REVOKED_NO_POE')),
                ('revoked-whatever-was-good-before', day('2020-11-29') + day('2020-12-10'), '2020-12-05T00:00:00Z', sub('REVOKED_NO_POE')),
                ('revoked-known-to-late-evidence', day('2020-12-10'), '2021-06-01T00:00:00Z', sub('REVOKED_NO_POE'))):
            case('certvalidator ' + d, name, good, ask(c('alice'), base + trust, at))
        case('certvalidator ' + d, 'intermediate-revoked', sub('REVOKED_CA_NO_POE'),
             ask(c('alice'), [c('root'), c('interm-revoked'), c('interm-ocsp')] + day('2020-11-29', ('alice',)) + day('2020-12-10', ('root',)),
                 '2020-12-05T00:00:00Z'))
    # One responder key for two authorities; a path of four; other kinds of keys. No evidence: the path is what counts.
    m = lambda n: f('multitasking-ocsp', n)
    case('certvalidator', 'multitasking-ocsp', True,
         ask(m('alice.cert.pem'), [m(n) for n in ('root.cert.pem', 'interm.cert.pem', 'interm-ocsp.cert.pem', 'root-ocsp.cert.pem',
                                                  'ocsp-resp-alice.der', 'ocsp-resp-interm.der')], '2021-08-19T12:17:45Z'))
    y = lambda n: f('multilayer', 'certs', n + '.cert.pem')
    case('certvalidator', 'multilayer', sub('TRY_LATER'), ask(y('alice'), [y('root'), y('interm1'), y('interm2')], '2021-01-01'))
    case('certvalidator', 'multilayer-gap', sub('NO_CERTIFICATE_CHAIN_FOUND'), ask(y('alice'), [y('root'), y('interm2')], '2021-01-01'))
    for ca, leaf in (('ed25519', 'signer'), ('ed25519', 'signer2'), ('ed448', 'signer'), ('pss', 'signer1'), ('pss-exclusive', 'signer1')):
        k = lambda n: f('testing-ca-' + ca, n + '.cert.pem')
        case('certvalidator', 'testing-ca-%s %s' % (ca, leaf), sub('TRY_LATER'), ask(k(leaf), [k('root'), k('interm')], '2020-12-01'))


def openssl_ocsp(folder):
    """Is the answer about the end of the path believed? Most of these paths have no evidence for the rest; where a
    case is about the answer of the intermediate, the path may not be trusted."""
    f = lambda n: os.path.join(folder, n)
    for t in json.load(open(f('openssl-ocsp.json'), encoding='utf-8')):
        certs = [f(n) for n in [t['root']] + t.get('other_certs', []) if n]
        answer = ask(f(t['cert']), certs + [f(n) for n in t['ocsps']], t['moment'])
        believed = answer.get('revocation', {}).get('source') == 'local-ocsp' and not any(
            m['code'].startswith('REVOCATION_') and answer['subject'] in m['text'] for m in answer['messages'])
        good = 'error' not in t
        if not good and t['name'].endswith('_intermediate'):
            believed = answer['trusted'] is True
        case('openssl-ocsp', t['name'], lambda o: believed == good, {**answer, 'trusted': believed and not good or answer['trusted']})


pkits(os.path.join(FOLDER, 'pkits'))
certvalidator(os.path.join(FOLDER, 'certvalidator'))
openssl_ocsp(os.path.join(FOLDER, 'certvalidator', 'openssl-ocsp'))
for suite, s in score.items():
    print('%s: %d of %d, false accepts %d' % (suite, s['right'], s['all'], s['accepted']))
passed, total = sum(s['right'] for s in score.values()), sum(s['all'] for s in score.values())
print('pkits: %d passed, %d failed, false accepts %d' % (passed, total - passed, sum(s['accepted'] for s in score.values())))
sys.exit(1 if total - passed > sum(s.get('known', 0) for s in score.values()) or any(s['accepted'] for s in score.values()) else 0)
