using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>Translates what the session and the broker report into exceptions.</summary>
internal static class ErrorTexts
{
    public static PubSubException OfStream(in StreamEnd end, bool closing) => end.Kind switch
    {
        StreamEndKind.Completed => new(
            PubSubErrorCode.Stopping, closing ? "The client is closed." : "The broker has ended the topics."),
        StreamEndKind.ResetByPeer => OfReset(ResetCodes.ToError(end.Code)),
        StreamEndKind.NotAccepted => new(PubSubErrorCode.NotServed, "The peer is stopping."),
        StreamEndKind.SessionClosed => new(
            closing ? PubSubErrorCode.Stopping : PubSubErrorCode.Unavailable,
            $"The session has ended: {end.Close.Error}. {end.Close.Detail}"),
        _ => new(PubSubErrorCode.Unavailable, $"The stream of topics has ended: {end.Kind}."),
    };

    public static PubSubException OfSubscription(PubSubErrorCode code, Subscription subscription) => new(
        code,
        $"The subscription of {subscription.Pattern} was refused or has ended: " + code switch
        {
            PubSubErrorCode.InvalidTopic => "the broker finds the pattern, or the group, malformed.",
            PubSubErrorCode.TooMany => $"a connection has {PubSubLimits.MaxSubscriptionsPerConnection} at most, and a "
                + "broker BrokerOptions.MaxSubscriptions.",
            PubSubErrorCode.SlowSubscriber => "it did not keep up, and its rule is to end then.",
            PubSubErrorCode.BlockingNotAllowed =>
                "no rule of the broker's owner lets it block all of these topics (TopicRule.AllowBlocking).",
            PubSubErrorCode.SnapshotTooLarge =>
                "the last values do not fit its bounds (SubscriptionOptions.MaxItems and MaxBytes).",
            _ => $"{code}.",
        });

    private static PubSubException OfReset(PubSubErrorCode code) => new(code, code switch
    {
        PubSubErrorCode.NotServed =>
            "The peer serves no topics on this connection, or another client has taken them already.",
        PubSubErrorCode.Stopping => "The broker is stopping.",
        PubSubErrorCode.ProtocolViolation => "The broker found that this client broke the protocol of topics.",
        _ => $"The broker has ended the topics of this connection: {code}.",
    });
}
