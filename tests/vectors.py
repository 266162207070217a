# SPDX-License-Identifier: GPL-3.0-or-later
#
# vectors.py CONGVAN - the vectors V01..V37: what a request says, and what must be said of it.
#
# A vector is a letter as 2_extract and 3_verify would tell it, and either the rule that must object with its
# severity, or None: then nothing may be held or refused.
import json, os, subprocess, sys

congvan = os.path.abspath(sys.argv[1])
os.makedirs('build/vectors', exist_ok=True)
open('build/vectors/letter', 'w').close()
ND68, TT185 = 'nd68-2024/mau-', 'tt185-2019/mau-'
passed, failed = 0, []


def value(text):
    return {'value': text, 'confidence': 1.0, 'part': 1, 'page': 1, 'box': [0, 0, 1, 1], 'source': 'text'}


def field(name, text, **attrs):
    f = {'fact': 'field', 'document': 0, 'name': name, 'read': value(text)}
    if attrs:
        f['attrs'] = [{'name': k, 'value': v} for k, v in attrs.items()]
    return f


def row(form, n=1, **cells):
    return {'fact': 'request', 'document': 0, 'form': form, 'row': n,
            'cells': [{'name': k, 'read': value(v)} for k, v in cells.items()]}


def cert(serial, body, district='huyện Bình Sơn', province='tỉnh Quảng Ngãi', to='2029-01-01', kind='agency', **more):
    dn = 'CN=%s, OU=Ủy ban nhân dân %s, O=Ủy ban nhân dân %s, L=%s, C=VN' % (body, district, province, province.split(' ', 1)[1] if province.startswith('tỉnh') else province[10:])
    cells = dict(serial=serial, subject_dn=dn, org_name=body, holder_name=body, cert_kind=kind, valid_from='2019-01-01', valid_to=to, device_serial='BCYC' + serial, renewals='0', email='ubnd@x.gov.vn')
    cells.update(more)
    return row('certificate-list', int(serial, 16), **cells)


def signature(**more):
    who = {'part': 1, 'role': 'signer', 'cn': 'Trần B', 'o': None, 'ou': [], 'l': None, 'email': None, 'subject': None, 'issuer': None,
           'serial': '77', 'not_before': '2024-01-01T00:00:00Z', 'not_after': '2029-01-01T00:00:00Z', 'sha256': None}
    s = {'fact': 'signature', 'part': 1, 'name': 'Signature1', 'format': 'PAdES', 'level': 'B-B', 'indication': 'TOTAL_PASSED', 'sub_indication': None,
         'intact': True, 'valid': True, 'trusted': True, 'coverage': 'whole-file', 'changes_after': 'none', 'changes': [],
         'claimed_time': None, 'timestamp_time': None, 'best_time': '2025-06-20T03:00:00Z', 'validated_at': None, 'signer': who,
         'digest': 'SHA256', 'algorithm': 'RSA', 'key_bits': 2048, 'revocation': {'status': 'good', 'source': None, 'produced_at': None},
         'messages': [], 'revision': 1, 'revisions': 1, 'page': 1, 'box': [0, 0, 1, 1]}
    s.update(more)
    return s


def letter(date, facts, agency='UBND XÃ BÌNH CHƯƠNG', parent='UBND HUYỆN BÌNH SƠN', place='Quảng Ngãi', to='Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ',
           subject='V/v đề nghị', form=None, text='', received=None, kind='form'):
    form = form or next((f['form'] for f in facts if f['fact'] == 'request' and '/' in f['form']), None)
    if kind == 'form' and not any(f['fact'] == 'signature' for f in facts):
        who = signature()['signer']
        facts = facts + [signature(), signature(name='Signature2', signer=dict(who, cn=agency))]
    document = {'fact': 'document', 'part': 1, 'first_page': 1, 'last_page': 1, 'kind': kind, 'confidence': 1.0, 'reason': 'vector', 'text_source': 'text'}
    if form:
        document['form'] = form
    return [{'fact': 'letter', 'name': 'vector', 'sha256': '0' * 64, 'received': (received or date) + 'T03:00:00Z'},
            {'fact': 'part', 'name': 'vector.pdf', 'media': 'application/pdf', 'sha256': '0' * 64, 'size': 1, 'inside': 0},
            document, {'fact': 'page', 'part': 1, 'number': 1, 'width': 595.0, 'height': 842.0, 'source': 'text', 'text': text},
            field('number', '12'), field('symbol', 'UBND-VP'), field('date', date), field('agency', agency), field('parent_agency', parent),
            field('place', place), field('subject', subject), field('recipients', to)] + facts


