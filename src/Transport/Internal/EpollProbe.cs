using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>A self-test of epoll: does this kernel, in this sandbox, do what the engine is built on?</summary>
/// <remarks>
/// A few microseconds, mostly once for a world. It tests behaviour and not versions: system calls may be filtered, and
/// what emulates a kernel may know the calls but not the edges.
/// </remarks>
internal static class EpollProbe
{
    // Every event here is raised inside the call that causes it; what is not there at once does not come. A wait that a
    // signal has interrupted answers "no events", so it is repeated a few times.
    private const int PatienceMilliseconds = 10;
    private const int Tries = 4;

    public static ProbeAnswer Run(ISystemCalls calls) => ProbeAnswer.Of(() =>
    {
        using var trial = new Trial(calls);
        return trial.Run();
    });

    private sealed class Trial : IDisposable
    {
        private const ulong WakeUp = 1;
        private const ulong Stream = 2;

        private readonly ISystemCalls _calls;
        private readonly EpollEvents _events = new(4);
        private readonly List<int> _descriptors = [];
        private readonly int _epoll;

        public Trial(ISystemCalls calls)
        {
            _calls = calls;
            _epoll = Keep(Epoll.Create(), "epoll_create1");
        }

        public string? Run()
        {
            var wakeUp = Keep(Epoll.CreateWakeUp(), "eventfd");
            Add(wakeUp, EpollFlags.In, WakeUp);
            for (var i = 0; i < 2; i++)
            {
                // Never read: each write must be an edge of its own.
                Epoll.Wake(wakeUp);
                if (!Sees(WakeUp, EpollFlags.In))
                {
                    return "a second write to an eventfd is no new edge";
                }

                if (_calls.Wait(_epoll, _events, 0).Value > 0)
                {
                    return "an edge is told twice";
                }
            }

            var (near, far) = Pair();
            Add(near, EpollFlags.In | EpollFlags.Out | EpollFlags.ReadHangUp, Stream);
            if (!Sees(Stream, EpollFlags.Out))
            {
                return "room to send is not told";
            }

            Span<byte> bytes = [7];
            if (!_calls.Send(far, bytes).IsOk || !Sees(Stream, EpollFlags.In))
            {
                return "arrived bytes are not told";
            }

            if (_calls.Receive(near, bytes).Value != 1 || !_calls.Receive(near, bytes).WouldBlock)
            {
                return "a receive does not give what is there";
            }

            Sockets.EndOutput(far);
            return Sees(Stream, EpollFlags.ReadHangUp) ? null : "the end of the input is not told";
        }

        public void Dispose()
        {
            _events.Dispose();
            _descriptors.ForEach(static descriptor => Sockets.Close(descriptor));
        }

        private (int Near, int Far) Pair()
        {
            // The loopback of the family that every sandbox has.
            NativeErrors.Check(Sockets.CreatePair(out var near, out var far), "socketpair");
            _descriptors.Add(near);
            _descriptors.Add(far);
            return (near, far);
        }

        private int Keep(SyscallResult made, string call)
        {
            var descriptor = NativeErrors.Check(made, call);
            _descriptors.Add(descriptor);
            return descriptor;
        }

        private void Add(int descriptor, EpollFlags flags, ulong data) => NativeErrors.Check(
            Epoll.Control(_epoll, EpollOperation.Add, descriptor, flags | EpollFlags.EdgeTriggered, data), "epoll_ctl");

        private bool Sees(ulong data, EpollFlags flag)
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                var found = NativeErrors.Check(_calls.Wait(_epoll, _events, PatienceMilliseconds), "epoll_wait");
                for (var i = 0; i < found; i++)
                {
                    if (_events.Data(i) == data && (_events.Flags(i) & flag) != 0)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
