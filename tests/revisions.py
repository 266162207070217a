# SPDX-License-Identifier: GPL-3.0-or-later
"""revisions.py DIR PKI - one rich document, signed, and then everything that may happen to it; see revisions.sh.

fine() cases must stay intact with changes none or permitted; caught() cases must be flagged. Each is one revision (or a
few) appended to the same signed file.
"""
import os, re, shutil, subprocess, sys, zlib
from pdfmake import *

ROOT, PKI = (os.path.abspath(a) for a in sys.argv[1:3])
os.environ['CONGVAN'] = os.path.abspath(os.environ['CONGVAN'])
shutil.rmtree(ROOT, ignore_errors=True)
os.makedirs(ROOT)
os.chdir(ROOT)
begin(ROOT, PKI)


def stream(body, head=b''):
    return b'<<%s/Length %d>>stream\n%s\nendstream' % (head, len(body), body)


def drawn(text):
    return stream(b'BT /F1 10 Tf 2 2 Td (%s) Tj ET' % text, b'/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>')


TEXT = b'BT /F1 24 Tf 72 700 Td (QUYET DINH) Tj ET /X1 Do'
DOCUMENT = {
    1: b'<</Type/Catalog/Pages 2 0 R/AcroForm 7 0 R/Metadata 16 0 R/OCProperties 17 0 R/PageMode/UseNone>>',
    2: b'<</Type/Pages/Kids[3 0 R 8 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 9 0 R>>',
    3: b'<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R 10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 22 0 R 23 0 R]>>',
    4: stream(TEXT),
    5: b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    6: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[72 600 300 620]/F 4/P 3 0 R/V(old)/AP<</N 18 0 R>>>>',
    7: b'<</Fields[6 0 R 10 0 R 15 0 R 22 0 R]/SigFlags 3/DR<</Font<</F1 5 0 R>>>>/DA(/F1 0 Tf)/XFA[(template)19 0 R(datasets)24 0 R]>>',
    8: b'<</Type/Page/Parent 2 0 R/Contents 4 0 R>>',
    9: b'<</Font<</F1 5 0 R>>/XObject<</X1 18 0 R>>>>',
    10: b'<</Type/Annot/Subtype/Widget/FT/Btn/T(yes)/Rect[72 560 90 578]/F 4/P 3 0 R/V/Off/AS/Off/AP<</N<</Yes 18 0 R/Off 20 0 R>>>>>>',
    11: b'<</Type/Annot/Subtype/Link/Rect[72 500 300 520]/A<</S/URI/URI(http://example.vn/)>>>>',
    12: b'<</Type/Annot/Subtype/FreeText/Rect[72 460 300 480]/Contents(100 trieu)/DA(/F1 9 Tf)/AP<</N 18 0 R>>>>',
    13: b'<</Type/Annot/Subtype/FileAttachment/Rect[72 420 90 440]/FS<</Type/Filespec/F(a.txt)/EF<</F 21 0 R>>>>>>',
    14: b'<</Type/Annot/Subtype/Text/Rect[400 420 420 440]/Contents(note)>>',
    15: b'<</T(group)/FT/Tx/Kids[23 0 R]/V(old)>>',
    16: stream(b'<x:xmpmeta/>', b'/Type/Metadata/Subtype/XML'),
    17: b'<</OCGs[]/D<</ON[]/OFF[]>>>>',
    18: drawn(b'old'),
    19: stream(b'<template/>'),
    20: drawn(b''),
    21: stream(b'attached', b'/Type/EmbeddedFile'),
    22: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(hidden)/Rect[72 380 300 400]/F 2/P 3 0 R/V(old)/AP<</N 18 0 R>>>>',
    23: b'<</Type/Annot/Subtype/Widget/Parent 15 0 R/Rect[72 390 300 410]/F 4/P 3 0 R/AP<</N 18 0 R>>>>',
    24: stream(b'<datasets/>'),
}
N, S = 30, 31                           # the first signature's field and dictionary
signed = sign(new_pdf(DOCUMENT), n=N)
cases = []


