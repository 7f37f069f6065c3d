#!/usr/bin/env bash
# Pages per second of `argos-review export` and of a loop of curl and jq that does the same, on the same server in one run:
# every page of the demo, 50 submissions each, at no latency and at 50 milliseconds. Needs curl and jq.
# With --jobs: pages per second of `export` with one job and with four, at 50 milliseconds, over the pages of the demo and
# over ten times as many submissions. The two files must be the same. Needs neither curl nor jq.
# Usage: benches/pages.sh [--jobs] [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=
if [ "${1:-}" = --jobs ]; then
  jobs=4
  shift
fi
runs=${1:-3}
binary=${BINARY:-target/release/argos-review}
[ -x "$binary" ] || cargo build --release --quiet
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

# What people write today: the cursor by hand, one process for each request and two for each page.
with_curl() {
  local url="$ARGOS_BASE_URL/submission" query='' page
  : >"$work/curl.ndjson"
  while :; do
    page=$(curl -sS -H "x-api-key: $ARGOS_API_KEY" "$url$query")
    jq -c '.Items[]' <<<"$page" >>"$work/curl.ndjson"
    query=$(jq -r '.nextpageKey // {} | if .id then "?nextpage_id=\(.id|@uri)&nextpage_date=\(.created_at|@uri)" else "" end' <<<"$page")
    [ -n "$query" ] || break
  done
}

with_argos_review() {
  "$binary" export --mask none --force --out "$work/own.ndjson" 2>/dev/null
}

seconds() {
  local start=$EPOCHREALTIME
  "$@"
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'
}

# Starts a server with a scenario, and takes its address and key into the environment.
start() {
  : >"$work/server"
  "$binary" demo-server --today 2026-11-21 --scenario "$1" >"$work/server" &
  server=$!
  until [ "$(wc -l <"$work/server")" -ge 2 ]; do :; done
  # shellcheck disable=SC1091
  set -a && . "$work/server" && set +a
}

stop() {
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
}

# All submissions of the demo, with a number of jobs.
with_jobs() {
  "$binary" export 'from:2026-08-24 to:2026-11-21' --jobs "$1" --mask none --force --out "$work/jobs-$1.ndjson" 2>/dev/null
}

if [ -n "$jobs" ]; then
  for scenario in distant crowded; do
    start "$scenario"
    for _ in $(seq "$runs"); do
      one=$(seconds with_jobs 1)
      several=$(seconds with_jobs "$jobs")
      rows=$(wc -l <"$work/jobs-1.ndjson")
      cmp "$work/jobs-1.ndjson" "$work/jobs-$jobs.ndjson"
      awk -v s="$scenario" -v r="$rows" -v a="$one" -v b="$several" -v j="$jobs" 'BEGIN {
        p = int((r + 49) / 50)
        printf "%-8s %d pages: 1 job %.1f pages/s, %d jobs %.1f pages/s, ratio %.2f\n", s, p, p / a, j, p / b, a / b }'
    done
    stop
  done
  exit
fi

for scenario in default distant; do
  start "$scenario"
  for _ in $(seq "$runs"); do
    own=$(seconds with_argos_review)
    other=$(seconds with_curl)
    pages=$((($(wc -l <"$work/curl.ndjson") + 49) / 50))
    cmp -s <(jq -cS . "$work/own.ndjson") <(jq -cS . "$work/curl.ndjson") || echo "the two differ" >&2
    awk -v s="$scenario" -v p="$pages" -v a="$own" -v b="$other" 'BEGIN {
      printf "%-8s %d pages: argos-review %.1f pages/s, curl and jq %.1f pages/s, ratio %.1f\n", s, p, p / a, p / b, b / a }'
  done
  stop
done
