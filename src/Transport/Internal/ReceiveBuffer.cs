using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>The block that is received into: its unconsumed bytes and the free room behind them.</summary>
/// <remarks>
/// For the one runner. Bytes that were delivered are never written again while a lease of the receiver holds the
/// block: it is continued behind them or in a new block.
/// </remarks>
internal struct ReceiveBuffer(BlockCache blocks)
{
    // Less room than this is not worth a receive when it can be had by moving the unconsumed rest: a quarter of the
    // block, so that moving costs at most three bytes for each byte of room won, and mostly nothing.
    private const int MinRoomBytes = CoreLimits.LargeBlockBytes / 4;

    private Block? _block;
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public ReceivedData Data => new(blocks.Pool, _block!, _start, Length);

    /// <summary>Finds room behind the unconsumed bytes; false when the byte budget is used up.</summary>
    public bool TryMakeRoom(out ArraySegment<byte> room)
    {
        if (_block is null)
        {
            if (!blocks.TryRent(BlockSize.Large, "receive", out _block))
            {
                room = default;
                return false;
            }

            _start = _end = 0;
        }

        var retained = _block.References > 1;
        if (!retained && Length == 0)
        {
            _start = _end = 0;
        }
        else if (_block.Capacity - _end < MinRoomBytes && (retained || _start > 0) && !MoveRest(retained))
        {
            room = default;
            return false;
        }

        room = _block.Segment(_end, _block.Capacity - _end);
        return true;
    }

    public void Added(int bytes) => _end += bytes;

    public void Consumed(int bytes) => _start += bytes;

    public void ReleaseIfEmpty()
    {
        if (Length == 0)
        {
            Release();
        }
    }

    public void Release()
    {
        var block = _block;
        _block = null;
        _start = _end = 0;
        block?.Release();
    }

    // The rest goes to the front of the block, or of a new one when a lease still reads this one.
    private bool MoveRest(bool retained)
    {
        var target = _block!;
        if (retained && !blocks.TryRent(BlockSize.Large, "receive", out target))
        {
            return false;
        }

        var rest = _block!.Span[_start.._end];
        rest.CopyTo(target.Span);
        _end = rest.Length;
        _start = 0;
        if (retained)
        {
            _block.Release();
            _block = target;
        }

        return true;
    }
}
