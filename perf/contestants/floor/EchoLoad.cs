using System.Diagnostics;
using System.Runtime.InteropServices;
using NetCore.Core;

namespace NetCore.Bench.Contenders;

/// <summary>Requests over a number of connections from one thread, closed or open loop.</summary>
/// <remarks>
/// <para>Closed: each answer starts the next request of its connection, in the same instant.</para>
/// <para>
/// Open: a request is due at its time whether the server keeps up or not, and its own time counts from there. One that
/// found no free slot waits and goes on counting; those that were due before the end are sent after it. So a server
/// that stood still for a while is charged for every request that would have come in the meantime.
/// </para>
/// </remarks>
internal sealed unsafe class EchoLoad : IDisposable
{
    // Asking a few sockets directly is a system call less than asking epoll first.
    private const int MostPolledDirectly = 4;
    private const int PollsPerLook = 64;

    // Without an answer for this long the server is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly ClientLink[] _links;
    private readonly ClientLink?[] _byFd;
    private readonly long[] _dues;
    private readonly byte* _buffers;
    private readonly bool _spins;
    private readonly long _clientWork;
    private LatencyHistogram _latency = new();
    private long _lastAnswer;
    private long _underWay;
    private long _answered;
    private long _closedUntil;
    private int _nextLink;

    public EchoLoad(Uri address, LoadShape shape)
    {
        var message = new EchoMessage(shape);
        var target = RawAddress.Of(address);
        var perLink = 2L * shape.Outstanding * message.Bytes;
        _spins = shape.Wait == WaitMode.Spin;
        _clientWork = (long)shape.ClientWork.TotalNanoseconds;
        _dues = new long[shape.Outstanding];
        _buffers = (byte*)NativeMemory.AlignedAlloc((nuint)(perLink * shape.Connections), 64);
        _links = new ClientLink[shape.Connections];
        for (var i = 0; i < _links.Length; i++)
        {
            var fd = RawSocket.Connect(target, Patience);
            _links[i] = new ClientLink(fd, i, shape.Outstanding, message, _buffers + (perLink * i));
            _epoll.Watch(fd, Epoll.Input);
        }

        _byFd = new ClientLink?[_links.Max(static link => link.Fd) + 1];
        Array.ForEach(_links, link => _byFd[link.Fd] = link);
    }

    /// <summary>Nothing has come on any connection, not even its end.</summary>
    public bool IsQuiet => _epoll.Wait(0) == 0;

    /// <summary>Answers that arrived.</summary>
    public long Run(Stretch stretch)
    {
        _latency = stretch.Latency;
        _answered = 0;
        _underWay = 0;
        var start = Stopwatch.GetTimestamp();
        _lastAnswer = start;
        if (stretch.RatePerSecond > 0)
        {
            RunOpen(new Schedule(start, stretch.RatePerSecond, stretch.Duration));
        }
        else
        {
            RunClosed(start, (long)stretch.Duration.TotalNanoseconds);
        }

        return _answered;
    }

    public void Dispose()
    {
        foreach (var link in _links)
        {
            _ = Libc.Close(link.Fd);
        }

        _epoll.Dispose();
        NativeMemory.AlignedFree(_buffers);
    }

    private void RunClosed(long start, long duration)
    {
        _closedUntil = start + duration;
        foreach (var link in _links)
        {
            while (link.HasFree)
            {
                link.Issue(start);
                _underWay++;
            }

            Flush(link);
        }

        while (_underWay > 0)
        {
            Wait(long.MaxValue);
        }
    }

    private void RunOpen(Schedule schedule)
    {
        _closedUntil = 0;
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            var hasFree = true;
            while (schedule.IsDue(now) && (hasFree = TryFindFree(out var link)))
            {
                link.Issue(schedule.Take());
                _underWay++;
                Flush(link);
            }

            if (schedule.IsOver && _underWay == 0)
            {
                return;
            }

            if (now > schedule.GiveUp)
            {
                // What could not even be sent by now has waited this long at least.
                while (!schedule.IsOver)
                {
                    _latency.Record(now - schedule.Take());
                }
            }

            Wait(hasFree && !schedule.IsOver ? schedule.NextDue - now : long.MaxValue);
        }
    }

    private bool TryFindFree(out ClientLink link)
    {
        for (var i = 0; i < _links.Length; i++)
        {
            link = _links[_nextLink];
            _nextLink = _nextLink + 1 == _links.Length ? 0 : _nextLink + 1;
            if (link.HasFree)
            {
                return true;
            }
        }

        link = _links[0];
        return false;
    }

    // Until something came, or for this time; earlier is no harm.
    private void Wait(long nanoseconds)
    {
        if (_spins)
        {
            Poll(nanoseconds);
        }
        else if (nanoseconds < Schedule.PollAhead)
        {
            HandleReady(_epoll.Wait(0));
        }
        else if (nanoseconds == long.MaxValue && _links is [{ HasUnsent: false } only])
        {
            Handle(only, 0);
        }
        else
        {
            var most = (long)Patience.TotalNanoseconds;
            HandleReady(_epoll.WaitFor(Math.Min(nanoseconds - Schedule.PollAhead, most)));
        }

        if (_underWay > 0 && Stopwatch.GetTimestamp() - _lastAnswer > (long)Patience.TotalNanoseconds)
        {
            throw new BenchException($"no answer for {Patience.TotalSeconds:0} s");
        }
    }

    private void Poll(long nanoseconds)
    {
        if (_links.Length > MostPolledDirectly)
        {
            HandleReady(_epoll.Wait(0));
            return;
        }

        // In an open loop the next request is due before that many have been made.
        var polls = nanoseconds == long.MaxValue ? PollsPerLook : 1;
        for (var i = 0; i < polls; i++)
        {
            foreach (var link in _links)
            {
                Handle(link, Libc.DontWait);
            }
        }
    }

    private void HandleReady(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Handle(_byFd[_epoll.Fd(i)]!, Libc.DontWait);
        }
    }

    private void Handle(ClientLink link, int flags)
    {
        if (link.HasUnsent)
        {
            Flush(link);
        }

        if (!link.Receive(flags))
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        var count = link.TakeAnswers(_dues);
        for (var i = 0; i < count; i++)
        {
            _latency.Record(now - _dues[i]);
            Work();
        }

        _lastAnswer = now;
        _answered += count;
        _underWay -= count;
        if (now < _closedUntil)
        {
            for (var i = 0; i < count; i++)
            {
                link.Issue(now);
            }

            _underWay += count;
            Flush(link);
        }
    }

    private void Flush(ClientLink link)
    {
        link.Flush();
        if (link.HasUnsent != link.WatchesOutput)
        {
            link.WatchesOutput = link.HasUnsent;
            _epoll.Change(link.Fd, link.HasUnsent ? Epoll.Input | Epoll.Output : Epoll.Input);
        }
    }

    private void Work()
    {
        if (_clientWork > 0)
        {
            var until = Stopwatch.GetTimestamp() + _clientWork;
            while (Stopwatch.GetTimestamp() < until)
            {
                // Burns time on purpose.
            }
        }
    }
}
