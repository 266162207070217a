#!/bin/sh
# e2e.sh - inbox to outbox, end to end: nothing is lost, nothing is done twice, whatever happens in between.
#
# Works below build/e2e. Random tests print their seed first; E2E_SEED repeats one.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
. tests/lib_night
CONGVAN=${CONGVAN:-build/congvan}
W=$PWD/build/e2e
AT=2025-06-20T10:00:00+07:00
rm -rf "$W"; mkdir -p "$W"

run() { # NAME ARGS... : state, inbox and outbox of that name
	n=$1; shift
	"$CONGVAN" run --inbox "$W/$n/in" --outbox "$W/$n/out" --state "$W/$n/state" --at $AT "$@"; }

# one night, then nothing new -------------------------------------------------------------------------
fill "$W/clean/in" 12
began=$(date +%s%N)
run clean > "$W/clean.out" 2> "$W/clean.err"; code=$?
took=$(( ($(date +%s%N) - began) / 1000000 + 1 ))
expect "a night ends with 0 or 1" test $code -le 1
expect "every file moved to done" test "$(find "$W/clean/in" -type f | grep -vc /done/)" = 0
expect "16 files came, 15 letters" test "$(sqlite3 "$W/clean/state/ledger.db" 'SELECT (SELECT count(*) FROM arrival) || (SELECT count(*) FROM letter)')" = 1615
expect "all are finished" test "$(sqlite3 "$W/clean/state/ledger.db" "SELECT count(*) FROM letter WHERE state <> '5_emit'")" = 0
expect "steps are logged with their walls" grep -Eq '^2_extract [0-9a-f]{6} pass [0-9]+ms .*walls=[a-z0-9,]*seccomp' "$W/clean.err"
expect "no file name in the log" sh -c "! grep -q letter.1 '$W/clean.err'"
final clean > "$W/clean.final"
run clean > "$W/again.out" 2> "$W/again.err"
expect "a second run says there is nothing new" grep -q 'Không có gì mới' "$W/again.out"
expect "and does nothing new" sh -c "[ ! -s '$W/again.err' ]"
final clean > "$W/again.final"
expect "and changes nothing" cmp -s "$W/clean.final" "$W/again.final"
cp "$W/clean/in/done/2025-06-20/letter 3.pdf" "$W/clean/in/came again.pdf"
run clean > "$W/dup.out" 2>&1; code=$?
expect "the same bytes on another night are a duplicate, no new letter, and still held" test "$code,$(sqlite3 "$W/clean/state/ledger.db" 'SELECT (SELECT count(*) FROM arrival) || (SELECT count(*) FROM letter)')" = 1,1715
expect "the page of the day tells of all its runs" grep -q 'Các phiên 1 đến 3' "$W/clean/out/2025-06-20/report.html"
expect "check-ledger finds it whole" "$CONGVAN" check-ledger --state "$W/clean/state"

# killed ----------------------------------------------------------------------------------------------
SEED=${E2E_SEED:-$(date +%N | sed 's/^0*//')}
echo "e2e: seed $SEED, a night takes $took ms"
k=0
while [ $k -lt 10 ]; do
	k=$((k + 1)); rm -rf "$W/killed"
	fill "$W/killed/in" 12
	SEED=$(( (SEED * 1103515245 + 12345) % 2147483648 )); ms=$(( SEED / 65536 % took ))
	"$CONGVAN" run --inbox "$W/killed/in" --outbox "$W/killed/out" --state "$W/killed/state" --at $AT > /dev/null 2>&1 &
	pid=$!
	sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
	kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null
	run killed > "$W/killed.out" 2> "$W/killed.err"; code=$?
	final killed > "$W/killed.final"
	expect "killed after $ms ms, then run: the same end (exit $code)" cmp -s "$W/clean.final" "$W/killed.final"
	expect "and its page is there" test -s "$W/killed/out/2025-06-20/report.html"
done

