# SPDX-License-Identifier: GPL-3.0-or-later
"""shadows.py DIR PKI - documents laid out before signing so that a later revision can change them unseen; see shadows.sh.

Each is signed as it stands, which is sound, and then changed. fine() cases must stay intact with changes none or permitted;
caught() cases must be flagged.
"""
import os, re, shutil, sys, zlib
from pdfmake import *

ROOT, PKI = (os.path.abspath(a) for a in sys.argv[1:3])
os.environ['CONGVAN'] = os.path.abspath(os.environ['CONGVAN'])
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(ROOT)
os.chdir(ROOT)
begin(ROOT, PKI)
N, S = 30, 31                           # the first signature's field and dictionary
cases = []


def fine(name, data, want=('none', 'permitted')):
    cases.append((name, data, want))


def caught(name, data):
    cases.append((name, data, None))


def stream(body, head=b''):
    return b'<<%s/Length %d>>stream\n%s\nendstream' % (head, len(body), body)


def drawn(text, more=b''):
    return stream(b'BT /F1 10 Tf 2 2 Td (%s) Tj ET' % text,
                  b'/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>' + more)


def box(more=b''):
    """An appearance without letters: a frame, or what more says."""
    return stream(more or b'0 0 200 20 re S', b'/Type/XObject/Subtype/Form/BBox[0 0 200 20]')


TEXT = b'BT /F1 24 Tf 72 700 Td (QUYET DINH) Tj ET /X1 Do'
OTHER = stream(TEXT.replace(b'DINH', b'KHAC'))
WIDGET = b'<</Type/Annot/Subtype/Widget/Rect[%d %d %d %d]/F 4/P 3 0 R%s>>'
DOCUMENT = {
    1: b'<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R>>',
    2: b'<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>',
    3: b'<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 9 0 R/Annots[6 0 R]>>',
    4: stream(TEXT),
    5: b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    6: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[72 600 300 620]/F 4/P 3 0 R/V(old)/AP<</N 8 0 R>>>>',
    7: b'<</Fields[6 0 R]/SigFlags 3/DR<</Font<</F1 5 0 R>>>>/DA(/F1 0 Tf)>>',
    8: drawn(b'old'),
    9: b'<</Font<</F1 5 0 R>>/XObject<</X1 10 0 R>>>>',
    10: drawn(b'old'),
}


def laid_out(annotations=b'', fields=b'', certify=None, **objects):
    """Signed, with more annotations on the page, more fields in the form, and objects given as n12=b'...'."""
    d = {**DOCUMENT, **{int(k[1:]): v for k, v in objects.items()}}
    d[3] = d[3].replace(b'/Annots[', b'/Annots[' + annotations + b' ')
    d[7] = d[7].replace(b'/Fields[', b'/Fields[' + fields + b' ')
    if certify is None:
        return sign(new_pdf(d), n=N)
    return sign(new_pdf(d), n=N, more=mdp(certify), extra={1: d[1][:-2] + b'/Perms<</DocMDP %d 0 R>>>>' % S})


def shadow(name, before, objects):
    fine(name + '-before', before, ('none',))
    caught(name, update(before, objects))


def now(pdf, n, *pairs):
    text = current(pdf, n)
    for old, new in pairs:
        if old not in text:
            sys.exit('shadows: object %d does not hold %r' % (n, old))
        text = text.replace(old, new)
    return text


def end(pdf, n, more):
    return current(pdf, n)[:-2] + more + b'>>'


def commented(pdf, annotation, n=50, **more):
    return update(pdf, {3: current(pdf, 3).replace(b'/Annots[', b'/Annots[%d 0 R ' % n), n: annotation,
                        **{int(k[1:]): v for k, v in more.items()}})


# An object with two parts to play: annotations and page nodes are compared where they stand, not where they draw ---

shadow('content-is-an-annotation', laid_out(b'4 0 R'), {4: OTHER})
shadow('picture-is-an-annotation', laid_out(b'10 0 R'), {10: drawn(b'KHAC')})
shadow('resources-are-an-annotation', laid_out(b'9 0 R', n9=DOCUMENT[9][:-2] + b'/Subtype/Text/Rect[0 0 9 9]>>'), {
    9: DOCUMENT[9].replace(b'10 0 R', b'50 0 R')[:-2] + b'/Subtype/Text/Rect[0 0 9 9]>>', 50: drawn(b'KHAC')})
