namespace NetCore.Bench;

/// <summary>A server that answers each request with its payload until it is disposed.</summary>
internal interface IEchoServer : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port.</summary>
    Uri Address { get; }
}
