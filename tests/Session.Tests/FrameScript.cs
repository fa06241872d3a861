using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

/// <summary>Frames of a peer at random: mostly legal, some not, with a model of what is.</summary>
internal sealed class FrameScript(SeededRandomSource random, bool connector, int faultsInThousand)
{
    private readonly Dictionary<ulong, bool> _open = [];
    private ulong _next = connector ? 2u : 1u;

    /// <summary>The bytes of a dialogue of <paramref name="count"/> frames, a hello before.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new List<byte>(Frame.Hello().Bytes);
        for (var i = 0; i < count; i++)
        {
            var frame = (random.Next(1000) < faultsInThousand ? Illegal() : Legal()).Bytes;
            if (random.Next(1000) < faultsInThousand / 4)
            {
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
            }

            bytes.AddRange(frame);
        }

        return [.. bytes];
    }

    private Frame Legal()
    {
        switch (random.Next(20))
        {
            case < 8 when _open.Count < 50:
                return Open();
            case < 15 when _open.Count > 0:
                return Data();
            case 15 when _open.Count > 0:
                var id = Any();
                _open.Remove(id);
                return Frame.Reset(id, (ResetCode)random.Next(8));
            case 16:
                return Frame.Ping(random.NextUInt64());
            case 17:
                return Frame.Credit(0, 1 + (uint)random.Next(100_000));
            case 18 when _open.Count > 0:
                return Frame.Credit(Any(), 1 + (uint)random.Next(100_000));
            default:
                return Open();
        }
    }

    private Frame Illegal() => random.Next(12) switch
    {
        0 => Frame.Open(_next + 1),
        1 => Frame.Open(_next > 2 ? _next - 2 : 1000 + _next),
        2 => Frame.Data(_next + 100),
        3 => Frame.Reset(_next + 100),
        4 => Frame.Credit(_next + 100, 1),
        5 => Frame.Credit(0, 0x7FFFFFFF),
        6 => Frame.Credit(0, 0),
        7 => Frame.Hello(),
        8 => Frame.GoAway(random.NextUInt64(), (SessionError)random.Next(30), "text"),
        9 => Frame.Data(Any(), protocol: UpperProtocol.PubSub),
        10 => Frame.Pong(1),
        _ => Compressed(),
    };

    private Frame Compressed()
    {
        var frame = Open();
        return frame with { Header = frame.Header with { Flags = frame.Header.Flags | FrameFlags.Compressed } };
    }

    private Frame Open()
    {
        var id = _next;
        _next += 2 * (ulong)(1 + random.Next(2));
        var more = random.Next(3) == 0;
        var end = !more && random.Next(2) == 0;
        _open[id] = end;
        return Frame.Open(id, Payload.Random(Size(), (int)id), end, more);
    }

    private Frame Data()
    {
        var id = Any();
        if (_open[id])
        {
            // Its half has ended: only a reset is legal, or waiting.
            return Frame.Credit(id, 1);
        }

        var more = random.Next(3) == 0;
        var end = !more && random.Next(2) == 0;
        _open[id] = end;
        return Frame.Data(id, Payload.Random(Size(), (int)id), end, more);
    }

    private ulong Any() => _open.Count == 0 ? 1 : _open.Keys.ElementAt(random.Next(_open.Count));

    private int Size() => random.Next(4) == 0 ? random.Next(16385) : 1 + random.Next(40);
}
