using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>What stands before the body of a message.</summary>
internal interface IHeader
{
    void Write(OutgoingMessage message);
}
