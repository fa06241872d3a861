using System.Buffers;

namespace NetCore.PubSub;

/// <summary>How values of one type are written as a payload and read back. Thread-safe.</summary>
/// <typeparam name="T">The value.</typeparam>
public interface IMessageFormat<T>
{
    /// <summary>Writes a value.</summary>
    void Write(T value, IBufferWriter<byte> writer);

    /// <summary>Reads a value.</summary>
    /// <param name="payload">Lent until the next message is asked for; a value that refers to it is valid as
    /// long.</param>
    /// <remarks>What it throws comes out of the enumeration; the next message may be asked for all the same.</remarks>
    T Read(ReadOnlyMemory<byte> payload);
}
