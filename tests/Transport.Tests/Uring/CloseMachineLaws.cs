using FsCheck;
using FsCheck.Xunit;
using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Whatever completes when, and whenever the close comes.</summary>
/// <remarks>
/// The laws: the kernel's memory is not touched before its last completion; the descriptor is closed after it, and the
/// slot given back; a request ends only by a cancel that has found it; no byte that a completion brings is lost while
/// the connection lives, and what has come or is to be sent has a request in flight.
/// </remarks>
public sealed class CloseMachineLaws
{
    [Property(MaxTest = 500)]
    public void Each_order_of_requests_completions_and_closes_keeps_the_laws(NonNull<byte[]> steps, bool again) =>
        Run(steps.Get, again);

    [Nightly]
    [Property(MaxTest = 50_000, EndSize = 300)]
    public void Each_order_keeps_the_laws_in_many_long_runs(NonNull<byte[]> steps, bool again) =>
        Run(steps.Get, again);

    private static void Run(byte[] steps, bool again)
    {
        using var run = new Machine(again);
        foreach (var step in steps)
        {
            run.Step(step % 13, step / 13);
        }

        run.End();
    }

    private sealed class Machine : IDisposable
    {
        private readonly ModelKernel _kernel;
        private readonly Reactor _reactor;
        private readonly UringSet _set;
        private readonly World _world;
        private readonly Peer _peer;
        private readonly int _far;
        private bool _paused;
        private bool _failed;
        private long _asked;

        public Machine(bool again)
        {
            Assert.True(Sockets.CreatePair(out var near, out _far).IsOk);
            _kernel = new ModelKernel(near);
            var settings = new UringSettings
            {
                Ring = new RingOptions { Entries = 8, CompletionEntries = 64, LeastEntries = 8 },
                Buffers = 4,
                BufferBytes = 64,
                Multishot = again ? UringMultishot.Always : UringMultishot.Never,
            };
            _reactor = new Reactor(
                _kernel, TimeProvider.System, WaitPolicy.Blocking,
                (wakeUp, _) => new UringSet(_kernel, settings, wakeUp));
            _set = _reactor.Events<UringSet>();
            _reactor.TryBind(Thread.CurrentThread);
            _reactor.Begin();
            _reactor.IsDriven = true;
            _world = new World(new WorldOptions { Executor = _reactor, DriveTimers = false, TrackBlocks = true });
            _reactor.Join(_world);
            Assert.True(_reactor.TryExpect());
            var host = new UringHost(_world, new SocketTransportOptions(), new ReactorGroup(_reactor));
            _peer = new Peer(host.Adopt(_reactor, near, "s", TransportAddress.Unix("/model"))).Start();
            Turn();
        }

        private bool IsClosed => _peer.ClosedCount > 0;

        public void Step(int what, int how)
        {
            switch (what)
            {
                case 0:
                    _asked += 1 + (how * 997);
                    _peer.SendPattern(1 + (how * 997));
                    break;
                case 1:
                    _kernel.Input += _kernel.Ended ? 0 : 1 + (how * 13);
                    break;
                case 2 when how == 0:
                    _kernel.Ended = true;
                    break;
                case 3 or 4:
                    Receive(what, how);
                    break;
                case 5 or 6 or 7:
                    Send(what, how);
                    break;
                case 8 when _kernel.Oldest(UringKind.Cancel) is { } cancel:
                    Errno[] answers = [Errno.None, Errno.NoEntry, Errno.Already];
                    _kernel.CompleteCancel(cancel, answers[how % answers.Length]);
                    break;
                case 9 when how % 4 == 0:
                    _failed = true;
                    _peer.Connection.Abort();
                    break;
                case 10:
                    Pause(!_paused);
                    break;
                case 11 or 12:
                    SendPast(1 + (how * 499), room: what == 11 ? 0 : how * 97);
                    break;
            }

            Check();
            if (how % 3 != 0)
            {
                Turn();
            }
        }

        public void End()
        {
            // As long as the connection lives, what has come is delivered.
            Pause(false);
            for (var i = 0; i < 20; i++)
            {
                Turn();
            }

            Assert.True(_failed || IsClosed || _peer.Received == _kernel.Received, "Bytes were dropped.");
            if (!_failed && !IsClosed)
            {
                Assert.True(
                    _kernel.Input == 0 || _kernel.Oldest(UringKind.Receive) is not null,
                    "Nobody waits for what has come.");
                var sending = _kernel.Oldest(UringKind.Send);
                Assert.True(sending is not null || _kernel.Sent == _asked, "Nobody sends what is to be sent.");
            }

            _peer.Connection.Abort();
            for (var i = 0; i < 50; i++)
            {
                Turn();
                if (_kernel.Oldest(UringKind.Cancel) is { } cancel)
                {
                    _kernel.CompleteCancel(cancel, Errno.None);
                }
                else if (_kernel.Pending.Find(static request => request.IsCancelled) is { } request)
                {
                    _kernel.Complete(request, -(int)Errno.Canceled);
                }
            }

            Check();
            Assert.Empty(_kernel.Pending);
            Assert.False(_kernel.IsOpen);
            Assert.Equal(1, _peer.ClosedCount);
            Assert.Empty(_peer.Violations);
            Assert.Equal((0, 0, 0), (_set.Count, _set.BuffersTaken, _set.Messages.Held));
            Assert.Equal((0L, 0, 0), (_set.Stale, _reactor.Load, _world.Blocks.Outstanding));
        }

        public void Dispose()
        {
            _reactor.RunLeft();
            _reactor.TryEnd();
            _reactor.Dispose();
            _world.Dispose();
            _kernel.Dispose();
            Sockets.Close(_far);
        }

        private void Receive(int what, int how)
        {
            if (_kernel.Oldest(UringKind.Receive) is not { } request)
            {
                return;
            }

            if (request.IsCancelled && how % 2 == 0)
            {
                _kernel.Complete(request, -(int)Errno.Canceled);
            }
            else if (_kernel.Input > 0 || _kernel.Ended || request.IsCancelled)
            {
                _kernel.CompleteReceive(request, ends: what == 4);
            }
        }

        // Wholly, in part, or not at all.
        private void Send(int what, int how)
        {
            if (_kernel.Oldest(UringKind.Send) is not { } request)
            {
                return;
            }

            var bytes = request.Bytes.Length;
            switch (what)
            {
                case 5:
                    _kernel.CompleteSend(request, bytes);
                    break;
                case 6:
                    _kernel.CompleteSend(request, Math.Max(1, bytes * how / 24));
                    break;
                default:
                    _failed = true;
                    _kernel.CompleteSend(request, 0, request.IsCancelled ? Errno.Canceled : Errno.Pipe);
                    break;
            }
        }

        // As another thread does it: past the ring, and what the socket does not take is handed over.
        private void SendPast(int count, int room)
        {
            _asked += count;
            _kernel.Room = room;
            _reactor.IsDriven = false;
            _peer.SendPattern(count);
            _reactor.IsDriven = true;
            _kernel.Room = 0;
        }

        private void Pause(bool pause)
        {
            _paused = pause;
            if (pause)
            {
                _peer.Connection.PauseReceive();
            }
            else
            {
                _peer.Connection.ResumeReceive();
            }
        }

        private void Turn()
        {
            // What an item posts runs in a later turn.
            for (var i = 0; i < 4; i++)
            {
                _reactor.Turn(0);
                Check();
            }
        }

        private void Check()
        {
            _kernel.Check();
            Assert.Empty(_kernel.Violations);
            Assert.True(_kernel.Pending.Count == 0 || _set.Count == 1, "The slot was given back too early.");
        }
    }
}
