#!/usr/bin/env bash
# Runs every fuzzer for a while, two at a time, and fails when one finds something.
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

fuzzers=("$build"/fuzzers/*_fuzz)
[ -x "${fuzzers[0]}" ] || { echo "No fuzzers in $build/fuzzers: cmake --preset fuzz && cmake --build --preset fuzz" >&2; exit 2; }
found=$build/fuzzers/found
mkdir -p "$found"

# one FUZZER: its log is shown only when it found something.
one() {
    local name corpus
    name=$(basename "$1")
    corpus=$build/fuzzers/corpus/$name
    mkdir -p "$corpus" "$here/seeds/$name"
    echo "--- $name, $seconds s"
    "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=20000 -print_final_stats=0 -verbosity=0 \
        -artifact_prefix="$found/$name-" "$corpus" "$here/seeds/$name" > "$build/fuzzers/$name.log" 2>&1 && return
    echo "--- $name found something"
    tail -60 "$build/fuzzers/$name.log"
    return 1
}
export -f one
export build here seconds found

if printf '%s\0' "${fuzzers[@]}" | xargs -0 -n 1 -P 2 bash -c 'one "$1"' one; then
    echo "No fuzzer found anything."
else
    echo "Inputs that broke something are in $found"
    exit 1
fi