shadow('appearance-is-an-annotation', laid_out(b'8 0 R'), {8: drawn(b'KHAC')})
shadow('resources-are-a-page-node', laid_out(n2=DOCUMENT[2][:-2] + DOCUMENT[9][2:], n3=DOCUMENT[3].replace(b'/Resources 9 0 R', b'/Resources 2 0 R')),
       {2: (DOCUMENT[2][:-2] + DOCUMENT[9][2:]).replace(b'/X1 10', b'/X1 50'), 50: drawn(b'KHAC')})
shadow('font-is-a-page-node', laid_out(n2=DOCUMENT[2][:-2] + DOCUMENT[5][2:].replace(b'/Type/Font', b''), n9=DOCUMENT[9].replace(b'5 0 R', b'2 0 R')),
       {2: DOCUMENT[2][:-2] + DOCUMENT[5][2:].replace(b'/Type/Font', b'').replace(b'Helvetica', b'Symbol')})
shadow('fonts-are-a-page', laid_out(n2=DOCUMENT[2][:-2] + DOCUMENT[5][2:].replace(b'/Type/Font', b''), n9=DOCUMENT[9].replace(b'<</F1 5 0 R>>', b'3 0 R')),
       {2: DOCUMENT[2][:-2] + DOCUMENT[5][2:].replace(b'/Type/Font', b'').replace(b'Helvetica', b'Symbol')})
shadow('resources-are-a-field', laid_out(n6=DOCUMENT[6][:-2] + DOCUMENT[9][2:], n3=DOCUMENT[3].replace(b'/Resources 9 0 R', b'/Resources 6 0 R')),
       {6: (DOCUMENT[6][:-2] + DOCUMENT[9][2:]).replace(b'/X1 10', b'/X1 50'), 50: drawn(b'KHAC')})

# What stands behind an unchanged stream -------------------------------------------------------------------------

image = b'/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray'
shadow('mask-of-a-picture', laid_out(n10=stream(b'\0\0', image + b'/SMask 20 0 R'), n20=stream(b'\0\0', image)), {20: stream(b'\xff\0', image)})
shadow('picture-in-a-form', laid_out(n10=stream(b'/Im Do', b'/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 20 0 R'),
       n20=b'<</XObject<</Im 21 0 R>>>>', n21=stream(b'\0\0', image)), {21: stream(b'\xff\0', image)})
shadow('font-in-a-form', laid_out(n10=stream(b'BT /F 9 Tf (a) Tj ET', b'/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 20 0 R>>>>'),
       n20=DOCUMENT[5]), {20: DOCUMENT[5].replace(b'Helvetica', b'Symbol')})
shadow('globals-of-pictures', laid_out(n9=b'<</XObject<</X1 20 0 R/X2 21 0 R>>>>', n22=stream(b'one'), **{
       'n%d' % n: stream(b'same', image + b'/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 22 0 R>>') for n in (20, 21)}), {22: stream(b'two')})

fine('program-named-in-a-page-node', update(laid_out(n2=DOCUMENT[2][:-2] + b'/ITXT(1.0)>>'), {2: DOCUMENT[2][:-2] + b'/ITXT(1.1)>>'}), ('none',))

# An object that this program cannot read, but others mend: it is not simply absent -----------------------------

broken = stream(TEXT).replace(b'<</Length', b'<</Odd/Length')
shadow('content-not-read', laid_out(n4=broken), {4: broken.replace(b'DINH', b'KHAC')})
shadow('picture-not-read', laid_out(n10=drawn(b'old').replace(b'/Type', b'/Odd/Type')), {10: drawn(b'KHAC').replace(b'/Type', b'/Odd/Type')})
deep = b'[' * 80 + b']' * 80
shadow('content-too-deep', laid_out(n4=stream(TEXT, b'/Odd' + deep)), {4: stream(TEXT.replace(b'DINH', b'KHAC'), b'/Odd' + deep)})