def fine(name, data, want=('none', 'permitted')):
    cases.append((name, data, want))


def caught(name, data):
    cases.append((name, data, None))


def now(n, *pairs, pdf=signed):
    text = current(pdf, n)
    for old, new in pairs:
        if old not in text:
            sys.exit('revisions: object %d does not hold %r' % (n, old))
        text = text.replace(old, new)
    return text


def end(n, more, pdf=signed):
    """The object with something more in its dictionary."""
    return current(pdf, n)[:-2] + more + b'>>'


def packed(pdf, objects, size=90):
    """A revision as new programs write it: an object stream and a cross-reference stream, both compressed."""
    head, body = b'', b''
    for n in sorted(objects):
        head += b'%d %d ' % (n, len(body))
        body += objects[n] + b' '
    data = zlib.compress(head + body)
    at = len(pdf)
    out = b'%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n' % (
        size - 2, len(objects), len(head), len(data), data)
    where = at + len(out)
    rows = {n: b'\2' + (size - 2).to_bytes(4, 'big') + bytes([i]) for i, n in enumerate(sorted(objects))}
    rows[size - 2] = b'\1' + at.to_bytes(4, 'big') + b'\0'
    rows[size - 1] = b'\1' + where.to_bytes(4, 'big') + b'\0'
    table = zlib.compress(b''.join(rows[n] for n in sorted(rows)))
    out += b'%d 0 obj\n<</Type/XRef/W[1 4 1]/Index[%s]/Root 1 0 R/Size %d/Prev %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n' % (
        size - 1, b' '.join(b'%d 1' % n for n in sorted(rows)), size, last_xref(pdf), len(table), table)
    return pdf + out + b'startxref\n%d\n%%%%EOF\n' % where


# What honest programs do ----------------------------------------------------------------------------------------

fine('untouched', signed, ('none',))
fine('second-signature', sign(signed, 'dinhhuutrac', n=40))
fine('third-signature', sign(sign(signed, 'dinhhuutrac', n=40), 'ubndtinh', n=42))
fine('signature-with-appearance', sign(signed, 'dinhhuutrac', n=40, field=b'/AP<</N 50 0 R>>', extra={50: drawn(b'Signed')}))
fine('same-in-an-object-stream', packed(signed, {n: DOCUMENT[n] for n in (2, 5, 6, 9, 10)}), ('none',))
fine('catalog-in-an-object-stream', packed(signed, {1: now(1)}), ('none',))
fine('values-made-indirect', update(signed, {2: now(2, (b'[0 0 595 842]', b' 50 0 R')), 50: b'[0 0 595 842]'}), ('none',))
fine('values-made-direct', update(signed, {2: now(2, (b'/Resources 9 0 R', b'/Resources' + DOCUMENT[9]))}), ('none',))
fine('numbers-written-otherwise', update(signed, {2: now(2, (b'[0 0 595 842]', b'[0.0 0.000 595.0 842.00]'))}), ('none',))
fine('keys-in-another-order', update(signed, {9: b'<</XObject<</X1 18 0 R>>/Font<</F1 5 0 R>>>>'}), ('none',))
fine('names-with-escapes', update(signed, {5: b'<</Type/Font/Subtype/Type#31/BaseFont/Helv#65tica>>'}), ('none',))
fine('strings-in-hexadecimal', update(signed, {14: now(14, (b'(note)', b'<6e6f7465>'))}), ('none',))
fine('stream-compressed', update(signed, {4: stream(zlib.compress(TEXT), b'/Filter/FlateDecode')}), ('none',))
fine('page-nodes-rebuilt', update(signed, {2: now(2, (b'[3 0 R 8 0 R]/Count 2', b'[50 0 R]/Count 2')),
                                           50: b'<</Type/Pages/Parent 2 0 R/Kids[3 0 R 8 0 R]/Count 2>>', 3: now(3, (b'/Parent 2 0 R', b'/Parent 50 0 R')),
                                           8: now(8, (b'/Parent 2 0 R', b'/Parent 50 0 R'))}), ('none',))
