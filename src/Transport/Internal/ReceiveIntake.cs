using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Brings bytes from the stream into the receive buffer and counts them. For the one runner.</summary>
internal sealed class ReceiveIntake(PumpConnection connection, IConnectionIo io, BlockCache blocks)
{
    private ReceiveBuffer _buffer = new(blocks);
    private bool _starved;
    private long _bytes;
    private long _receives;

    public ref ReceiveBuffer Buffer => ref _buffer;

    public long Bytes => Volatile.Read(ref _bytes);

    public long Receives => Volatile.Read(ref _receives);

    /// <summary>Whether bytes of a <see cref="Poll"/> wait to be delivered.</summary>
    public bool Polled { get; private set; }

    /// <summary>Whether the last receive has brought all that was there.</summary>
    public bool Drained { get; private set; }

    /// <summary>One receive; null when bytes came or none were there, else why it is over.</summary>
    public ReceiveStop? Receive(out int bytes)
    {
        bytes = 0;
        Drained = false;
        if (!Buffer.TryMakeRoom(out var room))
        {
            if (!_starved)
            {
                _starved = true;
                connection.Log.NoReceiveBlock(connection.Id);
            }

            return ReceiveStop.NoMemory;
        }

        _starved = false;
        var result = io.Receive(room);
        result = result is { Status: IoStatus.Done, Bytes: 0 } ? io.ConfirmEnd(_bytes) : result;
        switch (result.Status)
        {
            case IoStatus.Pending:
                Drained = true;
                return null;
            case IoStatus.Failed:
                connection.Fail(result, "receive");
                return ReceiveStop.Parked;
        }

        if (result.Bytes == 0)
        {
            return ReceiveStop.EndOfInput;
        }

        bytes = result.Bytes;
        Drained = bytes < room.Count;
        Buffer.Added(bytes);
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _receives, _receives + 1);
        connection.Metrics.Received(bytes);
        return null;
    }

    /// <summary>
    /// A receive ahead of a run; false when nothing was there. Bytes wait in the buffer, a failure has closed the
    /// connection, and the end of the input is there for the run too.
    /// </summary>
    public bool Poll()
    {
        var stop = Receive(out var bytes);
        Polled = bytes > 0;
        return Polled || stop is not null;
    }

    /// <summary>The bytes of a poll are about to be delivered.</summary>
    public void TakePolled() => Polled = false;
}
