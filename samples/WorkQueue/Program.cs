using NetCore.PubSub;
using NetCore.WorkQueue;

// Jobs for a group of workers of different speed: each job is for one of them, and no job is lost, because the owner
// of the topic lets its subscribers hold up its publishers.
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine("""
        WorkQueue: jobs for a queue group of workers of different speed.

          dotnet run --project samples/WorkQueue -- [JOBS]     200 jobs unless told otherwise
        """);
    return 0;
}

if (args.Length > 1 || (args.Length == 1 && (!int.TryParse(args[0], out var given) || given < 1)))
{
    Console.Error.WriteLine("The one argument is the number of jobs, at least 1; see --help.");
    return 2;
}

try
{
    return await new JobRun(args.Length == 1 ? int.Parse(args[0]) : 200).RunAsync();
}
catch (Exception exception) when (exception is IOException or PubSubException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
