#!/bin/sh
# commands.sh - the contract of the command line: exit codes, one answer a file, help that fits, configuration,
# the filter, and the installed program.
cd "$(dirname "$0")/.." || exit 1
. tests/lib
CONGVAN=$PWD/${CONGVAN:-build/congvan}
W=$PWD/build/commands
rm -rf "$W"; mkdir -p "$W"; cd "$W" || exit 1

code() { # EXPECTED COMMAND...: its exit code; what it says is kept in out and err
	want=$1; shift
	"$@" > out 2> err; got=$?
	[ $got = "$want" ] || { echo "  exit $got, not $want: $*"; tail -3 err; return 1; }; }
lines() { [ "$(wc -l < out)" = "$1" ]; }

# one answer a file -----------------------------------------------------------------------------------
printf 'mot van ban\n' > a.txt; printf 'hai\n' > b.txt; : > empty.pdf; printf '%%PDF-1.7 not really' > bad.pdf; mkdir folder; mkfifo pipe
expect "no file is 64" code 64 "$CONGVAN" verify
expect "an unknown option is 64" code 64 "$CONGVAN" verify --no-such a.txt
expect "an unknown command is 64" code 64 "$CONGVAN" verfy a.txt
expect "a good file is 0" code 0 "$CONGVAN" verify --format json a.txt
expect "a missing file is 66" code 66 "$CONGVAN" check --format json nosuch.pdf
expect "and has its answer" grep -q '"verdict":"unreadable".*worker/no-such-file' out
expect "an unreadable file is 65" code 65 "$CONGVAN" check --format json bad.pdf
expect "verify does not call it unsigned" code 65 "$CONGVAN" verify --format json bad.pdf
expect "the worst of many is told" code 66 "$CONGVAN" check --format json a.txt nosuch.pdf empty.pdf folder pipe b.txt
expect "and each has one answer" lines 6
expect "in the order of the command line" sh -c 'grep -o "\"file\":\"[^\"]*\"" out | tr -d "\n" | grep -q "a.txt.*nosuch.pdf.*empty.pdf.*folder.*pipe.*b.txt"'
expect "a folder: name its files" sh -c '"$0" verify folder 2> /dev/null | grep -q "Đây là thư mục; hãy nêu các tệp trong đó"' "$CONGVAN"
expect "standard input is a file called -" sh -c '"$0" verify --format json - < a.txt | grep -q "\"file\":\"-\",\"sha256\":\"$(sha256sum < a.txt | cut -c1-64)\""' "$CONGVAN"
expect "from a pipe too" sh -c 'cat a.txt | "$0" verify --format json - b.txt | grep -c "\"verdict\":\"unsigned\"" | grep -qx 2' "$CONGVAN"
expect "no time at all is no budget" code 64 "$CONGVAN" run --inbox . --outbox o --max-time 0s
expect "verify says why nothing was read" sh -c '"$0" verify --format json empty.pdf | grep -q "\"signatures\":\[\],\"messages\":\[{"' "$CONGVAN"
expect "a name that begins with - after --" sh -c 'cp a.txt ./-a.txt; "$0" verify --format json -- -a.txt | grep -q "\"file\":\"-a.txt\""' "$CONGVAN"
expect "standard output may be a file" sh -c '"$0" check --format json a.txt > file.out; [ $? = 1 ] && [ "$(wc -l < file.out)" = 1 ]' "$CONGVAN"
i=0; while [ $i -lt 600 ]; do i=$((i + 1)); echo "$i" > "n$i.txt"; done
expect "600 files, 600 answers" sh -c '"$0" verify --format json n*.txt > many && [ "$(wc -l < many)" = 600 ]' "$CONGVAN"
expect "in order" sh -c 'ls n*.txt > want; sed "s/.*\"file\":\"\([^\"]*\)\".*/\1/" many | cmp -s - want'

# progress: where standard error is a terminal, and only there -----------------------------------------
cat > terminal.py << 'P'
import os, pty, subprocess, sys
ours, theirs = pty.openpty()
p = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
try:
    while True:
        sys.stdout.buffer.write(os.read(ours, 65536) or exit(0))
except OSError:
    pass
