#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fill_sheet.py ASK.xlsx FILLED.xlsx SERIAL - the worksheet of open questions as a person sends it back: SERIAL is
chosen, the others are not. Answers are written as a spreadsheet program may do it, as texts in the cells."""
import re, sys, zipfile

src, dst = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED)
name = 'xl/worksheets/sheet1.xml'
sheet = src.read(name).decode()
text = lambda ref: re.search(r'<c r="%s"[^>]*><is><t[^>]*>(.*?)</t>' % ref, sheet)[1]
heads = {text(c + '1'): c for c in re.findall(r'<c r="([A-Z]+)1"', sheet)}
for r in re.findall(r'<row r="(\d+)"', sheet)[1:]:
    answer = 'chọn' if text(heads['Số hiệu CTS'] + r) == sys.argv[3] else 'không chọn'
    for head, value in (('Trả lời', answer), ('Họ tên người quyết định', 'Người có thẩm quyền'),
                        ('Lý do quyết định', 'theo thống nhất của đơn vị')):
        ref = heads[head] + r
        cell = '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, value)
        sheet, n = re.subn('<c r="%s"(?:[^>]*/>|[^>]*>.*?</c>)' % ref, cell, sheet, flags=re.S)
        if n != 1:
            sys.exit('no cell ' + ref)
for i in src.infolist():
    dst.writestr(i.filename, sheet if i.filename == name else src.read(i.filename))
dst.close()
