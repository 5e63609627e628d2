#!/usr/bin/env bash
# Whole-process CPU (user + system, model loading included) of `duluan segment` with one thread on 50 MB of news.
# usage: tests/bench/segment.sh [PROGRAM] [TEXT]; prints each run and the median of 5.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-build/release/engine/duluan}
text=${2:-}
if [ -z "$text" ]; then
  text=$(mktemp)
  trap 'rm -f "$text"' EXIT
  # head closes the pipe early: the others' SIGPIPE is expected.
  (set +o pipefail; zstd -dc ../shared/data/raw/vntc10_test.tsv.zst 2>/dev/null | cut -f3 | sed 's/\\n/\n/g' | head -c 50000000 > "$text")
fi
bytes=$(stat -c %s "$text")
[ "$bytes" -gt 0 ] || { echo "no text to segment" >&2; exit 1; }
TIMEFORMAT='%U %S'
runs=()
for run in 1 2 3 4 5; do
  spent=$({ time "$program" segment --threads 1 "$text" > /dev/null 2> /dev/null; } 2>&1) || { echo "'$program segment' failed" >&2; exit 1; }
  cpu=$(awk '{print $1 + $2}' <<< "$spent")
  runs+=("$cpu")
  echo "run $run: $cpu CPU s"
done
median=$(printf '%s\n' "${runs[@]}" | sort -n | sed -n 3p)
awk -v b="$bytes" -v s="$median" 'BEGIN { printf "median %.3f CPU s for %.1f MB: %.1f MB per CPU second\n", s, b / 1e6, b / 1e6 / s }'
