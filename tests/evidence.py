# SPDX-License-Identifier: GPL-3.0-or-later
"""evidence.py DIR - times, evidence and paths, rule by rule; see evidence.sh.

Letters are signed on SIGNED, judged on 2 August 2025. `ends` is a certificate that ended in July: a letter under it is
good only where a time-stamp is believed; so it shows whether one is.
"""
import os, re, shutil, subprocess, sys
import authority
from authority import *

ROOT, CONGVAN = os.path.abspath(sys.argv[1]), os.path.abspath(os.environ['CONGVAN'])
CA = ROOT + '/ca'
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(CA)
os.chdir(ROOT)
begin(ROOT, CA)
authority.settle(CA)
SIGNED = '2025-06-20T08:11:02Z'
authority.SECTIONS += '''
[not-critical]
keyUsage = critical,digitalSignature
extendedKeyUsage = timeStamping
[enciphering]
keyUsage = critical,keyEncipherment
extendedKeyUsage = critical,timeStamping
[two-purposes]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping,1.2.3.4
[mail-only]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,emailProtection
[server]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,codeSigning
[server-and-mail]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,emailProtection
[asking-responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
crlDistributionPoints = URI:http://ca.example/sub.crl
[narrow]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
nameConstraints = critical,permitted;email:quangngai.gov.vn
[inside]
keyUsage = critical,digitalSignature
subjectAltName = email:vt@quangngai.gov.vn
[outside]
keyUsage = critical,digitalSignature
subjectAltName = email:vt@khac.gov.vn
[by-policy]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
certificatePolicies = 1.2.3.4
policyConstraints = critical,requireExplicitPolicy:0
[under-policy]
keyUsage = critical,digitalSignature
certificatePolicies = 1.2.3.4
[strange]
keyUsage = critical,digitalSignature
1.2.3.4 = critical,DER:0500
[unidentified]
keyUsage = critical,digitalSignature,nonRepudiation
authorityKeyIdentifier = none
subjectKeyIdentifier = none
[of-holders]
issuingDistributionPoint = critical,@holders
[holders]
onlyuser = TRUE
[of-some-reasons]
issuingDistributionPoint = critical,@some-reasons
[some-reasons]
onlysomereasons = keyCompromise,CACompromise
'''

# Authorities ----------------------------------------------------------------------------------------------------

for k in ('holder', 'tsa', 'other'):
    key(k)
run('openssl', 'genrsa', '-out', CA + '/small-key.key', '1024')
root = Authority('root', '/O=Thu nghiem/CN=Root', start='20100101000000Z')
stranger = Authority('stranger', '/O=Thu nghiem/CN=Stranger')
CA_NAME = '/O=Thu nghiem/CN=CA'
sub = Authority('sub', CA_NAME, root, 'sub', start='20100101000000Z')
rekeyed = Authority('rekeyed', CA_NAME, root, 'sub')                    # the name of sub, another key
renewed = Authority('renewed', CA_NAME, root, 'sub', key_of='sub')      # its name and key
ended = Authority('ended', CA_NAME, root, 'sub', end='20250101000000Z', key_of='sub')
crossed = Authority('crossed', CA_NAME, stranger, 'sub', key_of='sub')
brief = Authority('brief', '/O=Thu nghiem/CN=Brief', root, 'sub', end='20250720000000Z')
narrow = Authority('narrow', '/CN=Narrow', root, 'narrow')
by_policy = Authority('by-policy', '/CN=By policy', root, 'by-policy')
root.issue('sha1-sub', '/CN=Sha1', 'sub', start='20120101000000Z', own_key=CA + '/sub.key', md='sha1')
for issuer, name, args in (
        (sub, 'good', {}), (sub, 'ends', {'end': '20250715000000Z'}), (sub, 'revoked', {}), (sub, 'superseded', {}),
        (sub, 'suspected', {}), (sub, 'old', {'start': '20120101000000Z'}), (sub, 'server', {'section': 'server'}),
        (sub, 'server-and-mail', {'section': 'server-and-mail'}), (sub, 'strange', {'section': 'strange'}),
        (sub, 'bare', {'section': 'unidentified'}), (sub, 'dated-back', {'md': 'sha1', 'start': '20120101000000Z'}),
        (sub, 'fit', {'section': 'responder', 'own_key': CA + '/other.key'}),
        (sub, 'asking', {'section': 'asking-responder', 'own_key': CA + '/other.key'}),
        (sub, 'asking-revoked', {'section': 'asking-responder', 'own_key': CA + '/other.key'}),
        (brief, 'of-brief', {}), (narrow, 'inside', {'section': 'inside'}), (narrow, 'outside', {'section': 'outside'}),
        (by_policy, 'under-policy', {'section': 'under-policy'}), (by_policy, 'without-policy', {})):
    issuer.issue(name, **args)
