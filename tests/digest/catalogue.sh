#!/usr/bin/env bash
# Every text that digest/ speaks has a Swedish translation. Usage: catalogue.sh DIGEST_FOLDER
set -euo pipefail
cd "$1"
found=$(mktemp)
trap 'rm -f "$found"' EXIT
# The texts are the literals in these calls; what is chosen between two is two calls.
xgettext --c++ --from-code=UTF-8 -ktext -kplural:1,2 -kdetail:1 -kwith_what:2 -kwith_detail:1 \
    -o "$found" ./*.cpp
[ "$(grep -c '^msgid ' "$found")" -gt 150 ] || { echo "the texts were not found" >&2; exit 1; }
msgcmp --no-fuzzy-matching po/sv.po "$found" 2>&1 || { echo "texts without Swedish: see above" >&2; exit 1; }
