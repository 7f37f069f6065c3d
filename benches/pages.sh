#!/usr/bin/env bash
# Pages per second of `argos-review export` and of a loop of curl and jq that does the same, on the same server in one run:
# every page of the demo, 50 submissions each, at no latency and at 50 milliseconds. Needs curl and jq.
# Usage: benches/pages.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
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

for scenario in default distant; do
  : >"$work/server"
  "$binary" demo-server --today 2026-11-21 --scenario "$scenario" >"$work/server" &
  server=$!
  until [ "$(wc -l <"$work/server")" -ge 2 ]; do :; done
  # shellcheck disable=SC1091
  set -a && . "$work/server" && set +a
  for _ in $(seq "$runs"); do
    own=$(seconds with_argos_review)
    other=$(seconds with_curl)
    pages=$((($(wc -l <"$work/curl.ndjson") + 49) / 50))
    cmp -s <(jq -cS . "$work/own.ndjson") <(jq -cS . "$work/curl.ndjson") || echo "the two differ" >&2
    awk -v s="$scenario" -v p="$pages" -v a="$own" -v b="$other" 'BEGIN {
      printf "%-8s %d pages: argos-review %.1f pages/s, curl and jq %.1f pages/s, ratio %.1f\n", s, p, p / a, p / b, b / a }'
  done
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
done
