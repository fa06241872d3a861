using System.Numerics;

namespace NetCore.Core.Internal;

/// <summary>Slots of a timer wheel: four levels of 256 lists, a bitmap of the filled ones. Not thread-safe.</summary>
internal sealed class WheelSlots
{
    private const int Levels = 4;
    private const int SlotBits = 8;
    private const int SlotsPerLevel = 1 << SlotBits;
    private const int SlotMask = SlotsPerLevel - 1;
    private const int WordsPerLevel = SlotsPerLevel / 64;

    private readonly WheelTimer?[] _heads = new WheelTimer?[Levels * SlotsPerLevel];
    private readonly ulong[] _filled = new ulong[Levels * WordsPerLevel];

    // Every tick up to and including this one has been fired.
    private long _tick;

    public int Count { get; private set; }

    public void Insert(WheelTimer timer)
    {
        // A due tick in the past goes into the next slot that will be looked at.
        var due = Math.Max(timer.DueTick, _tick + 1);
        var slot = SlotOf(due);
        timer.Slot = slot;
        timer.Previous = null;
        timer.Next = _heads[slot];
        if (timer.Next is not null)
        {
            timer.Next.Previous = timer;
        }

        _heads[slot] = timer;
        _filled[slot >> 6] |= 1UL << (slot & 63);
        Count++;
    }

    public bool Remove(WheelTimer timer)
    {
        if (timer.Slot < 0)
        {
            return false;
        }

        if (timer.Previous is null)
        {
            _heads[timer.Slot] = timer.Next;
            if (timer.Next is null)
            {
                _filled[timer.Slot >> 6] &= ~(1UL << (timer.Slot & 63));
            }
        }
        else
        {
            timer.Previous.Next = timer.Next;
        }

        if (timer.Next is not null)
        {
            timer.Next.Previous = timer.Previous;
        }

        timer.Next = timer.Previous = null;
        timer.Slot = -1;
        Count--;
        return true;
    }

    /// <summary>Moves up to <paramref name="now"/> and takes one due timer out, or returns null.</summary>
    public WheelTimer? TakeDue(long now)
    {
        while (_tick < now)
        {
            var next = NextTick();
            if (next > now)
            {
                // Nothing falls due up to now: skip the empty ticks at once. The slots stay valid, because no filled
                // slot of any level begins before the tick that is skipped to.
                _tick = now;
                return null;
            }

            CascadeInto(next);
            if (_heads[(int)(next & SlotMask)] is { } timer)
            {
                Remove(timer);
                return timer;
            }

            _tick = next;
        }

        return null;
    }

    /// <summary>The first tick at which a slot needs a look; <see cref="long.MaxValue"/> when all are empty.</summary>
    public long NextTick()
    {
        if (Count == 0)
        {
            return long.MaxValue;
        }

        var best = long.MaxValue;
        for (var level = 0; level < Levels; level++)
        {
            var shift = level * SlotBits;
            var position = (_tick >> shift) & SlotMask;
            var distance = FirstFilled(level, (int)((position + 1) & SlotMask));
            if (distance >= 0)
            {
                var tick = ((_tick >> shift) + 1 + distance) << shift;
                best = Math.Min(best, tick);
            }
        }

        return best;
    }

    // The higher levels' slots that begin at this tick are spread over the levels below.
    private void CascadeInto(long tick)
    {
        // Nothing is filled before this tick, so the distances below may be measured from just before it.
        _tick = tick - 1;
        for (var level = Levels - 1; level > 0; level--)
        {
            var shift = level * SlotBits;
            if ((tick & ((1L << shift) - 1)) != 0)
            {
                continue;
            }

            var slot = (level * SlotsPerLevel) + (int)((tick >> shift) & SlotMask);
            while (_heads[slot] is { } timer)
            {
                Remove(timer);
                Insert(timer);
            }
        }
    }

    private int SlotOf(long due)
    {
        for (var level = 0; level < Levels; level++)
        {
            var shift = level * SlotBits;
            if ((due >> shift) - (_tick >> shift) < SlotsPerLevel || level == Levels - 1)
            {
                return (level * SlotsPerLevel) + (int)((due >> shift) & SlotMask);
            }
        }

        return 0;
    }

    // Distance from slot 'from' to the first filled slot of the level, going round; -1 when the level is empty.
    private int FirstFilled(int level, int from)
    {
        var words = _filled.AsSpan(level * WordsPerLevel, WordsPerLevel);
        for (var i = 0; i <= WordsPerLevel; i++)
        {
            var index = ((from >> 6) + i) & (WordsPerLevel - 1);
            var word = words[index];
            if (i == 0)
            {
                word &= ulong.MaxValue << (from & 63);
            }
            else if (i == WordsPerLevel)
            {
                word &= ~(ulong.MaxValue << (from & 63));
            }

            if (word != 0)
            {
                var slot = (index << 6) + BitOperations.TrailingZeroCount(word);
                return (slot - from) & SlotMask;
            }
        }

        return -1;
    }
}