with open(CA + '/good.cnf', 'w') as f:                  # a holder who plays authority
    f.write(open(CA + '/sub.cnf').read().replace('/sub.crt', '/good.crt').replace('/sub.key', '/good.key'))
sub.name = 'good'
sub.issue('by-a-holder')
sub.name = 'sub'
for name, args in {'tsa': {'start': '20120101000000Z'}, 'tsa-future': {'start': '20250701000000Z'}, 'tsa-ended': {'end': '20250710000000Z'},
                   'tsa-small': {'own_key': CA + '/small-key.key'}}.items():
    root.issue(name, section='tsa', own_key=args.pop('own_key', CA + '/tsa.key'), **args)
    unit(name, key=name)
stranger.issue('tsa-stranger', section='tsa', own_key=CA + '/tsa.key')
unit('tsa-stranger', certs='stranger')
for section in ('not-critical', 'mail-only', 'pretender', 'enciphering', 'two-purposes'):
    root.issue('tsa-' + section, section=section, own_key=CA + '/tsa.key')

# What they state ------------------------------------------------------------------------------------------------

JULY = [a.crl(a.name + '-0710.crl', '20250710', '20250901') for a in (root, sub)]
sub.revoke('revoked', '250705000000Z', 'keyCompromise')
sub.revoke('superseded', '250705000000Z', 'superseded')
sub.revoke('suspected', '250705000000Z', 'keyTime,20250610000000Z')
sub.revoke('asking-revoked', '250601000000Z', 'keyCompromise')
root.revoke('renewed', '250705000000Z', 'CACompromise')
AUGUST = {a.name: a.crl(a.name + '-0801.crl', '20250801', '20250808') for a in (root, sub, brief, narrow, by_policy)}
NOW = [AUGUST['root'], AUGUST['sub']]
BRIEF = brief.crl('brief-0710.crl', '20250710', '20250715')
BASE = [CA + '/root.crt', CA + '/sub.crt']

cases = []


def letter(who='good', **args):
    return sign(new_pdf(), make=lambda d: handmade(d, CA + '/' + who, **args))


def case(name, data, sub_indication, at='2025-08-02', trust=NOW, base=BASE, **want):
    cases.append((name, data, at, tuple(base) + tuple(trust), want_of(sub_indication, **want)))


def certs(*names):
    return [der(CA + '/%s.crt' % n) for n in names]


# Time-stamps ----------------------------------------------------------------------------------------------------

UNPROVEN = 'OUT_OF_BOUNDS_NOT_REVOKED'
case('stamped', letter('ends', over_value=tst(SIGNED)), None, trust=JULY)
case('claimed-only', letter('ends', time='250620081102Z'), UNPROVEN, trust=JULY, claimed_time=SIGNED, best_time=SIGNED, timestamp_time=None,
     validated_at='2025-08-02T16:59:59Z')
case('stamped-by-a-stranger', letter('ends', over_value=tst('2025-06-21T00:00:00Z', 'tsa-stranger')), UNPROVEN, trust=JULY, codes=['TSA_NO_CHAIN'],
     best_time=SIGNED)
