#!/usr/bin/env bash
# Runs build.cake: checks the SDK, restores the build tool of .config/dotnet-tools.json, passes all arguments on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    echo "usage: ./build.sh [--target=NAME] [--configuration=Release|Debug] [--tests=NAME]"
    echo "       [--filter=GLOB] [--bench=ARGUMENTS] [--minutes=N]"
    echo
    echo "targets:"
    sed -nE 's/^Task\("([A-Z][A-Za-z]*)"\)\.Description\("(.*)"\).*$/\1\t\2/p' build.cake \
        | sed 's/\\"/"/g' \
        | while IFS=$'\t' read -r name text; do printf '  %-10s %s\n' "$name" "$text"; done
    echo
    echo "options:"
    echo "  --target         what to do; Test when not given"
    echo "  --configuration  Release when not given"
    echo "  --tests          only the test projects whose name contains this (Test)"
    echo "  --filter         which micro benchmarks to run, '*' when not given (MicroBench)"
    echo "  --bench          what the suite of process pairs is to do, 'run --quick' when not given (Bench)"
    echo "  --minutes        how long to look for inputs that break something (Mutate, Harden, Fuzz, Nightly, CI)"
    echo "  --help           this text"
}

refuse() { echo "error: $1 See ./build.sh --help." >&2; exit 2; }

# Cake ignores words that it does not know, and looks for the target only after it has compiled the script.
take_target() {
    grep -q "^Task(\"$1\")\.Description(" <<< "$(tr -d '\r' < build.cake)" && [[ $1 =~ ^[A-Za-z]+$ ]] \
        || refuse "there is no target '$1'."
}

previous=
for argument in "$@"; do
    if [[ -n $previous ]]; then
        # The value of an option that stands in a word of its own.
        [[ $argument != --* ]] || refuse "$previous needs a value."
        [[ $previous != --target ]] || take_target "$argument"
        previous=
        continue
    fi
    case "$argument" in
        --help | -h | '-?') usage; exit 0 ;;
        --target=*) take_target "${argument#*=}" ;;
        --configuration=* | --tests=* | --filter=* | --bench=* | --minutes=* | --verbosity=* | --dryrun | --tree) ;;
        --target | --configuration | --tests | --filter | --bench | --minutes | --verbosity) previous=$argument ;;
        *) refuse "'$argument' is no option." ;;
    esac
done
[[ -z $previous ]] || refuse "$previous needs a value."

wanted=$(sed -nE 's/.*"version": *"([0-9.]+)".*/\1/p' global.json | head -n 1)
if ! command -v dotnet > /dev/null; then
    echo "error: dotnet is not installed. Install the .NET SDK $wanted (or a newer 10.0 one):" >&2
    echo "       https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi
if ! dotnet --version > /dev/null 2>&1; then
    echo "error: global.json asks for the .NET SDK $wanted (or a newer 10.0 one), and none of these will do:" >&2
    (cd / && dotnet --list-sdks) | sed 's/^/       /' >&2
    echo "       Install it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if ! output=$(dotnet tool restore 2>&1); then
    echo "$output" >&2
    echo "error: the build tool Cake (.config/dotnet-tools.json) could not be restored: is a NuGet source in reach?" >&2
    exit 1
fi

exec dotnet cake build.cake "$@"
