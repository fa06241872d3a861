namespace NetCore.Transport.Internal;

/// <summary>What names a connection in logs and to its user.</summary>
internal sealed record ConnectionIdentity(string Id, string Backend, TransportAddress Local, TransportAddress Remote);