case('stranger-cannot-disorder', letter(over_content=tst('2025-06-25T00:00:00Z', 'tsa-stranger'), over_value=tst(SIGNED)), None)
case('stranger-cannot-disorder-by-value', letter(over_content=tst('2025-06-19T00:00:00Z'), over_value=tst('2025-06-10T00:00:00Z', 'tsa-stranger')), None)
case('stranger-cannot-make-late', letter('ends', over_content=tst('2025-07-20T00:00:00Z', 'tsa-stranger')), UNPROVEN, trust=JULY)
for section in ('not-critical', 'mail-only', 'pretender', 'enciphering', 'two-purposes'):
    case('unit-' + section, letter('ends', over_value=resigned(SIGNED, 'tsa-' + section)), UNPROVEN, trust=JULY, codes=['TSA_CHAIN_CONSTRAINTS'])
case('unit-certified-later', letter('ends', over_value=tst(SIGNED, 'tsa-future')), UNPROVEN, trust=JULY, codes=['TSA_NOT_YET_VALID'])
case('unit-certified-later-over-the-file', stamp(letter('ends'), make=tst(SIGNED, 'tsa-future')), UNPROVEN, trust=JULY)
case('unit-ended', letter('ends', over_value=tst('2025-07-12T00:00:00Z', 'tsa-ended')), UNPROVEN, trust=JULY, codes=['TSA_EXPIRED'])
case('unit-ended-since', letter('ends', over_value=tst(SIGNED, 'tsa-ended')), UNPROVEN, trust=JULY, codes=['TSA_EXPIRED'])
case('unit-ended-since-but-stamped', stamp(letter('ends', over_value=tst(SIGNED, 'tsa-ended')), make=tst('2025-07-01T00:00:00Z')), None, trust=JULY)
case('unit-with-small-key', letter('ends', over_value=tst(SIGNED, 'tsa-small')), UNPROVEN, trust=JULY, codes=['STAMP_WEAK_KEY'])
case('imprint-sha1', letter('ends', over_value=tst(SIGNED, md='sha1')), UNPROVEN, trust=JULY, codes=['STAMP_WEAK_DIGEST'])
case('token-sha1', letter('ends', over_value=resigned(SIGNED, 'tsa', 'sha1')), UNPROVEN, trust=JULY, codes=['STAMP_WEAK_DIGEST'])
case('imprint-sha1-over-the-file', stamp(letter('ends'), make=tst(SIGNED, md='sha1')), UNPROVEN, trust=JULY)
case('token-sha1-over-the-file', stamp(letter('ends'), make=resigned(SIGNED, 'tsa', 'sha1')), UNPROVEN, trust=JULY)

# Revocation: its date, its reason, the day from which the key is not to be believed.
case('superseded', letter('superseded'), 'REVOKED_NO_POE')
case('superseded-but-stamped', letter('superseded', over_value=tst(SIGNED)), None, codes=['REVOKED_LATER'])
case('suspected-before-the-stamp', letter('suspected', over_value=tst(SIGNED)), 'REVOKED_NO_POE')
case('suspected-after-the-stamp', letter('suspected', over_value=tst('2025-06-05T00:00:00Z')), None, codes=['REVOKED_LATER'])
taken = tlv(0xA1, date('20250705000000'), tlv(0xA0, b'\x0a\1\1'))
asked = answer_by_hand('good', 'sub', 'fit', '2025-08-01', '2025-08-08', taken, extensions=[extension('2.5.29.24', date('20250610000000'))])
case('answer-suspected-before', add_dss(letter(over_value=tst(SIGNED)), ocsps=[asked]), 'REVOKED_NO_POE')
asked = answer_by_hand('good', 'sub', 'fit', '2025-08-01', '2025-08-08', taken)
case('answer-revoked-after', add_dss(letter(over_value=tst(SIGNED)), ocsps=[asked]), None, codes=['REVOKED_LATER'])

# Lists ----------------------------------------------------------------------------------------------------------

