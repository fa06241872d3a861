"""Puts one bug at a time into a copy of the sources and sees whether the tests find it: python3 run.py [--ci] [NAME].

A test suite that lets a bug pass fails this. So do an edit whose place is gone or not the only one, and one that does
not compile. The first bug is the canary: it breaks everything, so if it is not found, this script finds nothing.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUGS = json.loads((pathlib.Path(__file__).parent / "bugs.json").read_text())
TEST_LIMIT = 120
BUILD_LIMIT = 300

# The tests of the session that are about single rules; the long ones would find the same bugs, only later.
CLASSES = {"Framing": [], "Session": [
    "HandshakeTests", "ViolationTests", "CreditBookTests", "SlotTests", "ClosingTests", "MessageLimitTests",
    "HelloVectorTests", "WireRuleTests", "ExchangeTests"]}


def build(copy, tests):
    command = ["dotnet", "build", f"tests/{tests}.Tests", "-c", "Release", "-v", "quiet", "-nodeReuse:false",
               "-p:TrackPublicApi=false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"]

    # A file and no pipe: a compiler that stays behind for the next build keeps a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        try:
            result = subprocess.run(command, cwd=copy, stdout=output, timeout=BUILD_LIMIT)
        except subprocess.TimeoutExpired:
            return False, f"not within {BUILD_LIMIT} s"
        output.seek(0)
        return result.returncode == 0, output.read()


def passes(copy, tests):
    name = f"NetCore.{tests}.Tests"
    command = ["dotnet", f"tests/{tests}.Tests/bin/Release/net10.0/{name}.dll", "-noLogo", "-noColor",
               "-stopOnFail", "-trait-", "Run=Nightly"]
    for short in CLASSES[tests]:
        command += ["-class", f"{name}.{short}"]
    try:
        result = subprocess.run(command, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                timeout=TEST_LIMIT)
    except subprocess.TimeoutExpired:
        return "hangs"
    return "passes" if result.returncode == 0 else "found"


def judge(copy, bug):
    path = copy / bug["file"]
    text = path.read_text()
    if text.count(bug["find"]) != 1:
        return f"its place occurs {text.count(bug['find'])} times"
    path.write_text(text.replace(bug["find"], bug["replace"]))
    try:
        built, output = build(copy, bug["tests"])
        if not built:
            return "does not build: " + output.strip().split("\n")[0]
        answer = passes(copy, bug["tests"])
        return "NOT FOUND" if answer == "passes" else answer
    finally:
        path.write_text(text)


def main():
    names = [argument for argument in sys.argv[1:] if argument != "--ci"]
    chosen = [bug for bug in BUGS if (bug["ci"] or "--ci" not in sys.argv) and (not names or bug["name"] in names)]
    with tempfile.TemporaryDirectory(prefix="nct-bugs-") as folder:
        copy = pathlib.Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", "bin", "artifacts", "perf", "samples", "docs")
        shutil.copytree(ROOT, copy, ignore=ignored)
        for tests in sorted({bug["tests"] for bug in chosen}):
            built, output = build(copy, tests)
            assert built, output
            assert passes(copy, tests) == "passes", f"{tests}.Tests fail without any bug"
        missed = 0
        for bug in chosen:
            start = time.monotonic()
            answer = judge(copy, bug)
            missed += answer not in ("found", "hangs")
            print(f"{answer:10} {time.monotonic() - start:5.1f} s  {bug['tests']:8} {bug['name']}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} seeded bugs found")
    return 1 if missed else 0


sys.exit(main())
