#!/usr/bin/env bash
# The main job, as its users meet it: a year of Vallentuna is polled from the sandbox on a turned clock, and the
# digest of a week is printed. Usage: run-year.sh BIN_DIR OUT_DIR [YYYY-Www]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
bin=$(readlink -f "$1")
mkdir -p "$2"
out=$(readlink -f "$2")
week=${3:-2021-W46}

rm -rf "${out:?}"/*
start=2020-12-31T12:00:00Z
"$bin/narvaro-sandbox" serve --port 0 --port-file "$out/port" --clock $start >"$out/sandbox.log" 2>&1 &
sandbox=$!
trap 'kill $sandbox 2>/dev/null || true' EXIT
for _ in $(seq 100); do [ -s "$out/port" ] && break; sleep 0.1; done
[ -s "$out/port" ] || { echo "the sandbox did not start:" >&2; cat "$out/sandbox.log" >&2; exit 1; }
url=http://127.0.0.1:$(cat "$out/port")

"$bin/narvaro-sandbox" config --url "$url" --state "$out/state" --out "$out" --plan "$PWD/config/plan-2021.toml"
export NARVARO_CONFIG="$out/narvaro.toml"
"$bin/narvaro" check

echo "== reading the history of 2020" >&2
NARVARO_NOW=$start "$bin/narvaro" poll --backfill --since 2020-01-01
NARVARO_NOW=$start "$bin/narvaro" import "$out/records-2021.csv"

last=$(date -u -d "$(sed 's/-W.*//' <<<"$week")-01-04" +%u)
first_monday=$(date -u -d "$(sed 's/-W.*//' <<<"$week")-01-04 -$((last - 1)) days" +%F)
end=$(date -u -d "$first_monday +$((10#${week#*-W})) weeks" +%F)  # the Monday after the week
echo "== polling to $end" >&2
day=2021-01-02
while [[ ! $day > $end ]]; do
    now=${day}T06:00:00Z
    "$bin/narvaro-sandbox" clock --url "$url" "$now"
    NARVARO_NOW=$now "$bin/narvaro" poll >>"$out/polls.log"
    day=$(date -u -d "$day +3 days" +%F)
done
now=${end}T06:00:00Z
"$bin/narvaro-sandbox" clock --url "$url" "$now"
NARVARO_NOW=$now "$bin/narvaro" poll >>"$out/polls.log"

echo >&2
NARVARO_NOW=${end}T06:01:00Z "$bin/narvaro" digest --week "$week" | tee "$out/digest-$week.txt"
cat >&2 <<TEXT

The database:  $out/state/narvaro.db
Go on asking:  export NARVARO_CONFIG=$NARVARO_CONFIG
               $bin/narvaro targets --as-of 2021-06-30
TEXT
