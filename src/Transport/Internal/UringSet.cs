using System.Diagnostics;
using System.Runtime.InteropServices;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>A reactor's ring, the handlers of its requests and the memory that the kernel receives into.</summary>
/// <remarks>
/// <para>For the reactor's thread. Requests are gathered and go to the kernel with the next look or wait.</para>
/// <para>
/// What comes with a completion is the kind of its request, and the number of its handler with 24 bits of generation.
/// A handler gives its place back only after its last completion; so a completion that finds nobody is a defect, which
/// is counted, and what it brings is given back.
/// </para>
/// </remarks>
internal sealed class UringSet : ReactorEvents
{
    /// <summary>The group of the buffers.</summary>
    public const ushort Group = 0;

    /// <summary>Input, of the events that poll(2) knows.</summary>
    public const uint PollIn = 1;

    /// <summary>Both directions have ended; told to who asks for nothing, too.</summary>
    public const int PollHangUp = 16;

    private const uint Generations = 0xFFFFFF;
    private const uint PollMultishot = 1;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly int _wakeUp;
    private readonly Ring _ring;
    private readonly BufferRing? _buffers;
    private readonly ReactorSlots<IUringHandler> _slots = new(Generations);

    private readonly UringQueue _queue;
    private bool _watchesWakeUp;
    private bool _returned;
    private uint _left;

    /// <summary>Makes one that also ends its waits when <paramref name="wakeUp"/> is written to.</summary>
    /// <exception cref="TransportException">There is no ring here, or no more of something.</exception>
    public UringSet(IUringCalls calls, UringSettings settings, int wakeUp)
    {
        _wakeUp = wakeUp;
        Shots = new UringShots(settings.Buffers);
        var made = BufferedRing.Open(calls, settings.Ring, Group, settings.Buffers, settings.BufferBytes);
        _ring = RingOf(made.Setup);
        _queue = new UringQueue(_ring);

        // Without them connections wait for readiness and receive into their blocks.
        _buffers = made.Buffers;
        Settings = settings with { NoBuffers = UringRefusal.NoBuffers(made.NoBuffers) };
    }

    /// <summary>What it was made with, and what it had to do without.</summary>
    public UringSettings Settings { get; }

    public UringCounts Counts { get; } = new();

    public UringMessages Messages { get; } = new();

    public UringShots Shots { get; }

    public override int Count => _slots.Count;

    public override bool HasEvents => _left > 0;

    /// <summary>Whether the kernel chooses the memory that is received into.</summary>
    public bool HasBuffers => _buffers is not null;

    /// <summary>
    /// Buffers that one connection may hold before its request that receives again and again is ended: a sixteenth of
    /// all. What follows waits in the socket.
    /// </summary>
    public int MostHeld => Math.Max(1, Settings.Buffers / 16);

    /// <summary>Times that completions were looked for, by a look or a wait. For the reactor's thread.</summary>
    public long Rounds { get; private set; }

    /// <summary>Buffers that hold received bytes.</summary>
    public int BuffersTaken => _buffers?.Taken ?? 0;

    public RingRung Rung => _ring.Rung;

    /// <summary>The most requests that had to wait for room in the queue; from any thread.</summary>
    public int MostLate => _queue.MostLate;

    /// <summary>Times the kernel was entered; from any thread.</summary>
    public long Enters => _ring.Enters;

    public override TransportCounters Counters => Counts.Sum with
    {
        Waits = Waits,
        Looks = Looks,
        Requests = _queue.Requests,
        SystemCalls = Enters + Counts.Direct,
    };

    /// <exception cref="TransportException">There is no ring here, or no more of something.</exception>
    public static Ring RingOf(RingSetup setup) => setup.Ring ?? throw new TransportException(
        setup.Refusal is RingRefusal.NoMemory or RingRefusal.TooManyFiles
            ? TransportError.OutOfResources : TransportError.EngineNotAvailable,
        UringRefusal.Reason(setup));

    public bool Has(RingFeatures features) => _ring.Has(features);

    public override void Bind() =>
        NativeErrors.Check(_ring.IsEnabled ? default : _ring.Enable(), "io_uring_register");

