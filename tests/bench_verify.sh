#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bench_verify.sh - files a second of `verify` in one process against pdfsig, a process a file, in the same minute.
#
# By default over signed files that verify.py made; CORPUS names a folder of other PDFs. Not part of `make test`: it
# prints a ratio, and the machine's other work decides it too. `make bench` runs it.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
N=${N:-300}
CORPUS=${CORPUS:-$B/verify}
[ -d "$CORPUS" ] || sh tests/verify.sh >/dev/null || exit 1
list=$B/bench_verify.list
find "$CORPUS" -name '*.pdf' ! -name 'flip-*' ! -name 'cut-*' | sort > "$list.all"
: > "$list"
while [ "$(wc -l < "$list")" -lt "$N" ]; do cat "$list.all" >> "$list"; done
head -n "$N" "$list" > "$list.all" && mv "$list.all" "$list"
now() { date +%s.%N; }
t0=$(now)
tr '\n' '\0' < "$list" | xargs -0 "${CONGVAN:-$B/congvan}" verify --format json -- > "$B/bench_verify.json" || true
t1=$(now)
while read -r f; do pdfsig -nocert "$f"; done < "$list" > /dev/null 2>&1
t2=$(now)
echo "$t0 $t1 $t2 $N" | awk '{ printf "verify: %.0f files/s, pdfsig %.0f files/s, ratio %.1f\n", $4/($2-$1), $4/($3-$2), ($3-$2)/($2-$1) }'
