#!/bin/sh
# Whether every source file is as clang-format 14 writes it; 77 (skipped) where that cannot be told.
cd "$(dirname "$0")/.." || exit 1
format=$(command -v clang-format-14 || command -v clang-format) || { echo "skipped: clang-format is not installed"; exit 77; }
case $("$format" --version) in
  *" version 14."*) ;;
  *) echo "skipped: $("$format" --version) formats otherwise than version 14"; exit 77 ;;
esac
files=$(git ls-files '*.cpp' '*.hpp' 2>/dev/null)
[ -n "$files" ] || { echo "skipped: no git checkout that lists the sources"; exit 77; }
# shellcheck disable=SC2086
exec "$format" --dry-run -Werror $files
