#!/usr/bin/env bash
# Runs every fuzzer for a while and fails when one finds something.
#   tests/fuzz/run_all.sh BUILD_DIR SECONDS        (in any order)
# What they learn is kept in BUILD_DIR/fuzzers/corpus; inputs that broke something in BUILD_DIR/fuzzers/found.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=build/fuzz
seconds=60
for argument in "$@"; do
    case "$argument" in
        *[!0-9]*) build=$argument ;;
        *) seconds=$argument ;;
    esac
done
build=$(cd "$build" && pwd) || exit 2

failed=0
for fuzzer in "$build"/fuzzers/*_fuzz; do
    [ -x "$fuzzer" ] || { echo "No fuzzers in $build/fuzzers: cmake --preset fuzz && cmake --build --preset fuzz" >&2; exit 2; }
    name=$(basename "$fuzzer")
    corpus=$build/fuzzers/corpus/$name
    found=$build/fuzzers/found
    mkdir -p "$corpus" "$found" "$here/seeds/$name"
    echo "--- $name, $seconds s"
    if ! "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=20000 -print_final_stats=0 -verbosity=0 \
        -artifact_prefix="$found/$name-" "$corpus" "$here/seeds/$name" > "$build/fuzzers/$name.log" 2>&1; then
        failed=$((failed + 1))
        tail -60 "$build/fuzzers/$name.log"
    fi
done
[ "$failed" = 0 ] && echo "No fuzzer found anything." || echo "$failed fuzzers found something; inputs are in $build/fuzzers/found"
[ "$failed" = 0 ]
