using System.Buffers;

namespace NetCore.Session.Internal;

/// <summary>The temporary array that a writer gets who asks for more than fits one piece.</summary>
internal struct Detour
{
    private byte[]? _array;

    /// <summary>Rents one when so much is asked for; null when it fits a piece.</summary>
    public byte[]? TryRent(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        Drop();
        return sizeHint > OutgoingMessage.MaxContiguousBytes
            ? _array = ArrayPool<byte>.Shared.Rent(sizeHint) : null;
    }

    /// <summary>Gives it away: to be returned by the caller.</summary>
    public byte[]? Take()
    {
        var array = _array;
        _array = null;
        return array;
    }

    /// <summary>Room that was asked for and not used; the next use of the object must not find it.</summary>
    public void Drop()
    {
        if (Take() is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
