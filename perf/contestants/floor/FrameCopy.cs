namespace NetCore.Bench.Contenders;

/// <summary>What an RPC does with bytes at the least: it finds the frames, and what it answers is a copy.</summary>
internal static unsafe class FrameCopy
{
    /// <summary>Answers every complete frame of the input.</summary>
    /// <param name="input">Frames of <see cref="FramedMessage"/>; the last one may be cut off.</param>
    /// <param name="bytes">How much there is.</param>
    /// <param name="output">Gets the answers, which are as long as their requests.</param>
    /// <param name="longest">Bytes that a frame may have.</param>
    /// <returns>Bytes taken and written; -1 when a header cannot be one.</returns>
    public static int Run(byte* input, int bytes, byte* output, int longest)
    {
        var offset = 0;
        while (bytes - offset >= FramedMessage.HeaderBytes)
        {
            var header = new ReadOnlySpan<byte>(input + offset, FramedMessage.HeaderBytes);
            var payload = FramedMessage.PayloadBytes(header);
            if (payload < 0 || payload > longest - FramedMessage.HeaderBytes)
            {
                return -1;
            }

            var frame = FramedMessage.HeaderBytes + payload;
            if (bytes - offset < frame)
            {
                break;
            }

            var answer = new Span<byte>(output + offset, frame);
            FramedMessage.WriteHeader(answer, payload, FramedMessage.Request(header));
            new ReadOnlySpan<byte>(input + offset + FramedMessage.HeaderBytes, payload)
                .CopyTo(answer[FramedMessage.HeaderBytes..]);
            offset += frame;
        }

        return offset;
    }
}