    public ulong Add(IUringHandler handler) => _slots.Add(handler);

    public void Remove(ulong id) => _slots.Remove(id);

    /// <summary>Gives the kernel a request soon.</summary>
    public void Submit(in SubmissionEntry entry) => _queue.Add(entry);

    /// <summary>The same, behind all that is given until then.</summary>
    public void SubmitLast(in SubmissionEntry entry) => _queue.AddLast(entry);

    /// <summary>The same for one that was in vain, in the next turn or a moment later.</summary>
    public void SubmitAgain(in SubmissionEntry entry) => _queue.AddLater(entry);

    /// <summary>The buffer of a completion, until it is given back.</summary>
    public Span<byte> Take(ushort buffer) => _buffers!.Take(buffer);

    public void GiveBack(ushort buffer)
    {
        _buffers!.Return(buffer);
        _returned = true;
    }

    public override void Look()
    {
        Prepare();
        if (_ring.Pending > 0 || _ring.NeedsEnter)
        {
            CountLook();
            Check(_ring.Poll());
        }

        Found();
    }

    public override void Wait(int milliseconds)
    {
        Prepare();
        CountWait();
        var most = _queue.Bound(milliseconds);

        // What had no room is to be submitted next: no completion of what is submitted now may ever come.
        Check(_queue.HasLate ? _ring.Poll()
            : _ring.Wait(1, most < 0 ? Ring.Forever : most * NanosecondsPerMillisecond));
        Found();
    }

    public override bool Flush()
    {
        Prepare();
        if (_ring.Pending == 0)
        {
            return false;
        }

        Check(_ring.Submit());
        _left = _ring.CompletionEntries;
        return true;
    }

    public override bool Dispatch()
    {
        // What completes meanwhile is for the next time, at most.
        var ran = false;
        while (_left > 0 && _ring.TryTake(out var completion))
        {
            _left--;
            ran |= Give(completion);
        }

        _left = 0;
        return ran;
    }

    public override void ForEach(Action<IReactorHandler> action) => _slots.ForEach(action);

    /// <summary>When the kernel holds no memory of it: no handler is left then.</summary>
    public override void Dispose()
    {
        if (_slots.Count > 0)
        {
            // The kernel may still write and read there: better kept for good, by this set with all that it holds,
            // than another's.
            GCHandle.Alloc(this);
            Debug.Assert(_slots.Count == Counts.Lost, "Handlers have not given their places back.");
            return;
        }

        _buffers?.Dispose();
        _ring.Dispose();
        Messages.Dispose();
    }

    private static void Check(EnterResult result)
    {
        if (result.IsFatal)
        {
            throw new InvalidOperationException($"io_uring_enter failed: {result.Error}.");
        }
    }

    private void Found()
    {
        _queue.Recall();
        _left = _ring.CompletionEntries;
        Rounds++;
    }

    // Before each enter.
    private void Prepare()
    {
        if (!_watchesWakeUp)
        {
            // Never read: each write is an event of its own, as with an edge-triggered epoll.
            var entry = default(SubmissionEntry);
            entry.Poll(_wakeUp, PollIn, UringData.Of(UringKind.Wake, 0));
            entry.Length = PollMultishot;
            _watchesWakeUp = true;
            Submit(entry);
        }

        _queue.Fill();
        if (_returned)
        {
            _returned = false;
            _buffers!.Publish();
        }
    }

    private bool Give(in Completion completion)
    {
        var kind = UringData.KindOf(completion.Data);
        if (kind == UringKind.Wake)
        {
            _watchesWakeUp &= completion.HasMore;
            return false;
        }

        if (_slots.Find(UringData.IdOf(completion.Data)) is not { } handler)
        {
            DropStale(kind, completion);
            return false;
        }

        handler.OnCompletion(kind, completion);
        return true;
    }

    private void DropStale(UringKind kind, in Completion completion)
    {
        Counts.IsStale();
        if (completion.HasBuffer)
        {
            Take(completion.BufferId);
            GiveBack(completion.BufferId);
        }

        if (kind == UringKind.Accept && completion.Result >= 0)
        {
            Sockets.Close(completion.Result);
        }
    }
}
