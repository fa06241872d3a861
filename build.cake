// The build: ./build.sh --help lists the targets. Each target is a chain of small tasks over plain dotnet commands.
#load "eng/test-run.cake"
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");
var testsFilter = Argument("tests", "");
var benchFilter = Argument("filter", "*");
var benchArguments = Argument("bench", "run --quick");
var minutes = Argument("minutes", "");

var root = Context.Environment.WorkingDirectory.FullPath;
var solution = System.IO.Path.Combine(root, "NetCore.sln");
var artifacts = System.IO.Path.Combine(root, "artifacts");
var results = System.IO.Path.Combine(artifacts, "test-results");

// No limit here is a matter of speed: continuous integration may run on a machine that is ten times slower than
// another, and ends the whole after 90 minutes. What is left of that run's time bounds each of its parts. Of a nightly
// run the storms of the transport alone take 25 minutes.
var isNightly = target == "Nightly";
var isCi = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");
var running = Stopwatch.StartNew();
var testLimits = isNightly ? new TestLimits(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(120))
    : new TestLimits(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(25));
var wholeLimit = TimeSpan.FromMinutes(80);

// Of a command that is no test. Who names minutes wants a fuzzer to run for as long, and gets no limit.
var commandLimit = isNightly || minutes.Length > 0 || !isCi
    ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(25);

var passed = 0;
var failed = 0;
var skipped = 0;
var testsStarted = false;
var problems = new List<string>();

// ---------------------------------------------------------------------------------------------------- targets

Task("Clean").Description("deletes artifacts/ and every bin/ and obj/")
    .Does(() =>
    {
        DeleteFolder(artifacts);
        foreach (var project in Projects("src", "tests", "perf", "samples"))
        {
            var folder = System.IO.Path.GetDirectoryName(project);
            DeleteFolder(System.IO.Path.Combine(folder, "bin"));
            DeleteFolder(System.IO.Path.Combine(folder, "obj"));
        }
    });

Task("Restore").Description("restores the packages; with CI=true exactly those of the lock files")
    .Does(() => Dotnet(["restore", solution, "-v", "minimal"],
        "Restore failed. NU1004 means that a packages.lock.json is out of date: run ./build.sh --target=Restore "
        + "without CI=true and commit the lock files."));

Task("Build").Description("builds every project of the solution; warnings are errors")
    .IsDependentOn("Restore")
    .Does(() => Dotnet(["build", solution, "-c", configuration, "--no-restore", "-v", "minimal"],
        "Build failed. The first error above is the one to read."));

Task("Test").Description("runs every test project, with CI=true Aot and Harden too; ends with 'N passed, N failed'")
    .IsDependentOn("_TestsStart")
    .IsDependentOn("_DebianPackages")
    .IsDependentOn("Build")
    .IsDependentOn("_RunTests")
    .IsDependentOn("_MoreInCi");

Task("Mutate").Description("runs mutated inputs through all decoders and the session for --minutes, 4 when not given")
    .Does(() => RunProject("tests/Fuzz", ["run", "--minutes", MinutesOr(isNightly ? "60" : "4")]));

Task("SeededBugs").Description("puts 12 bugs into a copy of the sources, one by one; the tests must find each")
    .Does(() => Exec("python3", ["tests/seeded-bugs/run.py", .. isNightly ? (string[])[] : ["--ci"]],
        "A seeded bug was not found: the tests have a gap."));

Task("Harden").Description("Mutate and SeededBugs")
    .IsDependentOn("Mutate")
    .IsDependentOn("SeededBugs");

Task("Fuzz").Description("fuzzes with coverage by AFL++ and SharpFuzz for --minutes, 30 when not given; Linux")
    .Does(() => Exec("bash", ["tests/Fuzz/afl.sh", MinutesOr(isNightly ? "60" : "30")],
        "Something was found, or afl-fuzz does not run here."));

Task("Nightly").Description("Test with the nightly cases, all seeded bugs, an hour each of Mutate and Fuzz")
    .IsDependentOn("Test")
    .IsDependentOn("SeededBugs")
    .IsDependentOn("Mutate")
    .IsDependentOn("Fuzz");

