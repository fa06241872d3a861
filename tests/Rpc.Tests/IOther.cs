namespace NetCore.Rpc.Tests;

/// <summary>A second service of the same server.</summary>
[RpcService(Name = "test.other")]
public interface IOther
{
    ValueTask<int> AddAsync(int a, int b);
}

internal sealed class Other : IOther
{
    public ValueTask<int> AddAsync(int a, int b) => new(a + b);
}
