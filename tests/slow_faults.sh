#!/bin/sh
# slow_faults.sh [STRIDE [KIND...]] - the world goes wrong at every STRIDE-th operation on the disk, in every way that
# tests/fault/shim.c knows; then a run without faults must come to the same end as a night that met none: every letter
# once, every package once and whole, nothing lost. An ordinary fault (no room, a failing disk, a call cut short) must
# be told by an exit code of the contract, never by a crash.
#
# The first operation is chosen by a seed that is printed (FAULT_SEED repeats one), so many runs try them all.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
. tests/lib_night
CONGVAN=${CONGVAN:-build/congvan}
W=$PWD/build/faults
STRIDE=${1:-41}; [ $# -gt 0 ] && shift
KINDS=${*:-kill torn eio full eintr short}
rm -rf "$W"; mkdir -p "$W"
${MAKE:-make} -s fixtures > /dev/null || exit 1
${CC:-cc} -std=c17 -O1 -Wall -Wextra -shared -fPIC -o "$W/shim.so" tests/fault/shim.c -ldl || exit 1

inbox() { # NAME : letters, a duplicate, rubbish; a list and two requests, which give packages
	rm -rf "$W/$1"; sh fixtures/demo.sh build/fixtures "$W/$1" > /dev/null; mv "$W/$1/inbox" "$W/$1/in"
	(cd "$W/$1/in" && ls | grep -v -e '^03-' -e '^05-' -e '^danh-sach' -e '^1204-' | tr '\n' '\0' | xargs -0 rm -f)
	printf 'khong phai van ban' > "$W/$1/in/rac.bin"
	touch -d 2025-07-07T00:30:00Z "$W/$1/in"/*; }
night() { # NAME VARIABLE=VALUE...
	n=$1; shift
	env "$@" "$CONGVAN" run --inbox "$W/$n/in" --outbox "$W/$n/out" --state "$W/$n/state" --at 2025-07-07T08:00:00+07:00 \
		--trust build/fixtures/pki/trust --province "Quảng Ngãi"; }

inbox clean
night clean LD_PRELOAD="$W/shim.so" FAULT_COUNT="$W/count" > "$W/clean.out" 2> "$W/clean.err"; code=$?
final clean > "$W/clean.final"
all=$(cat "$W/count")
expect "a night without faults ends with 1" test $code = 1
expect "and makes packages" test "$(sqlite3 "$W/clean/state/ledger.db" 'SELECT count(*) > 1 FROM package')" = 1

SEED=${FAULT_SEED:-$(date +%N | sed 's/^0*//')}
echo "faults: seed $SEED, every $STRIDE-th of $all operations"
for kind in $KINDS; do
	SEED=$(( (SEED * 1103515245 + 12345) % 2147483648 ))
	k=$(( SEED / 65536 % STRIDE + 1 ))
	while [ $k -le "$all" ]; do
		inbox bad
		night bad LD_PRELOAD="$W/shim.so" FAULT=$kind FAULT_AT=$k > "$W/bad.out" 2> "$W/bad.err"; code=$?
		case $kind,$code in
		kill,137 | torn,137 | short,1) told=yes ;;
		eio,1 | eio,7[345] | full,1 | full,7[345] | eintr,1 | eintr,7[45]) told=yes ;;        # 1: where it need not stop (a sweep, a report)
		*) told=no ;;
		esac
		expect "$kind at $k: told by its exit code ($code: $(tail -1 "$W/bad.err"))" test $told = yes
		night bad > "$W/after.out" 2> "$W/after.err"
		final bad > "$W/bad.final"
		cmp -s "$W/clean.final" "$W/bad.final" || diff "$W/clean.final" "$W/bad.final" | head -5
		expect "$kind at $k, then a run: the same end" cmp -s "$W/clean.final" "$W/bad.final"
		expect "$kind at $k: check-ledger finds it whole" sh -c "$CONGVAN check-ledger --state $W/bad/state > /dev/null"
		k=$((k + STRIDE))
	done
done
finish faults