# killed while it judges and writes packages: the demo's letters, without its scans ------------------
${MAKE:-make} -s fixtures > /dev/null || exit 1
demo() { # NAME : a fresh inbox that gives packages
	rm -rf "$W/$1"; sh fixtures/demo.sh build/fixtures "$W/$1" > /dev/null; mv "$W/$1/inbox" "$W/$1/in"
	rm -f "$W/$1/in"/scan_* "$W/$1/in"/*TTr* "$W/$1/in"/*KH-UBND*; }
packages() { # NAME ARGS...
	n=$1; shift
	exec "$CONGVAN" run --inbox "$W/$n/in" --outbox "$W/$n/out" --state "$W/$n/state" --at 2025-07-07T08:00:00+07:00 \
		--trust build/fixtures/pki/trust --province "Quảng Ngãi" --jobs 2 "$@"; }
demo made; began=$(date +%s%N)
(packages made) > "$W/made.out" 2>&1
took=$(( ($(date +%s%N) - began) / 1000000 + 1 ))
final made > "$W/made.final"
expect "packages were made" test "$(sqlite3 "$W/made/state/ledger.db" 'SELECT count(*) > 0 FROM package')" = 1
k=0
while [ $k -lt 4 ]; do
	k=$((k + 1)); demo cut
	SEED=$(( (SEED * 1103515245 + 12345) % 2147483648 ))
	ms=$(( took / 3 + SEED / 65536 % (took * 2 / 3 + 1) ))         # mostly after the reading
	packages cut > /dev/null 2>&1 & pid=$!
	sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
	kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null
	(packages cut) > "$W/cut.out" 2>&1
	final cut > "$W/cut.final"
	expect "killed after $ms ms of $took: the same packages, each once" cmp -s "$W/made.final" "$W/cut.final"
done

# ten at once -----------------------------------------------------------------------------------------
fill "$W/ten/in" 150
k=0; while [ $k -lt 10 ]; do
	k=$((k + 1)); { run ten > /dev/null 2>&1; echo $? > "$W/ten.$k"; } &
done; wait
expect "ten runs at once: nine try later" test "$(cat "$W"/ten.* | grep -c '^75$')" = 9
expect "and one does it all" test "$(sqlite3 "$W/ten/state/ledger.db" "SELECT count(*) FROM letter WHERE state = '5_emit'")" = 153

# budgets, odd things in the inbox --------------------------------------------------------------------
fill "$W/odd/in" 6
mkdir "$W/odd/in/folder"; ln -s /etc/passwd "$W/odd/in/link"; mkfifo "$W/odd/in/pipe"; ln "$W/odd/in/letter 1.pdf" "$W/odd/in/hard.pdf"
: > "$W/odd/in/coming.part"; printf x > "$W/odd/in/~\$letter.docx"
cp "$W/odd/in/letter 3.pdf" "$W/odd/in/$(printf 'new\nline \377.pdf')"
run odd --max-letters 2 > "$W/odd.out" 2>&1; expect "a budget ends with 2" test $? = 2
run odd --lang en > "$W/odd.out" 2>&1; code=$?
expect "what cannot be taken needs a person" test $code = 1
expect "the rest is done" test "$(sqlite3 "$W/odd/state/ledger.db" "SELECT count(*) FROM letter WHERE state = '5_emit'")" = 9
expect "links, folders and pipes stay" test "$(find "$W/odd/in" -mindepth 1 -maxdepth 1 | wc -l)" = 8
expect "the summary names them" grep -q 'Not taken, still in the inbox (5)' "$W/odd.out"
expect "a dry run writes nothing" sh -c "'$CONGVAN' run --dry-run --inbox '$W/odd/in' --outbox '$W/none' --state '$W/none' > /dev/null && [ ! -e '$W/none' ]"
expect "no inbox is 66" sh -c "'$CONGVAN' run --inbox '$W/nosuch' --outbox '$W/none' --state '$W/none' 2>/dev/null; [ \$? = 66 ]"

# a full disk -----------------------------------------------------------------------------------------
fill "$W/full/in" 12; mkdir -p "$W/full/state"
if mount -t tmpfs -o size=300k none "$W/full/state" 2> /dev/null; then
	run full > "$W/full.out" 2>&1; code=$?
	expect "a full disk is 75" test $code = 75
	expect "no file is lost" test "$(find "$W/full/in" -type f | wc -l)" = 16
	mount -o remount,size=64m "$W/full/state"
	run full > "$W/full.out" 2>&1
	expect "with room the next run does it all" test "$(sqlite3 "$W/full/state/ledger.db" "SELECT count(*) FROM letter WHERE state = '5_emit'")" = 15
	final full > "$W/full.final"
	expect "to the same end" cmp -s "$W/clean.final" "$W/full.final"
	umount "$W/full/state"
else
	echo "e2e: no tmpfs may be mounted here; the full disk is not tried"
fi
finish e2e
