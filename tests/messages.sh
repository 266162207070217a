#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# messages.sh - whatever 3_verify says of a signature is said in Vietnamese too: every code of a message that stands in
# its sources has a row in report_signature.c.
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
for code in $(grep -hoE '"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+"' stages/3_verify/*.c | tr -d '"' | sort -u); do
	case $code in OUT_OF_BOUNDS) continue ;; esac         # the beginning of two sub-indications
	if grep -q "{\"$code\"" pipeline/report_signature.c || grep -q "{\"${code#TSA_}\"" pipeline/report_signature.c; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "messages: $code is not said in Vietnamese"
	fi
done
[ "$passed" -gt 100 ] || failed=$((failed + 1))
echo "messages: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
