using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>Header and body into one message.</summary>
internal static class MessageEncoding
{
    /// <summary>Writes both. The leases in <paramref name="value"/> are taken over whatever happens.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory; the caller drops the message.</exception>
    public static void Write<THeader, TValue>(
        THeader header, IMessageCodec<TValue> codec, in TValue value, OutgoingMessage message)
        where THeader : struct, IHeader
    {
        var writer = new RpcWriter(message);
        try
        {
            header.Write(message);
        }
        catch (ByteBudgetExceededException)
        {
            // Only the codec knows the leases of its value: it hands them to the message, or drops them when it fails.
            codec.Encode(in value, writer);
            throw;
        }

        codec.Encode(in value, writer);
    }
}
