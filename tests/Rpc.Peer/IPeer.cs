namespace NetCore.Rpc.Peer;

/// <summary>What the server in the other process does.</summary>
[RpcService(Name = "test.peer")]
public interface IPeer
{
    /// <summary>Gives the value back.</summary>
    ValueTask<int> EchoAsync(int value);

    /// <summary>Never answers.</summary>
    ValueTask HangAsync();

    /// <summary>The next bytes to this client's machine are random.</summary>
    ValueTask PoisonAsync();
}
