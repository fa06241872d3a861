"""Puts one bug at a time into a copy of the sources and sees whether the tests find it: python3 run.py [--ci] [NAME].

With --ci it takes the bugs that name a class of tests ("ci"), and runs only that class for each; else all of them, and
all tests of their floor that are about single rules. A test suite that lets a bug pass fails this. So do an edit whose
place is gone or not the only one, and one that does not compile. The first bug is the canary: it breaks everything, so
if it is not found, this script finds nothing.
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

# Seconds. A machine may be ten times slower than another: only what the tests take there without a bug tells how long
# they may take with one. A test that waits for what a bug prevents waits for half a minute, once or a few times.
BUILD_LIMIT = 900
FLAWLESS_LIMIT = 600
LEAST_TEST_LIMIT = 120
HANGS_AFTER = 10
OUTPUT = "bin/Release/net10.0"
ASIDE = ("-v", "quiet", "-nologo", "-nodeReuse:false", "-p:TrackPublicApi=false", "-p:RunAnalyzers=false",
         "-p:TreatWarningsAsErrors=false")

# The tests of the session that are about single rules; the long ones would find the same bugs, only later.
CLASSES = {"Framing": [], "Session": [
    "HandshakeTests", "ViolationTests", "CreditBookTests", "SlotTests", "ClosingTests", "MessageLimitTests",
    "HelloVectorTests", "WireRuleTests", "ExchangeTests", "EndingRuleTests", "LivenessTests", "PacedTests"]}


def build(copy, project, *options):
    # A file and no pipe: a compiler that stays behind for the next build keeps a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        try:
            result = subprocess.run(["dotnet", "build", project, "-c", "Release", *ASIDE, *options],
                                    cwd=copy, stdout=output, timeout=BUILD_LIMIT)
        except subprocess.TimeoutExpired:
            return False, f"not within {BUILD_LIMIT} s"
        output.seek(0)
        return result.returncode == 0, output.read()


def build_floor(copy, floor):
    """Builds what a bug is in and nothing else; the tests find the new assembly beside them."""
    built, output = build(copy, f"src/{floor}", "--no-restore", "--no-dependencies")
    if built:
        shutil.copy(copy / f"src/{floor}/{OUTPUT}/NetCore.{floor}.dll", copy / f"tests/{floor}.Tests/{OUTPUT}")
    return built, output


def passes(copy, tests, classes, limit=FLAWLESS_LIMIT):
    """Whether a test has failed, by the report: a program that only crashed has found nothing by a test."""
    name = f"NetCore.{tests}.Tests"
    report = copy / "report.ctrf.json"
    report.unlink(missing_ok=True)
    command = ["dotnet", f"tests/{tests}.Tests/{OUTPUT}/{name}.dll", "-noLogo", "-noColor", "-stopOnFail",
               "-trait-", "Run=Nightly", "-result-ctrf", str(report)]
    for short in classes:
        command += ["-class", f"{name}.{short}"]
    try:
        result = subprocess.run(command, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                timeout=limit)
    except subprocess.TimeoutExpired:
        return "hangs"
    if result.returncode == 0:
        return "passes"
    if not report.exists():
        return "crashes"
    # By the tests: the summary of a run that its first failure has ended counts nothing.
    tests = json.loads(report.read_text())["results"]["tests"]
    return "found" if any(test["status"] == "failed" for test in tests) else "crashes"


def judge(copy, bug, classes, limit):
    path = copy / bug["file"]
    text = path.read_text()
    if text.count(bug["find"]) != 1:
        return f"its place occurs {text.count(bug['find'])} times"
    path.write_text(text.replace(bug["find"], bug["replace"]))
    try:
        built, output = build_floor(copy, bug["tests"])
        if not built:
            return "does not build: " + output.strip().split("\n")[0]
        answer = passes(copy, bug["tests"], classes, limit)
        return "NOT FOUND" if answer == "passes" else answer
    finally:
        path.write_text(text)


def main():
    ci = "--ci" in sys.argv
    names = [argument for argument in sys.argv[1:] if argument != "--ci"]
    chosen = [bug for bug in BUGS if ("ci" in bug or not ci) and (not names or bug["name"] in names)]
    assert chosen, "there is no such bug"
    with tempfile.TemporaryDirectory(prefix="nct-bugs-") as folder:
        copy = pathlib.Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", "bin", "obj", "artifacts", "perf", "docs")
        shutil.copytree(ROOT, copy, ignore=ignored)
        limits = {}
        for tests in sorted({bug["tests"] for bug in chosen}):
            classes = sorted({bug["ci"] for bug in chosen if bug["tests"] == tests}) if ci else CLASSES[tests]
            built, output = build(copy, f"tests/{tests}.Tests")
            assert built, output
            start = time.monotonic()
            assert passes(copy, tests, classes) == "passes", f"{tests}.Tests fail without any bug"
            limits[tests] = max(LEAST_TEST_LIMIT, HANGS_AFTER * (time.monotonic() - start))
        missed = 0
        for bug in chosen:
            start = time.monotonic()
            classes = [bug["ci"]] if ci else CLASSES[bug["tests"]]
            answer = judge(copy, bug, classes, limits[bug["tests"]])
            missed += answer not in ("found", "hangs", "crashes")
            print(f"{answer:10} {time.monotonic() - start:5.1f} s  {bug['tests']:8} {bug['name']}", flush=True)
            assert not missed or bug is not BUGS[0], "the canary was not found: this finds nothing"
    print(f"{len(chosen) - missed} of {len(chosen)} seeded bugs found")
    return 1 if missed else 0


sys.exit(main())
