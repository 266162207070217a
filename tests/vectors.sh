#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The 37 vectors that were read off the five seeds (vectors.py), each as a letter set on pages and signed through
# check or run, or as an inventory through audit, with the outcome it asks for.
cd "$(dirname "$0")/.." || exit 1
exec python3 tests/vectors.py "${CONGVAN:-build/congvan}"
