#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How the audit's time grows: inventories of 20,000, 100,000 and 500,000 certificates over the real units of
# rules/mergers, nine of ten a person's. Not a test: 'make bench' runs it. Prints seconds and the child's memory.
cd "$(dirname "$0")/.." || exit 1
bin=${CONGVAN:-build/congvan}
dir=build/bench
mkdir -p $dir
for n in ${SIZES:-20000 100000 500000}; do
	awk -F, -v n="$n" 'BEGIN { OFS = "," }
		NR == 1 { next }
		!seen[$6]++ && $6 !~ /^h/ { u++; name[u] = $7; kind[u] = $9; district[u] = $10; province[u] = $12; code[u] = "H" $13 "." $11 "." $6 }
		END {
			print "serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,valid_from,valid_to,device_serial,renewals"
			for (i = 1; i <= n; i++) {
				k = (i * 7919) % u + 1
				body = "Ủy ban nhân dân " kind[k] " " name[k]
				person = i % 10 != 0
				holder = person ? "Người Thứ " i : body
				dn = "CN=" holder ", " (person ? "OU=" body ", " : "") "OU=Ủy ban nhân dân " district[k] ", O=Ủy ban nhân dân " province[k] ", L=" province[k] ", C=VN"
				printf "%X,\"%s\",%s,%s,%s,,p%d@x.example,%s,2022-0%d-01,202%d-0%d-15,D%d,0\n", 268435456 + i, dn, body, code[k], holder, i, person ? "person" : "agency", i % 9 + 1, i % 5 + 5, i % 9 + 1, i
			}
		}' rules/mergers/2025-07-01.csv > $dir/inventory-$n.csv
	awk -v n="$n" 'BEGIN { print "email,holder_name,status,new_unit_code,new_body,new_province"
		for (i = 1; i <= n; i += 2) print "p" i "@x.example,Người Thứ " i ",left,,," }' > $dir/assignments-$n.csv
	python3 - "$bin" $dir "$n" <<'P'
import resource, subprocess, sys, time
bin, folder, n = sys.argv[1:]
t = time.time()
with open('%s/decisions-%s.csv' % (folder, n), 'wb') as out:
    subprocess.run([bin, 'audit', '--inventory', '%s/inventory-%s.csv' % (folder, n), '--assignments',
                    '%s/assignments-%s.csv' % (folder, n), '--at', '2025-06-15', '--format', 'csv'], stdout=out)
r = resource.getrusage(resource.RUSAGE_CHILDREN)
rows = sum(1 for _ in open('%s/decisions-%s.csv' % (folder, n), 'rb')) - 1
print('audit: %8d certificates %6.2f s (%.2f s of CPU), %5.0f MB, %d decisions'
      % (int(n), time.time() - t, r.ru_utime + r.ru_stime, r.ru_maxrss / 1024, rows))
P
done
