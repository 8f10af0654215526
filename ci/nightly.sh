#!/usr/bin/env bash
# A nightly run, the same anywhere: seeds in virtual time, an experiment on each server, a certificate.
#
#   SEEDS=500        how many seeds are simulated
#   SHARD=0          which part of them, of SHARDS parts in all
#   SHARDS=1
#   TIME=60s         how long each experiment's traffic lasts
#   SERVERS=         executables to test, besides the bundled nodes; separated by blanks
#   LEVEL=quick      of the certificates; empty for none
#   OUT=nightly      where everything is kept
#
# Ends with 0 if all is VALID, else with the worst exit code that occurred: 1 INVALID, 2 UNKNOWN, 70.
set -uo pipefail
cd "$(dirname "$0")/.."

seeds=${SEEDS:-500}
shard=${SHARD:-${JOB_COMPLETION_INDEX:-0}}
shards=${SHARDS:-1}
time=${TIME:-60s}
level=${LEVEL-quick}
out=${OUT:-nightly}
worst=0

# 1 says more than 70, and 70 more than 2: a broken contract is never hidden.
rank() { case $1 in 0) echo 0 ;; 2) echo 1 ;; 1) echo 3 ;; *) echo 2 ;; esac; }

run() {
  local code=0
  echo "== $*"
  "$@" || code=$?
  echo "== exit code $code"
  if [ "$(rank "$code")" -gt "$(rank "$worst")" ]; then worst=$code; fi
}

mkdir -p "$out"
first=$((shard * seeds / shards + 1))
last=$(((shard + 1) * seeds / shards))
if [ "$last" -ge "$first" ]; then
  run ./shardquake sim --seeds "$first-$last"
fi
run ./shardquake run --time "$time" --dir "$out/runs"
for server in ${SERVERS:-}; do
  run ./shardquake run --target redis --server "$server" --time "$time" --dir "$out/runs"
  if [ -n "$level" ]; then
    run ./shardquake certify --target redis --server "$server" --level "$level" --dir "$out/certificates"
  fi
done

# A summary for the job's page, and Allure's results of all runs in one place.
mkdir -p "$out/allure-results"
{
  echo "| run | verdict |"
  echo "|---|---|"
  for verdict in "$out"/runs/2*/verdict.json; do
    [ -f "$verdict" ] || continue
    directory=$(dirname "$verdict")
    valid=$(grep -m 1 -o '"validity" *: *"[A-Z]*"' "$verdict" | grep -o '[A-Z]\{5,\}' || echo "?")
    echo "| $(basename "$directory") | $valid |"
    cp "$directory"/allure-results/* "$out/allure-results/" 2>/dev/null || true
  done
  for certificate in "$out"/certificates/2*/certificate.json; do
    [ -f "$certificate" ] || continue
    valid=$(grep -m 1 -o '"verdict" *: *"[A-Z]*"' "$certificate" | grep -o '[A-Z]\{5,\}')
    echo "| certificate $(basename "$(dirname "$certificate")") | $valid |"
  done
} > "$out/summary.md"
cat "$out/summary.md"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$out/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi
exit "$worst"
