# SPDX-License-Identifier: GPL-3.0-or-later
#
# golden.awk EXPECT LINES - compares what is expected with what was answered; prints "- wanted" and "+ got" for what
# differs and ends with 1. The rules stand in golden.sh. -v share=97 asks for that many values of 100 of what
# 2_extract reads and prints the count as the last line; -v near=1 lets 5 characters of 100 differ.

# Outer punctuation and the words that lead a subject are the same thing written or left away.
function fold(s, field) {
	sub(/[;.,\/ ]+$/, "", s)
	if (field == "subject") sub(/^([Vv]\/v[:.]?|Về việc) /, "", s)
	return s
}

function matches(want, got, field,    n, i, part) {
	if (want == "?") return 1
	if (want == "(absent)") return got == ""
	if (want ~ /\*$/) return index(got, substr(want, 1, length(want) - 1)) == 1
	if (field == "disposition") {
		n = split(want, part, "|")
		for (i = 1; i <= n; i++) if (part[i] == got) return 1
		return 0
	}
	if (near && field !~ /number|symbol|date|citations/) return is_near(fold(want, field), fold(got, field))
	return fold(want, field) == fold(got, field)
}

# The characters of a UTF-8 text; awk may count bytes.
function characters(s, list,    i, n, byte) {
	n = 0
	for (i = 1; i <= length(s); i++) {
		byte = substr(s, i, 1)
		if (byte ~ /[\200-\277]/ && n) list[n] = list[n] byte
		else list[++n] = byte
	}
	return n
}

# Edits between two texts, no more than 5 of 100 characters.
function is_near(a, b,    i, j, n, m, row, before, corner, cost, x, y) {
	if (a == b) return 1
	n = characters(a, x); m = characters(b, y)
	if (n > 1.2 * m + 3 || m > 1.2 * n + 3) return 0
	for (j = 0; j <= m; j++) row[j] = j
	for (i = 1; i <= n; i++) {
		corner = row[0]; row[0] = i
		for (j = 1; j <= m; j++) {
			before = row[j]
			cost = corner + (x[i] != y[j])
			if (before + 1 < cost) cost = before + 1
			if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1
			corner = before; row[j] = cost
		}
	}
	return row[m] <= 0.05 * n + 1
}

function row_matches(want, got, field,    n, m, i, w, g) {
	n = split(want, w, FS)
	m = split(got, g, FS)
	if (n < m && (field == "signers" || field == "signature")) return 0
	for (i = 1; i <= n; i++) if (!matches(w[i], g[i], field)) return 0
	return 1
}

function differs(sign, key, row) { printf "%s %s\t%s\n", sign, key, row; bad = 1 }

# With a share every value counts by itself, in lists too; what was made up beside them counts against them.
function count(key, field,    i, j, used) {
	if (want[key, 1] == "(absent)") {
		total++
		if (gots[key]) differs("+", key, got[key, 1])
		else right++
		return
	}
	for (i = 1; i <= wants[key]; i++) {
		for (j = 1; j <= gots[key]; j++)
			if (!(j in used) && row_matches(want[key, i], got[key, j], field)) break
		total++
		if (j <= gots[key]) { used[j]; right++ }
		else differs("-", key, want[key, i])
	}
	if (field !~ /^(citations|emails|phones|requests|issuers|articles)$/)
		for (j = 1; j <= gots[key]; j++) if (!(j in used)) {
			if (gots[key] > wants[key]) total++
			differs("+", key, got[key, j])
		}
}

BEGIN { FS = "\t" }
/^#/ || /^$/ { next }
{
	key = $1 FS $2
	row = substr($0, length(key) + 2)
	if (FNR == NR) {
		if (!(key in wants)) order[++keys] = key
		want[key, ++wants[key]] = row
	} else
		got[key, ++gots[key]] = row
}
END {
	for (k = 1; k <= keys; k++) {
		key = order[k]
		split(key, part, FS)
		field = part[2]
		if (share) {
			if (part[1] == "2_extract") count(key, field)
			continue
		}
		if (field == "citations" || field == "finding" || field == "requests" || field == "emails" || field == "phones") {
			for (i = 1; i <= wants[key]; i++) {             # each must be there; more may be
				absent = want[key, i] ~ /\(absent\)$/
				found = absent                          # what must be absent is right until it is met
				stem = want[key, i]
				if (absent) sub(/\(absent\)$/, "", stem)
				for (j = 1; j <= gots[key]; j++) {
					if (absent && index(got[key, j], stem) == 1) found = 0
					if (!absent && row_matches(stem, got[key, j], field)) found = 1
				}
				if (!found) differs("-", key, want[key, i])
			}
			continue
		}
		same = wants[key] == gots[key] + 0 || (wants[key] == 1 && want[key, 1] == "(absent)")
		for (i = 1; i <= wants[key]; i++) if (!row_matches(want[key, i], got[key, i], field)) same = 0
		if (same) continue
		for (i = 1; i <= wants[key]; i++) differs("-", key, want[key, i])
		for (i = 1; i <= gots[key]; i++) differs("+", key, got[key, i])
	}
	if (!share) exit bad
	printf "%d of %d values, %d asked of 100\n", right, total, share
	exit 100 * right < share * total
}
