using System.Text;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>
/// The first 4 bytes of a response: code, execution, two zero bytes. After an error follows its text.
/// </summary>
internal readonly record struct ResponseHeader(RpcErrorCode Code, RpcExecution Execution) : IHeader
{
    public const int Size = 4;

    public void Write(OutgoingMessage message)
    {
        var span = message.Reserve(Size);
        span[0] = (byte)Code;
        span[1] = (byte)Execution;
        span[2] = span[3] = 0;
    }

    /// <summary>False when the bytes are no response of this version.</summary>
    public static bool TryRead(in IncomingMessage message, out ResponseHeader header)
    {
        header = default;
        if (message.Length < Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        message.CopyTo(0, bytes);
        header = new ResponseHeader((RpcErrorCode)bytes[0], (RpcExecution)bytes[1]);
        return header.Code <= RpcErrorCode.Rejected && header.Execution <= RpcExecution.Executed
            && bytes[2] == 0 && bytes[3] == 0;
    }

    /// <summary>The text of an error.</summary>
    public static string ReadDetail(in IncomingMessage message)
    {
        var length = Math.Min(message.Length - Size, RpcLimits.MaxErrorDetailBytes);
        Span<byte> bytes = stackalloc byte[length];
        message.CopyTo(Size, bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
