#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bench_ocr.sh - pages a second of OCR on one core beside tesseract and ocrmypdf, the same scans in the same minute.
#
# Three letters of 3, 3 and 5 pages (real scans have 3.7) through printer and scanner. A page counts as read when its
# letter is: `--ocr fields` may leave pages out, that is its point. Each program is a process a letter (tesseract: a
# page, from PNG rendered before the clock starts) and has one thread, so its CPU time is what counts: a busy machine
# does not bend it. A ratio is of one letter; the median and the least are printed, because ocrmypdf is slow with colour
# and quick with one bit a pixel. ROUNDS repeats. A peer that is not installed is said to be, and compared with nobody.
# Where CORPUS names a folder with pdf/ and text_gt/ (NAME_pN.txt is page N of pdf/NAME.pdf) the character errors are
# printed too: for every line of the truth the least edits to any part of what was read.
set -eu
cd "$(dirname "$0")/.."
B=${B:-build}
W=$B/bench_ocr
rm -rf "$W"; mkdir -p "$W"
for scan in 000:office 002:mono 003:office; do
	seed=${scan%:*}
	cp "$B/fixtures/seeds/$seed.pdf" "$W/$seed.pdf"
	sh fixtures/scan.sh "$B/fixtures/bin" "$W/$seed.pdf" "$B/fixtures/seeds/$seed.boxes" 200 "${scan#*:}" 3
	pdftoppm -r 200 -png "$W/$seed.pdf" "$W/$seed"
done

export OMP_THREAD_LIMIT=1
exec python3 - "${CONGVAN:-$B/congvan}" "$W" "${ROUNDS:-1}" "${CORPUS:-}" <<'PY'
import glob, json, os, re, resource, shutil, statistics, subprocess, sys, unicodedata
congvan, w, rounds, corpus = sys.argv[1:]
files = sorted(glob.glob(w + '/*.pdf'))
OURS = [congvan, 'extract', '--jobs', '1', '--format', 'json']

def run(argv):
    p = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode not in (0, 1):
        sys.exit('bench_ocr: %s: exit %d: %s' % (argv[0], p.returncode, p.stderr[-300:].decode('utf-8', 'replace')))
    return p.stdout

def tesseract(png):
    return run(['tesseract', png, '-', '-l', 'vie', '--psm', '3'])

def read_all(f):
    for png in pages[f]:
        tesseract(png)

def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

def clock(work, f):
    t = cpu()
    work(f)
    return cpu() - t

pages = {f: sorted(glob.glob(f[:-4] + '-*.png')) for f in files}
PROGRAMS = {
    'congvan full': lambda f: run(OURS + ['--ocr', 'full', f]),
    'congvan fields': lambda f: run(OURS + ['--ocr', 'fields', f]),
    'tesseract': read_all,
    'ocrmypdf': lambda f: run(['ocrmypdf', '-l', 'vie', '--jobs', '1', '--output-type', 'pdf', '-q', f, w + '/made']),
}
missing = [p for p in ('tesseract', 'ocrmypdf') if shutil.which(p) is None]
times = {p: [] for p in PROGRAMS if p not in missing}
for _ in range(int(rounds)):
    for f in files:
        for p in times:
            times[p].append(clock(PROGRAMS[p], f))
n = [len(pages[f]) for f in files] * int(rounds)
print('bench_ocr: %d letters, %d pages' % (len(n), sum(n)))
for p in PROGRAMS:
    if p in missing:
        print('  %-16s not installed' % p)
        continue
    print('  %-16s %5.2f pages a CPU second' % (p, sum(n) / sum(times[p])), end='')
    for peer, least in (('tesseract', {}), ('ocrmypdf', {'congvan full': 1.3, 'congvan fields': 4})):
        if p.startswith('congvan') and peer in times:
            ratios = [a / b for a, b in zip(times[peer], times[p])]
            print('   %4.2f x %s (least %.2f)%s' % (statistics.median(ratios), peer, min(ratios),
                                                      ' (target %.1f)' % least[p] if p in least else ''), end='')
    print()

# Character errors ---------------------------------------------------------------------------------------

def plain(text):
    text = unicodedata.normalize('NFC', text)
    for a, b in (('\u2013', '-'), ('\u2014', '-'), ('\u201c', '"'), ('\u201d', '"'), ('\u2018', "'"), ('\u2019', "'")):
        text = text.replace(a, b)
    return ' '.join(text.split())

def least_edits(line, text):
    """Myers 1999: the edit distance of a line to the nearest part of a text, one bit a character."""
    full, top, at = (1 << len(line)) - 1, 1 << len(line) - 1, {}
    for i, c in enumerate(line):
        at[c] = at.get(c, 0) | 1 << i
    up, down, score, best = full, 0, len(line), len(line)
    for c in text:
        eq = at.get(c, 0)
        same = ((eq & up) + up ^ up) | eq
        right, left = (down | ~(same | up)) & full, up & same
        score += bool(right & top) - bool(left & top)
        best = min(best, score)
        right, left, eq = right << 1 & full, left << 1 & full, eq | down
        up, down = (left | ~(eq | right)) & full, right & eq
    return best

def ours(f, page):
    o = json.loads(run(OURS + ['--ocr', 'full', '--text', f]))
    return o['text'][page - 1]

def theirs(f, page):
    if f.endswith('.pdf'):
        run(['pdftoppm', '-r', '200', '-png', '-singlefile', '-f', str(page), '-l', str(page), f, w + '/truth'])
        f = w + '/truth.png'
    return tesseract(f).decode()

wrong, characters, m = {'congvan': 0, 'tesseract': 0}, 0, 0
for truth in sorted(glob.glob(corpus + '/text_gt/*.txt')) if corpus else []:
    name, page = re.fullmatch(r'(.*?)(?:_p(\d+))?\.txt', os.path.basename(truth)).groups()
    found = glob.glob(glob.escape(corpus + '/pdf/' + name) + '.*')
    if not found or 'tesseract' in missing:
        continue
    lines = [plain(l) for l in open(truth, encoding='utf-8') if plain(l)]
    read = {'congvan': plain(ours(found[0], int(page or 1))), 'tesseract': plain(theirs(found[0], int(page or 1)))}
    for p in read:
        wrong[p] += sum(least_edits(l, read[p]) for l in lines)
    characters += sum(map(len, lines))
    m += 1
if m:
    print('  characters wrong on %d pages: congvan %.2f %%, tesseract %.2f %%'
          % (m, 100 * wrong['congvan'] / characters, 100 * wrong['tesseract'] / characters))
PY
