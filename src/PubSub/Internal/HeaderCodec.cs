using System.Buffers.Binary;

namespace NetCore.PubSub.Internal;

/// <summary>Headers as bytes: for each a length of one byte, the name, a length of two bytes, the value.</summary>
internal static class HeaderCodec
{
    /// <summary>
    /// False when a length does not fit its field; whether all fits together says <see cref="IsValid"/>.
    /// </summary>
    public static bool TryAppend(List<byte> bytes, byte[] name, byte[] value)
    {
        if (name.Length > byte.MaxValue || value.Length > PubSubLimits.MaxHeadersBytes)
        {
            return false;
        }

        bytes.Add((byte)name.Length);
        bytes.AddRange(name);
        bytes.Add((byte)value.Length);
        bytes.Add((byte)(value.Length >> 8));
        bytes.AddRange(value);
        return true;
    }

    public static bool IsValid(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length > PubSubLimits.MaxHeadersBytes)
        {
            return false;
        }

        for (var count = 0; !encoded.IsEmpty; count++)
        {
            if (count == PubSubLimits.MaxHeaders || !TryNext(ref encoded, out var name, out _) || name.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    public static bool TryFind(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = encoded;
        while (!rest.IsEmpty && TryNext(ref rest, out var found, out value))
        {
            if (found.SequenceEqual(name))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool TryNext(
        scoped ref ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        int nameLength = encoded[0];
        if (encoded.Length < 1 + nameLength + sizeof(ushort))
        {
            return false;
        }

        name = encoded.Slice(1, nameLength);
        var rest = encoded[(1 + nameLength)..];
        int valueLength = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (rest.Length < sizeof(ushort) + valueLength)
        {
            return false;
        }

        value = rest.Slice(sizeof(ushort), valueLength);
        encoded = rest[(sizeof(ushort) + valueLength)..];
        return true;
    }
}
