using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Driver;

/// <summary>
/// The file that a worker shares with its parent: counters, and the input that is being run. It is mapped, so the input
/// lies in it before it is run and is there when the worker has died.
/// </summary>
internal sealed class WorkerFile : IDisposable
{
    /// <summary>Longest input.</summary>
    public const int InputBytes = 64 * 1024;

    // The first page: executions, the target and length of the input, whether it lies at the start, a count per target.
    private const int HeaderBytes = 4096;
    private const int TargetAt = 8;
    private const int LengthAt = 12;
    private const int PlaceAt = 16;
    private const int CountsAt = 512;

    private readonly SafeFileHandle _file;

    public WorkerFile(string path, bool create)
    {
        _file = File.OpenHandle(
            path, create ? FileMode.Create : FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (create)
        {
            RandomAccess.SetLength(_file, HeaderBytes + InputBytes);
        }
    }

    /// <summary>Maps it for the worker.</summary>
    public Mapped Map() =>
        new(new GuardedMemory(HeaderBytes, _file), new GuardedMemory(InputBytes, _file, HeaderBytes));

    /// <summary>Executions so far.</summary>
    public long Executions => Read<long>(0);

    /// <summary>Executions of one target so far.</summary>
    public long ExecutionsOf(int target) => Read<long>(CountsAt + (target * sizeof(long)));

    /// <summary>The input that was run last, and its target.</summary>
    public (int Target, byte[] Input) LastInput()
    {
        var input = new byte[Math.Clamp(Read<int>(LengthAt), 0, InputBytes)];
        var start = Read<int>(PlaceAt) == 0 ? InputBytes - input.Length : 0;
        RandomAccess.Read(_file, input, HeaderBytes + start);
        return (Read<int>(TargetAt), input);
    }

    public void Dispose() => _file.Dispose();

    private T Read<T>(int offset)
        where T : unmanaged
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomAccess.Read(_file, bytes, offset);
        return MemoryMarshal.Read<T>(bytes);
    }

    /// <summary>The worker's view of the file.</summary>
    internal sealed class Mapped(GuardedMemory header, GuardedMemory area)
    {
        /// <summary>Puts an input against the page behind the memory, or the one before it.</summary>
        public ReadOnlyMemory<byte> Place(int target, ReadOnlySpan<byte> input, bool atStart)
        {
            var memory = atStart ? area.AtStart(input.Length) : area.AtEnd(input.Length);
            input.CopyTo(memory.Span);
            var fields = header.GetSpan();
            BinaryPrimitives.WriteInt32LittleEndian(fields[TargetAt..], target);
            BinaryPrimitives.WriteInt32LittleEndian(fields[LengthAt..], input.Length);
            BinaryPrimitives.WriteInt32LittleEndian(fields[PlaceAt..], atStart ? 1 : 0);
            return memory;
        }

        public void Count(int target)
        {
            Increment(0);
            Increment(CountsAt + (target * sizeof(long)));
        }

        private void Increment(int at)
        {
            var field = header.GetSpan()[at..];
            BinaryPrimitives.WriteInt64LittleEndian(field, BinaryPrimitives.ReadInt64LittleEndian(field) + 1);
        }
    }
}
