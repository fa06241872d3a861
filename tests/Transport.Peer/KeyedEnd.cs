using System.Buffers.Binary;

namespace NetCore.Transport.Peer;

/// <summary>
/// One end of an exchange of keyed streams: the client sends its key, a count and so many bytes; the server answers as
/// many of the inverted key. Each side checks what comes.
/// </summary>
public sealed class KeyedEnd : IReceiver, ISendSource
{
    private const int HeaderBytes = 16;

    // Within one span of a batch.
    private const int MaxPiece = 8 * 1024;

    private readonly bool _isClient;
    private readonly TaskCompletionSource _received = New();
    private readonly TaskCompletionSource<ConnectionClose> _closed = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _key;
    private bool _hasHeader;
    private bool _headerSent;
    private bool _wantsEnd;
    private long _count;
    private long _sent;
    private long _got;

    private KeyedEnd(Connection connection, bool isClient)
    {
        Connection = connection;
        _isClient = isClient;
    }

    /// <summary>The connection.</summary>
    public Connection Connection { get; }

    /// <summary>What was wrong; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>All bytes of the other side have come.</summary>
    public Task Received => _received.Task;

    /// <summary>The connection is closed.</summary>
    public Task<ConnectionClose> Closed => _closed.Task;

    /// <summary>Begins an exchange of <paramref name="count"/> bytes each way.</summary>
    public static KeyedEnd Client(Connection connection, ulong key, long count)
    {
        var end = new KeyedEnd(connection, isClient: true) { _key = key, _count = count, _hasHeader = true };
        connection.Start(end, end);
        connection.RequestSend();
        return end;
    }

    /// <summary>Answers it; tells <paramref name="onClosed"/> of its end.</summary>
    public static KeyedEnd Server(Connection connection, Action<KeyedEnd> onClosed)
    {
        var end = new KeyedEnd(connection, isClient: false);
        end.Closed.ContinueWith(
            _ => onClosed(end), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        connection.Start(end, end);
        return end;
    }

    /// <summary>Ends the client's output when it is sent.</summary>
    public void End()
    {
        Volatile.Write(ref _wantsEnd, true);
        Connection.RequestSend();
    }

    /// <inheritdoc/>
    public int OnReceived(in ReceivedData data)
    {
        var bytes = data.Span;
        if (!_hasHeader)
        {
            if (bytes.Length < HeaderBytes)
            {
                return 0;
            }

            _key = ~BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            _count = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
            Volatile.Write(ref _hasHeader, true);
            Connection.RequestSend();
            bytes = bytes[HeaderBytes..];
        }

        if (!KeyedPattern.Fits(bytes, ~_key, _got))
        {
            Fail($"a wrong byte within {bytes.Length} from {_got} of {_count}");
        }

        _got += bytes.Length;
        if (_got > _count)
        {
            Fail($"{_got} bytes of {_count}");
        }

        if (_got >= _count)
        {
            _received.TrySetResult();
        }

        return data.Length;
    }

    /// <inheritdoc/>
    public void OnBatchEnd()
    {
    }

    /// <inheritdoc/>
    public void OnEndOfInput()
    {
        if (_isClient ? _got != _count : _hasHeader && _got != _count)
        {
            Fail($"an end after {_got} bytes of {_count}");
        }

        End();
    }

    /// <inheritdoc/>
    public void OnClosed(in ConnectionClose close)
    {
        _received.TrySetResult();
        _closed.TrySetResult(close);
    }

    /// <inheritdoc/>
    public SendState FillSend(ref SendBatch batch)
    {
        var wantsEnd = Volatile.Read(ref _wantsEnd);
        if (!Volatile.Read(ref _hasHeader))
        {
            return wantsEnd ? SendState.End : SendState.Idle;
        }

        if (_isClient && !_headerSent)
        {
            _headerSent = true;
            var header = batch.GetSpan(HeaderBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(header, _key);
            BinaryPrimitives.WriteInt64LittleEndian(header[8..], _count);
            batch.Advance(HeaderBytes);
        }

        while (_sent < _count && batch.Remaining > 0)
        {
            var piece = (int)Math.Min(Math.Min(batch.Remaining, MaxPiece), _count - _sent);
            KeyedPattern.Fill(batch.GetSpan(piece)[..piece], _key, _sent);
            batch.Advance(piece);
            _sent += piece;
        }

        return _sent < _count ? SendState.More : wantsEnd ? SendState.End : SendState.Idle;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Fail(string what)
    {
        Wrong ??= what;
        Connection.Abort(TransportError.ProtocolViolation, what);
    }
}
