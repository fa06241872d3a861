namespace NetCore.Fuzz.Driver;

/// <summary>An input in the making.</summary>
internal sealed class Draft
{
    private readonly byte[] _bytes = new byte[WorkerFile.InputBytes];

    public int Length { get; private set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> bytes)
    {
        Length = Math.Min(bytes.Length, _bytes.Length);
        bytes[..Length].CopyTo(_bytes);
    }

    /// <summary>Makes room within the bytes, as far as there is some; what lies in it is undefined.</summary>
    public Span<byte> Open(int at, int count)
    {
        count = Math.Min(count, _bytes.Length - Length);
        _bytes.AsSpan(at, Length - at).CopyTo(_bytes.AsSpan(at + count));
        Length += count;
        return _bytes.AsSpan(at, count);
    }

    public void Delete(int at, int count)
    {
        _bytes.AsSpan(at + count, Length - at - count).CopyTo(_bytes.AsSpan(at));
        Length -= count;
    }

    public void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        var room = Open(at, bytes.Length);
        bytes[..room.Length].CopyTo(room);
    }

    /// <summary>Appends a copy of a part of itself at another place.</summary>
    public void Copy(int from, int count, int to)
    {
        Span<byte> part = stackalloc byte[Math.Min(count, 1024)];
        _bytes.AsSpan(from, part.Length).CopyTo(part);
        Insert(to, part);
    }
}
