using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>Errors of this layer as codes of a reset: 512 and the error, out of the way of the session's own.</summary>
internal static class ResetCodes
{
    private const uint First = 512;

    public static ResetCode Of(PubSubErrorCode code) => (ResetCode)(First + (uint)code);

    /// <summary>What a peer meant by a reset.</summary>
    public static PubSubErrorCode ToError(ResetCode code) => code switch
    {
        ResetCode.NoSuchProtocol or ResetCode.Refused => PubSubErrorCode.NotServed,
        ResetCode.MessageTooLarge => PubSubErrorCode.MessageTooLarge,
        ResetCode.OutOfMemoryBudget => PubSubErrorCode.OutOfMemoryBudget,
        > (ResetCode)First and <= (ResetCode)(First + (uint)PubSubErrorCode.FlowControl) =>
            (PubSubErrorCode)((uint)code - First),
        _ => PubSubErrorCode.Unavailable,
    };
}