fine('inherited-written-out', update(signed, {8: end(8, b'/MediaBox[0 0 595 842]/Resources 9 0 R')}), ('none',))
fine('annotations-made-indirect', update(signed, {3: re.sub(rb'/Annots(\[[^\]]*\])', b'/Annots 50 0 R', now(3)),
                                                  50: re.search(rb'/Annots(\[[^\]]*\])', now(3)).group(1)}), ('none',))
fine('metadata', update(signed, {16: stream(b'<x:xmpmeta>later</x:xmpmeta>', b'/Type/Metadata/Subtype/XML')}))
fine('information', signed + section({50: b'<</Title(T)/ModDate(D:20250701)>>'}, len(signed), last_xref(signed)).replace(b'/Size 60', b'/Info 50 0 R/ID[<00><01>]/Size 60'))
fine('extensions', update(signed, {1: end(1, b'/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 2>>>>/Version/2.0')}))
fine('dss', add_dss(signed))
fine('dss-and-stamp', stamp(add_dss(signed), n=40))
fine('stamp-upon-stamp', stamp(stamp(signed, n=40), n=42))
fine('structure', update(signed, {1: end(1, b'/StructTreeRoot<</Type/StructTreeRoot>>/MarkInfo<</Marked true>>')}))
fine('tab-order', update(signed, {3: end(3, b'/Tabs/S/StructParents 0')}))
fine('empty-signature-field', update(signed, {7: now(7, (b'/Fields[', b'/Fields[50 0 R ')), 3: now(3, (b'/Annots[', b'/Annots[50 0 R ')),
     50: b'<</Type/Annot/Subtype/Widget/FT/Sig/T(Next)/Rect[10 10 90 40]/F 4/P 3 0 R/AP<</N 51 0 R>>>>', 51: stream(b'% DSBlank\n', b'/Subtype/Form/BBox[0 0 80 30]')}))
fine('default-resources-grow', update(signed, {7: now(7, (b'<</F1 5 0 R>>', b'<</F1 5 0 R/Helv 50 0 R>>')), 50: DOCUMENT[5]}))
fine('text-filled', update(signed, {6: now(6, (b'(old)', b'(new)'), (b'18 0 R', b'50 0 R')), 50: drawn(b'new')}))
fine('text-filled-drawn-anew', update(signed, {6: now(6, (b'(old)', b'(new)')), 7: end(7, b'/NeedAppearances true')}))
fine('box-ticked', update(signed, {10: now(10, (b'/V/Off/AS/Off', b'/V/Yes/AS/Yes'))}))
fine('kid-filled', update(signed, {15: now(15, (b'(old)', b'(new)')), 23: now(23, (b'18 0 R', b'50 0 R')), 50: drawn(b'new')}))
fine('kid-filled-by-itself', update(signed, {23: end(23, b'/V(new)').replace(b'18 0 R', b'50 0 R'), 50: drawn(b'new')}))
fine('made-read-only', update(signed, {6: end(6, b'/Ff 1')}))
fine('xfa-data', update(signed, {24: stream(b'<datasets>new</datasets>'), 6: now(6, (b'(old)', b'(new)'))}))
fine('xfa-taken-away', update(signed, {7: re.sub(rb'/XFA\[[^\]]*\]', b'', now(7))}))
fine('note-added', update(signed, {3: now(3, (b'/Annots[', b'/Annots[50 0 R ')), 50: b'<</Type/Annot/Subtype/Text/Rect[9 9 29 29]/Contents(x)/Popup 51 0 R>>'}))
fine('note-changed', update(signed, {14: now(14, (b'(note)', b'(another)'))}))
fine('note-removed', update(signed, {3: now(3, (b' 14 0 R', b''))}))
fine('highlight', update(signed, {3: now(3, (b'/Annots[', b'/Annots[50 0 R ')), 50: b'<</Type/Annot/Subtype/Highlight/Rect[9 9 29 29]/QuadPoints[9 9 29 9 9 29 29 29]>>'}))
fine('annotation-list-in-another-order', update(signed, {3: now(3, (b'11 0 R 12 0 R', b'12 0 R 11 0 R'))}), ('none', 'permitted'))
fine('changed-and-changed-back', update(update(signed, {4: stream(TEXT.replace(b'QUYET', b'HUYET'))}), {4: DOCUMENT[4]}), ('none',))
fine('unused-object', update(signed, {50: b'(nobody points here)'}))

