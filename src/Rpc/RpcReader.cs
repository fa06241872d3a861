using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;

namespace NetCore.Rpc;

/// <summary>
/// Reads what <see cref="RpcWriter"/> wrote. Every length is checked against the bytes that are there.
/// </summary>
public unsafe ref struct RpcReader
{
    // Either the message of a receive callback, which lies on the stack for as long as the compiler lets a reader of it
    // live, or leased bytes that somebody else keeps alive. By address, because a reader is copied a few times.
    private readonly void* _message;
    private readonly LeasedBytes _leased;
    private readonly int _length;
    private int _offset;

    // Of a request whose message is lent: keeps the bytes that a value refers to.
    private readonly RequestBody? _body;

    // The piece that holds _offset, and where it starts. Contiguous messages have one piece.
    private ReadOnlySpan<byte> _piece;
    private bool _lendsTail;
    private readonly bool _copies;

    /// <summary>Reads <paramref name="message"/> inside its callback, from <paramref name="offset"/>.</summary>
    public RpcReader(in IncomingMessage message, int offset)
        : this(Unsafe.AsPointer(ref Unsafe.AsRef(in message)), offset, null)
    {
    }

    /// <summary>
    /// Reads leased bytes, from <paramref name="offset"/>; they must stay alive as long as values that refer to them.
    /// </summary>
    public RpcReader(LeasedBytes leased, int offset)
    {
        _leased = leased;
        _length = leased.Length;
        _offset = offset;
        _piece = leased.IsContiguous ? leased.Memory.Span : default;
    }

    // By address: given a reference the compiler makes the reader aside and copies it, and the copy waits for the
    // stores before it (measured: 3 % of a call at the server).
    internal RpcReader(void* message, int offset, RequestBody? body)
    {
        _message = message;
        _body = body;
        _length = Message.Length;
        _offset = offset;
        _piece = Message.IsContiguous ? Message.Span : default;
    }

    /// <summary>Reads a part of leased bytes.</summary>
    /// <param name="leased">They must stay alive as long as values that refer to them.</param>
    /// <param name="offset">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="copies">No value refers to them.</param>
    internal RpcReader(LeasedBytes leased, int offset, int length, bool copies = false)
    {
        _leased = leased;
        _length = offset + length;
        _offset = offset;
        _copies = copies;
        _piece = leased.IsContiguous ? leased.Memory.Span[.._length] : default;
    }

    /// <summary>The bytes at the very end, when they are lent.</summary>
    internal ReadOnlySpan<byte> Tail { get; private set; }

    private readonly ref readonly IncomingMessage Message => ref Unsafe.AsRef<IncomingMessage>(_message);

    /// <summary>Leaves bytes at the very end out of the value and gives them as <see cref="Tail"/>.</summary>
    /// <param name="whole">All bytes in one piece; they stay as long as the tail is used.</param>
    internal void LendTail(ReadOnlySpan<byte> whole)
    {
        _piece = whole;
        _lendsTail = true;
    }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _length - _offset;

    /// <summary>A value without references.</summary>
    public T ReadBlittable<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (_offset + size <= _piece.Length)
        {
            var value = MemoryMarshal.Read<T>(_piece[_offset..]);
            _offset += size;
            return value;
        }

        Span<byte> bytes = size <= 256 ? stackalloc byte[256] : new byte[size];
        bytes = bytes[..size];
        ReadInto(bytes);
        return MemoryMarshal.Read<T>(bytes);
    }

    /// <summary>One byte, 0 or 1; anything else is an error.</summary>
    public bool ReadBoolean() => ReadBlittable<byte>() switch
    {
        0 => false,
        1 => true,
        _ => throw new RpcFormatException("A boolean is neither 0 nor 1."),
    };

    /// <summary>UTF-8 text or null; invalid UTF-8 is an error.</summary>
    public string? ReadString()
    {
        var length = ReadLength(allowNull: true);
        if (length < 0)
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (ArgumentException)
        {
            throw new RpcFormatException("A text is not valid UTF-8.");
        }
    }

    /// <summary>A new array, or null.</summary>
    public byte[]? ReadByteArray()
    {
        var length = ReadLength(allowNull: true);
        if (length < 0)
        {
            return null;
        }

        var array = new byte[length];
        ReadInto(array);
        return array;
    }

    /// <summary>Bytes as memory: of the received message when it is leased and contiguous, else a new array.</summary>
    public ReadOnlyMemory<byte> ReadMemory()
    {
        var length = ReadLength(allowNull: false);
        if (_lendsTail && length == Remaining)
        {
            Tail = Take(length);
            return default;
        }

        var leased = _body is { } body ? body.Keep() : _leased;
        if ((_body is not null || _message is null) && leased.IsContiguous && !_copies)
        {
            var memory = leased.Memory.Slice(_offset - (_message is not null ? RequestHeader.Size : 0), length);
            _offset += length;
            return memory;
        }

        var array = new byte[length];
        ReadInto(array);
        return array;
    }

    /// <summary>Bytes with an own reference; the caller disposes the lease.</summary>
    public LeasedBytes ReadLeased()
    {
        var length = ReadLength(allowNull: false);
        var part = _message is not null ? Message.Retain(_offset, length) : _leased.Share(_offset, length);
        _offset += length;
        return part;
    }

    /// <summary>A value from UTF-8 JSON.</summary>
    public T? ReadJson<T>(JsonTypeInfo<T> typeInfo)
    {
        try
        {
            return JsonSerializer.Deserialize(Take(ReadLength(allowNull: false)), typeInfo);
        }
        catch (JsonException e)
        {
            throw new RpcFormatException($"JSON of {typeof(T).Name} cannot be read: {e.Message}");
        }
    }

    /// <summary>Throws when bytes are left over: the two sides disagree about the contract.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw new RpcFormatException($"{Remaining} bytes are left over at the end of the message.");
        }
    }

    private static UTF8Encoding StrictUtf8 => StrictUtf8Holder.Encoding;

    // A length is believed only up to the bytes that have arrived, so nothing is allocated for a lie.
    private int ReadLength(bool allowNull)
    {
        var length = ReadBlittable<int>();
        if (length < (allowNull ? -1 : 0) || length > Remaining)
        {
            ThrowLength(length);
        }

        return length;
    }

    [DoesNotReturn]
    private readonly void ThrowLength(int length) =>
        throw new RpcFormatException($"A length of {length} is declared where {Remaining} bytes are left.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_offset + length <= _piece.Length)
        {
            var span = _piece.Slice(_offset, length);
            _offset += length;
            return span;
        }

        var array = new byte[length];
        ReadInto(array);
        return array;
    }

    private void ReadInto(scoped Span<byte> destination)
    {
        if (destination.Length > Remaining)
        {
            throw new RpcFormatException($"{destination.Length} bytes are needed where {Remaining} are left.");
        }

        if (_message is not null)
        {
            Message.CopyTo(_offset, destination);
        }
        else
        {
            _leased.Sequence.Slice(_offset, destination.Length).CopyTo(destination);
        }

        _offset += destination.Length;
    }

    private static class StrictUtf8Holder
    {
        public static readonly UTF8Encoding Encoding = new(false, throwOnInvalidBytes: true);
    }
}
