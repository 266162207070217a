# SPDX-License-Identifier: GPL-3.0-or-later
"""trust.py DIR PKI - certificates, revocation, time-stamps and what is concluded from them; see trust.sh.

The authorities here live in DIR/ca: a root, an authority below it, holders with every flaw, three time-stamping units,
responders that may and may not answer. SIGNED is when letters were signed; CRLs are named by the day they were made.
"""
import glob, json, os, shutil, subprocess, sys, unicodedata
from pdfmake import *
from authority import *
import authority

ROOT, PKI = (os.path.abspath(a) for a in sys.argv[1:3])
CONGVAN = os.path.abspath(os.environ['CONGVAN'])
CA = ROOT + '/ca'
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(CA)
os.chdir(ROOT)
begin(ROOT, CA)
authority.settle(CA)
SIGNED = '2025-06-20T08:11:02Z'

# Authorities ----------------------------------------------------------------------------------------------------

for k in ('holder', 'tsa', 'other'):
    key(k)
run('openssl', 'genrsa', '-out', CA + '/short-key.key', '1024')
root = Authority('root', '/O=Thu nghiem/CN=Root')
sub = Authority('sub', '/O=Thu nghiem/CN=CA', root, 'sub')
deep = Authority('deep', '/CN=Too deep', sub, 'sub')
other = Authority('other', '/O=Thu nghiem/CN=CA')       # the name of sub, a key of its own
fallen = Authority('fallen', '/O=Thu nghiem/CN=Fallen', root, 'sub')
fallen.issue('below')
short = Authority('short', '/CN=Short root', end='20250720000000Z')
for name, args in {
        'good': {}, 'revoked': {}, 'held': {}, 'lifted': {}, 'ends': {'end': '20250715000000Z'}, 'later': {'start': '20250701000000Z'},
        'encrypt': {'section': 'encrypt'}, 'weak': {'md': 'sha1'}, 'fit': {'section': 'responder', 'own_key': CA + '/other.key'},
        'small': {'own_key': CA + '/short-key.key'}, 'lapsed': {'section': 'responder', 'end': '20250801000000Z'}, 'pretender': {'section': 'pretender'}}.items():
    sub.issue(name, **args)
root.issue('foreign', section='responder')
deep.issue('deepest')
short.issue('of-short')
for name, args in {'tsa': {}, 'tsa-ends': {'end': '20251231000000Z'}, 'tsa-revoked': {}, 'tsa-loose': {'section': 'loose'}}.items():
    root.issue(name, section=args.pop('section', 'tsa'), own_key=CA + '/tsa.key', **args)
    unit(name)

CRLS = {}


def crls(day, until):
    for a in (root, sub, short, fallen):
        CRLS[a.name, day] = a.crl('%s-%s.crl' % (a.name, day), '2025' + day, until)


crls('0601', '20250608')
sub.revoke('held', '250625000000Z', 'certificateHold')
sub.revoke('lifted', '250625000000Z', 'certificateHold')
crls('0701', '20250708')
sub.revoke('revoked', '250705000000Z', 'keyCompromise')
root.revoke('tsa-revoked', '250705000000Z', 'superseded')
root.revoke('fallen', '250705000000Z', 'cACompromise')
index = open(sub.dir + '/index').read().splitlines()
with open(sub.dir + '/index', 'w') as f:                # lifted: not on later lists
    f.write('\n'.join('V\t%s\t\t%s' % (r.split('\t')[1], '\t'.join(r.split('\t')[3:])) if r.endswith('=lifted') else r for r in index) + '\n')
crls('0710', '20251001')                                # long: reaches August
crls('0801', '20250808')
SCOPE = sub.crl('sub-scope.crl', '20250801', '20250808', section='crl-of-authorities')
FORGED = sub.crl('sub-forged.crl', '20250801', '20250808', signer='other')
GOOD_NOW = [CRLS['sub', '0801'], CRLS['root', '0801']]
BASE = [CA + '/root.crt', CA + '/sub.crt']

# Cases ----------------------------------------------------------------------------------------------------------

