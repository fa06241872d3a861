using System.Buffers;
using System.Buffers.Binary;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>The message that a consumer is in, and the item in it. The consumer's alone.</summary>
internal struct ItemCursor
{
    private LeasedBytes _message;
    private ReadOnlyMemory<byte> _bytes;
    private byte[]? _copy;
    private int _next;
    private int _start;
    private int _length;

    /// <summary>The item's bytes in one piece; those of an item that came in several are copied once.</summary>
    public ReadOnlyMemory<byte> Current
    {
        get
        {
            if (_length == 0)
            {
                return default;
            }

            if (_message.IsContiguous)
            {
                return _bytes.Slice(_start, _length);
            }

            if (_copy is null)
            {
                _copy = ArrayPool<byte>.Shared.Rent(_message.Length);
                _message.CopyTo(_copy);
            }

            return _copy.AsMemory(_start, _length);
        }
    }

    /// <summary>Reads the item.</summary>
    public readonly RpcReader Reader => new(_message, _start, _length);

    /// <summary>Takes over a message that items fill.</summary>
    public void Enter(LeasedBytes message)
    {
        _message = message;
        _bytes = message.IsContiguous ? message.Memory : default;
    }

    /// <summary>Goes on to the next item of the message; false after the last.</summary>
    public bool TryNext()
    {
        if (_next == _message.Length)
        {
            return false;
        }

        _length = _message.IsContiguous
            ? BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[_next..])
            : _message.Length - ItemRecords.PrefixBytes;
        _start = _next + ItemRecords.PrefixBytes;
        _next = _start + _length;
        return true;
    }

    /// <summary>Gives the message back; says how long it was.</summary>
    public int Leave()
    {
        var bytes = _message.Length;
        _message.Dispose();
        if (_copy is { } copy)
        {
            ArrayPool<byte>.Shared.Return(copy);
        }

        this = default;
        return bytes;
    }
}
