using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>Gives everything back; what <see cref="RunAsync"/> does is set by the test.</summary>
internal sealed class Work : IWork
{
    private int _started;
    private int _notes;

    public Func<int, CancellationToken, ValueTask<int>> OnRun { get; set; } = static (value, _) => new(value);

    public Action<int> OnNote { get; set; } = static _ => { };

    public int Started => Volatile.Read(ref _started);

    public int Notes => Volatile.Read(ref _notes);

    public ValueTask<string> TextAsync(string value) => new(value);

    public ValueTask<string?> MaybeTextAsync(string? value) => new(value);

    public ValueTask<byte[]?> ArrayAsync(byte[]? value) => new(value);

    public ValueTask<ReadOnlyMemory<byte>> MemoryAsync(ReadOnlyMemory<byte> value) => new(value);

    public ValueTask<LeasedBytes> LeaseAsync(LeasedBytes value) => new(value);

    public ValueTask<Place> MoveAsync(Guid id, Place by, bool back, double scale)
    {
        var sign = back ? -1 : 1;
        return new(new Place(by.X * sign, (long)(by.Y * scale) + (id == Guid.Empty ? 0 : 7)));
    }

    public ValueTask<Person?> PersonAsync(Person? value) => new(value);

    public ValueTask NothingAsync() => default;

    public ValueTask NoteAsync(int value)
    {
        Interlocked.Increment(ref _notes);
        OnNote(value);
        return default;
    }

    public ValueTask<int> RunAsync(int value, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        return OnRun(value, cancellationToken);
    }

    public ValueTask<int> PlainAsync(int value)
    {
        Interlocked.Increment(ref _started);
        return OnRun(value, CancellationToken.None);
    }
}
