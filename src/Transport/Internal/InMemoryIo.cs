namespace NetCore.Transport.Internal;

/// <summary>One end of an in-memory connection.</summary>
internal sealed class InMemoryIo : IConnectionIo
{
    private readonly InMemoryPipe _input;
    private readonly InMemoryPipe _output;
    private readonly ReadableItem _readable;
    private readonly RoomItem _room;

    public InMemoryIo(InMemoryPipe input, InMemoryPipe output)
    {
        _input = input;
        _output = output;
        _readable = new ReadableItem(this);
        _room = new RoomItem(this);
    }

    /// <summary>Set once, before the first operation.</summary>
    public IConnectionIoEvents Events { get; set; } = null!;

    public IoResult Receive(ArraySegment<byte> into) => _input.Read(into);

    public bool WaitReadable() => _input.WaitReadable(_readable);

    public IoResult Send(SendBuffer buffer)
    {
        while (buffer.Length > 0)
        {
            var segment = buffer.GetSegment(0);

            // Once the pipe waits, the room item may run on another thread at once, and then the buffer is its.
            var taken = _output.Write(segment, _room, out var waits);
            if (taken < 0)
            {
                return IoResult.Failed(TransportError.Reset);
            }

            if (waits)
            {
                return IoResult.Pending;
            }

            buffer.Sent(taken);
        }

        return IoResult.Done(0);
    }

    public IoResult ShutdownSend()
    {
        _output.End();
        return IoResult.Done(0);
    }

    public bool Close(bool abortive)
    {
        if (abortive)
        {
            _output.Reset();
        }

        // After an end in order the peer has ended its output, so nothing of it is lost by this.
        _input.Reset();
        return true;
    }

    public void Dispose()
    {
    }

    private sealed class ReadableItem(InMemoryIo io) : IThreadPoolWorkItem
    {
        public void Execute() => io.Events.OnReadable();
    }

    private sealed class RoomItem(InMemoryIo io) : IThreadPoolWorkItem
    {
        public void Execute() => io.Events.OnSendCompleted(IoResult.Done(0));
    }
}
