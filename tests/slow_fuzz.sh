#!/bin/sh
# slow_fuzz.sh [MUTANTS] - every fuzz target over the fixtures and MUTANTS mutations of each, under sanitizers. The seed
# is printed (FUZZ_SEED repeats one). A target that dies is run again with the names of its inputs told; the last one
# is what killed it: keep it as fixtures/hostile/NAME.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
MUTANTS=${1:-40} SEED=${FUZZ_SEED:-$(date +%N | sed 's/^0*//')}
W=$PWD/build/fuzz; rm -rf "$W"; mkdir -p "$W"
${MAKE:-make} -s fixtures > /dev/null || exit 1
${MAKE:-make} -s MODE=asan fuzz-targets || exit 1
sh fixtures/demo.sh build/fixtures "$W/demo" > /dev/null
export ASAN_OPTIONS=detect_leaks=0 OMP_THREAD_LIMIT=1
echo "fuzz: seed $SEED, $MUTANTS mutants a file"
files() { find "$W/demo/inbox" "$W/demo/pki" fixtures/hostile -type f ! -name '* *' "$@" 2> /dev/null | sort; }
target() { # NAME MUTANTS FILES...
	name=$1 mutants=$2; shift 2
	if "build/asan/fuzz/fuzz_$name" -seed="$SEED" -mutants="$mutants" "$@" > "$W/$name.out" 2> "$W/$name.err"; then
		expect "$name: $(cat "$W/$name.out")" test -s "$W/$name.out"
	else
		FUZZ_TELL=1 "build/asan/fuzz/fuzz_$name" -seed="$SEED" -mutants="$mutants" "$@" 2>&1 | grep '#[0-9]*$' | tail -1
		grep -m 3 -E 'ERROR|runtime error|#[0-4] ' "$W/$name.err"
		expect "$name survives" false
	fi; }
# A night gives records to read and workbooks.
sh fixtures/demo.sh build/fixtures "$W/night" > /dev/null
"${CONGVAN:-build/congvan}" run --inbox "$W/night/inbox" --outbox "$W/night/out" --state "$W/night/state" \
	--trust "$W/demo/pki/trust" --province "Quảng Ngãi" --at 2025-07-07T01:00:00Z > /dev/null 2>&1
sqlite3 "$W/night/state/ledger.db" "SELECT writefile('$W/record' || id || '.jsonl', record) FROM letter" > /dev/null
target verify "$MUTANTS" $(files ! -name '*.csv')
target extract $((MUTANTS / 4)) $(files ! -name 'scan_*')
target append "$MUTANTS" $(files -name '*.pdf')
target record $((MUTANTS * 20)) "$W"/record*.jsonl
target sheet $((MUTANTS * 20)) $(files -name '*.csv') $(find "$W/night/out" -name '*.xlsx' | sort)
finish fuzz
