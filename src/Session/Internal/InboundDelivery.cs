using NetCore.Core;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>Hands messages to their streams: expands, puts fragments together, reports ends. Receive callbacks only.</summary>
internal sealed class InboundDelivery(PeerSession session, BlockPool blocks)
{
    /// <summary>Does what the core decided about the frame; false when its payload cannot be expanded.</summary>
    public bool Deliver(in ReceivedData data, ref InFrame frame)
    {
        if (frame.Action == InAction.End)
        {
            frame.Stream!.OnEnded(in frame.End);
            return true;
        }

        if (frame.Action is not (InAction.Assemble or InAction.Deliver or InAction.DeliverAndEnd))
        {
            return true;
        }

        try
        {
            return (frame.Header.Flags & FrameFlags.Compressed) != 0
                ? DeliverExpanded(in data, ref frame)
                : DeliverPlain(in data, ref frame);
        }
        catch (ByteBudgetExceededException)
        {
            frame.Assembly?.Close();
            EndForMemory(ref frame);
            return true;
        }
    }

    private static bool DeliverPlain(in ReceivedData data, ref InFrame frame)
    {
        var isLast = (frame.Header.Flags & FrameFlags.End) != 0;
        if (frame.Action == InAction.Assemble)
        {
            frame.Assembly!.Append(in data, frame.PayloadOffset, frame.MessageBytes);
        }
        else if (frame.Assembly is { } assembly)
        {
            assembly.Append(in data, frame.PayloadOffset, frame.MessageBytes);
            DeliverAssembled(ref frame, assembly, isLast);
        }
        else
        {
            frame.Stream!.OnMessage(new IncomingMessage(in data, frame.PayloadOffset, frame.MessageBytes, isLast));
            Complete(ref frame);
        }

        return true;
    }

    private bool DeliverExpanded(in ReceivedData data, ref InFrame frame)
    {
        var block = blocks.Rent(BlockSize.Medium, "expanded payload");
        var view = new FrameView(frame.Header, data.Span.Slice(frame.PayloadOffset, frame.Header.PayloadLength));
        if (FrameDecoder.TryDecompress(in view, block.Span, out var length) != FrameStatus.Complete)
        {
            block.Release();
            return false;
        }

        var expanded = new LeasedBytes(new Lease(block, 0, length));
        var isLast = (frame.Header.Flags & FrameFlags.End) != 0;
        if (frame.Assembly is { } assembly)
        {
            assembly.Append(expanded);
            if (frame.Action != InAction.Assemble)
            {
                DeliverAssembled(ref frame, assembly, isLast);
            }
        }
        else
        {
            using (expanded)
            {
                frame.Stream!.OnMessage(new IncomingMessage(expanded, isLast));
            }

            Complete(ref frame);
        }

        return true;
    }

    private static void DeliverAssembled(ref InFrame frame, StreamAssembly assembly, bool isLast)
    {
        if (assembly.TryTake(out var message))
        {
            using (message)
            {
                frame.Stream!.OnMessage(new IncomingMessage(message, isLast));
            }

            Complete(ref frame);
        }
        else if (frame.Action == InAction.DeliverAndEnd)
        {
            // An earlier fragment found no memory when the core had already ended the stream with this one.
            frame.Stream!.OnEnded(new StreamEnd(StreamEndKind.OutOfMemoryBudget, default, true, default));
        }
    }

    private static void Complete(ref InFrame frame)
    {
        if (frame.Action == InAction.DeliverAndEnd)
        {
            frame.Stream!.OnEnded(new StreamEnd(StreamEndKind.Completed, default, true, default));
        }
    }

    private void EndForMemory(ref InFrame frame)
    {
        var stream = frame.Stream!;
        if (frame.Action == InAction.DeliverAndEnd || session.TryReset(stream, stream.Life, ResetCode.OutOfMemoryBudget, out _))
        {
            stream.OnEnded(new StreamEnd(StreamEndKind.OutOfMemoryBudget, default, true, default));
        }
    }
}
