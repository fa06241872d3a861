using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>Messages of items that nobody has taken yet, in order. Not thread-safe.</summary>
/// <remarks>
/// Short ones are copied together, so that a peer which sends single bytes does not make us keep a block, or an entry,
/// for each; what is kept is at most 2.7 times the stream's window then.
/// </remarks>
internal sealed class ItemInbox(BlockPool blocks)
{
    private readonly Queue<LeasedBytes> _messages = new();
    private Block? _block;
    private Lease _tail;
    private int _start;
    private int _used;
    private bool _many;

    /// <summary>Keeps a message.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory; nothing has changed.</exception>
    public void Add(in IncomingMessage message)
    {
        if (message.IsContiguous && message.Length <= RpcLimits.CopiedItemBytes)
        {
            Copy(message.Span);
            return;
        }

        var kept = message.Retain(0, message.Length);
        SealTail();
        _messages.Enqueue(kept);
    }

    /// <summary>Gives the oldest away: one message, or several that were copied together.</summary>
    public bool TryTake(out LeasedBytes messages)
    {
        if (_messages.TryDequeue(out messages))
        {
            return true;
        }

        if (_used > _start)
        {
            messages = ShareTail();
            return true;
        }

        // A stream on which nothing happens keeps no block.
        DropTail();
        _many = false;
        return false;
    }

    public void Clear()
    {
        while (_messages.TryDequeue(out var message))
        {
            message.Dispose();
        }

        DropTail();
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (_block is null || bytes.Length > _block.Capacity - _used)
        {
            _many |= _block is not null;
            var small = !_many && bytes.Length <= CoreLimits.SmallBlockBytes;
            var block = blocks.Rent(small ? BlockSize.Small : BlockSize.Large, "items of a stream");
            SealTail();
            _block = block;
            _tail = new Lease(block, 0, block.Capacity);
        }

        bytes.CopyTo(_block.Span[_used..]);
        _used += bytes.Length;
    }

    private LeasedBytes ShareTail()
    {
        var part = new LeasedBytes(_tail.Share(_start, _used - _start));
        _start = _used;
        return part;
    }

    private void SealTail()
    {
        if (_used > _start)
        {
            _messages.Enqueue(ShareTail());
        }

        DropTail();
    }

    private void DropTail()
    {
        _tail.Dispose();
        _tail = default;
        _block = null;
        _start = _used = 0;
    }
}
