namespace NetCore.Rpc.Tests;

/// <summary>Methods that say themselves where they start.</summary>
[RpcService(Name = "test.lanes", JsonContext = typeof(WorkJson))]
public interface ILanes
{
    /// <summary>Its course is set by the test.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<int> RunAsync(int value, CancellationToken cancellationToken = default);

    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<Place> MoveAsync(Place by);

    /// <summary>The bytes that the server keeps, when they are the same.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<ReadOnlyMemory<byte>> SameAsync(ReadOnlySpan<byte> bytes);

    /// <summary>A text, a number and the sum of the bytes.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<string> DescribeAsync(
        string text, int number, ReadOnlySpan<byte> bytes, CancellationToken token = default);

    /// <summary>JSON before bytes.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<int> ParseAsync(Person person, ReadOnlySpan<byte> bytes);

    /// <summary>Two memories, of which the second one is a span.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<byte[]> JoinAsync(ReadOnlyMemory<byte> first, ReadOnlySpan<byte> second);

    [RpcMethod(Lane = RpcLane.Inline, OneWay = true)]
    ValueTask NoteAsync(ReadOnlySpan<byte> bytes);

    /// <summary>The sum of the bytes, some time after the call was started.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<int> LaterAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>The same as <see cref="RunAsync"/> in the pool.</summary>
    ValueTask<int> PoolAsync(int value, CancellationToken cancellationToken = default);
}
