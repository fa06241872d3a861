using System.Buffers.Binary;
using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Driver;

/// <summary>Changes frames as such: noise alone hardly ever passes a header, and never a checksum.</summary>
/// <param name="start">Where the first frame begins.</param>
internal sealed class FrameMutator(int start)
{
    private const int MostFrames = 64;
    private const int KindAt = 4;
    private const int FlagsAt = 5;
    private const int ProtocolAt = 6;
    private const int ClassAt = 7;
    private const int StreamAt = 8;

    private readonly (int At, int Length)[] _frames = new (int, int)[MostFrames];
    private int _count;

    /// <summary>Changes one frame, or inserts others.</summary>
    public void Change(Draft draft, SeededRandomSource chance, ReadOnlySpan<byte> other)
    {
        Find(draft.Bytes);
        var what = chance.Next(10);
        if (_count == 0 || what == 0)
        {
            var place = _count == 0 ? draft.Length : _frames[chance.Next(_count)].At;
            draft.Insert(place, other[Math.Min(start, other.Length)..]);
            return;
        }

        var (at, length) = _frames[chance.Next(_count)];
        var frame = draft.Bytes.Slice(at, length);
        switch (what)
        {
            case 1:
                draft.Delete(at, length);
                break;
            case 2:
                draft.Copy(at, length, _frames[chance.Next(_count)].At);
                break;
            case 3:
                frame[KindAt] = (byte)(1 + chance.Next(8));
                break;
            case 4:
                frame[FlagsAt] ^= (byte)(1 << chance.Next(4));
                break;
            case 5:
                (frame[ProtocolAt], frame[ClassAt]) = ((byte)chance.Next(4), (byte)chance.Next(2));
                break;
            case 6 or 7:
                ChangeStream(frame[StreamAt..], chance);
                break;
            default:
                Resize(draft, at, chance);
                break;
        }
    }

    /// <summary>Gives each frame that says it has a checksum the right one.</summary>
    public void Repair(Draft draft)
    {
        Find(draft.Bytes);
        foreach (var (at, length) in _frames.AsSpan(0, _count))
        {
            var frame = draft.Bytes.Slice(at, length);
            if ((frame[FlagsAt] & (int)FrameFlags.Checksum) != 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(frame[^4..], Crc32C.Compute(frame[..^4]));
            }
        }
    }

    private static void ChangeStream(Span<byte> field, SeededRandomSource chance)
    {
        var id = BinaryPrimitives.ReadUInt64LittleEndian(field);
        id = chance.Next(4) == 0 ? (ulong)chance.Next(12) : id + (ulong)chance.Next(9) - 4;
        BinaryPrimitives.WriteUInt64LittleEndian(field, id);
    }

    private static void Resize(Draft draft, int at, SeededRandomSource chance)
    {
        var header = draft.Bytes[at..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        var to = chance.Next(8) == 0 ? chance.Next(FramingLimits.MaxPayloadBytes + 1) : chance.Next(64);
        if (to < length)
        {
            draft.Delete(at + FrameHeader.Size, length - to);
        }
        else
        {
            var room = draft.Open(at + FrameHeader.Size, to - length);
            room.Fill((byte)chance.Next(256));
            to = length + room.Length;
        }

        BinaryPrimitives.WriteInt32LittleEndian(draft.Bytes[at..], to);
    }

    private void Find(ReadOnlySpan<byte> bytes)
    {
        _count = 0;
        for (var at = start; _count < MostFrames && bytes.Length - at >= FrameHeader.Size;)
        {
            var payload = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            var trailer = (bytes[at + FlagsAt] & (int)FrameFlags.Checksum) != 0 ? FramingLimits.TrailerBytes : 0;
            var length = FrameHeader.Size + payload + trailer;
            if (payload > FramingLimits.MaxPayloadBytes || length > bytes.Length - at)
            {
                return;
            }

            _frames[_count++] = (at, (int)length);
            at += (int)length;
        }
    }
}
