using Google.Protobuf;

namespace NetCore.Bench.Contenders;

/// <summary>The two requests of a caller as messages, made once.</summary>
internal sealed class CallerRequests(Caller caller)
{
    private EchoRequest? _usual;
    private EchoRequest? _slow;

    public EchoRequest Next => caller.IsSlow ? _slow ??= New() : _usual ??= New();

    private EchoRequest New() => new() { Payload = ByteString.CopyFrom(caller.Request) };
}