FRESHEST = extension('2.5.29.46', tlv(0x30, tlv(0x30, tlv(0xA0, tlv(0xA0, tlv(0x86, b'http://ca.example/delta.crl'))))))
number = lambda n: extension('2.5.29.20', tlv(2, bytes([n])))
case('list-of-holders', letter(), None, trust=[AUGUST['root'], sub.crl('sub-holders.crl', '20250801', '20250808', 'of-holders')])
case('list-of-holders-says-nothing-of-authorities', letter(), 'TRY_LATER',
     trust=[AUGUST['sub'], root.crl('root-holders.crl', '20250801', '20250808', 'of-holders')])
case('list-of-some-reasons', letter(), 'TRY_LATER', trust=[AUGUST['root'], sub.crl('sub-reasons.crl', '20250801', '20250808', 'of-some-reasons')])
held = date('20250701000000') + tlv(0x30, extension('2.5.29.21', b'\x0a\1\6'))
lifted = date('20250720000000') + tlv(0x30, extension('2.5.29.21', b'\x0a\1\x08'))
base = list_by_hand('base.crl', 'sub', '2025-07-10', '2025-09-01', [('good', held)], extensions=[number(1), FRESHEST])
delta = list_by_hand('delta.crl', 'sub', '2025-08-01', '2025-08-08', [('good', lifted)],
                     extensions=[number(2), extension('2.5.29.27', tlv(2, b'\1'), True)])
case('list-holds', letter(), 'TRY_LATER', trust=[AUGUST['root'], base], codes=['SUSPENDED'])
case('delta-lifts', letter(), None, trust=[AUGUST['root'], base, delta])
case('delta-alone', letter(), 'TRY_LATER', trust=[AUGUST['root'], delta])
clean = list_by_hand('clean.crl', 'sub', '2025-07-10', '2025-09-01', extensions=[number(1), FRESHEST])
delta = list_by_hand('delta-revokes.crl', 'sub', '2025-08-01', '2025-08-08', [('good', date('20250720000000'))],
                     extensions=[number(2), extension('2.5.29.27', tlv(2, b'\1'), True)])
case('delta-revokes', letter(), 'REVOKED_NO_POE', trust=[AUGUST['root'], clean, delta])
case('list-of-days-to-come', letter(), 'TRY_LATER', trust=[AUGUST['root'], list_by_hand('future.crl', 'sub', '2099-01-01', '2099-02-01')],
     codes=['REVOCATION_FUTURE'])