def tree(depth):
    """The page hangs that many nodes below the root of its tree."""
    nodes = {2: b'<</Type/Pages/Kids[1000 0 R]/Count 1>>', 3: DOCUMENT[3].replace(b'2 0 R', b'%d 0 R' % (999 + depth)).replace(b'/Resources 9 0 R', b'')}
    for i in range(depth):
        nodes[1000 + i] = b'<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>' % (999 + i if i else 2, 1001 + i if i < depth - 1 else 3)
    nodes[1000] = nodes[1000][:-2] + b'/MediaBox[0 0 595 842]/Resources 9 0 R>>'
    return sign(new_pdf({**DOCUMENT, **nodes}), n=N, size=3000)


shadow('page-deep-in-its-tree', tree(400), {4: OTHER})
shadow('resources-high-above', tree(400), {10: drawn(b'KHAC')})
cases.append(('page-too-deep', update(tree(700), {4: OTHER}), ()))
shadow('page-not-read', laid_out(n2=DOCUMENT[2].replace(b'[3 0 R]/Count 1', b'[3 0 R 20 0 R]/Count 2'), n20=b'<</Type/Page/Odd/Parent 2 0 R/Contents 4 0 R>>'),
       {20: b'<</Type/Page/Odd/Parent 2 0 R/Contents 50 0 R>>', 50: OTHER})

# One number, two objects: which one a reader takes is its own choice -------------------------------------------

plain = laid_out()


def packed(pdf, items, index, size=90):
    """A revision with one object stream that holds these (number, text) in this order; index says which one is meant."""
    head, body = b'', b''
    for n, text in items:
        head += b'%d %d ' % (n, len(body))
        body += text + b' '
    data = head + body
    at = len(pdf)
    out = b'%d 0 obj\n<</Type/ObjStm/N %d/First %d/Length %d>>stream\n%s\nendstream\nendobj\n' % (size - 2, len(items), len(head), len(data), data)
    where = at + len(out)
    rows = {n: b'\2' + (size - 2).to_bytes(4, 'big') + bytes([i]) for n, i in index.items()}
    rows[size - 2] = b'\1' + at.to_bytes(4, 'big') + b'\0'
    rows[size - 1] = b'\1' + where.to_bytes(4, 'big') + b'\0'
    table = b''.join(rows[n] for n in sorted(rows))
    out += b'%d 0 obj\n<</Type/XRef/W[1 4 1]/Index[%s]/Root 1 0 R/Size %d/Prev %d/Length %d>>stream\n%s\nendstream\nendobj\n' % (
        size - 1, b' '.join(b'%d 1' % n for n in sorted(rows)), size, last_xref(pdf), len(table), table)
    return pdf + out + b'startxref\n%d\n%%%%EOF\n' % where


now_3, other_3 = current(plain, 3), current(plain, 3).replace(b'/Contents 4 0 R', b'/Contents 50 0 R')
with_other = update(plain, {50: OTHER})
fine('packed', packed(with_other, [(3, now_3), (9, DOCUMENT[9])], {3: 0, 9: 1}), ('none',))
caught('twice-in-an-object-stream', packed(with_other, [(3, now_3), (3, other_3)], {3: 1}))
caught('twice-in-an-object-stream-the-other-way', packed(with_other, [(3, other_3), (3, now_3)], {3: 1}))
at = len(plain)
both = b'4 0 obj\n' + DOCUMENT[4] + b'\nendobj\n', b'4 0 obj\n' + OTHER + b'\nendobj\n'
for name, rows in (('twice-in-a-table', (at, at + len(both[0]))), ('twice-in-a-table-the-other-way', (at + len(both[0]), at))):
    caught(name, plain + b''.join(both) + b'xref\n' + b''.join(b'4 1\n%010d 00000 n \n' % r for r in rows) +
           b'trailer\n<</Root 1 0 R/Size 60/Prev %d>>\nstartxref\n%d\n%%%%EOF\n' % (last_xref(plain), at + len(both[0] + both[1])))
