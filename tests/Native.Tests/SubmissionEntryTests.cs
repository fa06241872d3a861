using System.Buffers.Binary;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>
/// Each request as the 64 bytes that the kernel sees, in entries that other requests have used before.
/// </summary>
public sealed unsafe class SubmissionEntryTests : IDisposable
{
    private const int Kinds = 15;

    private readonly FakeUring _kernel = new();
    private readonly Ring _ring;

    public SubmissionEntryTests() =>
        _ring = Ring.Open(_kernel, new RingOptions { Entries = 8, CompletionEntries = 8 }).Ring!;

    public void Dispose()
    {
        _ring.Dispose();
        _kernel.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Trap", "32")]
    public void An_entry_holds_nothing_of_the_one_before_it(int seed)
    {
        var random = new Random(seed);
        var expected = new List<byte[]>();
        for (var i = 0; i < 2000; i++)
        {
            var entry = _ring.TryGetEntry();
            expected.Add(Prepare(entry, random.Next(Kinds), random));
            if (random.Next(4) == 0)
            {
                // What a user sets beside the methods must be gone too, the fields without a name included.
                new Span<byte>((byte*)entry + 42, 22).Fill(0xFF);
                expected[^1].AsSpan(42, 22).Fill(0xFF);
            }
        }

        _ring.Submit();
        Assert.Equal(expected, _kernel.Taken);
    }

    [Fact]
    [Trait("Trap", "33")]
    public void Bundles_and_buffers_that_are_used_up_bit_by_bit_are_never_asked_for()
    {
        // IORING_RECVSEND_BUNDLE is bit 4 of the field; IOU_PBUF_RING_INC is bit 1 of the flags of a registration.
        for (var kind = 0; kind < Kinds; kind++)
        {
            Prepare(_ring.TryGetEntry(), kind, new Random(kind));
        }

        _ring.Submit();
        Assert.All(_kernel.Taken, static bytes => Assert.Equal(0, BitConverter.ToUInt16(bytes, 2) & ~3));
        Assert.True(BufferRing.TryCreate(_ring, 1, 4, 64, out var buffers).IsOk);
        buffers!.Dispose();
        Assert.Equal(
            [RegisterOperation.Probe, RegisterOperation.AddBufferRing, RegisterOperation.RemoveBufferRing],
            _kernel.Registrations.Select(static one => one.Operation));
        Assert.All(_kernel.Registrations, static one => Assert.Equal(0, one.BufferFlags));
    }

    // Fills the entry by its method, and writes the same down by offset, as the header has it.
    private static byte[] Prepare(SubmissionEntry* entry, int kind, Random random)
    {
        var fd = random.Next();
        var address = (ulong)random.NextInt64();
        var length = random.Next();
        var group = (ushort)random.Next(1, ushort.MaxValue);
        var data = (ulong)random.NextInt64();
        var at = (void*)address;
        switch (kind)
        {
            case 0: entry->Nothing(data); return Bytes(0, -1, data);
            case 1: entry->Receive(fd, at, length, data); return Bytes(27, fd, data, address, length);
            case 2: entry->ReceiveSelected(fd, group, data); return Bytes(27, fd, data, flags: 32, group: group);
            case 3:
                entry->ReceiveMultishot(fd, group, data);
                return Bytes(27, fd, data, flags: 32, group: group, priority: 2);
            case 4:
                entry->Send(fd, at, length, MessageFlags.NoSignal | MessageFlags.WaitAll, data);
                return Bytes(26, fd, data, address, length, operationFlags: 0x4100);
            case 5:
                entry->Send(fd, (MessageHeader*)at, MessageFlags.NoSignal, data);
                return Bytes(9, fd, data, address, 1, operationFlags: 0x4000);
            case 6: entry->Read(fd, at, length, data); return Bytes(22, fd, data, address, length, ulong.MaxValue);
            case 7: entry->Accept(fd, data); return Bytes(13, fd, data, operationFlags: 0x80800);
            case 8:
                entry->AcceptMultishot(fd, data);
                return Bytes(13, fd, data, operationFlags: 0x80800, priority: 1);
            case 9: entry->Connect(fd, at, length, data); return Bytes(16, fd, data, address, offset: (ulong)length);
            case 10: entry->LinkTimeout((KernelTime*)at, data); return Bytes(15, -1, data, address, 1);
            case 11: entry->Timeout((KernelTime*)at, data); return Bytes(11, -1, data, address, 1);
            case 12: entry->Poll(fd, (uint)length, data); return Bytes(6, fd, data, operationFlags: length);
            case 13: entry->Cancel(address, data); return Bytes(14, -1, data, address);
            default: entry->CancelAll(data); return Bytes(14, -1, data, operationFlags: 5);
        }
    }

    private static byte[] Bytes(
        byte operation,
        int fd,
        ulong data,
        ulong address = 0,
        int length = 0,
        ulong offset = 0,
        int operationFlags = 0,
        byte flags = 0,
        ushort priority = 0,
        ushort group = 0)
    {
        var bytes = new byte[64];
        bytes[0] = operation;
        bytes[1] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), priority);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), fd);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), offset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), address);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), operationFlags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), data);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(40), group);
        return bytes;
    }
}
