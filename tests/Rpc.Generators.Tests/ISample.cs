using NetCore.Core;

namespace NetCore.Rpc.Generators.Tests;

/// <summary>A contract whose code the compiler of this project generates, with one method per way of writing.</summary>
[RpcService(JsonContext = typeof(SampleJson))]
internal interface ISample
{
    ValueTask<string?> TextAsync(string? text);

    ValueTask<string> StrictAsync(string text, string more);

    ValueTask<byte[]?> ArrayAsync(byte[]? bytes);

    ValueTask<byte[]> BytesAsync(ReadOnlyMemory<byte> bytes);

    ValueTask<LeasedBytes> LeasedAsync(string before, LeasedBytes bytes, string after);

    ValueTask<bool> NotAsync(bool value);

    ValueTask<SampleValues> ValuesAsync(SampleValues values, DayOfWeek day, Guid id, Int128 large, double real);

    ValueTask<List<SamplePerson?>> JsonAsync(SamplePerson person, DateTimeOffset? since, Dictionary<string, Uri>? map);

    ValueTask NothingAsync(CancellationToken cancellationToken = default);

    [RpcMethod(OneWay = true)]
    ValueTask TellAsync(int value);

    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<int> SumAsync(int start, ReadOnlySpan<byte> bytes);
}
