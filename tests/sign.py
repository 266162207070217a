# SPDX-License-Identifier: GPL-3.0-or-later
# sign.py DIR - what sign.sh needs beside the fixtures: a signature in blue and a seal in red as transparent PNGs
# (NĐ 30/2020 Phụ lục I), and a PDF certified against any change.
import math
import struct
import sys
import zlib


def png(path, w, h, ink):
    rows = b''.join(b'\0' + b''.join(struct.pack('4B', *ink(x / w, y / h)) for x in range(w)) for y in range(h))

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    with open(path, 'wb') as f:
        f.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>2I5B', w, h, 8, 6, 0, 0, 0))
                + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b''))


def signature(x, y):
    return (20, 40, 200, 255) if abs(y - .5 - .3 * math.sin(9 * x + 3 * math.sin(5 * x))) < .05 else (0, 0, 0, 0)


def seal(x, y):
    r, a = math.hypot(x - .5, y - .5), math.atan2(y - .5, x - .5)
    on = .44 < r < .49 or .33 < r < .345 or r < .1 + .05 * math.cos(5 * a)
    return (210, 20, 30, 220) if on else (0, 0, 0, 0)


png(sys.argv[1] + '/chu-ky.png', 150, 70, signature)
png(sys.argv[1] + '/dau.png', 200, 200, seal)

# ISO 32000-1 12.8.2.2, P 1; the signature is of zeros.
objects = [b'<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] /SigFlags 3 >> /Perms << /DocMDP 5 0 R >> >>',
           b'<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>',
           b'<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] >>',
           b'<< /FT /Sig /T (C) /V 5 0 R >>',
           b'<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [ 0 1 2 3 ] /Contents <00>'
           b' /Reference [ << /TransformMethod /DocMDP /TransformParams << /P 1 >> >> ] >>']
out, places = b'%PDF-1.5\n', []
for i, o in enumerate(objects):
    places.append(len(out))
    out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, o)
table = len(out)
out += b'xref\n0 6\n0000000000 65535 f \n' + b''.join(b'%010d 00000 n \n' % p for p in places)
out += b'trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % table
with open(sys.argv[1] + '/certified.pdf', 'wb') as f:
    f.write(out)