cases = []


def letter(who='good', **args):
    return sign(new_pdf(), make=lambda d: handmade(d, CA + '/' + who, **args))


def case(name, data, sub_indication, at='2025-08-02', trust=GOOD_NOW, base=BASE, **want):
    cases.append((name, data, at, tuple(base) + tuple(trust), want_of(sub_indication, **want)))


case('good', letter(), None, trusted=True)
case('no-anchor', letter(), 'NO_CERTIFICATE_CHAIN_FOUND', base=[CA + '/short.crt'], trust=[], trusted=None)
case('no-intermediate', letter(), 'NO_CERTIFICATE_CHAIN_FOUND', base=[CA + '/root.crt'], trust=[])
case('intermediate-in-the-file', letter(certs=[der(CA + '/good.crt'), der(CA + '/sub.crt')]), None, base=[CA + '/root.crt'])
case('anchor-for-stamps-only', letter(), 'NO_CERTIFICATE_CHAIN_FOUND', base=['time-stamp/root.crt', CA + '/sub.crt'])
case('anchor-for-signers-only', letter('ends', over_value=tst(SIGNED)), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']],
     base=['signer/root.crt', CA + '/sub.crt'], codes=['TSA_NO_CHAIN'])
case('anchor-expired', letter('of-short'), 'NO_CERTIFICATE_CHAIN_FOUND_NO_POE', base=[CA + '/short.crt', CA + '/root.crt'], codes=['ANCHOR_EXPIRED'])
case('anchor-expired-but-stamped', letter('of-short', over_value=tst(SIGNED)), None, base=[CA + '/short.crt', CA + '/root.crt'],
     trust=[CRLS['short', '0710'], CRLS['root', '0801']])
case('too-deep', letter('deepest', certs=[der(CA + '/deepest.crt'), der(CA + '/deep.crt')]), 'CERTIFICATE_CHAIN_GENERAL_FAILURE', trusted=False)
case('key-usage', letter('encrypt'), 'CHAIN_CONSTRAINTS_FAILURE', trusted=False)

# Time.
case('ended', letter('ends'), 'OUT_OF_BOUNDS_NO_POE', trusted=None)
case('ended-not-revoked', letter('ends'), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']])
case('ended-but-stamped', letter('ends', over_value=tst(SIGNED)), None, trust=[CRLS['sub', '0710'], CRLS['root', '0801']], level='B-T',
     best_time=SIGNED, timestamp_time=SIGNED)
case('stamped-after-the-end', letter('ends', over_value=tst('2025-07-20T00:00:00Z')), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']])
case('made-after-the-end', letter('ends', over_content=tst('2025-07-20T00:00:00Z')), 'EXPIRED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']])
case('not-yet', letter('later', over_value=tst(SIGNED)), 'NOT_YET_VALID')

# Revocation.
case('revoked', letter('revoked'), 'REVOKED_NO_POE', trusted=False)
case('revoked-but-stamped-before', letter('revoked', over_value=tst(SIGNED)), None, codes=['REVOKED_LATER'])
case('revoked-and-stamped-after', letter('revoked', over_value=tst('2025-07-10T00:00:00Z')), 'REVOKED_NO_POE')
case('made-after-revocation', letter('revoked', over_content=tst('2025-07-10T00:00:00Z')), 'REVOKED')
case('held', letter('held'), 'TRY_LATER', codes=['SUSPENDED'])
case('hold-lifted', letter('lifted'), None, trust=GOOD_NOW + [CRLS['sub', '0701']])
case('no-evidence', letter(), 'TRY_LATER', trust=[], codes=['REVOCATION_UNKNOWN'])
case('no-evidence-for-authority', letter(), 'TRY_LATER', trust=[CRLS['sub', '0801']])
case('stale', letter(), 'TRY_LATER', trust=[CRLS['sub', '0601'], CRLS['root', '0801']], codes=['REVOCATION_STALE'])
case('stale-before-the-stamp', letter(over_value=tst(SIGNED)), 'TRY_LATER', trust=[CRLS['sub', '0601'], CRLS['root', '0801']])
case('revoked-on-an-old-list', letter('revoked'), 'REVOKED_NO_POE', at='2025-12-01', trust=[CRLS['sub', '0710']])
case('list-forged', letter(), 'TRY_LATER', trust=[FORGED, CRLS['root', '0801']])
case('list-of-other-scope', letter(), 'TRY_LATER', trust=[SCOPE, CRLS['root', '0801']])
case('list-in-the-file', add_dss(letter(), [der(CA + '/sub.crt')], [der(p) for p in GOOD_NOW]), None, base=[CA + '/root.crt'], trust=[])
below = [der(CA + '/below.crt'), der(CA + '/fallen.crt')]
case('authority-revoked', letter('below', certs=below), 'REVOKED_CA_NO_POE', trust=GOOD_NOW + [CRLS['fallen', '0801']], trusted=False)
# What an authority stated after it was revoked, or what nothing proves older, is not believed: its key may be anybody's.
case('authority-revoked-and-asked-after', letter('below', certs=below, over_value=tst(SIGNED)), 'REVOKED_CA_NO_POE', trusted=None,
     trust=GOOD_NOW + [CRLS['fallen', '0801']], codes=['REVOCATION_FALLEN'])