# Many fields, all filled: the work grows with their number, not its square.
boxes = {1000 + i: b'<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/Rect[%d %d %d %d]/F 4/P 3 0 R/V(old)>>' % (
    i, i % 140 * 4, i // 140 * 4, i % 140 * 4 + 3, i // 140 * 4 + 3) for i in range(8000)}
refs = b' '.join(b'%d 0 R' % n for n in boxes)
many = sign(new_pdf({**DOCUMENT, **boxes, 3: now(3, (b'[30 0 R 6 0 R', b'[' + refs)), 7: b'<</Fields[' + refs + b']/SigFlags 3>>'}), n=N)
fine('many-fields', update(many, {n: v.replace(b'old', b'new') for n, v in boxes.items()}))

# What changes what is shown, said or signed ---------------------------------------------------------------------

other = stream(TEXT.replace(b'DINH', b'KHAC'))
caught('content', update(signed, {4: other}))
caught('content-in-an-object-stream', packed(update(signed, {50: other}), {3: now(3, (b'4 0 R', b'50 0 R'))}))
caught('content-of-a-second-page', update(signed, {8: now(8, (b'4 0 R', b'50 0 R')), 50: other}))
caught('more-content', update(signed, {3: now(3, (b'/Contents 4 0 R', b'/Contents[4 0 R 50 0 R]')), 50: stream(b'1 0 0 rg 0 0 595 842 re f')}))
caught('shared-resource', update(signed, {9: now(9, (b'18 0 R', b'50 0 R')), 50: drawn(b'KHAC')}))
caught('shared-object', update(signed, {18: drawn(b'KHAC')}))
caught('font-behind', update(signed, {5: now(5, (b'>>', b'/Encoding<</Differences[65/B/A]>>>>'))}))
caught('stream-length', update(signed, {4: b'<</Length 20>>stream\n' + TEXT + b'\nendstream'}))
caught('key-twice', update(signed, {3: now(3, (b'/Contents 4 0 R', b'/Contents 4 0 R/Contents 50 0 R')), 50: other}))
caught('key-twice-the-other-way', update(signed, {3: now(3, (b'/Contents 4 0 R', b'/Contents 50 0 R/Contents 4 0 R')), 50: other}))
caught('key-twice-deep', update(signed, {9: now(9, (b'/X1 18 0 R', b'/X1 18 0 R/X1 50 0 R')), 50: drawn(b'KHAC')}))
caught('root-elsewhere', update(signed, {50: now(1, (b'2 0 R', b'51 0 R')), 51: b'<</Type/Pages/Kids[52 0 R 8 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 9 0 R>>',
                                         52: now(3, (b'4 0 R', b'53 0 R')), 53: other}).replace(b'/Root 1 0 R/Size 60/Prev', b'/Root 50 0 R/Size 60/Prev'))
caught('page-replaced', update(signed, {2: now(2, (b'3 0 R 8 0 R', b'50 0 R 8 0 R')), 50: now(3, (b'4 0 R', b'51 0 R')), 51: other}))
caught('pages-swapped', update(signed, {2: now(2, (b'3 0 R 8 0 R', b'8 0 R 3 0 R'))}))
caught('page-gone', update(signed, {2: now(2, (b'3 0 R 8 0 R]/Count 2', b'3 0 R]/Count 1'))}))
caught('page-deleted-by-the-table', signed + b'xref\n8 1\n0000000000 00001 f \ntrailer\n<</Root 1 0 R/Size 60/Prev %d>>\nstartxref\n%d\n%%%%EOF\n' % (
    last_xref(signed), len(signed)))
caught('page-cropped', update(signed, {3: end(3, b'/CropBox[0 0 300 300]')}))
caught('user-unit', update(signed, {3: end(3, b'/UserUnit 4')}))
caught('group-of-the-page', update(signed, {3: end(3, b'/Group<</S/Transparency/I true/CS/DeviceGray>>')}))
caught('page-script', update(signed, {3: end(3, b'/AA<</O<</S/JavaScript/JS(x)>>>>')}))
caught('layers', update(signed, {17: now(17, (b'/OFF[]', b'/OFF[50 0 R]')), 50: b'<</Type/OCG/Name(x)>>'}))
caught('outline', update(signed, {1: end(1, b'/Outlines<</Type/Outlines/Count 0>>')}))
caught('names', update(signed, {1: end(1, b'/Names<</JavaScript<</Names[(x)<</S/JavaScript/JS(x)>>]>>>>')}))
caught('open-action', update(signed, {1: end(1, b'/OpenAction[8 0 R/Fit]')}))
caught('collection', update(signed, {1: end(1, b'/Collection<</View/T>>')}))
caught('destinations', update(signed, {1: end(1, b'/Dests<</a[8 0 R/Fit]>>')}))

caught('link-moved', update(signed, {11: now(11, (b'/S/URI/URI(http://example.vn/)', b'/S/Launch/F(x.exe)'))}))
caught('free-text-changed', update(signed, {12: now(12, (b'100 trieu', b'900 trieu'), (b'18 0 R', b'50 0 R')), 50: drawn(b'900')}))
caught('free-text-removed', update(signed, {3: now(3, (b' 12 0 R', b''))}))
caught('attached-file-changed', update(signed, {21: stream(b'another!', b'/Type/EmbeddedFile')}))
caught('hidden-shown', update(signed, {22: now(22, (b'/F 2', b'/F 4'))}))
caught('shown-hidden', update(signed, {6: now(6, (b'/F 4', b'/F 2'))}))
caught('field-moved', update(signed, {6: now(6, (b'600 300 620', b'100 300 120'))}))
caught('field-shows-another-text', update(signed, {6: now(6, (b'18 0 R', b'50 0 R')), 50: drawn(b'KHAC')}))
caught('field-renamed', update(signed, {6: now(6, (b'(name)', b'(other)'))}))
caught('field-of-another-kind', update(signed, {6: now(6, (b'/FT/Tx', b'/FT/Btn'))}))
caught('field-with-script', update(signed, {6: end(6, b'/AA<</F<</S/JavaScript/JS(x)>>>>')}))
caught('field-off-the-page', update(signed, {3: now(3, (b'[30 0 R 6 0 R', b'[30 0 R'))}))
caught('widget-more', update(signed, {15: now(15, (b'[23 0 R]', b'[23 0 R 50 0 R]')), 3: now(3, (b'/Annots[', b'/Annots[50 0 R ')),
                                      50: now(23, (b'390 300 410', b'700 300 720'))}))
caught('overlapping-change-places', update(signed, {3: now(3, (b'22 0 R 23 0 R', b'23 0 R 22 0 R'))}))
caught('drawn-anew', update(signed, {7: end(7, b'/NeedAppearances true')}))
caught('xfa-template', update(signed, {19: stream(b'<template>KHAC</template>')}))
caught('xfa-added', update(sign(new_pdf({**DOCUMENT, 7: b'<</Fields[6 0 R]/SigFlags 3>>'}), n=N), {
    7: b'<</Fields[30 0 R 6 0 R]/SigFlags 3/XFA[(template)19 0 R]>>'}))
caught('default-font', update(signed, {7: now(7, (b'<</F1 5 0 R>>', b'<</F1 50 0 R>>')), 50: now(5, (b'Helvetica', b'Symbol'))}))
caught('default-appearance', update(signed, {7: now(7, (b'/F1 0 Tf', b'/F1 1 Tf 1 g'))}))
caught('calculation', update(signed, {7: end(7, b'/CO[6 0 R]')}))
caught('field-without-signature-shows', update(signed, {7: now(7, (b'/Fields[', b'/Fields[50 0 R ')), 3: now(3, (b'/Annots[', b'/Annots[50 0 R ')),
     50: b'<</Type/Annot/Subtype/Widget/FT/Sig/T(Cover)/Rect[0 0 595 842]/F 4/P 3 0 R/AP<</N 51 0 R>>>>', 51: drawn(b'KHAC')}))
caught('stamp-shows', sign(signed, n=40, sub=b'ETSI.RFC3161', make=token, kind=b'/DocTimeStamp', rect=b'0 0 595 842', field=b'/AP<</N 50 0 R>>',
                           extra={50: drawn(b'KHAC')}))

caught('signature-over-the-page', sign(signed, 'dinhhuutrac', n=40, rect=b'0 0 595 842', field=b'/AP<</N 50 0 R>>', extra={50: drawn(b'KHAC')}))
waiting = sign(update(new_pdf(DOCUMENT), {7: DOCUMENT[7].replace(b'/Fields[', b'/Fields[60 0 R '), 3: DOCUMENT[3].replace(b'/Annots[', b'/Annots[60 0 R '),
    60: b'<</Type/Annot/Subtype/Widget/FT/Sig/T(Wait)/Rect[300 100 500 200]/F 4/P 3 0 R>>'}), n=N)


def sign_waiting(rect):
    """Signs the field that waited, with an appearance there."""
    return sign(waiting, 'dinhhuutrac', n=40, extra={3: current(waiting, 3), 7: current(waiting, 7), 40: b'null', 50: drawn(b'ky'),
                60: current(waiting, 60).replace(b'300 100 500 200', rect)[:-2] + b'/V 41 0 R/AP<</N 50 0 R>>>>'})


fine('signed-where-it-waited', sign_waiting(b'300 100 500 200'))
fine('signed-a-little-aside', sign_waiting(b'300 100 500 190'))
caught('signed-over-the-page', sign_waiting(b'0 0 595 842'))
fine('signature-in-its-place', sign(signed, 'dinhhuutrac', n=40, rect=b'300 100 500 200', field=b'/AP<</N 50 0 R>>', extra={50: drawn(b'ky')}))
caught('signature-emptied', update(signed, {N: now(N, (b'/V %d 0 R' % S, b''))}))
caught('signature-field-removed', update(signed, {7: now(7, (b'30 0 R ', b'')), 3: now(3, (b'30 0 R ', b''))}))
caught('signature-value-moved', update(signed, {50: current(signed, S), N: now(N, (b'/V %d 0 R' % S, b'/V 50 0 R'))}))
caught('reason-added', update(signed, {S: current(signed, S)[:-2] + b'/Reason(x)>>'}))
caught('signature-dressed', update(signed, {N: now(N, (b'[0 0 0 0]', b'[0 0 200 20]')) [:-2] + b'/AP<</N 50 0 R>>>>', 50: drawn(b'KHAC')}))
caught('rolled-back', sign(signed, 'dinhhuutrac', n=40) + b'startxref\n%d\n%%%%EOF\n' % last_xref(new_pdf(DOCUMENT)))
caught('bytes-between', signed + b'4 0 obj\n' + other + b'\nendobj\n' + section({50: b'(x)'}, len(signed) + len(other) + 16, last_xref(signed)))
hidden_at = len(signed)                 # a table that says nothing, and a stream beside it that brings another page content
hidden = b'4 0 obj\n' + other + b'\nendobj\n'
rows = b'\1' + hidden_at.to_bytes(4, 'big') + b'\0'
beside = b'89 0 obj\n<</Type/XRef/W[1 4 1]/Index[4 1]/Root 1 0 R/Size 90/Length 6>>stream\n' + rows + b'\nendstream\nendobj\n'
table = hidden_at + len(hidden) + len(beside)
caught('hybrid-hides', signed + hidden + beside + b'xref\n0 0\ntrailer\n<</Root 1 0 R/Size 90/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n' % (
    last_xref(signed), hidden_at + len(hidden), table))
caught('forged-then-signed', sign(update(signed, {4: other}), 'dinhhuutrac', n=40))
caught('forged-then-stamped', stamp(update(signed, {4: other}), n=40))
certified = (lambda p: sign(p, n=N, more=mdp(2), extra={1: DOCUMENT[1][:-2] + b'/Perms<</DocMDP %d 0 R>>>>' % S}))(new_pdf(DOCUMENT))
fine('certified-filled', update(certified, {6: now(6, (b'(old)', b'(new)'), (b'18 0 R', b'50 0 R')), 50: drawn(b'new')}))
fine('certified-signed', sign(certified, 'dinhhuutrac', n=40))
caught('certified-noted', update(certified, {14: now(14, (b'(note)', b'(another)'))}))
caught('certification-removed', update(certified, {1: DOCUMENT[1]}))
caught('certification-widened', update(certified, {S: current(certified, S).replace(b'/P 2', b'/P 3')}))

# Encrypted files (qpdf encrypts, pdfsig signs): what was signed and what stands there now are compared decrypted.
for name, args in (('rc4-40', ['40']), ('rc4-128', ['128', '--use-aes=n']), ('aes-128', ['128', '--use-aes=y']), ('aes-256', ['256'])):
    with open('clear', 'wb') as f:
        f.write(new_pdf())
    subprocess.run(['qpdf', '--allow-weak-crypto', '--object-streams=disable', '--encrypt', '', 'owner', *args, '--', 'clear', 'closed.pdf'],
                   stderr=subprocess.DEVNULL)
    subprocess.run(['pdfsig', '-nssdir', PKI + '/nss', '-add-signature', '-nick', 'skhcn', ROOT + '/closed.pdf', ROOT + '/closed-signed.pdf'],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open('closed-signed.pdf', 'rb') as f:
        closed = f.read()
    fine(name, closed)
    with open('closed.pdf', 'rb') as f:     # pdfsig writes /ID as raw bytes, qpdf in hexadecimal
        identity = re.findall(rb'/ID ?(\[.*?\])', f.read(), re.S)[-1]
    head = b'/Root %s/Encrypt %s/ID%s/Size 60/Prev' % (re.findall(rb'/Root (\d+ 0 R)', closed)[-1], re.findall(rb'/Encrypt (\d+ 0 R)', closed)[-1], identity)
    page = int(re.findall(rb'/Contents (\d+) 0 R', closed)[-1])
    fine(name + '-more', update(closed, {50: b'<</Nobody/PointsHere>>'}).replace(b'/Root 1 0 R/Size 60/Prev', head))
    caught(name + '-content', update(closed, {page: other}).replace(b'/Root 1 0 R/Size 60/Prev', head))
    caught(name + '-key', update(closed, {50: b'<</Nobody/PointsHere>>'}).replace(b'/Root 1 0 R/Size 60/Prev', re.sub(rb'/Encrypt \d+ 0 R', b'', head)))

sys.exit(judge('revisions', cases))