hidden = sign(new_pdf(DOCUMENT).replace(b'xref\n0 1\n', both[1] + b'xref\n0 1\n', 1).replace(
    b'startxref\n%d' % last_xref(new_pdf(DOCUMENT)), b'startxref\n%d' % (last_xref(new_pdf(DOCUMENT)) + len(both[1]))), n=N)
fine('unused-object-before', hidden, ('none',))
caught('table-names-no-object', hidden + b'xref\n55 1\n0000000100 00000 n \ntrailer\n<</Root 1 0 R/Size 60/Prev %d>>\nstartxref\n%d\n%%%%EOF\n' % (
    last_xref(hidden), len(hidden)))

# Forms: what is not a field, and what has no value --------------------------------------------------------------

button = WIDGET % (72, 500, 272, 520, b'/FT/Btn/Ff 65536/T(push)/MK<</CA(x)>>/AP<</N 20 0 R>>')
shadow('button-given-a-value', laid_out(b'21 0 R', b'21 0 R', n20=drawn(b'old'), n21=button), {
    21: button.replace(b'20 0 R', b'50 0 R')[:-2] + b'/V/x>>', 50: drawn(b'KHAC')})
group = {'n20': b'<</T(group)/Kids[21 0 R]>>', 'n21': WIDGET % (72, 500, 272, 520, b'/FT/Tx/T(kid)/Parent 20 0 R/V(a)/AP<</N 10 0 R>>')}
grouped = laid_out(b'21 0 R', b'20 0 R', **group)
shadow('script-in-a-group', grouped, {20: end(grouped, 20, b'/AA<</C<</S/JavaScript/JS(x)>>>>')})
shadow('flags-in-a-group', grouped, {20: end(grouped, 20, b'/DA(/F1 1 Tf)/Ff 4096')})
fine('filled-in-a-group', update(grouped, {21: now(grouped, 21, (b'/V(a)', b'/V(b)'), (b'10 0 R', b'50 0 R')), 50: drawn(b'b')}))
shadow('moved-to-another-group', laid_out(b'21 0 R', b'20 0 R 22 0 R', n22=b'<</T(group)/AA<</C<</S/JavaScript/JS(x)>>>>/Kids[]>>', **group),
       {21: group['n21'].replace(b'/Parent 20', b'/Parent 22')})
lost = WIDGET % (72, 500, 272, 520, b'/Parent 21 0 R/AP<</N 22 0 R>>')
shadow('widget-of-no-field', laid_out(b'20 0 R', n20=lost, n21=b'<</FT/Tx/T(lost)/V(a)>>', n22=drawn(b'old')), {22: drawn(b'KHAC')})
shadow('widget-of-no-kid', laid_out(b'20 0 R', b'21 0 R', n20=lost, n21=b'<</FT/Tx/T(lost)/V(a)>>', n22=drawn(b'old')), {
    20: lost.replace(b'22 0 R', b'50 0 R'), 50: drawn(b'KHAC')})

fine('filled-by-a-thorough-program', update(plain, {6: now(plain, 6, (b'(old)', b'(new)'), (b'/F 4', b'/F 0')).replace(
    b'8 0 R', b'50 0 R')[:-2] + b'/BS<</W 0>>/TU(name)/Ff 0/Q 1>>', 50: drawn(b'new')}))
caught('filled-and-hidden', update(plain, {6: now(plain, 6, (b'(old)', b'(new)'), (b'/F 4', b'/F 2'))}))
caught('told-otherwise', update(plain, {6: end(plain, 6, b'/TU(name)')}))
differ = {'n20': WIDGET % (72, 500, 272, 520, b'/FT/Tx/T(sum)/V(900 trieu)/AP<</N 21 0 R>>'), 'n21': drawn(b'100 trieu')}
for name, extra, ok in (('all-drawn-anew-where-one-differs', differ, False), ('all-drawn-anew', {**differ, 'n21': drawn(b'900 trieu')}, True)):
    before = laid_out(b'20 0 R', b'20 0 R', **extra)
    (fine if ok else caught)(name, update(before, {6: now(before, 6, (b'(old)', b'(new)')), 7: end(before, 7, b'/NeedAppearances true')}))