Task("Demo").Description("runs samples/Quickstart")
    .Does(() => RunProject("samples/Quickstart", []));

Task("Bench").Description("runs the suite of process pairs, which takes four minutes (--bench=\"run --quick\")")
    .Does(() => RunProject(
        "perf/NetCore.Bench", benchArguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

Task("MicroBench").Description("runs the micro benchmarks, which take half an hour (--filter=\"*Decode*\" for fewer)")
    .Does(() => RunProject("perf/NetCore.Benchmarks",
        ["--filter", benchFilter, "--artifacts", System.IO.Path.Combine(artifacts, "benchmarks")]));

Task("PublicApi").Description("rewrites PublicAPI.Unshipped.txt of every src project from the sources")
    .IsDependentOn("Restore")
    .IsDependentOn("_BuildUntracked")
    .Does(WritePublicApi);

Task("Pack").Description("builds the packages into artifacts/packages")
    .IsDependentOn("Build")
    .Does(() =>
    {
        DeleteFolder(System.IO.Path.Combine(artifacts, "packages"));
        Dotnet(["pack", solution, "-c", configuration, "--no-build", "-v", "minimal"], "Packing failed.");
    });

Task("Aot").Description("publishes Quickstart and Ticker as native programs without a warning, and runs them")
    .WithCriteria(() => OperatingSystem.IsLinux(), "the compiler's tool chain is installed on Linux only")
    .IsDependentOn("_DebianPackages")
    .Does(() =>
    {
        RunNative("Quickstart", "NetCore.Quickstart", ["--root", System.IO.Path.Combine(root, "src"), "--calls", "2000"]);
        RunNative("Ticker", "Ticker", ["--seconds", "2"]);
    });

Task("CI").Description("Clean, Test, Demo and Pack in one go")
    .IsDependentOn("Clean")
    .IsDependentOn("Test")
    .IsDependentOn("Demo")
    .IsDependentOn("Pack");

// ---------------------------------------------------------------------------------------------- private tasks

Task("_TestsStart").Does(() =>
{
    testsStarted = true;
    DeleteFolder(results);
    System.IO.Directory.CreateDirectory(results);
});

Task("_DebianPackages").WithCriteria(() => OperatingSystem.IsLinux(), "not Linux")
    .Does(() => Exec("bash", ["eng/debian-packages.sh"], "Packages that the tests need are missing."));

// Eight minutes more, after the tests because those say sooner what is wrong. What they find is counted as a failure.
var moreInCi = Task("_MoreInCi");
if (isCi && OperatingSystem.IsLinux() && testsFilter.Length == 0)
{
    moreInCi.IsDependentOn("Aot").IsDependentOn("Harden");
}

Task("_RunTests").Does(() =>
{
    var projects = Projects("tests")
        .Where(project => project.EndsWith(".Tests.csproj", StringComparison.Ordinal))
        .Where(project => project.Contains(testsFilter, StringComparison.OrdinalIgnoreCase))
        .ToList();
    if (projects.Count == 0)
    {
        throw new Exception($"No test project under tests/ has '{testsFilter}' in its name.");
    }

    // One after the other: a test project may use all cores, and many of them start threads of their own.
    foreach (var project in projects)
    {
        RunTests(project);
    }

    if (problems.Count > 0)
    {
        throw new Exception("Tests failed:\n  " + string.Join("\n  ", problems));
    }
});

// The files are out of date when they are to be written, so they must not fail this build.
Task("_BuildUntracked").Does(() => Dotnet(
    ["build", solution, "-c", configuration, "--no-restore", "-v", "quiet", "-p:TrackPublicApi=false"],
    "Build failed. The first error above is the one to read."));

// -------------------------------------------------------------------------------------------------------- run

// Cake prints its own report when a target ends; the line with the count has to come after it.
var exitCode = 0;
try
{
    RunTarget(target);
}
catch (Exception exception)
{
    exitCode = 1;
    var cause = exception is AggregateException { InnerExceptions.Count: 1 } one ? one.InnerExceptions[0] : exception;
    Console.Error.WriteLine();
    Console.Error.WriteLine($"error: {cause.Message}");
    Console.Error.Flush();
    if (testsStarted && failed == 0)
    {
        // Nothing has been counted as failed, and yet the run broke off: an error of the build is a failure too.
        failed = 1;
    }
}

if (testsStarted)
{
    Console.WriteLine();
    Console.WriteLine($"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : ""));
    Console.Out.Flush();
}

Environment.Exit(exitCode);

// ---------------------------------------------------------------------------------------------------- helpers

string MinutesOr(string usual) => minutes.Length == 0 ? usual
    : double.TryParse(minutes, CultureInfo.InvariantCulture, out var number) && number > 0 ? minutes
    : throw new Exception($"--minutes={minutes} is no number of minutes.");

IEnumerable<string> Projects(params string[] folders) => folders
    .Select(folder => System.IO.Path.Combine(root, folder))
    .Where(System.IO.Directory.Exists)
    .SelectMany(folder => System.IO.Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories))
    .Where(path => !path.Replace('\\', '/').Contains("/obj/"))
    .Order(StringComparer.Ordinal);

void DeleteFolder(string path)
{
    if (System.IO.Directory.Exists(path))
    {
        System.IO.Directory.Delete(path, recursive: true);
    }
}

void Dotnet(string[] arguments, string hint) => Exec("dotnet", arguments, hint);

void Exec(string file, string[] arguments, string hint, TimeSpan? limit = null)
{
    using var process = Process.Start(StartOf(file, arguments));
    var most = Left(limit ?? commandLimit);
    if (!process.WaitForExit(most))
    {
        HangReport.Write(process);
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        throw new Exception($"{hint} ({file} {string.Join(' ', arguments)}: ended after {most:hh\\:mm\\:ss})");
    }

    if (process.ExitCode != 0)
    {
        throw new Exception($"{hint} ({file} {string.Join(' ', arguments)}: exit code {process.ExitCode})");
    }
}

// A limit, or what is left for the whole run if that is less; at least enough for a message.
TimeSpan Left(TimeSpan limit)
{
    if (!isCi || isNightly || limit == System.Threading.Timeout.InfiniteTimeSpan)
    {
        return limit;
    }

    var left = wholeLimit - running.Elapsed;
    var least = TimeSpan.FromSeconds(10);
    return limit < left ? limit : left > least ? left : least;
}

ProcessStartInfo StartOf(string file, IEnumerable<string> arguments)
{
    var start = new ProcessStartInfo(file) { WorkingDirectory = root, UseShellExecute = false };
    foreach (var argument in arguments)
    {
        start.ArgumentList.Add(argument);
    }

    // Build nodes that outlive their build would hold on to this process's output.
    start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    return start;
}

void RunProject(string folder, string[] arguments)
{
    if (!System.IO.Directory.Exists(System.IO.Path.Combine(root, folder)))
    {
        throw new Exception($"There is no {folder} in this checkout.");
    }

    Dotnet(["run", "-c", configuration, "--project", folder, "--", .. arguments], $"{folder} ended with an error.");
}

// Warnings of the compiler, of trimming too, are errors. What it makes is kept apart: the packages of the compiler are
// those of the SDK, and in no lock file.
void RunNative(string sample, string program, string[] arguments)
{
    var output = System.IO.Path.Combine(artifacts, "aot", sample);
    DeleteFolder(output);
    Dotnet(
        ["publish", $"samples/{sample}", "-c", configuration, "--use-current-runtime", "-v", "minimal",
         "--artifacts-path", output, "-p:PublishNative=true"],
        $"{sample} was not published as a native program, or with a warning.");
    var file = System.IO.Directory
        .GetFiles(System.IO.Path.Combine(output, "publish"), program, SearchOption.AllDirectories).Single();
    Exec(file, arguments, $"{sample} as a native program ended with an error.", TimeSpan.FromMinutes(5));
}

// A test project is a program of its own; it is run as one and writes a report, which counts. What it prints only tells
// whether it gets on.
void RunTests(string project)
{
    var name = System.IO.Path.GetFileNameWithoutExtension(project);
    var program = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(project), "bin", configuration, "net10.0", name + ".dll");
    var report = System.IO.Path.Combine(results, name + ".ctrf.json");
    Console.WriteLine($"--- {name}");
    if (!System.IO.File.Exists(program))
    {
        CountFailure(name, $"{program} was not built; is the project in NetCore.sln?");
        return;
    }

    string[] filter = isNightly ? [] : ["-trait-", "Run=Nightly"];
    var run = new TestRun(StartOf("dotnet",
        ["exec", program, "-noLogo", "-noColor", "-noAutoReporters", "-reporter", "verbose", "-longRunning", "60",
         "-result-ctrf", report, .. filter]));
    if (run.Wait(testLimits with { Total = Left(testLimits.Total) }) is { } reason)
    {
        CountFailure(name, reason);
        return;
    }

    if (ReadReport(report) is not { } counts)
    {
        CountFailure(name, $"crashed with exit code {run.ExitCode} before it wrote its report");
        return;
    }

    passed += counts.Passed;
    skipped += counts.Skipped;
    failed += counts.Failed;
    if (counts.Failed > 0)
    {
        problems.Add($"{name}: {counts.Failed} failed; see {report}");
    }
    else if (run.ExitCode != 0)
    {
        CountFailure(name, $"no test failed, but the exit code is {run.ExitCode}");
    }
    else if (counts.Passed == 0)
    {
        CountFailure(name, "executed no test");
    }
}

void CountFailure(string name, string reason)
{
    failed++;
    problems.Add($"{name}: {reason}");
}

(int Passed, int Failed, int Skipped)? ReadReport(string path)
{
    if (!System.IO.File.Exists(path))
    {
        return null;
    }

    try
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        var summary = document.RootElement.GetProperty("results").GetProperty("summary");
        int Count(string key) => summary.TryGetProperty(key, out var value) ? value.GetInt32() : 0;
        return (Count("passed"), Count("failed") + Count("other"), Count("skipped") + Count("pending"));
    }
    catch (JsonException)
    {
        return null;
    }
}

