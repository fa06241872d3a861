namespace NetCore.Rpc.Tests;

/// <summary>Methods with items in each direction; what they do is set by the test.</summary>
[RpcService(Name = "test.flows", JsonContext = typeof(WorkJson))]
public interface IFlows
{
    /// <summary>Numbers from <paramref name="from"/> on.</summary>
    IAsyncEnumerable<int> CountAsync(int from, int count, CancellationToken cancellationToken = default);

    IAsyncEnumerable<ReadOnlyMemory<byte>> BytesAsync(int count, int length, CancellationToken token = default);

    IAsyncEnumerable<Person> PeopleAsync(int count);

    ValueTask<long> SumAsync(IAsyncEnumerable<int> items, CancellationToken cancellationToken = default);

    /// <summary>All texts of the items.</summary>
    ValueTask<byte[]> JoinAsync(
        string before, IAsyncEnumerable<ReadOnlyMemory<byte>> items, string after, CancellationToken token = default);

    IAsyncEnumerable<int> ScaleAsync(int factor, IAsyncEnumerable<int> items, CancellationToken token = default);

    IAsyncEnumerable<ReadOnlyMemory<byte>> EchoAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> items, CancellationToken token = default);
}
