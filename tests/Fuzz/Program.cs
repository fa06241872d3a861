using System.Globalization;
using NetCore.Fuzz;
using NetCore.Fuzz.Driver;
using NetCore.Fuzz.Memory;

const string usage = """
    run [--minutes N] [--workers N] [--seed N] [--target NAME]    mutates the corpus and runs it; 4 minutes, all cores
        [--folder NAME]                                           where findings lie; artifacts/fuzz
    replay TARGET FILE...                                         runs inputs, as in docs/fuzzing.md
    list                                                          names the targets
    corpus TARGET FOLDER                                          writes the inputs to begin with as files
    afl TARGET                                                    what afl-fuzz starts
    """;

try
{
    return Do(args);
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static int Do(string[] args)
{
    switch (args)
    {
        case ["run", .. var rest]:
            return new Campaign(CampaignOptions.Parse(rest), Console.Out).Run().Count == 0 ? 0 : 1;
        case [Child.Watching, .. var rest]:
            DriverWatch.Start();
            return Do(rest);
        case ["work", var path, var seed, var seconds, var names]:
            return Work(path, ulong.Parse(seed, CultureInfo.InvariantCulture), seconds, names);
        case ["replay", var name, .. var files] when files.Length > 0:
            return ReplayAll(name, files);
        case ["list"]:
            Array.ForEach(Targets.All, target => Console.WriteLine(target.Name));
            return 0;
        case ["corpus", var name, var folder]:
            Corpus.Write(Targets.Get(name), folder);
            return 0;
        case ["afl", var name]:
            AflEntry.Run(Targets.Get(name));
            return 0;
        case ["--help" or "-h"]:
            Console.WriteLine(usage);
            return 0;
        default:
            Console.WriteLine(usage);
            return 2;
    }
}

static int Work(string path, ulong seed, string seconds, string names)
{
    using var file = new WorkerFile(path, create: false);
    var worker = new Worker([.. names.Split(',').Select(Targets.Get)], file, seed);
    var found = worker.Run(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    Console.Error.Write(found);
    return found is null ? 0 : Worker.Found;
}

static int ReplayAll(string name, string[] files)
{
    try
    {
        var target = Targets.Get(name);
        return files.Max(file => Replay(target, file));
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        throw new UsageException(exception.Message);
    }
}

static int Replay(FuzzTarget target, string path)
{
    var bytes = File.ReadAllBytes(path);
    var memory = new GuardedMemory(WorkerFile.InputBytes);
    foreach (var input in (ReadOnlyMemory<byte>[])[memory.AtEnd(bytes.Length), memory.AtStart(bytes.Length)])
    {
        bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsMemory(input));
        if (Worker.Judge(target, input) is { } found)
        {
            Console.Error.WriteLine(found);
            return 1;
        }
    }

    Console.WriteLine($"{path}: nothing found");
    return 0;
}
