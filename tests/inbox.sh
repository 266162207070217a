#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# inbox.sh - what an operator's inbox does to a night: files that move while it runs, that nobody may read, that are
# still being written, folders that cannot serve as inbox or outbox, names as senders write them; and a store that
# others look at meanwhile. Some of it only a user who is not root can see (runuser).
cd "$(dirname "$0")/.." || exit 1
. tests/lib
. tests/lib_night
CONGVAN=$PWD/${CONGVAN:-build/congvan}
W=$PWD/build/inbox
AT=2025-06-20T10:00:00+07:00
rm -rf "$W"; mkdir -p "$W"

run() { # NAME ARGS...
	n=$1; shift
	"$CONGVAN" run --inbox "$W/$n/in" --outbox "$W/$n/out" --state "$W/$n/state" --at $AT "$@" > "$W/$n.out" 2> "$W/$n.err"; }
ask() { sqlite3 "$W/$1/state/ledger.db" "$2"; }
code() { want=$1; shift; "$@"; got=$?; [ $got = "$want" ] || { echo "  exit $got, not $want: $*"; return 1; }; }

# folders that cannot serve ----------------------------------------------------------------------------
fill "$W/in in/in" 2
expect "an outbox in the inbox is refused" code 64 "$CONGVAN" run --inbox "$W/in in/in" --outbox "$W/in in/in/new/out" --state "$W/s" 2> /dev/null
ln -s in "$W/in in/link"
expect "by way of a link too" code 64 "$CONGVAN" run --inbox "$W/in in/in" --outbox "$W/in in/link/out" --state "$W/s" 2> /dev/null
expect "and a state" code 64 "$CONGVAN" run --inbox "$W/in in/in" --outbox "$W/out" --state "$W/in in/in/state" 2> /dev/null
expect "and a relative one" sh -c 'cd "$1" && "$0" run --inbox . --outbox out --state "$2" 2> /dev/null; [ $? = 64 ]' "$CONGVAN" "$W/in in/in" "$W/s"
expect "nothing was written" sh -c '[ ! -e "$0/s" ] && [ "$(ls "$0/in in/in" | wc -l)" = 6 ]' "$W"

# links, pipes, folders: told in the language of the run, with what to do ----------------------------------
fill "$W/odd/in" 2
mkdir "$W/odd/in/folder"; mkfifo "$W/odd/in/pipe"; ln -s /etc/passwd "$W/odd/in/link"; ln "$W/odd/in/letter 1.pdf" "$W/odd/in/hard.pdf"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$W/odd/in/sock" 2> /dev/null
run odd --lang en
expect "a socket is no file, in words" sh -c 'grep -q "^  sock: not a regular file" "$0" || [ ! -e "$1" ]' "$W/odd.out" "$W/odd/in/sock"
expect "a folder: move its files out" grep -q '^  folder: a folder, not opened; move its files out of it' "$W/odd.out"
expect "a hard link: make a copy" grep -q '^  hard.pdf: has another name' "$W/odd.out"
run odd
expect "and in Vietnamese" grep -q '^  link: liên kết (symlink), không mở; hãy chép' "$W/odd.out"
run odd --dry-run
expect "a dry run tells them too" grep -q '^  pipe: không phải tệp thường' "$W/odd.out"

# still being written: by the time of the last change, which no program can set ------------------------------
mkdir -p "$W/warm/in"; pdf "$W/warm/in/a.pdf" "So 1"; touch -d 2020-01-01 "$W/warm/in/a.pdf"
run warm --settle 1h
expect "a file that was just copied with its old time waits" sh -c '[ -e "$0/warm/in/a.pdf" ] && grep -q "1 tệp đang được ghi dở" "$0/warm.out"' "$W"
NO_FAKE_STAT=1 faketime -f '-3d' "$CONGVAN" run --inbox "$W/warm/in" --outbox "$W/warm/out" --state "$W/warm/state" --at $AT --settle 1h > /dev/null 2>&1
expect "after the clock was set back it does not wait for days" test -e "$W/warm/in/done/2025-06-20/a.pdf"

