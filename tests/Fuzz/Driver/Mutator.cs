using System.Buffers.Binary;
using System.Text;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Driver;

/// <summary>Makes inputs of a target: one of its corpus, changed in a few places.</summary>
internal sealed class Mutator(FuzzTarget target, IReadOnlyList<byte[]> corpus)
{
    private const int MostChanges = 8;
    private const int LongestRun = 256;

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 63, 64, 127, 128, 254, 255, 256, 4095, 4096, 16383, 16384, 16385,
        65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x100000000, long.MaxValue, ulong.MaxValue,
    ];

    private readonly byte[][] _words = [.. target.Words.Select(Encoding.Latin1.GetBytes)];
    private readonly FrameMutator _frames = new(target.OptionBytes);

    /// <summary>The input that follows from the source of chance.</summary>
    public void Fill(Draft draft, SeededRandomSource chance)
    {
        draft.Set(Any(chance));
        var changes = 1 + chance.Next(1 + chance.Next(MostChanges));
        for (var i = 0; i < changes; i++)
        {
            if (target.Framed && chance.Next(2) == 0)
            {
                _frames.Change(draft, chance, Any(chance));
            }
            else
            {
                Change(draft, chance);
            }
        }

        for (var i = 0; i < target.OptionBytes && i < draft.Length && chance.Next(2) == 0; i++)
        {
            draft.Bytes[i] = (byte)chance.Next(256);
        }

        if (target.Framed && chance.Next(2) == 0)
        {
            _frames.Repair(draft);
        }
    }

    private byte[] Any(SeededRandomSource chance) => corpus[chance.Next(corpus.Count)];

    private void Change(Draft draft, SeededRandomSource chance)
    {
        var at = chance.Next(draft.Length + 1);
        var left = draft.Length - at;
        var run = Math.Min(left, 1 + chance.Next(1 + chance.Next(LongestRun)));
        switch (chance.Next(left == 0 ? 5 : 12))
        {
            case 0:
                draft.Open(at, 1 + chance.Next(1 + chance.Next(LongestRun))).Fill((byte)chance.Next(256));
                break;
            case 1:
                FillWithNoise(draft.Open(at, 1 + chance.Next(16)), chance);
                break;
            case 2 when _words.Length > 0:
                draft.Insert(at, _words[chance.Next(_words.Length)]);
                break;
            case 2 or 3:
                draft.Insert(at, Any(chance));
                break;
            case 4:
                draft.Delete(at, left);
                break;
            case 5:
                draft.Bytes[at] ^= (byte)(1 << chance.Next(8));
                break;
            case 6:
                draft.Bytes[at] = (byte)chance.Next(256);
                break;
            case 7:
                draft.Delete(at, run);
                break;
            case 8:
                draft.Copy(at, run, chance.Next(draft.Length + 1));
                break;
            case 9:
                Add(draft.Bytes[at..], chance);
                break;
            case 10 when _words.Length > 0:
                var word = _words[chance.Next(_words.Length)];
                word.AsSpan(0, Math.Min(left, word.Length)).CopyTo(draft.Bytes[at..]);
                break;
            default:
                WriteNumber(draft.Bytes[at..], Numbers[chance.Next(Numbers.Length)], chance);
                break;
        }
    }

    private static void Add(Span<byte> bytes, SeededRandomSource chance)
    {
        var delta = chance.Next(33) - 16;
        if (bytes.Length >= sizeof(uint) && chance.Next(2) == 0)
        {
            var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value + (uint)delta);
        }
        else
        {
            bytes[0] += (byte)delta;
        }
    }

    private static void WriteNumber(Span<byte> bytes, ulong value, SeededRandomSource chance)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        number = number[..Math.Min(bytes.Length, 1 << chance.Next(4))];
        if (chance.Next(2) == 0)
        {
            number.Reverse();
        }

        number.CopyTo(bytes);
    }

    private static void FillWithNoise(Span<byte> bytes, SeededRandomSource chance)
    {
        foreach (ref var value in bytes)
        {
            value = (byte)chance.Next(256);
        }
    }
}
