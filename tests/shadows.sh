#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shadows.sh - documents that were laid out before signing so that a later revision can change what they show while every
# object it touches looks harmless, and what honest programs do that looks alike. The cases are in shadows.py.
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
sh fixtures/pki.sh "$B/fixtures/pki" || exit 1
PYTHONDONTWRITEBYTECODE=1 CONGVAN=${CONGVAN:-$B/congvan} exec python3 tests/shadows.py "$B/shadows" "$B/fixtures/pki"