# taken away, or exchanged, while the run has it -----------------------------------------------------------
# The run is stopped in the middle of its intake: with a first group of 64 that is safe, and files not yet moved.
fill "$W/gone/in" 80
cat > "$W/slow.c" << 'C'
/* Before the first rename to done/: the inbox's files change, as the command in SLOW_DO says. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
int renameat2(int from, const char *a, int to, const char *b, unsigned flags)
{
	static int (*real)(int, const char *, int, const char *, unsigned), done;
	const char *act = getenv("SLOW_DO");
	*(void **)&real = dlsym(RTLD_NEXT, "renameat2");
	if (!done && strncmp(b, "done/", 5) == 0 && act != NULL) {
		done = 1;
		unsetenv("LD_PRELOAD");
		if (system(act) != 0)
			abort();
	}
	return real(from, a, to, b, flags);
}
C
${CC:-cc} -shared -fPIC -o "$W/slow.so" "$W/slow.c" -ldl || exit 1
LD_PRELOAD="$W/slow.so" SLOW_DO="cd '$W/gone/in' && rm 'letter 20.pdf' && cp 'letter 31.pdf' new && mv new 'letter 30.pdf' && printf more >> 'letter 40.pdf'" \
	run gone
expect "a file that is taken away does not stop the night" test $? -le 1
expect "it is told" grep -q 'letter 20.pdf: đã nhận, nhưng ai đó lấy tệp khỏi hộp thư đến' "$W/gone.out"
expect "its letter goes on" test "$(ask gone "SELECT state FROM letter JOIN arrival ON letter.id = letter WHERE name = CAST('letter 20.pdf' AS BLOB)")" = 5_emit
expect "another file under the name stays" cmp -s "$W/gone/in/letter 30.pdf" "$W/gone/in/done/2025-06-20/letter 31.pdf"
expect "and one that grew" test -e "$W/gone/in/letter 40.pdf"
run gone
expect "the next run takes both" test "$(find "$W/gone/in" -maxdepth 1 -type f | wc -l),$(ask gone "SELECT count(*) FROM arrival WHERE name IN (CAST('letter 30.pdf' AS BLOB), CAST('letter 40.pdf' AS BLOB))")" = 0,4

# many that need a person: the summary stays small --------------------------------------------------------
mkdir -p "$W/many/in"; i=0
while [ $i -lt 130 ]; do i=$((i + 1)); printf '\001\002%s' $i > "$W/many/in/rac$i.bin"; done
run many
expect "a hundred letters are told, then how many more" test "$(grep -c '^  [0-9a-f]\{6\}  rac' "$W/many.out"),$(grep -c '… và 30 văn bản nữa' "$W/many.out")" = 100,1
expect "report tells all" test "$("$CONGVAN" report --state "$W/many/state" | grep -c '^  [0-9a-f]\{6\}  rac')" = 130

# others look while a run copies ---------------------------------------------------------------------------
fill "$W/busy/in" 2; run busy
sleep 100 & sleeper=$!
: > "$W/busy/state/store/tmp/$sleeper-1.part"; : > "$W/busy/state/store/tmp/4194303-1.part"
"$CONGVAN" check-ledger --state "$W/busy/state" > /dev/null; "$CONGVAN" show --format html --state "$W/busy/state" rac.bin > /dev/null 2>&1
"$CONGVAN" backup --state "$W/busy/state" "$W/busy/backup" > /dev/null
expect "check-ledger, show and backup touch no copy in the making" test "$(ls "$W/busy/state/store/tmp" | wc -l)" = 2
run busy
expect "a run sweeps what no process makes any more" test "$(ls "$W/busy/state/store/tmp")" = "$sleeper-1.part"
kill $sleeper
expect "ledger and backup are not for strangers" test "$(stat -c %a "$W/busy/state")$(stat -c %a "$W/busy/backup")" = 750750

# a rule that never comes to its end ------------------------------------------------------------------------
${MAKE:-make} -s install DESTDIR="$W/root" PREFIX=/usr > /dev/null || exit 1
cat > "$W/root/usr/share/congvan/rules/nd30-2020/endless.sql" << 'S'
-- rule:      nd30-2020/endless
-- law:       NĐ 30/2020/NĐ-CP Đ8
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Có {n} bộ.
-- says en:   There are {n}.
-- seed:      -
-- sure:      S
--
SELECT 1 AS letter, count(*) AS n FROM letter a, letter b, letter c, letter d, letter e, letter f, letter g, letter h
 HAVING count(*) = 1;
S
one="INSERT INTO letter (letter, kind, dated, issued, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', 0, 0);"
{ echo "-- fires: one"; echo "$one"; echo; echo "-- silent: two"; echo "$one"; echo "$one" | sed 's/(1,/(2,/'; } \
	> "$W/root/usr/share/congvan/rules/nd30-2020/endless.test.sql"
fill "$W/endless/in" 30
"$W/root/usr/bin/congvan" run --inbox "$W/endless/in" --outbox "$W/endless/out" --state "$W/endless/state" --at $AT > "$W/endless.out" 2>&1; got=$?
expect "a rule that never ends does not hold up the night" test "$got,$(ask endless "SELECT count(*) FROM letter WHERE state = '5_emit'")" = 1,33
expect "and is told by its name" grep -q 'Quy tắc nd30-2020/endless không chạy xong với 33 văn bản' "$W/endless.out"

# as a user who is not root -------------------------------------------------------------------------------
if [ "$(id -u)" = 0 ] && runuser -u nobody -- test -x "$CONGVAN" 2> /dev/null; then
	U=$(mktemp -d); chmod 755 "$U"
	as() { runuser -u nobody -- "$@"; }
	mkdir "$U/in" "$U/ro"; pdf "$U/in/a.pdf" "So 1"; pdf "$U/in/b.pdf" "So 2"; cp "$U/in/a.pdf" "$U/ro"
	chown -R nobody "$U"; chmod 0 "$U/in/b.pdf"; chmod 555 "$U/ro"
	as "$CONGVAN" run --inbox "$U/in" --outbox "$U/out" --state "$U/state" --at $AT > "$U/told" 2> /dev/null
	expect "a file that may not be read is told, the others are taken" sh -c 'grep -q "b.pdf: không có quyền đọc" "$0/told" && [ -e "$0/in/done/2025-06-20/a.pdf" ]' "$U"
	as "$CONGVAN" run --inbox "$U/ro" --outbox "$U/out2" --state "$U/state2" --at $AT > /dev/null 2> "$U/why"; got=$?
	as "$CONGVAN" verify "$U/in/b.pdf" > "$U/told" 2> /dev/null; got=$?
	expect "verify of such a file is 77, with whom to ask" sh -c '[ "$1" = 77 ] && grep -q "Không có quyền đọc tệp này; hãy nhờ" "$0/told"' "$U" $got
	expect "an inbox that nothing can be moved from is refused before anything is taken" test "$got,$(ls "$U" | grep -c 2)" = 77,0
	expect "with the reason" grep -q 'done/' "$U/why"
	install -d -m 2750 -o nobody -g daemon "$U/shared"; install -d -m 2750 -o nobody -g daemon "$U/in2"; pdf "$U/in2/a.pdf" "So 1"; chown nobody "$U/in2/a.pdf"
	(umask 027; as "$CONGVAN" run --inbox "$U/in2" --outbox "$U/out" --state "$U/shared" --at $AT) > /dev/null 2>&1
	reader() { runuser -u daemon -- "$CONGVAN" "$@" --state "$U/shared" 2>&1; }
	expect "who may read the state reads the ledger" sh -c 'echo "$0" | grep -q a.pdf' "$(reader list)"
	expect "and the store" sh -c 'echo "$0" | grep -q "đầy đủ"' "$(reader check-ledger)"
	chmod 700 "$U/in2"
	expect "what it may not look into is no fault of the ledger" sh -c 'echo "$0" | grep -q "^1 tệp đến nằm trong thư mục"' "$(reader check-ledger)"
	expect "and the pages" sh -c 'echo "$0" | grep -q "<html"' "$(reader show --format html a.pdf)"
	rm -rf "$U"
else
	echo "inbox: not root, or the checkout is closed to others: permissions are not tried"
fi
finish inbox