case('authority-revoked-but-asked-before', letter('below', certs=below, over_value=tst(SIGNED)), None, trust=GOOD_NOW + [CRLS['fallen', '0701']])
told = add_dss(letter('below', certs=below, over_value=tst(SIGNED)), [], [der(CRLS['fallen', '0701'])])
case('authority-revoked-and-list-not-proven', told, 'REVOKED_CA_NO_POE', codes=['REVOCATION_FALLEN'])
case('authority-revoked-but-list-proven', stamp(told, make=tst('2025-07-02T00:00:00Z')), None, level='B-LTA')
case('authority-revoked-and-list-proven-late', stamp(told, make=tst('2025-07-20T00:00:00Z')), 'REVOKED_CA_NO_POE')

archival = attribute('1.2.840.113583.1.1.8', tlv(0x30, tlv(0xA0, tlv(0x30, *(der(p) for p in GOOD_NOW)))))
case('list-in-a-signed-attribute', letter(more=[archival]), None, trust=[], revocation={
    'status': 'good', 'source': 'embedded-crl', 'produced_at': '2025-08-01T00:00:00Z'})

fresh = sub.answer('good', '2025-08-01 12:00:00', 'fit', 7)
only_root = [CRLS['root', '0801']]
case('answer-in-the-file', add_dss(letter(), ocsps=[fresh]), None, trust=only_root, revocation={'status': 'good', 'source': 'embedded-ocsp', 'produced_at': '2025-08-01T12:00:00Z'})
case('answer-of-the-authority', add_dss(letter(), ocsps=[sub.answer('good', '2025-08-01 12:00:00', 'sub', 7)]), None, trust=only_root)
case('answer-of-a-pretender', add_dss(letter(), ocsps=[sub.answer('good', '2025-08-01 12:00:00', 'pretender', 7)]), 'TRY_LATER', trust=only_root)
case('answer-of-a-foreigner', add_dss(letter(), ocsps=[sub.answer('good', '2025-08-01 12:00:00', 'foreign', 7)]), 'TRY_LATER', trust=only_root)
case('answer-about-another', add_dss(letter(), ocsps=[sub.answer('later', '2025-08-01 12:00:00', 'fit', 7)]), 'TRY_LATER', trust=only_root)
case('answer-revoked', add_dss(letter('revoked'), ocsps=[sub.answer('revoked', '2025-08-01 12:00:00', 'fit', 7)]), 'REVOKED_NO_POE', trust=only_root)
case('answer-before-the-stamp', add_dss(letter(over_value=tst(SIGNED)), ocsps=[sub.answer('good', '2025-06-19 12:00:00', 'fit', 2)]), 'TRY_LATER', trust=only_root)
case('answer-after-the-stamp', add_dss(letter(over_value=tst(SIGNED)), ocsps=[sub.answer('good', '2025-06-20 12:00:00', 'fit', 2)]), None, trust=only_root, level='B-LT')
rows = open(sub.dir + '/index').read()                  # asked before the revocation was known, a list of today knows
with open(sub.dir + '/index', 'w') as f:
    f.write('\n'.join('V\t%s\t\t%s' % (r.split('\t')[1], '\t'.join(r.split('\t')[3:])) if r.endswith('=revoked') else r for r in rows.splitlines()) + '\n')
