#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""inventories.py CONGVAN [SEED [PROVINCE...]] - audit inventories that are made up, for every province of the mergers.

Each inventory holds real units under invented certificates, written as offices write them (capitals, no marks, NFD,
abbreviations, two blanks, subjects in either order, with and without district, codes missing or another unit's).
What should come out is worked out here from the table of reasons alone (rules/README.md, the merger tables): the
maker knows which unit each row means, so nothing of the program's reading of names is repeated. Two derivations by
two hands; a difference is a fault of one of them. Standard library only.
"""
import collections, csv, datetime, io, os, random, re, subprocess, sys, tempfile, unicodedata

DAY = datetime.date(2025, 7, 1)
TONES = '\u0300\u0301\u0303\u0309\u0323'


def rows_of(path, **how):
    with open(os.path.join('rules', path), encoding='utf-8') as f:
        return list(csv.DictReader(f, **how))


def letters(text):
    """One name in two spellings gives one key: case, place of the tone, blanks, i or y do not count."""
    d = unicodedata.normalize('NFD', (text.lstrip('0') if text.isdigit() else text).lower())
    plain = ''.join(c for c in d if c not in TONES and (c.isalnum() or unicodedata.combining(c)))
    return plain.replace('y', 'i'), ''.join(c for c in d if c in TONES)


def bare(text):
    d = unicodedata.normalize('NFD', text.replace('đ', 'd').replace('Đ', 'D'))
    return ''.join(c for c in d if not unicodedata.combining(c))


def unkinded(name, kind):
    return name[len(kind) + 1:] if name.lower().startswith(kind.lower() + ' ') else name


class Unit:
    def __init__(self, r):
        self.code, self.name, self.kind = r['predecessor_code'], r['predecessor_name'], r['predecessor_kind']
        self.district, self.province = r['predecessor_district'], r['predecessor_province']
        self.district_code = r['predecessor_district_code']
        self.spellings = {letters(self.name)} | ({letters(r['predecessor_name_alt'])} if r['predecessor_name_alt'] else set())
        self.to, self.disputed = [], False


class Country:
    def __init__(self):
        self.units, self.into, self.new = {}, collections.defaultdict(list), {}
        for r in rows_of('mergers/2025-07-01.csv'):
            if r['predecessor_code'].startswith('h'):    # an island district, not a commune
                self.new.setdefault(r['successor_code'], r)
                continue
            u = self.units.setdefault(r['predecessor_code'], Unit(r))
            u.to.append(r['successor_code'])
            u.disputed |= r['whole_or_part'] == 'disputed'
            self.into[r['successor_code']].append(u)
            self.new[r['successor_code']] = r
        for v in rows_of('mergers/name-variants.tsv', delimiter='\t', quoting=csv.QUOTE_NONE):
            kinds = 'Xã', 'Phường', 'Thị trấn'
            cut = lambda n: next((n[len(k) + 1:] for k in kinds if n.startswith(k + ' ')), n)
            u = self.units.get(v['code']) if v['era'] == 'pre' else None
            if u and letters(cut(v['reference_name'])) == letters(u.name):
                u.spellings.add(letters(cut(v['other_name'])))
        self.provinces = {r['predecessor_name']: r for r in rows_of('mergers/provinces-2025-07-01.csv')}
        self.zones = {r['predecessor_district']: r for r in rows_of('mergers/2025-07-01.csv') if r['predecessor_code'].startswith('h')}
        alive = {(k, u.kind, u.district, u.province) for u in self.units.values() for k in u.spellings}
        self.ended = []
        for r in rows_of('mergers/2023-2025.csv'):
            name = unkinded(r['predecessor_name'], r['predecessor_kind'])
            key = letters(name), r['predecessor_kind'], r['predecessor_district'], r['predecessor_province']
            goes_on = key[:2] == (letters(unkinded(r['successor_name'], r['successor_kind'])), r['successor_kind'])
            goes_on |= r['successor_kind'] == 'Xã' and r['successor_district'].startswith('Quận ')    # a slip of the list
            if key not in alive and not goes_on and r['effective_date'] < '2025-07-01' and '2025-07-01' not in r['effective_date']:
                self.ended.append((name, r))

    # What becomes of a unit, by the table of mergers alone -------------------------------------------------
    def holders(self, code):
        exact = [u for u in self.into[code] if letters(u.name) == letters(self.new[code]['successor_name'])]
        return exact or [u for u in self.into[code] if letters(self.new[code]['successor_name']) in u.spellings]

    def successor(self, u):
        keep = [c for c in u.to if u in self.holders(c)]
        return u.to[0] if len(u.to) == 1 else keep[0] if len(keep) == 1 else None

    def fate(self, u):
        if u.disputed:
            return 'DISPUTED_DATA', None
        code = self.successor(u)
        if code is None:
            return 'SPLIT_NO_NAME', None
        new, holders = self.new[code], self.holders(code)
        fit = [h for h in holders if h.kind == new['successor_kind']]
        holder = holders[0] if len(holders) == 1 else fit[0] if len(fit) == 1 else None
        near = [v for v in self.into[code] if bare(v.name).lower() == bare(new['successor_name']).lower()]
        if holders and holder is None:
            return 'NEAR_NAME_IN_GROUP', code
        if not holders and near:
            return ('NEAR_NAME' if u in near else 'NEAR_NAME_IN_GROUP'), code
        if not holders:
            return 'NEW_NAME', code
        if u is holder:
            return 'NAME_KEPT', code
        if holder.disputed:
            return 'DISPUTED_DATA_IN_GROUP', code
        return ('TWO_NAMESAKES_OTHER_KIND' if u in holders else 'NAME_OF_OTHER_KEPT'), code

    def holder(self, code):
        h = self.holders(code)
        return h[0] if len(h) == 1 else next(u for u in h if u.kind == self.new[code]['successor_kind'])


BODIES = {'UBND': 'Ủy ban nhân dân', 'HDND': 'Hội đồng nhân dân'}
SHORT = {'Xã': 'X.', 'Phường': 'P.', 'Thị trấn': 'TT.', 'Huyện': 'H.', 'Quận': 'Q.', 'Thị xã': 'TX.', 'Thành phố': 'TP.'}
DEPARTMENTS = ['Sở Tài chính', 'Sở Tư pháp', 'Sở Công Thương', 'Sở Nội vụ', 'Sở Xây dựng', 'Sở Y tế', 'Sở Giáo dục và Đào tạo',
               'Sở Khoa học và Công nghệ', 'Sở Văn hóa, Thể thao và Du lịch', 'Thanh tra', 'Văn phòng Ủy ban nhân dân']
MERGED = {'Sở Thông tin và Truyền thông': 'Sở Khoa học và Công nghệ', 'Sở Kế hoạch và Đầu tư': 'Sở Tài chính',
          'Sở Giao thông vận tải': 'Sở Xây dựng', 'Sở Lao động - Thương binh và Xã hội': 'Sở Nội vụ',
          'Sở Tài nguyên và Môi trường': 'Sở Nông nghiệp và Môi trường', 'Ban Dân tộc': 'Sở Dân tộc và Tôn giáo'}
OFFICES = ['Văn phòng HĐND và UBND', 'Phòng Tài chính - Kế hoạch', 'Phòng Tư pháp', 'Phòng Nội vụ', 'Thanh tra']
SCHOOLS = ['Trường Mầm non', 'Trường Tiểu học', 'Trường Trung học cơ sở']
FAMILY, MIDDLE, GIVEN = ['Cù', 'Mẫn', 'Ngụy', 'Sái', 'Khổng', 'Đinh', 'Nghiêm', 'Ông'], ['Huy', 'Thị Tố', 'Khắc', 'Bá', 'Minh'], \
    ['Lãm', 'Quyên', 'Toàn', 'Thước', 'Trử', 'Khoát', 'Diệp']


class Maker:
    """One province's inventory as it stood on the eve: rows, and for each what should be decided."""

    def __init__(self, country, province, seed):
        self.c, self.province, self.rng = country, province, random.Random('%s %s' % (seed, province))
        self.rows, self.want, self.assignments = [], {}, []
        self.old = [p for p, r in country.provinces.items() if r['successor_name'] == province]
        self.styles = {p: self.rng.choice(['district-o', 'district-ou', 'province-o']) for p in self.old}
        self.people = 0

    def some(self, p):
        return self.rng.random() < p

    def spell(self, body, kind, name):
        """As offices write it, and whether the marks are gone."""
        text, r = '%s %s %s' % (body, kind.lower(), name) if kind else '%s %s' % (body, name), self.rng.random()
        if r < .10:
            text = text.replace('Ủy ban nhân dân', 'UBND').replace('Hội đồng nhân dân', 'HĐND')
        elif r < .16 and kind in SHORT:
            text = '%s %s %s' % (body, SHORT[kind], name)
        elif r < .22:
            text = text.replace('Ủy', 'Uỷ')
        elif r < .28:
            return bare(text.upper() if self.some(.4) else text), True
        elif r < .34:
            text = text.replace(' ', self.rng.choice(['  ', '\u00a0']), 1)
        elif r < .50:
            text = text.upper()
        return (unicodedata.normalize('NFD', text) if self.some(.06) else text), False

    def subject(self, cn, chain, province):
        """chain: superiors from the body outward; the style of the old province says which of them are shown."""
        place = re.sub('^(Tỉnh|Thành phố) ', '', province)
        style, esc = self.styles[province], lambda s: s.replace(',', '\\,')
        top = 'Ủy ban nhân dân %s%s' % (province[0].lower(), province[1:])
        if style == 'district-o' and chain:
            parts = [('O', chain[-1]), ('ST', place), ('L', place)]
        elif style == 'district-ou':
            parts = [('OU', 'Ủy ban nhân dân %s%s' % (d[0].lower(), d[1:])) for d in chain] + [('O', top), ('L', place)]
        else:
            parts = [('O', top.upper() if self.some(.5) else top), ('L', place)]
        dn = [('CN', cn)] + parts + [('C', 'VN')]
        if self.some(.2):
            return ','.join('%s=%s' % (k, esc(v)) for k, v in reversed(dn))
        return ', '.join('%s=%s' % (k, esc(v)) for k, v in dn)

    def valid_to(self):
        r = self.rng.random()
        days = self.rng.randint(-600, -1) if r < .05 else self.rng.choice([0, 1, 20, 58, 59]) if r < .10 \
            else self.rng.choice([60, 61]) if r < .13 else self.rng.randint(62, 1800)
        return DAY + datetime.timedelta(days)

    def add(self, cn, org, code, kind, subject, email, to, want):
        serial = '%X' % (self.rng.getrandbits(self.rng.choice([24, 63])) | 1)
        if serial in self.want:
            return None
        renewals = self.rng.choice([0, 0, 0, 1])
        self.rows.append([serial, subject, org, code, cn, '', email, kind, str(to - datetime.timedelta(1826)), str(to),
                          'BCY%08d' % self.rng.randrange(10**8), renewals])
        self.want[serial] = want if to >= DAY else ('none', 'EXPIRED', '', '')
        return serial, to, renewals

    def host(self, district, province):
        return re.sub('[^a-z0-9]', '', bare(district).lower()) + '.' + re.sub('[^a-z]', '', bare(re.sub('^(Tỉnh|Thành phố) ', '', province)).lower()) + '.example'

    # Communes -----------------------------------------------------------------------------------------------
    def communes(self):
        groups = collections.defaultdict(list)
        for u in self.c.units.values():
            if u.province not in self.old:
                continue
            for body, often in (('UBND', .85), ('HDND', .25)):
                for _ in range((1 if self.some(often) else 0) + self.some(.02)):
                    self.commune(u, body, groups)
        for (body, code), certs in groups.items():
            self.decide_group(body, code, certs)

    def commune(self, u, body, groups):
        words, plain = self.spell(BODIES[body], u.kind, u.name)
        shows = self.styles[u.province] != 'province-o'
        code, identity, to = u.code, 'clear', self.valid_to()
        if self.some(.04):
            code = ''
            place = [v for v in self.c.units.values() if v.province == u.province and v.kind == u.kind
                     and (not shows or v.district == u.district)]
            same = [v for v in place if (bare(v.name).lower() == bare(u.name).lower() if plain else letters(v.name) == letters(u.name))]
            other = [n for n, r in self.c.ended if plain and (r['predecessor_kind'], r['predecessor_district'], r['predecessor_province'])
                     == (u.kind, u.district, u.province) and bare(n).lower() == bare(u.name).lower() and letters(n) != letters(u.name)]
            if len(same) > 1 or other:
                identity = 'AMBIGUOUS_NAME'
        elif self.some(.02):
            other = self.rng.choice([v for v in self.c.units.values() if v.province == u.province and v is not u])
            code = other.code
            if bare(other.name).lower() == bare(u.name).lower():
                return                         # the code fits the name, so it is that other unit
            identity = 'CODE_NAME_CONFLICT'
        subject = self.subject(words, [u.district], u.province)
        email = '%s.%s@%s' % (body.lower(), re.sub('[^a-z0-9]', '', bare(u.name).lower()), self.host(u.district, u.province))
        dotted = 'H%02d.%s.%s' % (self.rng.randint(1, 63), u.district_code, code) if code else ''
        made = self.add(words, words, dotted, 'agency', subject, email, to, ('needs-person', identity, '', ''))
        if made is None or to < DAY or identity != 'clear':
            return
        serial, to, renewals = made
        fate, new = self.c.fate(u)
        left = (to - DAY).days
        if new is None:
            self.want[serial] = ('needs-person', fate, '', '')
        else:
            groups[body, new].append((serial, u, fate, left, to, renewals, shows, plain))

    def decide_group(self, body, code, certs):
        new = self.c.new[code]
        holder = self.c.holder(code) if self.c.holders(code) and any(c[2] in (
            'NAME_KEPT', 'NAME_OF_OTHER_KEPT', 'TWO_NAMESAKES_OTHER_KIND') for c in certs) else None
        holder_lives = any(c[1] is holder for c in certs)
        usable = sorted((c for c in certs if c[2] == 'NEW_NAME' and c[3] >= 60 and len(c[1].to) == 1),
                        key=lambda c: (-c[4].toordinal(), c[5], c[0]))
        for serial, u, fate, left, _, _, shows, plain in certs:
            same_name = letters(bare(u.name)) == letters(bare(new['successor_name'])) if plain else letters(u.name) == letters(new['successor_name'])
            changes = shows or u.kind != new['successor_kind'] or u.province != new['successor_province'] or not same_name
            if fate == 'NAME_KEPT' and not changes:
                w = 'keep', 'NAME_KEPT', code, ''
            elif fate == 'NAME_KEPT':
                w = ('change-info', 'NAME_KEPT_SUBJECT_CHANGES', code, '') if left >= 60 else ('needs-person', 'SHORT_VALIDITY', code, '')
            elif fate == 'NAME_OF_OTHER_KEPT':
                w = ('revoke', fate, code, '') if holder_lives else ('needs-person', 'NAME_HOLDER_HAS_NO_CERT', code, '')
            elif fate == 'TWO_NAMESAKES_OTHER_KIND':
                w = ('revoke', fate, code, '') if holder_lives else ('needs-person', 'TWO_NAMESAKES_EXACT_HAS_NO_CERT', code, '')
            elif fate == 'NEW_NAME' and not usable:
                w = 'needs-person', 'NO_USABLE_CERT_IN_GROUP', code, ''
            elif fate == 'NEW_NAME' and serial not in [c[0] for c in usable]:
                w = 'revoke', 'SHORT_VALIDITY_OTHERS_USABLE', code, ''
            elif fate == 'NEW_NAME' and len(usable) == 1:
                w = 'change-info', 'ONLY_CANDIDATE', code, ''
            elif fate == 'NEW_NAME':
                w = 'choose-one', 'NEW_NAME', code, 'Y' if serial == usable[0][0] else 'N'
            else:
                w = 'needs-person', fate, code, ''
            self.want[serial] = w

    def stale(self):
        ended = [(n, r) for n, r in self.c.ended if r['predecessor_province'] in self.old]
        for name, r in self.rng.sample(ended, min(6, len(ended))):
            province, district, kind = r['predecessor_province'], r['predecessor_district'], r['predecessor_kind']
            words, plain = self.spell(BODIES['UBND'], kind, name)
            host = self.host(district, province)
            lives = [u for u in self.c.units.values() if (u.kind, u.district, u.province) == (kind, district, province)
                     and bare(u.name).lower() == bare(name).lower()]
            reason = 'AMBIGUOUS_NAME' if plain and lives else 'STALE_UNIT_ENDED_BEFORE'
            self.add(words, words, '', 'agency', self.subject(words, [district], province),
                     'ubnd.%s@%s' % (re.sub('[^a-z0-9]', '', bare(kind + name).lower()), host), self.valid_to(),
                     ('needs-person', reason, '', ''))

    # Schools, districts, provincial bodies, persons, devices ---------------------------------------------------
    def schools(self):
        units = [u for u in self.c.units.values() if u.province in self.old]
        for i, u in enumerate(self.rng.sample(units, min(40, len(units)))):
            words, _ = self.spell(self.rng.choice(SCHOOLS), '', u.name)
            to, shows = self.valid_to(), self.styles[u.province] != 'province-o'
            if len(u.to) > 1:
                want = 'needs-person', 'SCHOOL_IN_SPLIT_UNIT', '', ''
            elif not shows and u.province == self.c.new[u.to[0]]['successor_province']:
                want = 'keep', 'PARENT_NOT_IN_SUBJECT', u.to[0], ''
            elif (to - DAY).days < 60:
                want = 'needs-person', 'SHORT_VALIDITY', u.to[0], ''
            else:
                want = 'change-info', 'PARENT_CHANGED', u.to[0], ''
            self.add(words, words, 'H1.%s.%s.S1' % (u.district_code, u.code), 'agency',
                     self.subject(words, [u.district], u.province), 'truong%d@%s' % (i, self.host(u.district, u.province)), to, want)

    def districts(self):
        for district, code, province in sorted({(u.district, u.district_code, u.province) for u in self.c.units.values() if u.province in self.old}):
            kind = next((k for k in ('Thành phố', 'Thị xã', 'Quận', 'Huyện') if district.startswith(k + ' ')), '')
            zone, name = self.c.zones.get(district), unkinded(district, kind)
            for body in (BODIES['UBND'], BODIES['HDND'], self.rng.choice(OFFICES)):
                words, _ = self.spell(body, kind, name)
                to, office = self.valid_to(), body not in BODIES.values()
                want = ('revoke', 'DISTRICT_ABOLISHED', '', '')
                if zone and zone['successor_province'] == self.province:
                    want = ('needs-person', 'OFFICE_OF_SPECIAL_ZONE', None, '') if office else \
                        ('change-info', 'DISTRICT_BECOMES_SPECIAL_ZONE', zone['successor_code'], '') if (to - DAY).days >= 60 else \
                        ('needs-person', 'SHORT_VALIDITY', None, '')
                self.add(words, words, 'H1.%s%s' % (code, '.P2' if office else ''), 'agency',
                         self.subject(words, [district] if office else [], province), 'vp@%s' % self.host(district, province), to, want)
            if self.some(.2):
                body = 'Ủy ban nhân dân %s%s' % (district[0].lower(), district[1:])
                self.add('congtt.%s' % self.host(district, province), body, 'H1.%s' % code, 'device',
                         'CN=congtt.%s, O=%s, L=%s, C=VN' % (self.host(district, province), body, re.sub('^(Tỉnh|Thành phố) ', '', province)),
                         'quantri@x.example', self.valid_to(), ('needs-person', 'DEVICE_OF_ABOLISHED_BODY', '', ''))

    def provincial(self):
        has = {p: set(self.rng.sample(DEPARTMENTS, 9)) | {'Ủy ban nhân dân', 'Hội đồng nhân dân'} for p in self.old}
        live = {}
        made = []
        for p in self.old:
            kind, name = re.match('(Tỉnh|Thành phố) (.*)', p).groups()
            for body in sorted(has[p]) + self.rng.sample(sorted(MERGED), 2):
                words, _ = self.spell(body, kind, name)
                one = self.add(words, words, 'H1.%02d' % self.rng.randint(1, 20), 'agency', self.subject(words, [], p), 'so@x.example',
                               self.valid_to(), ('revoke', 'DEPARTMENT_MERGED_MARCH_2025', '', ''))
                if one:
                    made.append((one[0], p, body))
                    live[p, body] = True
            for n, what in enumerate(('mail', 'dichvucong')):
                body = 'Ủy ban nhân dân %s%s' % (p[0].lower(), p[1:])
                keeps = self.c.provinces[p]['name_kept'] == 'Y'
                self.add('%s.%d.example' % (what, n), body, 'H1', 'device', 'CN=%s.example, O=%s, L=%s, C=VN' % (what, body, name), 'q@x.example',
                         self.valid_to(), ('keep', 'PROVINCE_NAME_KEPT', '', '') if keeps else ('needs-person', 'DEVICE_OF_ABOLISHED_BODY', '', ''))
        for serial, p, body in made:
            if self.want[serial][1] == 'EXPIRED' or body in MERGED:
                continue
            keeper = next(q for q in self.old if self.c.provinces[q]['name_kept'] == 'Y') if any(
                self.c.provinces[q]['name_kept'] == 'Y' for q in self.old) else None
            self.want[serial] = ('keep', 'PROVINCE_NAME_KEPT', '', '') if self.c.provinces[p]['name_kept'] == 'Y' else \
                ('revoke', 'PROVINCE_NAME_OF_OTHER_KEPT', '', '') if (keeper, body) in live else ('needs-person', 'NO_COUNTERPART', '', '')

    def persons(self):
        units = [u for u in self.c.units.values() if u.province in self.old]
        for u in self.rng.sample(units, min(60, len(units))):
            self.people += 1
            n = self.people                    # each name once, so that it tells who is meant
            name = '%s %s %s' % (FAMILY[n % 8], MIDDLE[n // 8 % 5], GIVEN[n // 40])
            email = 'p%d@%s' % (self.people, self.host(u.district, u.province))
            body = 'Ủy ban nhân dân %s %s' % (u.kind.lower(), u.name)
            to, r, code = self.valid_to(), self.rng.random(), self.rng.choice(u.to)
            new = self.c.new[code]
            if r < .15:
                want = 'needs-person', 'UNASSIGNED', '', ''
            elif r < .3:
                want = 'revoke', 'LEFT_OR_RETIRED', '', ''
                self.assignments.append([email, name, 'left', '', '', ''])
            else:
                new_body = 'Ủy ban nhân dân %s %s' % (new['successor_kind'].lower(), new['successor_name'])
                self.assignments.append(['' if r > .97 else email, name, 'assigned', code, new_body, new['successor_province']])
                shows = self.styles[u.province] != 'province-o'
                fate, goes = self.c.fate(u)
                stays = fate == 'NAME_KEPT' and len(self.c.into[goes]) == 1 and not shows and u.kind == new['successor_kind'] \
                    and u.province == new['successor_province'] and letters(u.name) == letters(new['successor_name']) and len(u.to) == 1
                want = ('keep', 'SAME_BODY', code, '') if stays else ('change-info', 'ASSIGNED', code, '') if (to - DAY).days >= 60 \
                    else ('needs-person', 'SHORT_VALIDITY', code, '')
            self.add(name, body, 'H1.%s.%s' % (u.district_code, u.code), 'person', self.subject(name, [u.district], u.province),
                     email, to, want)

    def write(self, folder):
        self.rng.shuffle(self.rows)
        head = 'serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'
        for file, names, rows in (('inventory.csv', head, self.rows),
                                  ('assignments.csv', 'email,holder_name,status,new_unit_code,new_body,new_province', self.assignments)):
            with open(os.path.join(folder, file), 'w', encoding='utf-8', newline='') as f:
                w = csv.writer(f, lineterminator='\n')
                w.writerow(names.split(','))
                w.writerows(rows)


def main():
    congvan, seed = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else '1'
    country = Country()
    provinces = sys.argv[3:] or sorted({r['successor_name'] for r in country.provinces.values()})
    right = wrong = unasked = 0
    for province in provinces:
        m = Maker(country, province, seed)
        for part in (m.communes, m.stale, m.schools, m.districts, m.provincial, m.persons):
            part()
        with tempfile.TemporaryDirectory(prefix='congvan-inventories-') as folder:
            m.write(folder)
            out = subprocess.run([congvan, 'audit', '--inventory', folder + '/inventory.csv', '--assignments', folder + '/assignments.csv',
                                  '--ruleset', '2025', '--effective', '2025-07-01', '--at', '2025-06-15', '--format', 'csv'],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        got = {r['serial']: r for r in csv.DictReader(io.StringIO(out.stdout))}
        rows = {r[0]: r for r in m.rows}
        for serial, want in m.want.items():
            g = got.get(serial)
            have = g and (g['action'], g['reason'], g['successor_code'] if want[2] is not None else None, g['suggested'])
            if have == want:
                right += 1
                continue
            wrong += 1
            unasked += bool(g) and g['action'] != 'needs-person' and g['action'] != want[0]
            if wrong <= int(os.environ.get('TELL', 5)):
                print('inventories: %s: wanted %s, not %s: %s' % (province, want, have, rows[serial]))
    print('inventories: %d passed, %d failed (%d of them decided without asking)' % (right, wrong, unasked))
    return wrong > 0


if __name__ == '__main__':
    sys.exit(main())
