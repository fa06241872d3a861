using NetCore.Fuzz.Memory;
using SharpFuzz;

namespace NetCore.Fuzz.Driver;

/// <summary>One target under afl-fuzz, whose inputs come on the standard input of one long run.</summary>
internal static class AflEntry
{
    public static void Run(FuzzTarget target)
    {
        var memory = new GuardedMemory(WorkerFile.InputBytes);
        var buffer = new byte[WorkerFile.InputBytes];
        Fuzzer.Run(stream =>
        {
            var length = 0;
            int count;
            while ((count = stream.Read(buffer, length, buffer.Length - length)) > 0)
            {
                length += count;
            }

            var input = memory.AtEnd(length);
            buffer.AsMemory(0, length).CopyTo(input);
            target.Run(input);
        });
    }
}
