using System.Net;
using System.Net.Sockets;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What the self-test of io_uring tries, on a small ring of its own.</summary>
internal sealed unsafe class UringTrial : IDisposable
{
    private const int Buffers = 2;
    private const int BufferBytes = 64;
    private const uint PollIn = 1;
    private const uint PollMultishot = 1;
    private const ulong WakeUp = 1;
    private const ulong Receive = 2;
    private const ulong Send = 3;
    private const ulong Accept = 5;
    private const ulong ReceiveAgain = 6;

    private readonly List<int> _descriptors = [];
    private readonly SystemCalls _system = new();
    private readonly Ring _ring;
    private readonly UringTrialRequests _requests;
    private readonly BufferRing? _buffers;
    private readonly Errno _noBuffers;
    private int _near;
    private int _far;

    public UringTrial(IUringCalls calls, RingFeatures disabled)
    {
        var options = new RingOptions { Entries = 8, CompletionEntries = 32, LeastEntries = 8, Disabled = disabled };
        var made = BufferedRing.Open(calls, options, 0, Buffers, BufferBytes);
        _ring = UringSet.RingOf(made.Setup);
        _buffers = made.Buffers;
        _noBuffers = made.NoBuffers;
        _requests = new UringTrialRequests(_ring);
    }

    /// <summary>After the run: why no request receives again and again; null when one does.</summary>
    public string? NoMultishot { get; private set; }

    /// <summary>What is missing; null when all is well.</summary>
    /// <exception cref="TransportException">A call has failed, perhaps for want of descriptors or memory.</exception>
    public string? Run()
    {
        Prepare();
        var failure = Try();

        // Last of all: what it leaves in flight disturbs nobody.
        NoMultishot = failure is null ? ReceivesAgain() : null;
        return failure;
    }

    public void Dispose()
    {
        _buffers?.Dispose();
        _ring.Dispose();
        _descriptors.ForEach(static descriptor => Native.Sockets.Close(descriptor));
    }

    // Not in the constructor, whose exception would leave the ring behind.
    private void Prepare()
    {
        if (_noBuffers == Errno.NoMemory)
        {
            throw new TransportException(TransportError.OutOfResources, RingLadder.NoLockedMemory);
        }

        NativeErrors.Check(Native.Sockets.CreatePair(out _near, out _far), "socketpair");
        _descriptors.Add(_near);
        _descriptors.Add(_far);
    }

    private string? Try() => WakesUp() ?? Sends()
        ?? (_buffers is null ? null : Of(RingFeatures.BufferRing, Receives() ?? TellsTheLackOfBuffers()))
        ?? OfReceives(Cancels())
        ?? Of(RingFeatures.AcceptMultishot, Accepts())
        ?? OfReceives(TellsTheEnd());

    // Without buffers a receive is another request: a poll.
    private string? OfReceives(string? failure) => _buffers is null ? failure : Of(RingFeatures.BufferRing, failure);

    // A kernel that fails there is good enough without.
    private static string? Of(RingFeatures feature, string? failure) =>
        failure is null ? null : $"{failure} ({UringSwitches.Hint(feature)})";

    private string? WakesUp()
    {
        var wakeUp = NativeErrors.Check(Epoll.CreateWakeUp(), "eventfd");
        _descriptors.Add(wakeUp);
        var entry = default(SubmissionEntry);
        entry.Poll(wakeUp, PollIn, WakeUp);
        entry.Length = PollMultishot;
        _requests.Submit(entry);
        for (var i = 0; i < 2; i++)
        {
            // Never read: each write must be an event of its own.
            Epoll.Wake(wakeUp);
            if (!_requests.Completes(WakeUp, out var completion) || completion.Result < 0 || !completion.HasMore)
            {
                return "a write to an eventfd is no completion each time";
            }
        }

        return _requests.EndsBy(WakeUp) == Errno.Canceled ? null : "a poll cannot be cancelled";
    }

    private string? Sends()
    {
        byte sent = 7;
        var entry = default(SubmissionEntry);
        entry.Send(_far, &sent, 1, MessageFlags.NoSignal, Send);
        _requests.Submit(entry);
        byte got = 0;
        return _requests.Completes(Send, out var completion) && completion.Result == 1
            && _system.Receive(_near, new Span<byte>(&got, 1)).Value == 1 && got == sent
            ? null : "a send does not send";
    }

