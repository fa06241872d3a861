#!/usr/bin/env bash
# Coverage-guided fuzzing: installs afl-fuzz and the tool that instruments assemblies, and gives each target its share
# of the time, one after the other on one core. usage: afl.sh MINUTES [TARGET...]
# Ends with 1 when something is found; the inputs lie in artifacts/fuzz/findings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

minutes=${1:?usage: afl.sh MINUTES [TARGET...]}
shift
version=2.3.0 # as in Directory.Packages.props; the tool and the library belong together
work=artifacts/fuzz
build=$work/instrumented
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_ROLL_FORWARD=LatestMajor

if ! command -v afl-fuzz > /dev/null; then
    [ "$(id -u)" -eq 0 ] || { echo "As root: apt-get install --no-install-recommends afl++" >&2; exit 1; }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++ > /dev/null
fi
[ -x $work/tools/sharpfuzz ] \
    || dotnet tool install SharpFuzz.CommandLine --tool-path $work/tools --version $version > /dev/null

# A copy is instrumented; the samples' codecs lie in the program itself.
rm -rf "$build"
dotnet build tests/Fuzz -c Release -v quiet -nologo
cp -r tests/Fuzz/bin/Release/net10.0 "$build"
for name in NetCore.Framing NetCore.Session NetCore.Rpc NetCore.PubSub K4os.Compression.LZ4; do
    $work/tools/sharpfuzz "$build/$name.dll"
done
$work/tools/sharpfuzz "$build/NetCore.Fuzz.dll" NetCore.Samples

plain() { dotnet exec tests/Fuzz/bin/Release/net10.0/NetCore.Fuzz.dll "$@"; }

found=0
executions=0
judge() { # TARGET FILE
    local text name
    [ -f "$2" ] || return 0
    if ! text=$(plain replay "$1" "$2" 2>&1); then
        found=$((found + 1))
        name=$work/findings/$1-afl-$(sha256sum < "$2" | cut -c 1-12)
        cp "$2" "$name.bin"
        echo "$text" > "$name.txt"
        echo "FOUND by $1: $(head -n 1 <<< "$text")"
        echo "  $name.bin"
    fi
}

targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(plain list)
seconds=$(awk -v minutes="$minutes" -v count=${#targets[@]} \
    'BEGIN { s = int(minutes * 60 / count); print s < 5 ? 5 : s }')

# The machine is taken as it is: no core of its own, no setting of the kernel, no screen.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 \
    AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FORKSRV_INIT_TMOUT=60000 AFL_AUTORESUME=1 AFL_IGNORE_PROBLEMS=1

mkdir -p $work/findings
printf '%-15s %12s %8s %8s %8s\n' target executions corpus crashes hangs
for target in "${targets[@]}"; do
    in=$work/afl/$target/in
    out=$work/afl/$target/out
    rm -rf "$in"
    plain corpus "$target" "$in"
    log=$work/afl/$target/log
    end=$((SECONDS + seconds))
    starts=0
    while ((SECONDS < end)); do
        # An input that kills the process, or hangs in it, ends afl-fuzz too: it is judged, and the rest goes on. The
        # limit only has to be far above that of the driver, which judges.
        if afl-fuzz -i "$in" -o "$out" -t 10000 -m none -V $((end - SECONDS)) \
            -- dotnet "$build/NetCore.Fuzz.dll" afl "$target" > "$log" 2>&1; then
            break
        fi
        if [ $((++starts)) -gt 20 ] || [ ! -f "$out/default/.cur_input" ]; then
            tail -n 20 "$log" >&2
            echo "afl-fuzz ends with an error for $target" >&2
            exit 1
        fi
        judge "$target" "$out/default/.cur_input"
    done
    field() { sed -nE "s/^$1 *: *([0-9]+).*/\1/p" "$out/default/fuzzer_stats"; }
    count=$(field execs_done)
    executions=$((executions + count))
    printf '%-15s %12d %8d %8d %8d\n' \
        "$target" "$count" "$(field corpus_count)" "$(field saved_crashes)" "$(field saved_hangs)"
    for input in "$out"/default/crashes/id* "$out"/default/hangs/id*; do
        judge "$target" "$input"
    done
done
echo "$executions executions with coverage, $found findings"
[ "$found" -eq 0 ]