P
expect "verify of many files shows how far it is" sh -c 'python3 terminal.py "$0" verify --lang en n*.txt | grep -q "\[##*\] 600/600, [0-9.]* a second, 0:00 left"' "$CONGVAN"
mkdir bar; cp n1.txt n2.txt n3.txt bar/
expect "and so does a run" sh -c 'python3 terminal.py "$0" run --inbox bar --outbox bar.out --state bar.state | grep -q "\] 3/3, [0-9.]* mỗi giây, còn 0:00"' "$CONGVAN"
expect "no bar in a file" sh -c '"$0" verify n1.txt n2.txt n3.txt > /dev/null 2> err; ! grep -q "\] 3/3" err && grep -q "3 tệp: 3 không có chữ ký số" err' "$CONGVAN"

# help ------------------------------------------------------------------------------------------------
for c in $("$CONGVAN" --help | awk '/^  [a-z]/ {print $1}'); do
	for l in vi en; do
		expect "$c --help --lang $l fits 80x24" sh -c '"$0" "$1" --help --lang $2 > help && [ "$(LC_ALL=C.UTF-8 wc -L < help)" -le 80 ] && [ "$(wc -l < help)" -le 24 ] && [ "$(wc -l < help)" -ge 2 ]' "$CONGVAN" "$c" $l
	done
done
expect "messages are Vietnamese first" sh -c '"$0" list --state nosuch 2>&1 | grep -q "ở đây không có sổ"' "$CONGVAN"
expect "by LC_MESSAGES" sh -c 'LC_ALL= LC_MESSAGES=en_US.UTF-8 "$0" list --state nosuch 2>&1 | grep -q "no ledger here"' "$CONGVAN"
expect "or by --lang, for every command" sh -c '"$0" backup --lang en 2>&1 | grep -q "backup wants one folder"' "$CONGVAN"
expect "a number with something behind is none" code 64 "$CONGVAN" verify --jobs 2x a.txt
expect "and one that is too large" code 64 "$CONGVAN" run --inbox . --outbox o --max-letters 99999999999

expect "a format that a command does not make is 64" code 64 "$CONGVAN" names --format json a b
expect "and so is one that others make" code 64 "$CONGVAN" rules --format html
expect "with those it makes" grep -q "rules chỉ ghi ra được dạng text, json hoặc csv" err

# configuration ---------------------------------------------------------------------------------------
printf '# folders\n[night]\nstate = %s/state\nlang = en\n\n' "$W" > good.conf
printf 'state = x\n\n[a]\nno-such-key = 1\n' > bad.conf
printf 'jobs = many\n' > worse.conf
expect "a good configuration" code 0 "$CONGVAN" doctor --config good.conf
expect "an unknown key is 78" code 78 "$CONGVAN" doctor --config bad.conf
expect "with its line" grep -q 'bad.conf:4:' err
expect "a bad value is 78" code 78 "$CONGVAN" doctor --config=worse.conf
printf 'format = html\n' > page.conf
expect "a format of the configuration too" code 64 "$CONGVAN" rules --config page.conf
expect "no configuration is 78" code 78 "$CONGVAN" doctor --config nosuch.conf
expect "no ledger is 66" code 66 "$CONGVAN" list --config good.conf

# the filter ------------------------------------------------------------------------------------------
printf '{"path":"%s/a.txt"}\nnonsense\n{"letter":"sha256:x","path":"/nosuch"}\n{"path":"%s/b.txt"}\n' "$W" "$W" > in.jsonl
expect "a filter ends with 0 when letters fail" sh -c '"$0" stage 1_ingest < in.jsonl > 1.jsonl' "$CONGVAN"
expect "a line each, in order" sh -c '[ "$(grep -c . 1.jsonl)" = 4 ] && head -1 1.jsonl | grep -q a.txt && tail -1 1.jsonl | grep -q b.txt'
expect "bad lines are answered" sh -c '[ "$(grep -c "\"ok\":false" 1.jsonl)" = 2 ]'
expect "filters can be chained" sh -c '"$0" stage 2_extract < 1.jsonl | "$0" stage 3_verify | "$0" stage 4_judge > 4.jsonl && [ "$(grep -c "\"ok\":true" 4.jsonl)" = 2 ]' "$CONGVAN"
expect "and carry all facts" sh -c 'head -1 4.jsonl | grep -q "\"stage\":\"1_ingest\".*\"stage\":\"2_extract\".*\"stage\":\"3_verify\".*\"stage\":\"4_judge\""'
expect "no such stage is 64" code 64 "$CONGVAN" stage 6_dream