def judge(facts, at):
    line = json.dumps({'letter': 'sha256:0', 'path': 'build/vectors/letter', 'facts': facts}, ensure_ascii=False)
    p = subprocess.run([congvan, 'stage', '4_judge', '--at', at], input=line.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answer = json.loads(p.stdout.decode().splitlines()[0])
    if not answer.get('ok'):
        raise SystemExit('vectors: %s' % answer)
    return [f for f in answer['facts'] if f['fact'] == 'finding']


def check(name, facts, rule=None, severity=None, at=None, says=None):
    global passed
    date = next(f['read']['value'] for f in facts if f['fact'] == 'field' and f['name'] == 'date')
    findings = judge(facts, at or date)
    if rule is None:
        wrong = [f for f in findings if f['severity'] in ('hold', 'reject')]
        good = not wrong
    else:
        wrong = [f for f in findings if f['rule'] == rule and (severity is None or f['severity'] == severity) and (says is None or says in f['vi'])]
        good = bool(wrong)
        if not wrong:
            wrong = findings
    if good:
        passed += 1
    else:
        failed.append(name)
        print('vectors: %s: wanted %s, got %s' % (name, rule or 'no objection', [(f['rule'], f['severity'], f['vi'][:90]) for f in wrong]))


def audit(name, rows, want, requests=None, **options):
    """rows: certificate lists; want: {serial: action}"""
    global passed
    import csv, io
    heads = ['serial', 'subject_dn', 'org_name', 'org_code', 'holder_name', 'title', 'email', 'cert_kind', 'valid_from', 'valid_to', 'device_serial', 'renewals']
    with open('build/vectors/inventory.csv', 'w', encoding='utf-8', newline='') as f:
        w = csv.DictWriter(f, heads, extrasaction='ignore')
        w.writeheader()
        for r in rows:
            w.writerow({c['name']: c['read']['value'] for c in r['cells']})
    command = [congvan, 'audit', '--inventory', 'build/vectors/inventory.csv', '--format', 'csv', '--at', '2025-06-15']
    if requests:
        with open('build/vectors/requests.csv', 'w', encoding='utf-8', newline='') as f:
            w = csv.DictWriter(f, ['form', 'serial', 'holder_name', 'info_new', 'renew', 'change', 'device_serial', 'reason', 'email'], extrasaction='ignore')
            w.writeheader()
            for r in requests:
                w.writerow(dict({c['name']: c['read']['value'] for c in r['cells']}, form=r['form']))
        command += ['--requests', 'build/vectors/requests.csv']
    p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    got = {r['serial']: r['action'] for r in csv.DictReader(io.StringIO(p.stdout.decode()))}
    if got == want:
        passed += 1
    else:
        failed.append(name)
        print('vectors: %s: wanted %s, got %s %s' % (name, want, got, p.stderr.decode()[:200]))


WARDS = {'Nguyễn Nghiêm': 'A1', 'Trần Hưng Đạo': 'A2', 'Nghĩa Chánh': 'A3', 'Chánh Lộ': 'A4'}
COMMUNES = [cert('B1', 'Ủy ban nhân dân xã Bình Mỹ'), cert('B2', 'Ủy ban nhân dân xã Bình Chương')]
QUARTER = [cert(s, 'Ủy ban nhân dân phường ' + w, 'thành phố Quảng Ngãi') for w, s in WARDS.items()]
POST = 'Đề nghị thu hồi, gửi 01 bản qua bưu điện kèm theo các thiết bị.'


def revoke(serial, n=1):
    return row(ND68 + '05', n, holder_name='Ủy ban nhân dân phường', serial=serial, device_serial='BCYC' + serial, reason='Sáp nhập', email='ubnd@x.gov.vn')


def change(serial, n=1, to='Ủy ban nhân dân phường Cẩm Thành', form=ND68 + '04', **more):
    return row(form, n, **dict(dict(holder_name='Ủy ban nhân dân phường', serial=serial, email='ubnd@x.gov.vn', info_old='tên', info_new=to, change='x'), **more))


SO = 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi'
NEW = '2025-07-02'
# V01, V02: the name holder goes on
check('V01', letter(NEW, COMMUNES + [revoke('B1')], text=POST))
audit('V01 audit', COMMUNES, {'B1': 'revoke', 'B2': 'change-info'})
check('V02', letter(NEW, COMMUNES + [revoke('B2')], text=POST), 'nd68-2024/keep-is-revoked', 'reject')
# V03, V04: any of the four may be chosen
for ward, serial in WARDS.items():
    others = [s for s in WARDS.values() if s != serial]
    facts = QUARTER + [change(serial)] + [revoke(s, i + 2) for i, s in enumerate(others)]
    check('V03 V04 ' + ward, letter(NEW, facts, to=SO, form=ND68 + '04'))
    audit('V03 V04 audit ' + ward, QUARTER, dict({s: 'revoke' for s in others}, **{serial: 'change-info'}), requests=[change(serial)] + [revoke(s) for s in others])
audit('V04 nobody has chosen', QUARTER, {s: 'choose-one' for s in WARDS.values()})
check('V05', letter(NEW, QUARTER + [change('A1'), change('A2', 2), revoke('A3', 3), revoke('A4', 4)], to=SO, form=ND68 + '04'), 'nd68-2024/two-kept', 'reject')
check('V06', letter(NEW, QUARTER + [change('A1'), revoke('A2', 2), revoke('A3', 3)], to=SO, form=ND68 + '04'), 'nd68-2024/left-over', 'hold')
issue = dict(address='Quảng Ngãi', email='ubnd@x.gov.vn', budget_code='1234567')
FOUNDED = 'Căn cứ Nghị quyết về việc sắp xếp đơn vị hành chính.'
check('V07', letter(NEW, QUARTER + [row(ND68 + '02', 1, org_name='Ủy ban nhân dân phường Cẩm Thành', **issue)], text=FOUNDED), 'nd68-2024/has-one-no-issue', 'reject')
# V08..V13: Thủy Nguyên, 1/1/2025
HP = dict(agency='UBND THÀNH PHỐ THỦY NGUYÊN', parent='UBND THÀNH PHỐ HẢI PHÒNG', place='Hải Phòng')
check('V08', letter('2025-01-06', [change('C1', to='Ủy ban nhân dân phường Lưu Kiếm')], **HP))
check('V09', letter('2025-01-06', [row(ND68 + '02', 1, org_name='UBND phường Lưu Kiếm', **issue)], text=FOUNDED, **HP), 'nd68-2024/kept-name-no-issue', 'reject')
lam = row(ND68 + '02', 1, org_name='UBND phường Hoàng Lâm', **issue)
check('V10', letter('2024-12-31', [lam], text=FOUNDED, **HP), 'nd68-2024/before-the-unit', 'reject')
check('V11', letter('2025-01-01', [lam], text=FOUNDED, **HP))
check('V12', letter('2025-01-06', [lam], text='Có xác nhận của người đứng đầu cơ quan cấp trên trực tiếp.', **HP))
check('V13', letter('2025-01-06', [lam], text='Đề nghị cấp mới.', **HP), 'nd68-2024/issue-conditions', 'hold')
# V14..V20: the old regime
LA = dict(agency='UBND TỈNH LONG AN', parent='', place='Long An')
old = TT185 + '08'


def aged(days_to, renewals):
    return cert('D1', 'Sở Nội vụ', 'huyện X', 'tỉnh Long An', to=days_to, renewals=renewals)


check('V14', letter('2020-05-01', [aged('2020-06-30', '0'), row(old, 1, serial='D1', renew='x')], **LA))
check('V15', letter('2020-05-01', [aged('2020-06-29', '0'), row(old, 1, serial='D1', renew='x')], **LA), 'tt185-2019/renewal', 'reject')
check('V16', letter('2020-05-01', [aged('2021-06-05', '1'), row(old, 1, serial='D1', renew='x')], **LA), 'tt185-2019/renewal', 'reject')
check('V17', letter('2020-05-01', [aged('2020-06-30', '0'), row(old, 1, serial='D1', change='x', info_new='Sở Nội vụ')], **LA))
head = row(TT185 + '02', 1, holder_name='Nguyễn Văn An', title='Giám đốc', workplace='Sở Nội vụ', email='an@longan.gov.vn')
deputy = row(TT185 + '02', 1, holder_name='Nguyễn Văn An', title='Phó Giám đốc', workplace='Sở Nội vụ', email='an@longan.gov.vn')
NV = dict(agency='SỞ NỘI VỤ', parent='UBND TỈNH LONG AN', place='Long An')
check('V18', letter('2020-05-01', [head], **NV), 'tt185-2019/head-through-superior', 'reject')
check('V19', letter('2020-05-01', [deputy], **NV))
check('V20', letter('2020-05-01', [row(TT185 + '12', 1, device_serial='USB1', holder_name='Nguyễn Văn An')], **NV), 'nd68-2024/wrong-addressee', 'hold')
# V21, V22: the day the regime changed
check('V21', letter('2024-08-14', [row(old, 1, serial='D2', change='x', info_new='x')], **LA))
check('V22', letter('2024-08-15', [row(old, 1, serial='D2', change='x', info_new='x')], **LA), 'nd68-2024/wrong-regime', 'reject', says='Mẫu số 04')
# V23..V25: working days
for name, received, deadline in (('V23', '2025-01-24', '07/02/2025'), ('V24', '2025-08-29', '09/9/2025'), ('V25', '2026-08-20', '26/8/2026')):
    check(name, letter(received, [], agency='CỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN', parent='BAN CƠ YẾU CHÍNH PHỦ', subject='Thông báo thu hồi chứng thư chữ ký số', kind='notice', to='UBND xã A'),
          'nd68-2024/device-deadline', 'note', at=received, says=deadline)
check('V26 in time', letter('2025-06-20', [change('B2', to='x')], to=SO))
check('V26 late', letter('2025-06-20', [change('B2', to='x')], to=SO, received='2025-06-23'), 'nd68-2024/late', 'warn', at='2025-06-23')
check('V27', letter('2025-06-20', [revoke('B1')], text='Gửi qua cổng dịch vụ công.'), 'nd68-2024/revocation-needs-post', 'hold')
check('V28', letter('2020-05-01', [row(old, 1, serial='D3', holder_name='Nguyễn Văn An', change='x', info_new='Tỉnh ủy Long An')], **LA), 'tt185-2019/move-to-party', 'reject')
check('V29', letter('2020-05-01', [deputy], text='Cấp chứng thư số để khai thuế điện tử.', **NV), 'tt185-2019/tax-needs-agency', 'hold')
check('V30', letter(NEW, [row(ND68 + '01', 1, holder_name='Nguyễn Văn An', identity='051190000001', workplace='UBND xã', email='an@gmail.com')]), 'nd68-2024/private-mail', 'reject')
check('V31', letter(NEW, [field('signers', 'Nguyễn A', authority='KT.', for_title='CHỦ TỊCH', title='PHÓ CHỦ TỊCH'), signature()], kind='letter'), 'qd2289-2024/own-certificate', 'reject')
check('V32', letter(NEW, [signature(indication='TOTAL_FAILED', sub_indication='HASH_FAILURE', intact=False)], kind='letter'), 'qd2289-2024/invalid-signature', 'reject')
school = row('certificate-list', 1, serial='E1', subject_dn='CN=Trường Tiểu học Lập Lễ, O=Ủy ban nhân dân thành phố Hải Phòng, L=Hải Phòng, C=VN', org_name='Trường Tiểu học Lập Lễ',
             org_code='H31.311.11551.S1', holder_name='Trường Tiểu học Lập Lễ', cert_kind='agency', valid_from='2024-01-01', valid_to='2029-01-01', device_serial='D', renewals='0', email='a@x.gov.vn')
audit('V33', [school], {'E1': 'keep'})
check('V34', letter(NEW, [change('B2', to='phường A', renew='x')], to=SO))
check('V35', letter(NEW, [change('B2', to='phường A', change='', renew='x')], to=SO), 'nd68-2024/new-info-without-change', 'warn')
check('V36', letter(NEW, [change('B2', to='phường A', change='')], to=SO), 'nd68-2024/nothing-ticked', 'reject')
check('V37', letter(NEW, [], form=ND68 + '08', text='Thiết bị lưu khóa bí mật bị mất.'), 'nd68-2024/lost-device-form', 'reject', says='09')

print('vectors: %d passed, %d failed' % (passed, len(failed)))
sys.exit(1 if failed else 0)
