using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>Sends as many bytes as it is told, in batches of one size.</summary>
internal sealed class ByteSource(Connection connection, int sendBytes) : ISendSource
{
    // The largest span that a batch gives at once, without its room for headers.
    private const int MaxSpan = 16 * 1024;

    private long _left;

    public void Send(long bytes)
    {
        Interlocked.Add(ref _left, bytes);
        connection.RequestSend();
    }

    public SendState FillSend(ref SendBatch batch)
    {
        var room = (int)Math.Min(Math.Min(sendBytes, batch.Remaining), Volatile.Read(ref _left));
        for (var filled = 0; filled < room;)
        {
            // What the bytes are does not matter; that they are not copied from elsewhere is the same for both sides.
            var piece = Math.Min(room - filled, MaxSpan);
            batch.GetSpan(piece);
            batch.Advance(piece);
            filled += piece;
        }

        return Interlocked.Add(ref _left, -room) > 0 ? SendState.More : SendState.Idle;
    }
}
