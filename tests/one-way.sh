#!/bin/sh
# The pipeline stands on the stages, never back; no stage leans on another (DESIGN). Includes are the proof:
# a file of stages/ may include what stands at the root of stages/ and what stands beside it, nothing else.
cd "$(dirname "$0")/.." || exit 1
bad=$(grep -rnE '#include "[^"]*pipeline/' stages
      grep -rnE '#include "(\.\./)*([^"]*/)?[1-5]_[a-z]+/' stages
      for f in stages/[1-5]_*/*.[ch]; do
	sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f" | while read -r h; do
		[ -f "$(dirname "$f")/$h" ] || [ -f "stages/$h" ] || echo "$f includes \"$h\" from outside its stage"
	done
      done
      for f in stages/*.[ch]; do
	sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f" | while read -r h; do
		[ -f "stages/$h" ] || echo "$f includes \"$h\", which is not at the root of stages/"
	done
      done)
[ -z "$bad" ] && { echo "one-way: 1 passed, 0 failed"; exit 0; }
printf '%s\n' "$bad"
exit 1
