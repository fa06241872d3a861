namespace Demo.Contracts;

/// <summary>One method of each kind.</summary>
[RpcService(Name = "demo.everything", JsonContext = typeof(Json))]
public interface IEverything
{
    /// <summary>Text in, text out.</summary>
    ValueTask<string> HelloAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Nothing in, nothing out.</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask PingAsync();

    /// <summary>No answer.</summary>
    [RpcMethod(Name = "log", OneWay = true)]
    ValueTask WriteLog(string? text, Severity severity = Severity.High);

    /// <summary>Bytes of all kinds.</summary>
    ValueTask<LeasedBytes> ExchangeAsync(
        ReadOnlyMemory<byte> bytes, LeasedBytes first, byte[] array, LeasedBytes second, byte[]? optional);

    /// <summary>Values as they lie in memory.</summary>
    ValueTask<Point> MoveAsync(Guid id, Point by, bool relative, double scale = 1.5, CancellationToken token = default);

    /// <summary>Bytes where they lie.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<int> CountAsync(byte value, ReadOnlySpan<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>JSON.</summary>
    ValueTask<Profile?> FindAsync(List<string> tags, DateTimeOffset since, Profile? like = null);
}

/// <summary>How bad it is.</summary>
public enum Severity : byte
{
    /// <summary>Not.</summary>
    Low = 1,

    /// <summary>Very.</summary>
    High = 2,
}

/// <summary>A place.</summary>
public readonly record struct Point(int X, int Y);

/// <summary>A person.</summary>
public sealed record Profile(string Name);

