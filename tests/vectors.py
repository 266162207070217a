# SPDX-License-Identifier: GPL-3.0-or-later
#
# vectors.py CONGVAN - the vectors V01..V37 that were read off the five seeds, end to end: a letter is described,
# set on pages and signed by the fixtures' tools, and goes through `congvan check`, or with a list of certificates
# through `congvan run`; inventories go through `congvan audit`. Wanted is the rule that must object, with its
# severity, or None: then nothing may be held or refused.
import csv, glob, io, json, os, re, shutil, sqlite3, subprocess, sys, xml.etree.ElementTree as tree

congvan = os.path.abspath(sys.argv[1])
HERE, FIXTURES = 'build/vectors', 'build/fixtures'
ND68, TT185 = 'nd68-2024/mau-', 'tt185-2019/mau-'
shutil.rmtree(HERE, ignore_errors=True)
os.makedirs(HERE + '/letters')
passed, failed, waiting = 0, [], []

# Who signs for whom: the clerk's person and the seal, both of the test PKI (fixtures/pki.tsv).
SIGNERS = {'UBND XÃ BÌNH CHƯƠNG': ('trinhcongkhoat', 'Trịnh Công Khoát', 'binhchuong', 'CHỦ TỊCH'),
           'UBND THÀNH PHỐ THỦY NGUYÊN': ('vuhaiduong', 'Vũ Hải Đường', 'thuynguyen', 'CHỦ TỊCH'),
           'UBND TỈNH LONG AN': ('caodinhthuan', 'Cao Đình Thuận', 'ubnd-longan', 'CHỦ TỊCH'),
           'SỞ NỘI VỤ': ('lethanhvan', 'Lê Thanh Vân Trử', 'snv-longan', 'GIÁM ĐỐC')}
CONTACT = dict(contact_name='Khổng Minh Thụy', contact_identity='051088000321', contact_identity_date='02/4/2022', contact_identity_place='Cục CSQLHC về TTXH',
               contact_title='Chuyên viên', contact_phone='0900000405', contact_email='kmthuy@quangngai.example', contact_address='Trụ sở cơ quan')


def row(form, **cells):
    return form, cells


def cert(serial, body, district='huyện Bình Sơn', province='tỉnh Quảng Ngãi', to='2029-01-01', **more):
    dn = 'CN=%s, OU=Ủy ban nhân dân %s, O=Ủy ban nhân dân %s, L=%s, C=VN' % (body, district, province, province.split(' ', 1)[1])
    return dict(dict(serial=serial, subject_dn=dn, org_name=body, holder_name=body, cert_kind='agency', valid_from='2019-01-01',
                     valid_to=to, device_serial='BCYC' + serial, renewals='0', email='ubnd@x.gov.vn'), **more)


def write_inventory(path, certs):
    heads = ['serial', 'subject_dn', 'org_name', 'org_code', 'holder_name', 'title', 'email', 'cert_kind', 'valid_from', 'valid_to', 'device_serial', 'renewals']
    with open(path, 'w', encoding='utf-8', newline='') as f:
        w = csv.DictWriter(f, heads)
        w.writeheader()
        w.writerows(certs)


def columns(form):
    """The list's columns as the form is described: name, heading, width."""
    root, found = tree.parse('schemas/forms/%s.xml' % form).getroot().find('list'), []
    for child in root:
        for c in child if child.tag == 'group' else [child]:
            if c.tag == 'column':
                head = c.get('label') if child.tag == 'column' else '%s > %s' % (child.get('label'), c.get('label'))
                found.append((c.get('name'), head, float(c.get('width', 10))))
    return found


def contact(root):
    """Who is to be asked, under the labels of the form."""
    c = root.find('contact')
    return ['h: 1. ' + c.get('label')] + ['n: %s: %s' % (k.get('label'), CONTACT[k.get('name')]) for k in c.iter('column') if k.get('name') in CONTACT] \
        + ['h: 2. ' + root.find('list').get('label')]