# Comments: what was there is part of what was signed, and a harmless kind can be dressed as another ------------

cover = {'n20': b'<</Type/Annot/Subtype/Square/Rect[72 690 400 730]/AP<</N 21 0 R>>>>', 'n21': box(b'1 g 0 0 200 20 re f')}
covered = laid_out(b'20 0 R', **cover)
fine('covered-before', covered, ('none',))
caught('cover-removed', update(covered, {3: now(covered, 3, (b'20 0 R', b''))}))
caught('cover-moved', update(covered, {20: now(covered, 20, (b'690 400 730', b'90 400 130'))}))
caught('cover-hidden', update(covered, {20: end(covered, 20, b'/F 2')}))
caught('cover-emptied', update(covered, {21: box(b'q Q')}))
fine('cover-commented', update(covered, {20: end(covered, 20, b'/Contents(nhan xet)/M(D:20250701)')}))
bare = laid_out(b'20 0 R', n20=b'<</Type/Annot/Subtype/Square/Rect[72 690 400 730]/IC[1 1 1]>>')
caught('bare-cover-removed', update(bare, {3: now(bare, 3, (b'20 0 R', b''))}))
secret = laid_out(b'20 0 R', n20=b'<</Type/Annot/Subtype/Text/Rect[72 690 400 730]/F 2/AP<</N 21 0 R>>>>', n21=drawn(b'KHAC'))
caught('hidden-note-shown', update(secret, {20: now(secret, 20, (b'/F 2', b'/F 0'))}))
note = laid_out(b'20 0 R', n20=b'<</Type/Annot/Subtype/Text/Rect[400 420 420 440]/Contents(note)/AP<</N 21 0 R>>>>', n21=box())
fine('small-note-removed', update(note, {3: now(note, 3, (b'20 0 R', b''))}))
fine('small-note-moved', update(note, {20: now(note, 20, (b'400 420 420 440', b'200 220 220 240'))}))
link = laid_out(b'20 0 R', n20=b'<</Type/Annot/Subtype/Link/Rect[72 500 300 520]/A<</S/URI/URI(http://example.vn/)>>>>')
caught('link-goes-elsewhere', update(link, {20: now(link, 20, (b'example.vn', b'example.com'))}))
for level in (None, 3):
    small = laid_out(b'20 0 R', certify=level, n20=b'<</Type/Annot/Subtype/Text/Rect[400 420 420 440]/Contents(note)>>')
    caught('note-becomes-a-stamp-%s' % level, update(small, {20: b'<</Type/Annot/Subtype/Stamp/Rect[72 690 400 730]/AP<</N 50 0 R>>>>', 50: drawn(b'KHAC')}))
certified = laid_out(certify=3)
fine('certified-noted', commented(certified, b'<</Type/Annot/Subtype/Text/Rect[9 9 29 29]/Contents(x)>>'))
fine('certified-highlighted', commented(certified, b'<</Type/Annot/Subtype/Highlight/Rect[72 690 400 730]/QuadPoints[72 730 400 730 72 690 400 690]/AP<</N 51 0 R>>>>', n51=box(
    b'1 1 0 rg 0 0 200 20 re f')))
fine('certified-framed', commented(certified, b'<</Type/Annot/Subtype/Square/Rect[72 690 400 730]/C[1 0 0]/AP<</N 51 0 R>>>>', n51=box()))
caught('certified-highlight-with-words', commented(certified, b'<</Type/Annot/Subtype/Highlight/Rect[72 690 400 730]/AP<</N 51 0 R>>>>', n51=drawn(b'KHAC')))
caught('certified-ink-with-picture', commented(certified, b'<</Type/Annot/Subtype/Ink/Rect[72 690 400 730]/AP<</N 51 0 R>>>>', n51=stream(
    b'q 200 0 0 20 0 0 cm /Im Do Q', b'/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</XObject<</Im 52 0 R>>>>'), n52=stream(
    b'\0', b'/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray')))
