using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>The byte stream of a non-blocking socket.</summary>
/// <remarks>
/// Both directions first try the plain system call. Only what would block becomes an asynchronous operation: a
/// receive of zero bytes, which holds no buffer, or the send of what is left. The two operation objects live as long
/// as the connection, so that nothing is allocated for a message.
/// </remarks>
internal sealed class SocketIo : IConnectionIo
{
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _wait;
    private readonly SocketAsyncEventArgs _send;
    private readonly List<ArraySegment<byte>> _segments = new(TransportLimits.MaxSendSegments);

    // The buffer of the pending send; its completion is the only one to touch it meanwhile.
    private SendBuffer? _pending;

    public SocketIo(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;

        // True: without the execution context of whoever connected, because completions serve everybody.
        _wait = new SocketAsyncEventArgs(true);
        _wait.SetBuffer([], 0, 0);
        _wait.Completed += (_, _) => Events.OnReadable();
        _send = new SocketAsyncEventArgs(true);
        _send.Completed += (_, args) => Events.OnSendCompleted(EndSend(args));
    }

    /// <summary>Set once, before the first operation.</summary>
    public IConnectionIoEvents Events { get; set; } = null!;

    public IoResult Receive(ArraySegment<byte> into)
    {
        try
        {
            var received = _socket.Receive(into, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => IoResult.Done(received),
                SocketError.WouldBlock => IoResult.Pending,
                _ => SocketErrors.Failed(error),
            };
        }
        catch (ObjectDisposedException exception)
        {
            return IoResult.Failed(TransportError.Aborted, exception);
        }
    }

    public IoResult ConfirmEnd(long received)
    {
        try
        {
            return LostErrors.OfEnd(_socket, received);
        }
        catch (ObjectDisposedException exception)
        {
            return IoResult.Failed(TransportError.Aborted, exception);
        }
    }

    public bool WaitReadable()
    {
        try
        {
            return !_socket.ReceiveAsync(_wait);
        }
        catch (ObjectDisposedException)
        {
            // The receive that follows reports it.
            return true;
        }
    }

    public IoResult Send(SendBuffer buffer)
    {
        try
        {
            while (buffer.Length > 0)
            {
                var sent = TrySend(buffer, out var error);
                if (error == SocketError.WouldBlock || (error == SocketError.Success && sent == 0))
                {
                    if (BeginSend(buffer))
                    {
                        return IoResult.Pending;
                    }

                    var result = EndSend(_send);
                    if (result.Status == IoStatus.Failed)
                    {
                        return result;
                    }
                }
                else if (error != SocketError.Success)
                {
                    return Failed(error);
                }
                else
                {
                    buffer.Sent(sent);
                }
            }

            return IoResult.Done(0);
        }
        catch (ObjectDisposedException exception)
        {
            return IoResult.Failed(TransportError.Aborted, exception);
        }
    }

    public IoResult ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            return IoResult.Done(0);
        }
        catch (SocketException exception)
        {
            return IoResult.Failed(SocketErrors.Translate(exception.SocketErrorCode), exception);
        }
        catch (ObjectDisposedException exception)
        {
            return IoResult.Failed(TransportError.Aborted, exception);
        }
    }

    public bool Close(bool abortive)
    {
        // Close(0) resets a TCP connection; Dispose ends in order what has been shut down already.
        if (abortive)
        {
            _socket.Close(0);
        }
        else
        {
            _socket.Dispose();
        }

        return true;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _wait.Dispose();
        _send.Dispose();
    }

    private int TrySend(SendBuffer buffer, out SocketError error)
    {
        if (buffer.SegmentCount == 1)
        {
            return _socket.Send(buffer.GetSegment(0), SocketFlags.None, out error);
        }

        Gather(buffer);
        return _socket.Send(_segments, SocketFlags.None, out error);
    }

    // True when the operation is under way: then its completion may run already on another thread.
    private bool BeginSend(SendBuffer buffer)
    {
        _pending = buffer;
        if (buffer.SegmentCount == 1)
        {
            _send.BufferList = null;
            var segment = buffer.GetSegment(0);
            _send.SetBuffer(segment.Array, segment.Offset, segment.Count);
        }
        else
        {
            Gather(buffer);
            _send.SetBuffer(null, 0, 0);
            _send.BufferList = _segments;
        }

        return _socket.SendAsync(_send);
    }

    private IoResult EndSend(SocketAsyncEventArgs args)
    {
        var buffer = _pending!;
        _pending = null;
        if (args.SocketError != SocketError.Success)
        {
            return Failed(args.SocketError);
        }

        buffer.Sent(args.BytesTransferred);
        return IoResult.Done(args.BytesTransferred);
    }

    // A completion comes on a thread that nobody guards.
    private IoResult Failed(SocketError error)
    {
        try
        {
            return LostErrors.OfSend(_socket, error);
        }
        catch (ObjectDisposedException exception)
        {
            return IoResult.Failed(TransportError.Aborted, exception);
        }
    }

    private void Gather(SendBuffer buffer)
    {
        _segments.Clear();
        for (var i = 0; i < buffer.SegmentCount; i++)
        {
            _segments.Add(buffer.GetSegment(i));
        }
    }
}