// The analyzer names each symbol that stands in no file (RS0016) and each entry without a symbol (RS0017).
// From an empty Unshipped file, the first are the new surface and the second what was removed since the last release.
void WritePublicApi()
{
    var projects = Projects("src").Where(path => !path.EndsWith(".Generators.csproj", StringComparison.Ordinal));
    foreach (var project in projects)
    {
        var folder = System.IO.Path.GetDirectoryName(project);
        var shipped = System.IO.Path.Combine(folder, "PublicAPI.Shipped.txt");
        var unshipped = System.IO.Path.Combine(folder, "PublicAPI.Unshipped.txt");
        if (!System.IO.File.Exists(shipped))
        {
            System.IO.File.WriteAllText(shipped, "#nullable enable\n");
        }

        System.IO.File.WriteAllText(unshipped, "#nullable enable\n");
        var lines = PublicApiOf(project);
        System.IO.File.WriteAllText(unshipped, "#nullable enable\n" + string.Concat(lines.Select(line => line + "\n")));
        Console.WriteLine($"{System.IO.Path.GetFileNameWithoutExtension(project)}: {lines.Count} lines");
    }
}

List<string> PublicApiOf(string project)
{
    var start = StartOf("dotnet",
        ["build", project, "-c", configuration, "--no-restore", "--no-incremental", "--no-dependencies", "-v", "quiet",
            "-p:TrackPublicApi=true", "-p:TreatWarningsAsErrors=false", "-clp:NoSummary"]);
    start.RedirectStandardOutput = true;
    using var process = Process.Start(start);
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        var errors = output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct();
        throw new Exception($"{project} does not build:\n{string.Join('\n', errors)}");
    }

    var added = Regex.Matches(output, @"RS0016: Symbol '(.*)' is not part of the declared public API")
        .Select(match => match.Groups[1].Value);
    var removed = Regex.Matches(output, @"RS0017: Symbol '(.*)' is part of the declared API, but")
        .Select(match => "*REMOVED*" + match.Groups[1].Value);
    return added.Concat(removed).Distinct().Order(StringComparer.Ordinal).ToList();
}
