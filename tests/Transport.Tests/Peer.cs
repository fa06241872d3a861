using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>
/// One end under test: records what comes, sends what it is told, and checks the callback contract itself.
/// </summary>
internal sealed class Peer : IReceiver, ISendSource
{
    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _output = new();
    private int _callbacks;
    private int _fills;
    private long _position;

    public Peer(Connection connection) => Connection = connection;

    public Connection Connection { get; }

    public BlockPool Pool { get; } = new(new ByteBudget());

    /// <summary>
    /// Bytes consumed so far; each must be the one that <see cref="ByteAt"/> gives for its position.
    /// </summary>
    public long Received => Volatile.Read(ref _position);

    public bool Ended { get; private set; }

    public int Deliveries { get; private set; }

    public int Batches { get; private set; }

    public int Fills => Volatile.Read(ref _fills);

    public int ClosedCount { get; private set; }

    public ConnectionClose Close { get; private set; }

    public List<string> Violations { get; } = [];

    /// <summary>Replaces the check of positions; returns what is consumed.</summary>
    public Func<Peer, ReceivedData, int>? OnData { get; set; }

    public Action<Peer>? OnEnd { get; set; }

    public Action<Peer>? OnClosedAction { get; set; }

    public Func<Peer, SendBatch, SendState>? OnFill { get; set; }

    /// <summary>Bytes of the pattern that are still to be sent, by copies of random length and links.</summary>
    public long ToSend { get; set; }

    public long SentPosition { get; private set; }

    public bool EndAfter { get; set; }

    /// <summary>For tests with an own fill: one message is wanted.</summary>
    public bool Wanted { get; set; }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static byte ByteAt(long position) => (byte)((position * 131) ^ (position >> 8) ^ (position >> 16));

    public Peer Start()
    {
        Connection.Start(this, this);
        return this;
    }

    public void Send(byte[] bytes)
    {
        lock (_lock)
        {
            _output.Enqueue(bytes);
        }

        Connection.RequestSend();
    }

    public void SendPattern(long count, bool end = false)
    {
        lock (_lock)
        {
            ToSend += count;
            EndAfter |= end;
        }

        Connection.RequestSend();
    }

    public int OnReceived(in ReceivedData data)
    {
        Enter();
        try
        {
            Deliveries++;
            return OnData is { } custom ? custom(this, data) : Check(data);
        }
        finally
        {
            Leave();
        }
    }

    public int Check(in ReceivedData data)
    {
        var position = _position;
        foreach (var value in data.Span)
        {
            if (value != ByteAt(position++))
            {
                Violations.Add($"wrong byte at {position - 1}");
                break;
            }
        }

        Volatile.Write(ref _position, _position + data.Length);
        return data.Length;
    }

    public void OnBatchEnd()
    {
        Enter();
        Batches++;
        Leave();
    }

    public void OnEndOfInput()
    {
        Enter();
        Ended = true;
        try
        {
            OnEnd?.Invoke(this);
        }
        finally
        {
            Leave();
        }
    }

    public void OnClosed(in ConnectionClose close)
    {
        Enter();
        if (Volatile.Read(ref _filling) != 0)
        {
            Violations.Add("closed while filling");
        }

        Close = close;
        ClosedCount++;
        OnClosedAction?.Invoke(this);
        Leave();
        Done.TrySetResult();
    }

    private int _filling;

    public SendState FillSend(ref SendBatch batch)
    {
        if (Interlocked.Exchange(ref _filling, 1) != 0)
        {
            Violations.Add("FillSend overlaps");
        }

        if (ClosedCount > 0)
        {
            Violations.Add("FillSend after OnClosed");
        }

        try
        {
            Interlocked.Increment(ref _fills);
            return OnFill is { } custom ? custom(this, batch) : Fill(ref batch);
        }
        finally
        {
            Volatile.Write(ref _filling, 0);
        }
    }

    private SendState Fill(ref SendBatch batch)
    {
        lock (_lock)
        {
            while (_output.TryPeek(out var bytes))
            {
                if (bytes.Length > batch.Remaining)
                {
                    return SendState.More;
                }

                batch.Write(bytes);
                _output.Dequeue();
            }

            while (ToSend > 0 && batch.Remaining > 0)
            {
                var piece = (int)Math.Min(Math.Min(ToSend, batch.Remaining), 1 + (SentPosition * 7919 % 5000));
                Span<byte> span = batch.GetSpan(piece);
                for (var i = 0; i < piece; i++)
                {
                    span[i] = ByteAt(SentPosition + i);
                }

                batch.Advance(piece);
                SentPosition += piece;
                ToSend -= piece;
            }

            return ToSend > 0 ? SendState.More : EndAfter ? SendState.End : SendState.Idle;
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _callbacks, 1) != 0)
        {
            Violations.Add("callbacks overlap");
        }

        if (ClosedCount > 0)
        {
            Violations.Add("callback after OnClosed");
        }
    }

    private void Leave() => Volatile.Write(ref _callbacks, 0);
}