def paper(name, date, rows=(), form=None, agency='UBND XÃ BÌNH CHƯƠNG', parent='UBND HUYỆN BÌNH SƠN', place='Quảng Ngãi',
          to='Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ', subject=None, text='', kind=None):
    """A letter on pages, signed by a person and sealed by the agency."""
    form = form or (rows[0][0] if rows else None)
    root = tree.parse('schemas/forms/%s.xml' % form).getroot() if form else None
    minutes = root is not None and root.get('kind') == 'minutes'
    lines = ['parent: ' + parent] if parent else []
    lines += ['agency: ' + agency, 'number: %d' % (12 + len(glob.glob(HERE + '/letters/*.letter'))), 'symbol: UBND-VP', 'place: ' + place, 'date: ' + date]
    subject = subject or root.find('subject').text
    kind = 'BIÊN BẢN' if minutes else kind
    lines += ['type: ' + kind, 'subject: ' + subject] if kind else ['subject: V/v ' + subject]
    lines += ['to: ' + to + '.'] * (not minutes)
    if form:
        law = root.find('opening').text if root.find('opening') is not None else 'Căn cứ Nghị định số 68/2024/NĐ-CP, {agency} lập biên bản như sau:'
        lines.append('p: ' + law.replace('{agency}', 'cơ quan'))
    lines += ['p: ' + text] * bool(text)
    if rows or minutes:
        heads = columns(form)
        lines += (contact(root) if root.find('contact') is not None else []) + ['table-size: 8', 'table: ' + ' | '.join('%g' % w for _, _, w in heads), 'th: ' + ' | '.join(h for _, h, _ in heads)]
        for i, (_, cells) in enumerate(rows):
            lines.append('tr: ' + ' | '.join(str(i + 1) if n == 'row' else cells.get(n, '') for n, _, _ in heads))
    lines.append('p: Đề nghị xem xét, giải quyết./.')
    person, printed, seal, title = SIGNERS.get(agency, ('dinhhuutrac', 'Đinh Hữu Trạc', 'skhcn', 'GIÁM ĐỐC'))
    lines += ['copy: Như trên;', 'copy: Lưu: VT.', 'sign: ' + title, 'name: ' + printed]
    with open('%s/letters/%s.letter' % (HERE, name), 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')
    with open('%s/letters/%s.sign' % (HERE, name), 'w', encoding='utf-8') as f:
        f.write('sign %s %sT03:00:00Z sign hand\nsign %s %sT03:10:00Z seal seal\n' % (person, date, seal, date))
    return name


def letter(date, rows=(), certs=(), **more):
    return dict(more, date=date, rows=list(rows), certs=list(certs))


def check(name, told, rule=None, severity=None, at=None, says=None):
    """told: one letter, or several that come together."""
    told = told if isinstance(told, list) else [told]
    names = [paper(re.sub(r'\W+', '-', '%s-%d' % (name, i)), **{k: v for k, v in t.items() if k != 'certs'}) for i, t in enumerate(told)]
    waiting.append((name, names, [c for t in told for c in t['certs']], rule, severity, at or told[0]['date'], says))


def judge(name, findings, rule, severity, says):
    global passed
    wrong = [f for f in findings if f[1] in ('hold', 'reject')] if rule is None else findings
    good = not wrong if rule is None else any(f[0] == rule and severity in (None, f[1]) and (says is None or says in f[2]) for f in findings)
    passed += good
    if not good:
        failed.append(name)
        print('vectors: %s: wanted %s, got %s' % (name, rule or 'no objection', [(f[0], f[1], f[2][:90]) for f in wrong]))


def run_all():
    subprocess.run(['sh', 'fixtures/letters.sh', FIXTURES + '/bin', FIXTURES + '/pki', HERE + '/letters']
                   + sorted(glob.glob(HERE + '/letters/*.letter')), check=True)
    trust = ['--trust', FIXTURES + '/pki/trust']
    for day in sorted({w[5] for w in waiting if not w[2]}):
        jobs = {'%s/letters/%s.pdf' % (HERE, n): w for w in waiting if not w[2] and w[5] == day for n in w[1]}
        p = subprocess.run([congvan, 'check', '--format', 'json', '--at', day + 'T10:00:00Z', *trust, *jobs], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in p.stdout.decode().splitlines():
            told = json.loads(line)
            name, _, _, rule, severity, _, says = jobs[told['file']]
            judge(name, [(f['rule'], f['severity'], f['vi']) for f in told['findings']], rule, severity, says)
    for name, names, certs, rule, severity, day, says in waiting:
        if not certs:
            continue
        base = '%s/night-%s' % (HERE, re.sub(r'\W+', '-', name))
        os.makedirs(base + '/in')
        write_inventory(base + '/in/danh-sach.csv', certs)
        for n in names:
            shutil.copy('%s/letters/%s.pdf' % (HERE, n), base + '/in/')
        subprocess.run([congvan, 'run', '--inbox', base + '/in', '--outbox', base + '/out', '--state', base + '/state', '--at', day + 'T10:00:00Z', *trust],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        db = sqlite3.connect(base + '/state/ledger.db')
        judge(name, db.execute("SELECT f.rule, f.severity, f.vi FROM finding f JOIN letter l ON l.id = f.letter WHERE l.kind <> 'certificate-list'").fetchall(),
              rule, severity, says)
        db.close()


def fixture(name, pdf, rule):
    """A letter of the fixtures that is what the vector says."""
    p = subprocess.run([congvan, 'check', '--format', 'json', '--at', '2025-07-02', '--trust', FIXTURES + '/pki/trust', '%s/letters/%s.pdf' % (FIXTURES, pdf)],
                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    judge(name, [(f['rule'], f['severity'], f['vi']) for f in json.loads(p.stdout.decode())['findings']], rule, 'reject', None)


def audit(name, certs, want, requests=None):
    """want: {serial: action}"""
    global passed
    write_inventory(HERE + '/inventory.csv', certs)
    command = [congvan, 'audit', '--inventory', HERE + '/inventory.csv', '--format', 'csv', '--at', '2025-06-15']
    if requests:
        with open(HERE + '/requests.csv', 'w', encoding='utf-8', newline='') as f:
            w = csv.DictWriter(f, ['form', 'serial', 'holder_name', 'info_new', 'renew', 'change', 'device_serial', 'reason', 'email'], extrasaction='ignore')
            w.writeheader()
            w.writerows(dict(cells, form=form) for form, cells in requests)
        command += ['--requests', HERE + '/requests.csv']
    p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    got = {r['serial']: r['action'] for r in csv.DictReader(io.StringIO(p.stdout.decode()))}
    passed += got == want
    if got != want:
        failed.append(name)
        print('vectors: %s: wanted %s, got %s %s' % (name, want, got, p.stderr.decode()[:200]))


WARDS = {'Nguyễn Nghiêm': 'A1', 'Trần Hưng Đạo': 'A2', 'Nghĩa Chánh': 'A3', 'Chánh Lộ': 'A4'}
COMMUNES = [cert('B1', 'Ủy ban nhân dân xã Bình Mỹ'), cert('B2', 'Ủy ban nhân dân xã Bình Chương')]
QUARTER = [cert(s, 'Ủy ban nhân dân phường ' + w, 'thành phố Quảng Ngãi') for w, s in WARDS.items()]
POST = 'Đề nghị thu hồi, gửi 01 bản qua bưu điện kèm theo các thiết bị.'


def revoke(serial):
    return row(ND68 + '05', holder_name='Ủy ban nhân dân phường', serial=serial, device_serial='BCYC' + serial, reason='Sáp nhập', email='ubnd@x.gov.vn',
               tax_code='4300900109', budget_code='1100109')


def change(serial, to='Ủy ban nhân dân phường Cẩm Thành', form=ND68 + '04', **more):
    return row(form, **dict(dict(holder_name='Ủy ban nhân dân phường', serial=serial, email='ubnd@x.gov.vn', info_old='tên', info_new=to, change='x'), **more))


SO = 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi'
NEW = '2025-07-02'
# V01, V02: the name holder goes on
check('V01', letter(NEW, [revoke('B1')], COMMUNES, text=POST))
audit('V01 audit', COMMUNES, {'B1': 'revoke', 'B2': 'change-info'})
check('V02', letter(NEW, [revoke('B2')], COMMUNES, text=POST), 'nd68-2024/keep-is-revoked', 'reject')
# V03, V04: any of the four may be chosen
for ward, serial in WARDS.items():
    others = [s for s in WARDS.values() if s != serial]
    check('V03 V04 ' + serial, [letter(NEW, [change(serial)], QUARTER, to=SO), letter(NEW, [revoke(s) for s in others], text=POST)])
    audit('V03 V04 audit ' + ward, QUARTER, dict({s: 'revoke' for s in others}, **{serial: 'change-info'}), requests=[change(serial)] + [revoke(s) for s in others])
audit('V04 nobody has chosen', QUARTER, {s: 'choose-one' for s in WARDS.values()})
check('V05', [letter(NEW, [change('A1'), change('A2')], QUARTER, to=SO), letter(NEW, [revoke('A3'), revoke('A4')], text=POST)], 'nd68-2024/two-kept', 'reject')
check('V06', [letter(NEW, [change('A1')], QUARTER, to=SO), letter(NEW, [revoke('A2'), revoke('A3')], text=POST)], 'nd68-2024/left-over', 'hold')
issue = dict(address='Quảng Ngãi', email='ubnd@x.gov.vn', budget_code='1234567', tax_code='4300900109', province='Quảng Ngãi')
FOUNDED = 'Căn cứ Nghị quyết về việc sắp xếp đơn vị hành chính.'
check('V07', letter(NEW, [row(ND68 + '02', org_name='Ủy ban nhân dân phường Cẩm Thành', **issue)], QUARTER, text=FOUNDED), 'nd68-2024/has-one-no-issue', 'reject')
# V08..V13: Thủy Nguyên, 1/1/2025
HP = dict(agency='UBND THÀNH PHỐ THỦY NGUYÊN', parent='UBND THÀNH PHỐ HẢI PHÒNG', place='Hải Phòng')
check('V08', letter('2025-01-06', [change('C1', to='Ủy ban nhân dân phường Lưu Kiếm')], **HP))
check('V09', letter('2025-01-06', [row(ND68 + '02', org_name='UBND phường Lưu Kiếm', **issue)], text=FOUNDED, **HP), 'nd68-2024/kept-name-no-issue', 'reject')
lam = row(ND68 + '02', org_name='UBND phường Hoàng Lâm', **issue)
check('V10', letter('2024-12-31', [lam], text=FOUNDED, **HP), 'nd68-2024/before-the-unit', 'reject')
check('V11', letter('2025-01-01', [lam], text=FOUNDED, **HP))
check('V12', letter('2025-01-06', [lam], text='Có xác nhận của người đứng đầu cơ quan cấp trên trực tiếp.', **HP))
check('V13', letter('2025-01-06', [lam], text='Đề nghị cấp mới.', **HP), 'nd68-2024/issue-conditions', 'hold')
# V14..V20: the old regime
LA = dict(agency='UBND TỈNH LONG AN', parent='', place='Long An')
old = TT185 + '08'
body = dict(holder_name='Sở Nội vụ', email='snv@longan.gov.vn')


def aged(days_to, renewals):
    return [cert('D1', 'Sở Nội vụ', 'huyện X', 'tỉnh Long An', to=days_to, renewals=renewals)]


check('V14', letter('2020-05-01', [row(old, serial='D1', renew='x', **body)], aged('2020-06-30', '0'), **LA))
check('V15', letter('2020-05-01', [row(old, serial='D1', renew='x', **body)], aged('2020-06-29', '0'), **LA), 'tt185-2019/renewal', 'reject')
check('V16', letter('2020-05-01', [row(old, serial='D1', renew='x', **body)], aged('2021-06-05', '1'), **LA), 'tt185-2019/renewal', 'reject')
check('V17', letter('2020-05-01', [row(old, serial='D1', change='x', info_old='tên', info_new='Sở Nội vụ', **body)], aged('2020-06-30', '0'), **LA))
person = dict(holder_name='Nguyễn Văn An', workplace='Sở Nội vụ', email='an@longan.gov.vn', birth_date='01/02/1980', identity='080080000321, 02/4/2019, Cục CSQLHC về TTXH',
              province='Long An', phone='0900000406')
NV = dict(agency='SỞ NỘI VỤ', parent='UBND TỈNH LONG AN', place='Long An')
check('V18', letter('2020-05-01', [row(TT185 + '02', title='Giám đốc', **person)], **NV), 'tt185-2019/head-through-superior', 'reject')
check('V19', letter('2020-05-01', [row(TT185 + '02', title='Phó Giám đốc', **person)], **NV))
check('V20', letter('2020-05-01', [row(TT185 + '12', device_serial='BCYC00000001', **person)], **NV), 'nd68-2024/wrong-addressee', 'hold')
# V21, V22: the day the regime changed
changed = row(old, serial='D2', change='x', info_old='tên', info_new='Sở Nội vụ', **body)
check('V21', letter('2024-08-14', [changed], **LA))
check('V22', letter('2024-08-15', [changed], **LA), 'nd68-2024/wrong-regime', 'reject', says='Mẫu số 04')
# V23..V25: working days
for name, received, deadline in (('V23', '2025-01-24', '07/02/2025'), ('V24', '2025-08-29', '09/9/2025'), ('V25', '2026-08-20', '26/8/2026')):
    check(name, letter(received, agency='CỤC CHỨNG THỰC SỐ|VÀ BẢO MẬT THÔNG TIN', parent='BAN CƠ YẾU CHÍNH PHỦ', kind='THÔNG BÁO', subject='Về việc thu hồi chứng thư chữ ký số', to='UBND xã A'),
          'nd68-2024/device-deadline', 'note', says=deadline)
check('V26 in time', letter('2025-06-20', [change('B2', to='xã A')], to=SO))
check('V26 late', letter('2025-06-20', [change('B2', to='xã A')], to=SO), 'nd68-2024/late', 'warn', at='2025-06-23')
check('V27', letter('2025-06-20', [revoke('B1')], text='Gửi qua cổng dịch vụ công.'), 'nd68-2024/revocation-needs-post', 'hold')
check('V28', letter('2020-05-01', [row(old, serial='D3', holder_name='Nguyễn Văn An', email='an@longan.gov.vn', change='x', info_old='Cơ quan công tác', info_new='Tỉnh ủy Long An')], **LA),
      'tt185-2019/move-to-party', 'reject')
check('V29', letter('2020-05-01', [row(TT185 + '02', title='Phó Giám đốc', **person)], text='Cấp chứng thư số để khai thuế điện tử.', **NV), 'tt185-2019/tax-needs-agency', 'hold')
check('V30', letter(NEW, [row(ND68 + '01', **dict(person, email='an@gmail.com', workplace='UBND xã'))]), 'nd68-2024/private-mail', 'reject')
fixture('V31', 'cv-ducpho-kt', 'qd2289-2024/own-certificate')
fixture('V32', 'cv-ducpho-sua', 'qd2289-2024/invalid-signature')
audit('V33', [dict(serial='E1', subject_dn='CN=Trường Tiểu học Lập Lễ, O=Ủy ban nhân dân thành phố Hải Phòng, L=Hải Phòng, C=VN', org_name='Trường Tiểu học Lập Lễ',
                   org_code='H31.311.11551.S1', holder_name='Trường Tiểu học Lập Lễ', cert_kind='agency', valid_from='2024-01-01', valid_to='2029-01-01',
                   device_serial='D', renewals='0', email='a@x.gov.vn')], {'E1': 'keep'})
check('V34', letter(NEW, [change('B2', to='phường A', renew='x')], to=SO))
check('V35', letter(NEW, [change('B2', to='phường A', change='', renew='x')], to=SO), 'nd68-2024/new-info-without-change', 'warn')
check('V36', letter(NEW, [change('B2', to='phường A', change='')], to=SO), 'nd68-2024/nothing-ticked', 'reject')
check('V37', letter(NEW, form=ND68 + '08', text='Thiết bị lưu khóa bí mật bị mất.'), 'nd68-2024/lost-device-form', 'reject', says='09')
run_all()

print('vectors: %d passed, %d failed' % (passed, len(failed)))
sys.exit(1 if failed else 0)
