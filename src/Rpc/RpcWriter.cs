using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;

namespace NetCore.Rpc;

/// <summary>Writes the values of a message; little-endian, variable-length values after a 4-byte length.</summary>
/// <remarks>Used by one codec at a time. Memory given to it is copied before the call returns.</remarks>
public readonly struct RpcWriter
{
    private readonly OutgoingMessage _message;

    /// <summary>Writes to the end of <paramref name="message"/>.</summary>
    public RpcWriter(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _message = message;
    }

    /// <summary>The message, for codecs that write through <see cref="IBufferWriter{T}"/>.</summary>
    public OutgoingMessage Message => _message;

    /// <summary>A value without references, as its bytes lie in memory (little-endian machines only).</summary>
    public void WriteBlittable<T>(T value)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(_message.GetSpan(size), in value);
        _message.Advance(size);
    }

    /// <summary>One byte, 0 or 1.</summary>
    public void WriteBoolean(bool value) => WriteBlittable((byte)(value ? 1 : 0));

    /// <summary>UTF-8 text; null is told from empty.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteBlittable(-1);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        WriteBlittable(bytes);
        if (bytes <= OutgoingMessage.MaxContiguousBytes)
        {
            _message.Advance(Encoding.UTF8.GetBytes(value, _message.GetSpan(Math.Max(bytes, 1))));
        }
        else
        {
            Encoding.UTF8.GetBytes(value, _message);
        }
    }

    /// <summary>Bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteBlittable(value.Length);
        _message.Write(value);
    }

    /// <summary>An array of bytes; null is told from empty.</summary>
    public void WriteByteArray(byte[]? value)
    {
        if (value is null)
        {
            WriteBlittable(-1);
            return;
        }

        WriteBytes(value);
    }

    /// <summary>
    /// Leased bytes; the lease is taken over: sent without a copy where that pays, and disposed also when this throws.
    /// </summary>
    public void WriteLeased(LeasedBytes value)
    {
        try
        {
            WriteBlittable(value.Length);
        }
        catch
        {
            value.Dispose();
            throw;
        }

        _message.Append(value);
    }

    /// <summary>A value as UTF-8 JSON with source-generated metadata.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        var length = _message.Reserve(sizeof(int));
        var before = _message.Length;
        JsonWriters.Write(_message, value, typeInfo);
        BinaryPrimitives.WriteInt32LittleEndian(length, _message.Length - before);
    }
}
