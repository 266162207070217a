#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_xlsx.py IN.csv OUT.xlsx [TITLE]: a workbook as an office saves it: an empty sheet first, a title above the heading,
shared strings, days as Excel counts them, a remark below."""
import csv, datetime, re, sys, zipfile
from xml.sax.saxutils import escape

rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig')))
title = sys.argv[3] if len(sys.argv) > 3 else 'DANH SÁCH CHỨNG THƯ SỐ'
strings, main = [], 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

def cell(column, row, text):
    where = '%s%d' % (chr(65 + column), row)
    if re.fullmatch(r'\d{4}-\d\d-\d\d', text):
        days = (datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days
        return '<c r="%s" s="1"><v>%d</v></c>' % (where, days)
    strings.append('<si><t>%s</t></si>' % escape(text))
    return '<c r="%s" t="s"><v>%d</v></c>' % (where, len(strings) - 1)

lines = [[title], []] + rows + [[], ['Tổng cộng: %d chứng thư số' % (len(rows) - 1)]]
body = ''.join('<row r="%d">%s</row>' % (r, ''.join(cell(c, r, t) for c, t in enumerate(line) if t)) for r, line in enumerate(lines, 1))
sheet = '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>'
with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    z.writestr('xl/workbook.xml', '<workbook xmlns="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
               '<sheet name="Sheet1" sheetId="1" r:id="a"/><sheet name="Danh sách" sheetId="2" r:id="b"/></sheets></workbook>' % main)
    z.writestr('xl/_rels/workbook.xml.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
               '<Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="worksheets/sheet2.xml"/></Relationships>')
    z.writestr('xl/styles.xml', '<styleSheet xmlns="%s"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>' % main)
    z.writestr('xl/worksheets/sheet1.xml', sheet % (main, ''))
    z.writestr('xl/worksheets/sheet2.xml', sheet % (main, body))
    z.writestr('xl/sharedStrings.xml', '<sst xmlns="%s">%s</sst>' % (main, ''.join(strings)))
