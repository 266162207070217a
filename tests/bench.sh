#!/bin/sh
# bench.sh - what a letter costs in `run`, everything sealed, beside pdftotext and pdfsig in the same minute.
#
# Two hundred five-page text letters, each signed by itself so that no two have the same bytes. One child at a
# time; a letter's cost is the time from the end of the one before to its own end: fork, seal, three stages,
# answer, its share of the ledger's commits. BENCH_LETTERS changes how many. Other rows: tests/bench_*.sh.
set -eu
cd "$(dirname "$0")/.."
CONGVAN=${CONGVAN:-build/congvan}
N=${BENCH_LETTERS:-200}
W=build/bench
rm -rf "$W"; mkdir -p "$W/in"

body() { i=0; while [ $i -lt 28 ]; do i=$((i + 1))
	echo "p: $i. Ủy ban nhân dân các xã, thị trấn rà soát chứng thư chữ ký số chuyên dùng công vụ của cơ quan và của cá nhân; lập danh sách gồm số hiệu chứng thư, số hiệu thiết bị, địa chỉ thư điện tử công vụ, thời hạn sử dụng; gửi về Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện trước ngày 16/6/2025 để tổng hợp, báo cáo cấp có thẩm quyền xem xét, quyết định theo quy định của Nghị định số 68/2024/NĐ-CP ngày 25/6/2024 của Chính phủ."
	done; }
body > "$W/body"
awk -v body="$W/body" '/^(p|h|table|th|tr): /{next} /^copy: / && !done {while ((getline line < body) > 0) print line; done=1} {print}' \
	fixtures/letters/kh-binhson.letter > "$W/five.letter"
build/fixtures/bin/typeset "$W/five.letter" "$W/five.pdf" "$W/five.boxes"
pages=$(pdfinfo "$W/five.pdf" | awk '/^Pages/{print $2}')
i=0
while [ $i -lt "$N" ]; do
	i=$((i + 1))
	build/fixtures/bin/sign "$W/five.pdf" "$W/in/$i.pdf" --crt build/fixtures/pki/binhson.crt --key build/fixtures/pki/binhson.key \
		--time "$(printf '2025-06-10T%02d:%02d:%02dZ' $((i / 3600 % 24)) $((i / 60 % 60)) $((i % 60)))" --name Signature1
done

exec python3 - "$CONGVAN" "$W" "$pages" <<'PY'
import os, statistics, subprocess, sys, time
congvan, w, pages = sys.argv[1:]
def median(times): return statistics.median(times) * 1000
files = sorted(os.path.join(w, 'in', f) for f in os.listdir(os.path.join(w, 'in')))

def peer(argv):
    times = []
    for f in files:
        t = time.monotonic()
        subprocess.run([a if a != 'FILE' else f for a in argv], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.monotonic() - t)
    return median(times)

text = peer(['pdftotext', '-layout', 'FILE', '-'])
sig = peer(['pdfsig', '-nssdir', 'build/fixtures/pki/nss', '-no-ocsp', 'FILE'])
start = time.monotonic()
p = subprocess.Popen([congvan, 'run', '--jobs', '1', '--inbox', w + '/in', '--outbox', w + '/out', '--state', w + '/state',
                      '--trust', 'build/fixtures/pki/trust', '--at', '2025-07-07T01:00:00Z'],
                     stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
times, stages, last, walls = [], {}, None, ''
for line in p.stderr:
    words = line.split()
    if len(words) > 3 and words[0][0] in '123' and words[3].endswith('ms'):
        stages.setdefault(words[0], []).append(float(words[3][:-2]) / 1000)
        walls = words[-1]
        if words[0] == '3_verify':
            now = time.monotonic()
            if last is not None:
                times.append(now - last)
            last = now
p.wait()
whole = time.monotonic() - start
print('bench: %d letters of %s pages, %s' % (len(files), pages, walls))
print('  congvan run, a letter        %6.1f ms  (median; target 20)' % median(times))
for s in sorted(stages):
    print('    %-26s %6.1f ms' % (s, median(stages[s])))
print('  pdftotext + pdfsig           %6.1f ms  (%.1f + %.1f), ratio %.2f' % (text + sig, text, sig, (text + sig) / median(times)))
print('  the whole run                %6.1f s   (%.1f ms a letter with start, intake, judging, packages)'
      % (whole, whole * 1000 / len(files)))
sys.exit(0 if len(times) == len(files) - 1 else 1)
PY
