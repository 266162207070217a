#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# messages.sh - whatever people are told is told in Vietnamese too: every code of a message that stands in the sources of
# 3_verify has a row in report_signature.c, every sub-indication one in report_reason.c, every say() and
# said() one in say_vi.c, and every line of --help.
cd "$(dirname "$0")/.." || exit 1
CONGVAN=${CONGVAN:-build/congvan}
passed=0 failed=0
is() { if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "messages: $2"; fi; }
for code in $(grep -hoE '"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+"' stages/3_verify/*.c | tr -d '"' | sort -u); do
	case $code in OUT_OF_BOUNDS) continue ;; esac         # the beginning of two sub-indications
	grep -q "{ *\"$code\"" pipeline/report_signature.c pipeline/report_reason.c || grep -q "{ *\"${code#TSA_}\"" pipeline/report_signature.c
	is $? "$code is not said in Vietnamese"
done
[ "$passed" -gt 100 ] || failed=$((failed + 1))

# Literals of say() and said(), joined; what is nothing but conversions and marks needs no translation.
missing=$(python3 - pipeline/*.c << 'P'
import re, sys
piece = r'"((?:[^"\\]|\\.)*)"'
def literals(pattern, text):
    for m in re.finditer(pattern + r'((?:\s*' + piece + r')+)', text):
        yield ''.join(re.findall(piece, m.group(1)))
table = set(literals(r'\{', next(open(p).read() for p in sys.argv[1:] if p.endswith('/say_vi.c'))))
for path in sys.argv[1:]:
    if path.endswith(('/say.c', '/say_vi.c')):
        continue
    for text in literals(r'\b(?:say|said)\(', re.sub(r'/\*.*?\*/', '', open(path).read(), flags=re.S)):
        words = re.sub(r'%[-0-9.]*(?:s|d|lld|c)|PKCS#11|fork|socketpair|/store', '', text)
        if re.search('[A-Za-z]', words) and text not in table and words.isascii():
            print('%s: "%s"' % (path, text))
P
)
[ -z "$missing" ]; is $? "no row in say_vi.c for
$missing"

# A line of --help that is the same in both languages was not translated; lines of names alone are.
for c in '' $("$CONGVAN" --help | awk '/^  [a-z]/ {print $1}') 'package sign' 'package write'; do
	same=$("$CONGVAN" $c --help --lang vi > build/help.vi; "$CONGVAN" $c --help --lang en | grep -Fxf build/help.vi | grep -v -e '^ *$' -e '^           check PATH')
	[ -z "$same" ]; is $? "'$c --help' has lines that are not in Vietnamese: $same"
done
echo "messages: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
