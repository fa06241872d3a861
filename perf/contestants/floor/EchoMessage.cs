using System.Buffers.Binary;

namespace NetCore.Bench.Contenders;

/// <summary>The bytes of a request: its number, and a pattern that has to come back whole.</summary>
/// <remarks>Framed, the number is in the header too. It says which connection and which slot it belongs to.</remarks>
internal sealed unsafe class EchoMessage
{
    private const int NumberBytes = sizeof(long);

    private readonly byte[] _template;
    private readonly int _header;

    /// <param name="shape">Its sizes of header and payload.</param>
    /// <exception cref="BenchException">The payload has no room for the number.</exception>
    public EchoMessage(LoadShape shape)
    {
        if (shape.PayloadBytes < NumberBytes)
        {
            throw new BenchException($"A request needs {NumberBytes} bytes for its number.");
        }

        _header = shape.HeaderBytes;
        _template = new byte[_header + shape.PayloadBytes];
        for (var i = _header; i < _template.Length; i++)
        {
            // No period of a power of two: bytes that moved by a buffer's length would still fit otherwise.
            _template[i] = (byte)((i % 251) + 1);
        }

        if (_header > 0)
        {
            FramedMessage.WriteHeader(_template, shape.PayloadBytes, 0);
        }
    }

    public int Bytes => _template.Length;

    public void Write(byte* at, long number)
    {
        var message = new Span<byte>(at, Bytes);
        _template.CopyTo(message);
        BinaryPrimitives.WriteInt64LittleEndian(message[_header..], number);
        if (_header > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(message[(_header - NumberBytes)..], number);
        }
    }

    /// <summary>The number of an answer.</summary>
    /// <exception cref="BenchException">The rest is not what was sent.</exception>
    public long Read(byte* at)
    {
        var message = new ReadOnlySpan<byte>(at, Bytes);
        var number = BinaryPrimitives.ReadInt64LittleEndian(message[_header..]);
        var rest = _header + NumberBytes;
        if (!message[rest..].SequenceEqual(_template.AsSpan(rest)) || (_header > 0 && !HeaderFits(message, number)))
        {
            throw new BenchException("An answer is not what was sent.");
        }

        return number;
    }

    private bool HeaderFits(ReadOnlySpan<byte> message, long number) =>
        FramedMessage.Request(message) == number
        && message[..NumberBytes].SequenceEqual(_template.AsSpan(0, NumberBytes));
}
