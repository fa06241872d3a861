using System.Diagnostics.CodeAnalysis;

namespace NetCore.Bench.Contenders;

/// <summary>What the server of the streamjsonrpc contestant offers.</summary>
public sealed class StreamJsonRpcEcho
{
    private long _taken;

    /// <summary>Gives back what it gets.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Only instance methods are offered to callers.")]
    public ValueTask<byte[]> EchoAsync(byte[] payload) =>
        SlowCall.IsAskedFor(payload) ? EchoLaterAsync(payload) : new ValueTask<byte[]>(payload);

    /// <summary>One write of bulk; as a notification, which has no answer.</summary>
    public void Take(byte[] chunk) => _taken += chunk.Length;

    /// <summary>Bytes taken since it was asked last; notifications before it have been served.</summary>
    public long Taken()
    {
        var taken = _taken;
        _taken = 0;
        return taken;
    }

    private static async ValueTask<byte[]> EchoLaterAsync(byte[] payload)
    {
        await Task.Delay(SlowCall.Time);
        return payload;
    }
}
