#!/usr/bin/env bash
# Runs the tests again and again beside two loops that only take time, and stops at the first failure with its output:
#   tests/repeat.sh [TIMES] [ARGUMENTS OF cargo test]
# Ten times unless told otherwise. A test that is green only on an idle machine is found here.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
times=10
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    times=$1
    shift
fi
# So that no compiler is a third loop.
cargo test --locked --no-run "$@"
output=$(mktemp)
loops=()
trap 'kill "${loops[@]}" 2>/dev/null || true; rm -f "$output"' EXIT
for _ in 1 2; do
    (while :; do :; done) &
    loops+=($!)
done
for ((run = 1; run <= times; run++)); do
    start=$SECONDS
    if ! cargo test --locked "$@" >"$output" 2>&1; then
        cat "$output"
        echo "run $run of $times failed after $((SECONDS - start)) s"
        exit 1
    fi
    echo "run $run of $times: green in $((SECONDS - start)) s"
done