    private string? Receives()
    {
        Arm();
        _system.Send(_far, [8]);
        if (!_requests.Completes(Receive, out var completion) || completion.Result != 1 || !completion.HasBuffer)
        {
            return "arrived bytes do not complete a receive";
        }

        var right = _buffers!.Take(completion.BufferId)[0] == 8;
        _buffers.Return(completion.BufferId);
        _buffers.Publish();
        return right ? null : "a buffer holds other bytes than those that came";
    }

    // The bytes must stay in the socket then.
    private string? TellsTheLackOfBuffers()
    {
        var taken = new List<ushort>();
        for (var i = 0; i <= Buffers; i++)
        {
            Arm();
            _system.Send(_far, [9]);
            if (!_requests.Completes(Receive, out var completion))
            {
                return "a receive without a buffer does not complete";
            }

            if (completion.HasBuffer)
            {
                _buffers!.Take(completion.BufferId);
                taken.Add(completion.BufferId);
            }
            else if (completion.Error != Errno.NoBuffers)
            {
                return $"the lack of a buffer is told as {completion.Error}";
            }
        }

        taken.ForEach(_buffers!.Return);
        _buffers.Publish();
        Span<byte> rest = stackalloc byte[2];
        return taken.Count == Buffers && _system.Receive(_near, rest).Value == 1 && rest[0] == 9
            ? null : "a receive without a buffer takes bytes away";
    }

    private string? Cancels()
    {
        Arm();
        return _requests.EndsBy(Receive) == Errno.Canceled ? null : "a receive cannot be cancelled";
    }

    // Kernels 6.6 to 6.8 were seen to give the descriptor of another connection.
    private string? Accepts()
    {
        if (!_ring.Has(RingFeatures.AcceptMultishot) || Listen() is not { } listener)
        {
            return null;
        }

        using (listener)
        {
            var entry = default(SubmissionEntry);
            entry.AcceptMultishot((int)listener.Handle, Accept);
            _requests.Submit(entry);
            for (var i = 0; i < 2; i++)
            {
                using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                client.Connect(listener.LocalEndPoint!);
                if (!_requests.Completes(Accept, out var completion) || completion.Result < 0)
                {
                    return "an accept does not complete for each connection";
                }

                _descriptors.Add(completion.Result);
                if (!Equals(Native.Sockets.RemoteEnd(completion.Result), client.LocalEndPoint))
                {
                    return "an accept gives another descriptor";
                }
            }

            return _requests.EndsBy(Accept) == Errno.Canceled ? null : "an accept cannot be cancelled";
        }
    }

    private string? TellsTheEnd()
    {
        Arm();
        Native.Sockets.EndOutput(_far);
        return _requests.Completes(Receive, out var completion) && (_buffers is null || completion.Result == 0)
            ? null : "the end of the input is not told";
    }

    private string? ReceivesAgain()
    {
        if (_buffers is null)
        {
            return "there are no buffers for it";
        }

        if (!_ring.Has(RingFeatures.ReceiveMultishot))
        {
            return "the kernel has no request that receives again and again";
        }

        NativeErrors.Check(Native.Sockets.CreatePair(out var near, out var far), "socketpair");
        _descriptors.Add(near);
        _descriptors.Add(far);
        var entry = default(SubmissionEntry);
        entry.ReceiveMultishot(near, _buffers.Group, ReceiveAgain);
        _requests.Submit(entry);
        for (byte sent = 1; sent <= Buffers; sent++)
        {
            _system.Send(far, [sent]);
            if (!_requests.Completes(ReceiveAgain, out var completion)
                || completion.Result != 1
                || !completion.HasBuffer
                || !completion.HasMore
                || _buffers.Take(completion.BufferId)[0] != sent)
            {
                return "a request that receives again and again does not complete each time";
            }

            _buffers.Return(completion.BufferId);
            _buffers.Publish();
        }

        return _requests.EndsBy(ReceiveAgain) == Errno.Canceled
            ? null : "a request that receives again and again cannot be cancelled";
    }

    // Null where there is no loopback.
    private static Socket? Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(Buffers);
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    private void Arm()
    {
        var entry = default(SubmissionEntry);
        if (_buffers is null)
        {
            entry.Poll(_near, PollIn, Receive);
        }
        else
        {
            entry.ReceiveSelected(_near, _buffers.Group, Receive);
            entry.Transfer = _ring.Has(RingFeatures.PollFirst) ? TransferFlags.PollFirst : TransferFlags.None;
        }

        _requests.Submit(entry);
    }
}
