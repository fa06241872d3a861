using System.Text.Json.Serialization;
using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>One method for each kind of value, and one whose course the test decides.</summary>
[RpcService(Name = "test.work", JsonContext = typeof(WorkJson))]
public interface IWork
{
    ValueTask<string> TextAsync(string value);

    ValueTask<string?> MaybeTextAsync(string? value);

    ValueTask<byte[]?> ArrayAsync(byte[]? value);

    ValueTask<ReadOnlyMemory<byte>> MemoryAsync(ReadOnlyMemory<byte> value);

    ValueTask<LeasedBytes> LeaseAsync(LeasedBytes value);

    ValueTask<Place> MoveAsync(Guid id, Place by, bool back, double scale);

    ValueTask<Person?> PersonAsync(Person? value);

    ValueTask NothingAsync();

    [RpcMethod(OneWay = true)]
    ValueTask NoteAsync(int value);

    ValueTask<int> RunAsync(int value, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="RunAsync"/>, for handlers that want no token.</summary>
    ValueTask<int> PlainAsync(int value);
}

public readonly record struct Place(long X, long Y);

public sealed record Person(string Name, List<string> Tags);

[JsonSerializable(typeof(Person))]
internal sealed partial class WorkJson : JsonSerializerContext;