caught('certified-square-filled', commented(certified, b'<</Type/Annot/Subtype/Square/Rect[72 690 400 730]/IC[1 1 1]>>'))

# Many signatures over many objects: each compares little, and still sees all -------------------------------------

resources = {1000 + i: b'<</A %d 0 R/B(%d)>>' % (1001 + i if i % 50 != 49 else 5, i) for i in range(20000)}
resources[9] = DOCUMENT[9][:-2] + b'/ColorSpace<</X[%s]>>>>' % b' '.join(b'%d 0 R' % (1000 + i) for i in range(0, 20000, 50))
pages = {30000 + i: b'<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 9 0 R/Annots[]>>' for i in range(500)}
pages[2] = b'<</Type/Pages/Kids[3 0 R %s]/Count 501/MediaBox[0 0 595 842]>>' % b' '.join(b'%d 0 R' % n for n in sorted(pages))
many = new_pdf({**DOCUMENT, **resources, **pages})
for i in range(24):
    many = sign(many, n=40000 + 2 * i, size=50000)
fine('many-signatures', many)
caught('many-signatures-then-deep', update(many, {9049: b'<</A 5 0 R/B(KHAC)>>'}, size=50000))
named = sign(new_pdf({**DOCUMENT, **resources, 3: DOCUMENT[3].replace(b'9 0 R', b'60 0 R'), 60: resources[9][:-2] + b'/ExtGState<<>>/Shading<</P 61 0 R/Parent 61 0 R>>>>',
                      61: DOCUMENT[5]}), n=40, size=50000)
for i in range(1, 14):
    named = sign(named, n=40000 + 2 * i, size=50000)
caught('many-signatures-and-a-font-called-parent', update(named, {61: DOCUMENT[5].replace(b'Helvetica', b'Symbol')}, size=50000))
caught('many-signatures-then-font', update(many, {5: DOCUMENT[5].replace(b'Helvetica', b'Symbol')}, size=50000))
caught('many-signatures-then-page', update(many, {30400: pages[30400].replace(b'4 0 R', b'8 0 R')}, size=50000))
caught('many-signatures-then-box', update(many, {2: pages[2].replace(b'842', b'84')}, size=50000))
caught('many-signatures-then-field', update(many, {6: DOCUMENT[6].replace(b'/F 4', b'/F 2')}, size=50000))

# Beginnings without an end ---------------------------------------------------------------------------------------

caught('strings-without-end', update(plain, {100 + i: b'<</X(' + b'x' * 50 for i in range(2000)}, size=3000))

# Signatures that lie over the page ------------------------------------------------------------------------------

waiting = laid_out(b'20 0 R', b'20 0 R', certify=2, n20=b'<</Type/Annot/Subtype/Widget/FT/Sig/T(Wait)/Rect[300 100 500 150]/F 4/P 3 0 R>>')


def sign_waiting(rect):
    return sign(waiting, 'dinhhuutrac', n=40, extra={3: current(waiting, 3), 7: current(waiting, 7), 40: b'null', 50: drawn(b'ky'),
                20: current(waiting, 20).replace(b'300 100 500 150', rect)[:-2] + b'/V 41 0 R/AP<</N 50 0 R>>>>'})


fine('certified-signed-in-its-place', sign_waiting(b'300 100 500 150'))
fine('certified-signed-smaller', sign_waiting(b'310 101 480 149'))
caught('certified-signed-over-the-text', sign_waiting(b'72 690 272 740'))
caught('signature-over-a-third', sign(plain, 'dinhhuutrac', n=40, rect=b'0 400 595 700', field=b'/AP<</N 50 0 R>>', extra={50: drawn(b'KHAC')}))
fine('signature-across-the-page', sign(plain, 'dinhhuutrac', n=40, rect=b'36 100 559 160', field=b'/AP<</N 50 0 R>>', extra={50: drawn(b'ky')}))

# The same, written otherwise ------------------------------------------------------------------------------------

fine('content-in-a-list-of-one', update(plain, {3: now(plain, 3, (b'/Contents 4 0 R', b'/Contents[4 0 R]'))}), ('none',))

sys.exit(judge('shadows', cases))
