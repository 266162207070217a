#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Made-up inventories of every province through the audit, against what the table of reasons asks (inventories.py).
cd "$(dirname "$0")/.." || exit 1
exec python3 tests/inventories.py "${CONGVAN:-build/congvan}" "${SEED:-1}"