before = sub.answer('revoked', '2025-07-31 12:00:00', 'fit', 30)
with open(sub.dir + '/index', 'w') as f:
    f.write(rows)
case('worst-is-believed', add_dss(letter('revoked'), ocsps=[before]), 'REVOKED_NO_POE')
lapsing = add_dss(letter(over_value=tst(SIGNED)), ocsps=[sub.answer('good', '2025-06-21 12:00:00', 'lapsed', 1)])
case('responder-lapsed', lapsing, 'REVOCATION_OUT_OF_BOUNDS_NO_POE', trust=only_root, codes=['REVOCATION_LAPSED'])
with open('stored.ors', 'wb') as f:
    f.write(sub.answer('good', '2025-06-21 12:00:00', 'lapsed', 1))
case('responder-lapsed-but-stored', letter(over_value=tst(SIGNED)), None, trust=only_root + ['stored.ors'], revocation={
    'status': 'good', 'source': 'local-ocsp', 'produced_at': '2025-06-21T12:00:00Z'})
case('responder-lapsed-but-stamped', stamp(lapsing, make=tst('2025-07-20T00:00:00Z')), None, trust=only_root, level='B-LTA')

# Time-stamps.
case('stamp-of-loose-unit', letter('ends', over_value=resigned(SIGNED, 'tsa-loose')), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']], codes=['TSA_CHAIN_CONSTRAINTS'])
case('stamp-of-revoked-unit', letter('ends', over_value=tst(SIGNED, 'tsa-revoked')), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']], codes=['TSA_REVOKED'])
case('stamp-over-another', letter('ends', over_value=lambda v: tst(SIGNED)(v + b'x')), 'OUT_OF_BOUNDS_NOT_REVOKED', trust=[CRLS['sub', '0710'], CRLS['root', '0801']], codes=['STAMP_IMPRINT'])
case('stamps-out-of-order', letter(over_content=tst('2025-06-21T00:00:00Z'), over_value=tst(SIGNED)), 'TIMESTAMP_ORDER_FAILURE', codes=['STAMP_ORDER'])
case('stamps-in-order', letter(over_content=tst('2025-06-19T00:00:00Z'), over_value=tst(SIGNED)), None)
case('stamps-of-file-out-of-order', stamp(letter(over_value=tst(SIGNED)), make=tst('2025-06-10T00:00:00Z')), 'TIMESTAMP_ORDER_FAILURE')
# Years later: the unit of the first stamp has ended, a second one had covered everything before.
long_lived = add_dss(letter('ends', over_value=tst(SIGNED, 'tsa-ends')), [der(CA + '/sub.crt')], [der(CRLS['sub', '0710']), der(CRLS['root', '0801'])])
ROOT_2026 = [root.crl('root-2026.crl', '20260601', '20260701')]
case('lt-after-the-unit-ended', long_lived, 'OUT_OF_BOUNDS_NO_POE', at='2026-06-02', trust=ROOT_2026, codes=['TSA_EXPIRED'], level='B-LT')
case('lta-after-the-unit-ended', stamp(long_lived, make=tst('2025-08-03T00:00:00Z')), None, at='2026-06-02', trust=ROOT_2026, level='B-LTA')

# Algorithms.
case('weak-digest', letter(md='sha1'), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', codes=['WEAK_DIGEST'], intact=True, valid=True, trusted=True)
case('weak-digest-for-certain', letter(md='sha1', over_content=tst(SIGNED)), 'CRYPTO_CONSTRAINTS_FAILURE')
case('weak-key', letter('small'), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', codes=['WEAK_KEY'], key_bits=1024, trusted=True)
case('weak-certificate', letter('weak'), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', codes=['WEAK_CHAIN'])

# Who.
case('ess-names-another', letter(ess=der(CA + '/ends.crt')), 'NO_SIGNING_CERTIFICATE_FOUND', codes=['ESS_OTHER_CERTIFICATE'], intact=True, valid=None, trusted=None,
     signer_cn=None)
case('no-certificate', letter(certs=[der(CA + '/root.crt')]), 'NO_SIGNING_CERTIFICATE_FOUND')
policy = attribute('1.2.840.113549.1.9.16.2.15', tlv(0x30, oid('1.2.3.4'), tlv(0x30, tlv(0x30, oid('2.16.840.1.101.3.4.2.1')), tlv(4, b'x' * 32))))
case('policy-named', letter(more=[policy]), None, codes=['SIGNATURE_POLICY'])

# The ways of Vietnam: local time as if it were UTC, renewed certificates that keep their key, names in NFD, time-stamping
# units below the root (every one here), SHA-1 of old letters (above).
case('seven-hours-ahead', letter(time='250620151102Z', over_value=tst(SIGNED)), None, codes=['CLAIMED_LOCAL_TIME'], best_time=SIGNED, timestamp_time=SIGNED,
     claimed_time='2025-06-20T15:11:02Z')
case('seven-hours-alone', letter(time='250620151102Z'), None, best_time='2025-06-20T15:11:02Z', timestamp_time=None)
case('claimed-long-after', letter(time='250621151102Z', over_value=tst(SIGNED)), None, codes=['CLAIMED_AFTER_STAMP'])
sub.issue('before', '/O=Thu nghiem/CN=Renewed', end='20250301000000Z')
sub.issue('renewed', '/O=Thu nghiem/CN=Renewed', start='20250215000000Z')
key_id = bytes.fromhex(run('sh', '-c', 'openssl x509 -in renewed.crt -noout -ext subjectKeyIdentifier | tail -1').decode().strip().replace(':', ''))
both = [der(CA + '/before.crt'), der(CA + '/renewed.crt')]
case('renewed-by-key', letter('renewed', key_id=key_id, certs=both), None, signer_not_after='2028-01-01T00:00:00Z')
case('renewed-by-key-other-order', letter('renewed', key_id=key_id, certs=both[::-1]), None, signer_not_after='2028-01-01T00:00:00Z')
case('renewed-old-one', letter('before', key_id=key_id, certs=both), 'OUT_OF_BOUNDS_NO_POE', signer_not_after='2025-03-01T00:00:00Z')
nfd = unicodedata.normalize('NFD', 'Ủy ban nhân dân xã Bình Mỹ')
sub.issue('nfd', '/O=Tinh Quang Ngai/CN=' + nfd)
case('subject-in-nfd', letter('nfd'), None, signer_cn=unicodedata.normalize('NFC', nfd), signer_o='Tinh Quang Ngai')

# Judging --------------------------------------------------------------------------------------------------------

for purpose in ('signer', 'time-stamp'):
    os.mkdir(purpose)
    shutil.copy(CA + '/root.crt', purpose)
passed, failed = 0, []


def ask(*argv):
    p = subprocess.run([CONGVAN, *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def expect(name, ok, why=''):
    global passed
    if ok:
        passed += 1
    else:
        failed.append('%s: %s' % (name, why))


for name, why in judge_cases(CONGVAN, cases):
    expect(name, why is None, why)

# congvan trust --------------------------------------------------------------------------------------------------

STATE = ['--state', ROOT + '/state', '--at', '2025-08-02', '--lang', 'en']
pin = hashlib.sha256(der(CA + '/root.crt')).hexdigest()
code, out, err = ask('trust', 'import', *STATE, CA + '/root.crt')
expect('import without a pin', code == 1 and pin in err and not glob.glob('state/trust/*'), (code, out, err))
code, out, err = ask('trust', 'import', *STATE, '--pin', pin, CA + '/root.crt', CA + '/sub.crt', *GOOD_NOW)
expect('import names what it took', ['O=Thu nghiem,CN=Root', 'O=Thu nghiem,CN=CA'] == [l.split('\t')[2] for l in out.splitlines()][:2], out)
expect('import by pin', code == 0 and len(glob.glob('state/trust/*.crt')) == 2 and len(glob.glob('state/trust/*.crl')) == 2, (code, out, err))
code, out, err = ask('trust', 'import', *STATE, CA + '/root.crt', *GOOD_NOW)
expect('import again', code == 0 and out == '' and 'nothing new' in err, (code, out, err))
code, out, err = ask('trust', 'import', '--lang', 'en', '--state', ROOT + '/state3', '--at', '2025-12-02', '--pin', pin, CA + '/root.crt', CRLS['root', '0801'])
expect('import of a stale list', code == 0 and 'replaced on 2025-08-08' in err and len(glob.glob('state3/trust/*.crl')) == 1, (code, out, err))
code, out, err = ask('trust', 'import', *STATE, CA + '/other.crt', FORGED)
expect('import of a stranger and his CRL', code == 1 and len(glob.glob('state/trust/*')) == 4 and 'CRL not imported' in err, (code, out, err))
with open('fresh.ors', 'wb') as f:
    f.write(fresh)
code, out, err = ask('trust', 'import', *STATE, 'fresh.ors')
expect('import of an answer', code == 0 and len(glob.glob('state/trust/*.ors')) == 1, (code, out, err))
code, out, err = ask('trust', 'list', '--format', 'json', *STATE)
items = [json.loads(l) for l in out.splitlines()]
kinds = sorted((i['kind'], i['state']) for i in items if i['state'] != 'missing')
expect('list', kinds == [('CRL', 'good')] * 2 + [('OCSP', 'good'), ('anchor', 'good'), ('certificate', 'good'), ('intermediate', 'good')], kinds)
code, out, err = ask('trust', 'list', '--format', 'json', '--state', ROOT + '/state', '--at', '2025-09-02')
stale = sorted(i['kind'] for i in map(json.loads, out.splitlines()) if i['state'] == 'stale')
expect('stale', code == 1 and stale == ['CRL', 'CRL', 'OCSP'], (code, stale))
code, out, err = ask('verify', '--format', 'json', '--trust', 'state/trust', '--at', '2025-08-02', 'good.pdf')
expect('what was imported is believed', code == 0 and json.loads(out)['verdict'] == 'passed', out)
code, out, err = ask('trust', 'import', '--state', ROOT + '/state2', '--for', 'time-stamp', '--pin', pin, CA + '/root.crt', CA + '/sub.crt', *GOOD_NOW)
code, out, err = ask('verify', '--format', 'json', '--trust', 'state2/trust', '--at', '2025-08-02', 'good.pdf')
expect('anchor for time-stamps alone', json.loads(out)['signatures'][0]['sub_indication'] == 'NO_CERTIFICATE_CHAIN_FOUND', out)
code, out, err = ask('trust', 'check', '--format', 'json', *STATE, CA + '/good.crt', CA + '/revoked.crt', CA + '/encrypt.crt')
checks = [(o['trusted'], o['sub_indication']) for o in map(json.loads, out.splitlines())]
expect('check', checks == [(True, None), (False, 'REVOKED_NO_POE'), (False, 'CHAIN_CONSTRAINTS_FAILURE')] and code == 1, checks)
with open('alone.p7s', 'wb') as f:
    f.write(handmade(b'not here', CA + '/good'))
code, out, err = ask('verify', '--format', 'json', '--at', '2025-08-02', 'alone.p7s')
expect('signed data not there', json.loads(out)['signatures'][0]['sub_indication'] == 'SIGNED_DATA_NOT_FOUND', out)
code, out, err = ask('trust', 'check', *STATE, 'good.pdf')
expect('check of no certificate', code == 65 and 'no certificate' in err, (code, err))

for line in failed:
    print(line)
print('trust: %d passed, %d failed' % (passed, len(failed)))
sys.exit(1 if failed else 0)
