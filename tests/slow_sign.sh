#!/bin/sh
# slow_sign.sh [STRIDE [KIND...]] - the world goes wrong at every STRIDE-th operation on the disk while a package is signed
# (tests/fault/shim.c). Whatever happens, what stands there then is a sound package, unsigned or signed, and the next
# call ends with the very bytes of a signing that met no fault.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
congvan=$(realpath "${CONGVAN:-build/congvan}")
W=$PWD/build/faults-sign
STRIDE=${1:-13}; [ $# -gt 0 ] && shift
KINDS=${*:-kill torn eio full eintr short}
pki=$PWD/build/fixtures/pki folder=2025-07-07/ubnd-tinh-quang-ngai name=nd68-2024-mau-05-001
rm -rf "$W"; mkdir -p "$W/in"
${MAKE:-make} -s fixtures > /dev/null || exit 1
${CC:-cc} -std=c17 -O1 -Wall -Wextra -shared -fPIC -o "$W/shim.so" tests/fault/shim.c -ldl || exit 1
row() { printf '%s,"CN=%s, OU=Ủy ban nhân dân huyện Bình Sơn, O=Ủy ban nhân dân tỉnh Quảng Ngãi, L=Quảng Ngãi, C=VN",%s,%s,,x@quangngai.example,agency,2023-05-10,2028-05-10,%s,0\n' "$1" "$2" "$2" "$2" "$3"; }
{ echo 'serial,subject_dn,org_name,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals'
  row 6A01 'Ủy ban nhân dân xã Bình Chương' BCYC01; row 6A02 'Ủy ban nhân dân xã Bình Mỹ' BCYC02; } > "$W/in/inventory.csv"
mkdir "$W/now"        # the ledger knows its packages by their place
"$congvan" run --inbox "$W/in" --outbox "$W/now/out" --state "$W/now/state" --trust "$pki/trust" --province "Quảng Ngãi" --at 2025-07-07T00:30:00Z > "$W/night" 2>&1
openssl pkcs12 -export -in "$pki/ubndtinh.crt" -inkey "$pki/ubndtinh.key" -passout pass: -keypbe NONE -certpbe NONE -nomaciter -out "$W/key.p12"
cp -r "$W/now" "$W/fresh"
sign() { # VARIABLE=VALUE...
	env "$@" "$congvan" package sign "$W/now/out/$folder/$name" --state "$W/now/state" --trust "$pki/trust" --p12 "$W/key.p12" --at 2025-07-07T01:00:00Z; }
final() { (cd "$W/now/out" && find . | sort && find . -type f ! -name report.html | sort | xargs -d '\n' sha256sum)
	sqlite3 "$W/now/state/ledger.db" "SELECT DISTINCT status, person FROM package_event"; }

sign LD_PRELOAD="$W/shim.so" FAULT_COUNT="$W/count" > "$W/said" 2>&1; code=$?
final > "$W/clean.final"
all=$(cat "$W/count")
expect "a signing without faults ends with 0" test $code = 0
SEED=${FAULT_SEED:-$(date +%N | sed 's/^0*//')}
echo "sign-faults: seed $SEED, every $STRIDE-th of $all operations"
for kind in $KINDS; do
	SEED=$(( (SEED * 1103515245 + 12345) % 2147483648 ))
	k=$(( SEED / 65536 % STRIDE + 1 ))
	while [ $k -le "$all" ]; do
		rm -rf "$W/now" && cp -r "$W/fresh" "$W/now"
		sign LD_PRELOAD="$W/shim.so" FAULT=$kind FAULT_AT=$k > "$W/said" 2>&1; code=$?
		case $kind,$code in
		kill,137 | torn,137 | short,0 | eintr,0 | eio,0 | full,0 | eio,7[345] | full,7[345] | eintr,7[345]) told=yes ;;       # 0: while sweeping
		*) told=no ;;
		esac
		expect "$kind at $k: told by its exit code ($code: $(tail -1 "$W/said"))" test $told = yes
		"$congvan" package check "$W/now/out" > "$W/said" || cat "$W/said"
		expect "$kind at $k: a sound package stands there" "$congvan" package check "$W/now/out" > /dev/null
		sign > "$W/said" 2>&1; code=$?
		expect "$kind at $k, then again: ends with 0 ($code: $(tail -1 "$W/said"))" test $code = 0
		final > "$W/bad.final"
		cmp -s "$W/clean.final" "$W/bad.final" || diff "$W/clean.final" "$W/bad.final" | head -5
		expect "$kind at $k, then again: the same end" cmp -s "$W/clean.final" "$W/bad.final"
		k=$((k + STRIDE))
	done
done
finish sign-faults
