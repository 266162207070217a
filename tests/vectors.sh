#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The 37 vectors that were read off the five seeds (vectors.py), each as a letter's facts through 'congvan stage
# 4_judge' or as an inventory through 'congvan audit', with the outcome it asks for.
cd "$(dirname "$0")/.." || exit 1
exec python3 tests/vectors.py "${CONGVAN:-build/congvan}"
