using NetCore.Core;

namespace NetCore.Rpc.Generators.Tests;

/// <summary>Gives back what it gets.</summary>
internal sealed class SampleService : ISample
{
    public TaskCompletionSource<int> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken Token { get; private set; }

    public ValueTask<string?> TextAsync(string? text) => new(text);

    public async ValueTask<string> StrictAsync(string text, string more)
    {
        await Task.Yield();
        return text == "null" ? null! : text + more;
    }

    public ValueTask<byte[]?> ArrayAsync(byte[]? bytes) => new(bytes);

    public ValueTask<byte[]> BytesAsync(ReadOnlyMemory<byte> bytes) => new(bytes.ToArray());

    public ValueTask<LeasedBytes> LeasedAsync(string before, LeasedBytes bytes, string after) => new(bytes);

    public ValueTask<bool> NotAsync(bool value) => new(!value);

    public ValueTask<SampleValues> ValuesAsync(
        SampleValues values, DayOfWeek day, Guid id, Int128 large, double real) =>
        day == DayOfWeek.Friday && id == new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) && large == Int128.MinValue
            && real == Math.PI
            ? new(values)
            : throw new ArgumentException("Something was lost on the way.");

    public ValueTask<List<SamplePerson?>> JsonAsync(
        SamplePerson person, DateTimeOffset? since, Dictionary<string, Uri>? map) =>
        new([person, null, person with { Age = since is null ? 0 : map!.Count }]);

    public ValueTask NothingAsync(CancellationToken cancellationToken = default)
    {
        Token = cancellationToken;
        return default;
    }

    public ValueTask<int> SumAsync(int start, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            start += b;
        }

        return new(start);
    }

    public ValueTask TellAsync(int value)
    {
        Told.TrySetResult(value);
        return default;
    }
}
