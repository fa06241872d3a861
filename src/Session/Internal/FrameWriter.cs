using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>Writes chosen frames into a send batch: short payloads are copied, longer ones linked.</summary>
internal static class FrameWriter
{
    /// <summary>Writes the frames; their parts belong to this call, also when it throws.</summary>
    /// <param name="batch">Where to; the frames were chosen to fit.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="compress">Whether payloads that are worth it are compressed.</param>
    public static void WriteAll(ref SendBatch batch, Span<OutFrame> frames, bool compress)
    {
        if (frames.Length == 1 && TryLinkAlone(ref batch, ref frames[0]))
        {
            return;
        }

        var left = 0;
        foreach (ref readonly var frame in frames)
        {
            left += RoomFor(in frame);
        }

        var written = 0;
        try
        {
            for (; written < frames.Length; written++)
            {
                left -= RoomFor(in frames[written]);
                Write(ref batch, ref frames[written], left, compress);
            }
        }
        catch
        {
            // No block to copy into, or a broken rule; the connection is aborted by the engine.
            foreach (ref readonly var frame in frames[written..])
            {
                frame.Part.Release();
            }

            throw;
        }
    }

    private static int RoomFor(in OutFrame frame) => frame.Header.Kind is FrameKind.Open or FrameKind.Data
        ? frame.Header.WireLength
        : SessionLimits.MaxControlFrameBytes;

    private static void Write(ref SendBatch batch, ref OutFrame frame, int laterBytes, bool compress)
    {
        if (frame.Header.Kind is not (FrameKind.Open or FrameKind.Data))
        {
            WriteControl(ref batch, in frame);
            return;
        }

        var length = frame.Part.Length;
        if (length > SessionLimits.CompressAboveBytes && compress && TryWriteCompressed(ref batch, in frame))
        {
            frame.Part.Release();
        }
        else if (length <= SessionLimits.CopyIntoBatchBytes || !CanLink(in batch, in frame, laterBytes))
        {
            WriteCopy(ref batch, in frame);
            frame.Part.Release();
        }
        else if (frame.Part.HasFrameRoom)
        {
            LinkFrame(ref batch, ref frame);
        }
        else
        {
            WriteLinked(ref batch, ref frame);
        }
    }

    // A short frame that has a send for itself goes out in its own block: renting one to copy it into costs more.
    private static bool TryLinkAlone(ref SendBatch batch, ref OutFrame frame)
    {
        if (!frame.Part.HasFrameRoom || frame.Part.Length > SessionLimits.CopyIntoBatchBytes || batch.SegmentsFull)
        {
            return false;
        }

        LinkFrame(ref batch, ref frame);
        return true;
    }

    private static void LinkFrame(ref SendBatch batch, ref OutFrame frame)
    {
        var memory = frame.Part.Frame(frame.Header.WireLength);
        FrameEncoder.WriteHeader(memory, frame.Header);
        WriteTrailer(memory, frame.Header);
        var lease = frame.Part.ToFrameLease(frame.Header.WireLength);
        frame.Part = default;
        batch.Link(lease);
    }

    private static bool CanLink(in SendBatch batch, in OutFrame frame, int laterBytes) =>
        !batch.SegmentsFull
        && batch.RemainingAfterLink(frame.Header.WireLength)
            >= laterBytes + FrameHeader.Size + FramingLimits.TrailerBytes;

    private static void WriteControl(ref SendBatch batch, in OutFrame frame)
    {
        var span = batch.GetSpan(SessionLimits.MaxControlFrameBytes);
        var length = frame.Control.Write(frame.Header.Kind, span[FrameHeader.Size..]);
        var header = frame.Header with { PayloadLength = length };
        FrameEncoder.WriteHeader(span, header);
        WriteTrailer(span, header);
        batch.Advance(header.WireLength);
    }

    private static void WriteCopy(ref SendBatch batch, in OutFrame frame)
    {
        var span = batch.GetSpan(frame.Header.WireLength);
        FrameEncoder.TryWrite(span, frame.Header, frame.Part.Bytes, out var written);
        batch.Advance(written);
    }

    private static bool TryWriteCompressed(ref SendBatch batch, in OutFrame frame)
    {
        var span = batch.GetSpan(frame.Header.WireLength);
        if (!FrameEncoder.TryCompress(frame.Part.Bytes, span[FrameHeader.Size..], out var compressed))
        {
            return false;
        }

        var header = frame.Header with
        {
            PayloadLength = compressed,
            Flags = frame.Header.Flags | FrameFlags.Compressed,
        };
        FrameEncoder.WriteHeader(span, header);
        WriteTrailer(span, header);
        batch.Advance(header.WireLength);
        return true;
    }

    private static void WriteLinked(ref SendBatch batch, ref OutFrame frame)
    {
        var span = batch.GetSpan(FrameHeader.Size);
        FrameEncoder.WriteHeader(span, frame.Header);
        var crc = Crc32C.Compute(span[..FrameHeader.Size]);
        batch.Advance(FrameHeader.Size);
        if ((frame.Header.Flags & FrameFlags.Checksum) == 0)
        {
            LinkPayload(ref batch, ref frame);
            return;
        }

        crc = Crc32C.Append(crc, frame.Part.Bytes);
        LinkPayload(ref batch, ref frame);
        var trailer = batch.GetSpan(FramingLimits.TrailerBytes);
        batch.Advance(FrameEncoder.WriteTrailer(trailer, crc));
    }

    // From here on the batch owns the bytes, also when a later step of this frame fails.
    private static void LinkPayload(ref SendBatch batch, ref OutFrame frame)
    {
        var lease = frame.Part.ToPayloadLease();
        frame.Part = default;
        batch.Link(lease);
    }

    private static void WriteTrailer(Span<byte> frame, in FrameHeader header)
    {
        if ((header.Flags & FrameFlags.Checksum) != 0)
        {
            var end = FrameHeader.Size + header.PayloadLength;
            FrameEncoder.WriteTrailer(frame[end..], Crc32C.Compute(frame[..end]));
        }
    }
}
