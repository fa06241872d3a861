using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCore.PubSub.Internal;

/// <summary>A value without references, as its bytes lie in memory.</summary>
internal sealed class BlittableFormat<T> : IMessageFormat<T>
    where T : unmanaged
{
    public void Write(T value, IBufferWriter<byte> writer)
    {
        MemoryMarshal.Write(writer.GetSpan(Unsafe.SizeOf<T>()), in value);
        writer.Advance(Unsafe.SizeOf<T>());
    }

    public T Read(ReadOnlyMemory<byte> payload) => payload.Length == Unsafe.SizeOf<T>()
        ? MemoryMarshal.Read<T>(payload.Span)
        : throw new FormatException(
            $"A {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes and the payload {payload.Length}.");
}