# backup ----------------------------------------------------------------------------------------------
mkdir in; cp a.txt b.txt in/
"$CONGVAN" run --inbox in --outbox out.d --state state --at 2025-06-20 > /dev/null 2>&1
expect "a backup is sound" code 0 "$CONGVAN" backup --state state backup
expect "and makes a state again" code 0 "$CONGVAN" restore --state again backup
expect "with every letter" sh -c '[ "$("$0" list --state state)" = "$("$0" list --state again)" ]' "$CONGVAN"
expect "never over a ledger" code 73 "$CONGVAN" restore --state again backup
expect "search finds without diacritics" sh -c '"$0" search --state again "van ban" | grep -q a.txt' "$CONGVAN"
object=$(find state/store -type f | head -1); chmod u+w "$object"; printf X >> "$object"
expect "check-ledger sees a changed object" code 1 "$CONGVAN" check-ledger --state state
expect "and names the letter" grep -Eq '^nội dung [0-9a-f]{64} done/2025-06-20/[ab].txt: nội dung trong kho đã bị thay đổi' out
expect "no backup of a changed object" code 74 "$CONGVAN" backup --state state backup2
cp in/done/2025-06-20/a.txt in/done/2025-06-20/b.txt in/
"$CONGVAN" run --inbox in --outbox out.d --state state --at 2025-06-20 > /dev/null 2>&1
expect "its file dropped in the inbox again mends it" code 0 "$CONGVAN" check-ledger --state state
cp -r again newer; sqlite3 newer/ledger.db 'PRAGMA user_version = 99'
expect "a ledger of a newer program is 78" code 78 "$CONGVAN" run --inbox in --outbox out.d --state newer
expect "and says what to do" grep -q 'ledger.db là bản 99.*hãy cài bản mới' err
cp -r again torn; head -c 20000 /dev/urandom | dd of=torn/ledger.db bs=4096 seek=2 conv=notrunc 2> /dev/null
expect "a damaged ledger is 74" code 74 "$CONGVAN" check-ledger --state torn
expect "doctor finds it too" code 69 "$CONGVAN" doctor --state torn
expect "and says what to do" grep -q 'ledger *PROBLEM .*congvan restore' out

# installed -------------------------------------------------------------------------------------------
expect "make install" sh -c 'cd ../.. && make -s install DESTDIR="$0" PREFIX=/usr > /dev/null' "$W/root"
expect "the installed program finds its data" sh -c 'cd / && "$0/root/usr/bin/congvan" doctor --state "$0/state" | grep -q "^data *ok *$0/root/usr/share/congvan"' "$W"
expect "units and folders of the nightly run are installed" sh -c 'grep -q "^ExecStart=/usr/bin/congvan run" "$0"/root/usr/lib/systemd/system/congvan-night.service && grep -q "^d /var/spool/congvan/inbox" "$0"/root/usr/lib/tmpfiles.d/congvan.conf && grep -q "^u congvan" "$0"/root/usr/lib/sysusers.d/congvan.conf' "$W"
expect "the example configuration is one" sh -c 'cd / && "$0/root/usr/bin/congvan" doctor --config "$0/root/usr/share/doc/congvan/congvan.conf" > "$0/out" 2> "$0/err"; ! grep -q congvan.conf: "$0/err"' "$W"
expect "and checks a letter" sh -c 'cd / && "$0/root/usr/bin/congvan" check "$0/a.txt" > /dev/null; [ $? = 1 ]' "$W"
rm "$W/root/usr/lib/congvan/congvan-pages.so"
expect "without the module of pages signatures are still checked" code 0 "$W/root/usr/bin/congvan" verify a.txt
expect "what needs it ends with 69" code 69 "$W/root/usr/bin/congvan" extract a.txt
expect "and says what is missing" grep -q 'congvan-pages.so' err
# Started by something that closed its descriptors: no message may land in a file that took their number.
closed() { rm -rf "$W/closed"; mkdir -p "$W/closed/in"; printf 'khong phai van ban' > "$W/closed/in/rac.bin"
	"$CONGVAN" run --inbox "$W/closed/in" --outbox "$W/closed/out" --state "$W/closed/state" --at 2025-07-07 <&- >&- 2>&-
	[ $? -le 1 ] && "$CONGVAN" check-ledger --state "$W/closed/state" > /dev/null &&
		[ "$(cat "$W/closed/state/store"/??/*)" = 'khong phai van ban' ]; }
expect "a run without standard descriptors" closed

finish commands
