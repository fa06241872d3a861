using System.Buffers.Binary;
using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>One of several independent callers: one call after the other, each timed and checked.</summary>
/// <remarks>Used by one flow of control at a time. Its payload names the caller, so that a mix-up is noticed.</remarks>
internal sealed class Caller
{
    private readonly byte[] _usual;
    private readonly byte[] _slow;
    private readonly bool _longTail;
    private RpcRun _run = null!;
    private long _start;
    private int _number;

    public Caller(int slot, int payloadBytes, bool longTail)
    {
        Slot = slot;
        _longTail = longTail;
        _usual = new byte[payloadBytes];
        _usual.AsSpan().Fill(0x5A);
        BinaryPrimitives.WriteInt32LittleEndian(_usual, slot);
        _usual[SlowCall.Flag] = 0;
        _slow = [.. _usual];
        _slow[SlowCall.Flag] = 1;

        // So that the slow calls of several callers do not come together.
        _number = slot * 37 % SlowCall.Every;
        Ready = new CallerSignal();
    }

    /// <summary>Counts from 0, over all connections.</summary>
    public int Slot { get; }

    /// <summary>The payload of the present call; stays the same array but for <see cref="IsSlow"/>.</summary>
    public byte[] Request => IsSlow ? _slow : _usual;

    /// <summary>The present call asks its server to be slow, and is not measured.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>Where an open loop lets it wait.</summary>
    public CallerSignal Ready { get; }

    /// <summary>Before a stretch.</summary>
    public void Arm(RpcRun run)
    {
        _run = run;
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>True when the next call is due; false when the stretch is over.</summary>
    /// <remarks>In a closed loop it completes at once, and the call counts from the end of the one before.</remarks>
    public ValueTask<bool> NextAsync()
    {
        if (_longTail)
        {
            _number = (_number + 1) % SlowCall.Every;
            IsSlow = _number == 0;
        }

        return _run.Pace is { } pace ? pace.NextAsync(this) : new ValueTask<bool>(_run.MayStart());
    }

    /// <summary>The time from which an open loop counts the next call.</summary>
    public void DueAt(long timestamp) => _start = timestamp;

    /// <summary>The answer to the present call has come.</summary>
    /// <exception cref="BenchException">It is not the caller's own.</exception>
    public void Done(ReadOnlySpan<byte> answer)
    {
        if (answer.Length != _usual.Length || BinaryPrimitives.ReadInt32LittleEndian(answer) != Slot)
        {
            throw new BenchException($"Caller {Slot} got an answer of {answer.Length} bytes that is not its own.");
        }

        var now = Stopwatch.GetTimestamp();
        if (!IsSlow)
        {
            _run.Latency.Record(Ticks.ToNanoseconds(now - _start));
        }

        _start = now;
    }
}
