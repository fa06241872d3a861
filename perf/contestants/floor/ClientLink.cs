namespace NetCore.Bench.Contenders;

/// <summary>One connection of the load generator: its slots, what waits to be sent, what came of an answer.</summary>
/// <remarks>Both buffers hold a message for each slot, so neither can run over while the server is correct.</remarks>
internal sealed unsafe class ClientLink
{
    // Enough numbers for a year of requests at ten million a second below that of the next connection.
    private const int NumberBits = 48;

    private readonly EchoMessage _message;
    private readonly byte* _input;
    private readonly byte* _output;
    private readonly int _capacity;
    private readonly long[] _numbers;
    private readonly long[] _due;
    private readonly int[] _free;
    private int _freeCount;
    private int _received;
    private int _outputStart;
    private int _outputEnd;

    /// <param name="fd">Connected; it is closed with this.</param>
    /// <param name="index">Which connection it is.</param>
    /// <param name="slots">Requests under way at most.</param>
    /// <param name="message">What a request looks like.</param>
    /// <param name="buffers">Two times <paramref name="slots"/> messages.</param>
    public ClientLink(int fd, int index, int slots, EchoMessage message, byte* buffers)
    {
        Fd = fd;
        _message = message;
        _capacity = slots * message.Bytes;
        _input = buffers;
        _output = buffers + _capacity;
        _numbers = new long[slots];
        _due = new long[slots];
        _free = new int[slots];
        for (var slot = slots - 1; slot >= 0; slot--)
        {
            _numbers[slot] = ((long)index << NumberBits) + slot;
            _free[_freeCount++] = slot;
        }
    }

    public int Fd { get; }

    public bool HasUnsent => _outputStart != _outputEnd;

    /// <summary>Whether epoll tells when the socket takes more.</summary>
    public bool WatchesOutput { get; set; }

    public bool HasFree => _freeCount > 0;

    /// <summary>Writes a request into a free slot; it is sent by <see cref="Flush"/>.</summary>
    /// <param name="due">When it should have been sent, which its time is counted from.</param>
    public void Issue(long due)
    {
        var slot = _free[--_freeCount];
        if (_outputEnd + _message.Bytes > _capacity)
        {
            _outputEnd -= _outputStart;
            new Span<byte>(_output + _outputStart, _outputEnd).CopyTo(new Span<byte>(_output, _capacity));
            _outputStart = 0;
        }

        _due[slot] = due;
        _message.Write(_output + _outputEnd, _numbers[slot]);
        _outputEnd += _message.Bytes;
    }

    /// <summary>Sends what waits, as much as the socket takes.</summary>
    public void Flush()
    {
        var sent = Libc.Send(Fd, _output + _outputStart, _outputEnd - _outputStart, Libc.DontWait | Libc.NoSignal);
        if (sent < 0)
        {
            if (Libc.Errno is not (Libc.Again or Libc.Interrupted))
            {
                throw Libc.Failed("send");
            }

            return;
        }

        _outputStart += (int)sent;
        if (_outputStart == _outputEnd)
        {
            _outputStart = _outputEnd = 0;
        }
    }

    /// <summary>Receives once.</summary>
    /// <param name="flags">Whether to wait.</param>
    /// <returns>False when nothing was there.</returns>
    /// <exception cref="BenchException">The server closed the connection, or it broke.</exception>
    public bool Receive(int flags)
    {
        var received = Libc.Receive(Fd, _input + _received, _capacity - _received, flags);
        if (received > 0)
        {
            _received += (int)received;
            return true;
        }

        return received == 0 ? throw new BenchException("The server closed the connection.")
            : Libc.Errno is Libc.Again or Libc.Interrupted ? false
            : throw Libc.Failed("recv");
    }

    /// <summary>Takes every complete answer and frees its slot.</summary>
    /// <param name="dues">Gets when each was due.</param>
    /// <returns>How many.</returns>
    /// <exception cref="BenchException">One is wrong, or belongs to no request of this connection.</exception>
    public int TakeAnswers(Span<long> dues)
    {
        var count = 0;
        var offset = 0;
        for (; _received - offset >= _message.Bytes; offset += _message.Bytes)
        {
            var number = _message.Read(_input + offset);
            var slots = _numbers.Length;
            var slot = (int)((number & ((1L << NumberBits) - 1)) % slots);
            if (_numbers[slot] != number)
            {
                throw new BenchException("An answer belongs to no request that is under way on its connection.");
            }

            _numbers[slot] += slots;
            _free[_freeCount++] = slot;
            dues[count++] = _due[slot];
        }

        if (offset > 0)
        {
            _received -= offset;
            if (_received > 0)
            {
                new Span<byte>(_input + offset, _received).CopyTo(new Span<byte>(_input, _capacity));
            }
        }

        return count;
    }
}
