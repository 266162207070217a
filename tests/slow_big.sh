#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# slow_big.sh [N] - a night over N small letters, more than one batch holds: it comes to its end, in bounded memory, and
# what people and programs are told of it stays small.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
. tests/lib_night
CONGVAN=${CONGVAN:-build/congvan}
W=$PWD/build/big
N=${1:-5200}
rm -rf "$W"; mkdir -p "$W/in"
i=0
while [ $i -lt "$N" ]; do
	i=$((i + 1)); pdf "$W/in/cv $i.pdf" "UY BAN NHAN DAN XA BINH MY) Tj 0 -20 Td (So: $i/UBND-VP) Tj 0 -20 Td (Binh My, ngay 12 thang 6 nam 2025"
done
began=$(date +%s)
python3 - "$CONGVAN" "$W" << 'P'
import resource, subprocess, sys
program, w = sys.argv[1:]
with open(w + '/told', 'wb') as told, open(w + '/log', 'wb') as log:
    code = subprocess.call([program, 'run', '--inbox', w + '/in', '--outbox', w + '/out', '--state', w + '/state',
                            '--at', '2025-07-07'], stdout=told, stderr=log)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=open(w + '/end', 'w'))
P
read -r code kilobytes < "$W/end"
echo "big: $N letters in $(($(date +%s) - began)) s, $((kilobytes / 1024)) MB, ledger $(($(stat -c %s "$W/state/ledger.db") / 1024)) kB, page $(($(stat -c %s "$W"/out/*/report.html) / 1024)) kB"
expect "it ends with 0 or 1" test "$code" -le 1
expect "every letter is judged" test "$(sqlite3 "$W/state/ledger.db" "SELECT count(*) FROM letter WHERE state = '5_emit'")" = "$N"
expect "in bounded memory" test "$kilobytes" -lt 400000
expect "with a ledger of a few kilobytes a letter" test "$(stat -c %s "$W/state/ledger.db")" -lt $((N * 8000 + 1000000))
expect "the summary is one that a mail carries" test "$(wc -c < "$W/told")" -lt 200000
expect "the page opens at once" test "$(stat -c %s "$W"/out/*/report.html)" -lt 1000000
expect "check-ledger finds it whole" sh -c "$CONGVAN check-ledger --state $W/state > /dev/null"
expect "a second run has nothing to do" sh -c "$CONGVAN run --inbox $W/in --outbox $W/out --state $W/state --at 2025-07-08 | grep -q 'Không có gì mới'"
finish big
