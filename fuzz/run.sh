#!/usr/bin/env bash
# Fuzzes one target, or builds all of them and lists what there is.
#
#   fuzz/run.sh                      builds the targets and names them
#   fuzz/run.sh TARGET [SECONDS]     fuzzes one (60 seconds unless said otherwise)
#   fuzz/run.sh TARGET FILE...       runs one over single inputs, as a crash leaves them
#
# KEEP=1 adds what was found to the committed corpus, minimised; without it the finds stay in fuzz/target/corpus, from
# where the next run goes on. Crashes are written to fuzz/target/crashes.
#
# It takes a stable Rust and any C++ compiler: libFuzzer is built by its crate, and the compiler's own passes count the
# coverage. Neither cargo-fuzz nor a nightly is needed.
set -euo pipefail
cd "$(dirname "$0")"

sancov=(
  -Cpasses=sancov-module
  -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares
  --cfg fuzzing
)
export RUSTFLAGS="${sancov[*]} ${RUSTFLAGS:-}"
if [[ -z ${CXX:-} ]]; then
  for compiler in c++ g++ clang++; do
    if command -v "$compiler" >/dev/null; then export CXX=$compiler && break; fi
  done
fi
# Naming the host keeps build scripts and macros free of the counters.
host=$(rustc -vV | sed -n 's/^host: //p')
target_dir=${CARGO_TARGET_DIR:-target}

if [[ $# == 0 ]]; then
  cargo build --locked --release --target "$host" --target-dir "$target_dir"
  sed -n 's/^path = "targets\/\(.*\)\.rs"/\1/p' Cargo.toml
  exit
fi

target=$1 && shift
cargo build --locked --release --target "$host" --target-dir "$target_dir" --bin "$target"
program=$target_dir/$host/release/$target
committed=corpus/$target
found=$target_dir/corpus/$target
crashes=$target_dir/crashes/$target
mkdir -p "$committed" "$found" "$crashes"

if [[ $# -gt 0 && ! $1 =~ ^[0-9]+$ ]]; then
  exec "$program" "$@"
fi
options=(-max_total_time="${1:-60}" -rss_limit_mb=2048 -timeout=10 -artifact_prefix="$crashes/" -print_final_stats=1)
case $target in
  page | decrypt | picture) options+=(-max_len=8192) ;;
  terminal | sanitiser) options+=(-max_len=2048) ;;
  query) options+=(-max_len=512) ;;
  time) options+=(-max_len=128) ;;
esac
[[ -f dict/$target.dict ]] && options+=(-dict="dict/$target.dict")
# The first folder takes what is new; the committed one is only read.
"$program" "${options[@]}" "$found" "$committed"

if [[ ${KEEP:-} == 1 ]]; then
  # Only what reaches new code, in as few inputs as do: how often code runs is left to the finds that are not committed.
  "$program" -set_cover_merge=1 -use_counters=0 -max_len=2048 "$committed" "$found"
fi