unending = list_by_hand('unending.crl', 'sub', '2025-08-01')
case('list-without-end', letter(), 'TRY_LATER', trust=[AUGUST['root'], unending], codes=['REVOCATION_STALE'])
case('list-without-end-after-the-stamp', letter(over_value=tst(SIGNED)), None, trust=[AUGUST['root'], unending])
weak = list_by_hand('weak.crl', 'sub', '2025-08-01', '2025-08-08', md='sha1')
case('list-sha1', letter(), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', trust=[AUGUST['root'], weak], codes=['REVOCATION_WEAK'])
of_brief = add_dss(letter('of-brief', certs=certs('of-brief', 'brief'), over_value=tst(SIGNED)), [], [der(BRIEF)])
case('list-of-an-ended-authority', of_brief, 'REVOCATION_OUT_OF_BOUNDS_NO_POE', trust=JULY[:1], codes=['REVOCATION_LAPSED'])
case('list-of-an-ended-authority-proven', stamp(of_brief, make=tst('2025-07-18T00:00:00Z')), None, trust=JULY[:1])
case('list-of-an-ended-authority-stored', letter('of-brief', certs=certs('of-brief', 'brief'), over_value=tst(SIGNED)), None,
     trust=[JULY[0], BRIEF])

# Answers --------------------------------------------------------------------------------------------------------

ROOT_LIST = [AUGUST['root']]


def answered(name, sub_indication, who='good', trust=ROOT_LIST, over_value=None, want={}, **args):
    args = {'about': who, 'issuer': 'sub', 'responder': 'fit', 'made': '2025-08-01', 'until': '2025-08-08', **args}
    case(name, add_dss(letter(who, over_value=over_value), ocsps=[answer_by_hand(**args)]), sub_indication, trust=trust, **want)


answered('answer', None)
answered('answer-unknown', 'TRY_LATER', status=b'\x82\0', want={'codes': ['REVOCATION_UNANSWERED']})
answered('answer-without-end', 'TRY_LATER', until=None, want={'codes': ['REVOCATION_STALE']})
answered('answer-without-end-after-the-stamp', None, until=None, over_value=tst(SIGNED))
answered('answer-of-days-to-come', 'TRY_LATER', made='2099-01-01', until='2099-02-01', responder='sub', want={'codes': ['REVOCATION_FUTURE']})
answered('answer-sha1', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', md='sha1', want={'codes': ['REVOCATION_WEAK']})
answered('responder-asks', 'TRY_LATER', responder='asking', want={'codes': ['REVOCATION_UNVOUCHED']})
answered('responder-asks-and-stands', None, responder='asking', trust=[AUGUST['root'], sub.crl('sub-again.crl', '20250801', '20250808')])
answered('responder-revoked', 'TRY_LATER', responder='asking-revoked', trust=[AUGUST['root'], list_by_hand(
    'of-responder.crl', 'sub', '2025-07-01', '2025-07-08', [('asking-revoked', date('20250601000000'))])])
answered('answer-after-the-end', 'OUT_OF_BOUNDS_NO_POE', who='ends')
answered('answer-that-remembers', UNPROVEN, who='ends', extensions=[extension('1.3.6.1.5.5.7.48.1.6', date('20250101000000'))])
answered('answer-that-remembers-too-little', 'OUT_OF_BOUNDS_NO_POE', who='ends',
         extensions=[extension('1.3.6.1.5.5.7.48.1.6', date('20250720000000'))])
answered('answer-that-remembers-and-a-stamp', None, who='ends', over_value=tst(SIGNED),
         extensions=[extension('1.3.6.1.5.5.7.48.1.6', date('20250101000000'))])

# Paths ----------------------------------------------------------------------------------------------------------

NO_SUB = [CA + '/root.crt']
for order in (('rekeyed', 'sub'), ('sub', 'rekeyed')):
    case('new-key-old-name-%s' % order[0], letter(certs=certs('good', *order)), None, base=NO_SUB)
    case('new-key-old-name-%s-no-identifiers' % order[0], letter('bare', certs=certs('bare', *order)), None, base=NO_SUB)
for other in ('ended', 'crossed', 'renewed'):           # of the last, its own certificate is revoked
    case('beside-one-%s' % other, letter(certs=certs('good', other, 'sub')), None, base=NO_SUB)
case('ended-alone', letter(certs=certs('good', 'ended')), 'OUT_OF_BOUNDS_NO_POE', base=NO_SUB)
case('crossed-alone', letter(certs=certs('good', 'crossed', 'stranger')), 'NO_CERTIFICATE_CHAIN_FOUND', base=NO_SUB)
case('renewed-alone', letter(certs=certs('good', 'renewed')), 'REVOKED_CA_NO_POE', base=NO_SUB)
case('rekeyed-alone', letter(certs=certs('good', 'rekeyed')), 'NO_CERTIFICATE_CHAIN_FOUND', base=NO_SUB)
case('rekeyed-alone-no-identifiers', letter('bare', certs=certs('bare', 'rekeyed')), 'CERTIFICATE_CHAIN_GENERAL_FAILURE', base=NO_SUB)
case('many-namesakes', letter('bare', certs=certs('bare', 'rekeyed', 'renewed', 'ended', 'crossed', 'sub')), None, base=NO_SUB)
case('name-permitted', letter('inside', certs=certs('inside', 'narrow')), None, trust=[AUGUST['root'], AUGUST['narrow']])
case('name-not-permitted', letter('outside', certs=certs('outside', 'narrow')), 'CERTIFICATE_CHAIN_GENERAL_FAILURE', trust=[AUGUST['root'], AUGUST['narrow']])
case('policy-asked-for', letter('under-policy', certs=certs('under-policy', 'by-policy')), None, trust=[AUGUST['root'], AUGUST['by-policy']])
case('policy-missing', letter('without-policy', certs=certs('without-policy', 'by-policy')), 'CHAIN_CONSTRAINTS_FAILURE',
     trust=[AUGUST['root'], AUGUST['by-policy']])
case('issued-by-a-holder', letter('by-a-holder', certs=certs('by-a-holder', 'good')), 'CERTIFICATE_CHAIN_GENERAL_FAILURE', trusted=False)
case('unknown-critical-extension', letter('strange'), 'CHAIN_CONSTRAINTS_FAILURE')
case('for-servers-alone', letter('server'), 'CHAIN_CONSTRAINTS_FAILURE', codes=['CHAIN_CONSTRAINTS'])
case('for-servers-and-mail', letter('server-and-mail'), None)

# Algorithms at their time ---------------------------------------------------------------------------------------

case('sha1-stamped-in-its-time', letter('old', md='sha1', over_value=tst('2013-06-01T00:00:00Z')), None, codes=['CHAIN_OK'])
case('sha1-stamped-too-late', letter('old', md='sha1', over_value=tst('2014-06-01T00:00:00Z')), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
case('certificate-sha1-dated-back', letter('dated-back'), 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', codes=['WEAK_CHAIN'], trusted=None)
case('certificate-sha1-proven', letter('dated-back', over_value=tst('2013-06-01T00:00:00Z')), None)

# Attributes -----------------------------------------------------------------------------------------------------

case('attributes-as-written', letter(as_written=True), 'SIG_CONSTRAINTS_FAILURE', codes=['CMS_NOT_DER'], intact=True, valid=None)

failed = [line for line in judge_cases(CONGVAN, cases) if line[1] is not None]

# In words: whatever is not found valid says what to do; in Vietnamese nothing is left in English.
PHRASES = {'unit-ended': 'so has that of the time-stamp', 'stamped': 'by time-stamp)', 'imprint-sha1': 'by a time-stamp that is not fully proven)', 'claimed-only': 'as the signer claims)',
           'unit-ended-since-but-stamped': 'changed after signing: document time-stamp added\n', 'superseded': 'revoked before the time used: CN=superseded, 2025-07-05',
           'stamped-by-a-stranger': 'What to do: Import the root'}
WORDS = {'vi': ('Việc cần làm: ', r'(?m)^\S+\.pdf: (?!hợp lệ)'), 'en': ('What to do: ', r'(?m)^\S+\.pdf: (?!passed)')}
for lang, (todo, head) in WORDS.items():
    argv = [CONGVAN, 'verify', '--lang', lang, '--at', '2025-08-02']
    for t in BASE + NOW:
        argv += ['--trust', t]
    text = subprocess.run(argv + ['--'] + [c[0] + '.pdf' for c in cases], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    blocks = re.split(r'(?m)^(?=\S+\.pdf: )', text)[1:]
    wrong = [b for b in blocks if bool(re.match(head, b)) != (todo in b)]
    if lang == 'en':
        wrong += [n for n, p in PHRASES.items() if not any(b.startswith(n + '.pdf: ') and p in b for b in blocks)]
    if lang == 'vi':
        wrong += re.findall(r'(?m)^ .* (?:the|and|not|for|after|before|which) .*$', text)
    if len(blocks) != len(cases) or wrong:
        failed.append(('words in ' + lang, '%d files; %s' % (len(blocks), '\n'.join(wrong))))
for line in failed:
    print('%s: %s' % line)
print('evidence: %d passed, %d failed' % (len(cases) + len(WORDS) - len(failed), len(failed)))
sys.exit(1 if failed else 0)
