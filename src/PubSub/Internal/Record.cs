using System.Buffers.Binary;

namespace NetCore.PubSub.Internal;

/// <summary>One message as its publisher has written it; nobody writes it again on its way.</summary>
/// <remarks>
/// A length of four bytes that counts the whole record, a byte of flags, a key behind a length of one byte if flag 1
/// is set, headers behind a length of two if flag 2 is, and the payload.
/// </remarks>
internal readonly ref struct Record
{
    /// <summary>Bytes before everything else.</summary>
    public const int HeadBytes = 5;

    /// <summary>Most bytes of a record beside its payload.</summary>
    public const int MaxOverhead =
        HeadBytes + 1 + PubSubLimits.MaxKeyBytes + sizeof(ushort) + PubSubLimits.MaxHeadersBytes;

    private const byte HasKey = 1;
    private const byte HasHeaders = 2;

    private Record(ReadOnlySpan<byte> whole, int headers, int payload)
    {
        Key = (whole[4] & HasKey) != 0 ? whole.Slice(HeadBytes + 1, whole[HeadBytes]) : default;
        Headers = headers < payload ? whole[headers..payload] : default;
        Payload = whole[payload..];
        HeadersOffset = headers;
        PayloadOffset = payload;
    }

    public ReadOnlySpan<byte> Key { get; }

    public ReadOnlySpan<byte> Headers { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public int HeadersOffset { get; }

    public int PayloadOffset { get; }

    public static int SizeOf(int key, int headers, int payload) =>
        HeadBytes + (key > 0 ? 1 + key : 0) + (headers > 0 ? sizeof(ushort) + headers : 0) + payload;

    /// <summary>Writes all but the payload.</summary>
    /// <returns>Bytes written; the payload follows.</returns>
    public static int WriteHead(
        Span<byte> to, ReadOnlySpan<byte> key, ReadOnlySpan<byte> headers, int payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, SizeOf(key.Length, headers.Length, payload));
        to[4] = (byte)((key.IsEmpty ? 0 : HasKey) | (headers.IsEmpty ? 0 : HasHeaders));
        var used = HeadBytes;
        if (!key.IsEmpty)
        {
            to[used++] = (byte)key.Length;
            key.CopyTo(to[used..]);
            used += key.Length;
        }

        if (!headers.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to[used..], (ushort)headers.Length);
            headers.CopyTo(to[(used + sizeof(ushort))..]);
            used += sizeof(ushort) + headers.Length;
        }

        return used;
    }

    /// <summary>Bytes of the record that begins the span; the span has been checked.</summary>
    public static int LengthOf(ReadOnlySpan<byte> records) => BinaryPrimitives.ReadInt32LittleEndian(records);

    /// <summary>Bytes of the first records.</summary>
    public static int LengthOf(ReadOnlySpan<byte> records, int count)
    {
        var length = 0;
        for (; count > 0; count--)
        {
            length += LengthOf(records[length..]);
        }

        return length;
    }

    /// <summary>The first record, without its length; the span has been checked.</summary>
    public static Record Read(ReadOnlySpan<byte> whole)
    {
        var offset = HeadBytes + ((whole[4] & HasKey) != 0 ? 1 + whole[HeadBytes] : 0);
        var payload = offset;
        if ((whole[4] & HasHeaders) != 0)
        {
            offset += sizeof(ushort);
            payload = offset + BinaryPrimitives.ReadUInt16LittleEndian(whole[payload..]);
        }

        return new Record(whole, offset, payload);
    }

    /// <summary>Whether the span is exactly so many well-formed records.</summary>
    public static bool AreValid(ReadOnlySpan<byte> records, int count, int maxPayload)
    {
        for (; count > 0; count--)
        {
            if (records.Length < HeadBytes)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(records);
            if (length > (uint)records.Length || length < HeadBytes)
            {
                return false;
            }

            // Nearly all records have neither key nor headers.
            if (records[4] == 0 ? length - HeadBytes > maxPayload : !IsValid(records[..(int)length], maxPayload))
            {
                return false;
            }

            records = records[(int)length..];
        }

        return records.IsEmpty;
    }

    /// <summary>Whether the beginning of one long record, of which only that is at hand, is well-formed.</summary>
    /// <param name="head">At least its first <see cref="MaxOverhead"/> bytes, or all.</param>
    /// <param name="whole">Bytes that there are.</param>
    /// <param name="maxPayload">Longest payload.</param>
    public static bool IsHeadValid(ReadOnlySpan<byte> head, int whole, int maxPayload) =>
        head.Length >= HeadBytes && BinaryPrimitives.ReadUInt32LittleEndian(head) == (uint)whole
        && IsValid(head, maxPayload + head.Length - whole);

    private static bool IsValid(ReadOnlySpan<byte> record, int maxPayload)
    {
        var flags = record[4];
        var offset = HeadBytes;
        if ((flags & ~(HasKey | HasHeaders)) != 0)
        {
            return false;
        }

        if ((flags & HasKey) != 0)
        {
            if (record.Length <= offset || record[offset] == 0)
            {
                return false;
            }

            offset += 1 + record[offset];
        }

        if ((flags & HasHeaders) != 0)
        {
            if (record.Length < offset + sizeof(ushort))
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16LittleEndian(record[offset..]);
            offset += sizeof(ushort);
            if (length == 0 || record.Length < offset + length
                || !HeaderCodec.IsValid(record.Slice(offset, length)))
            {
                return false;
            }

            offset += length;
        }

        return offset <= record.Length && record.Length - offset <= maxPayload;
    }
}
