namespace NetCore.Rpc.Tests;

/// <summary>What <see cref="RunAsync"/> does is set by the test.</summary>
internal sealed class Lanes : ILanes
{
    private int _notes;
    private byte[] _last = [];

    public Func<int, CancellationToken, ValueTask<int>> OnRun { get; set; } = static (value, _) => new(value);

    public Action OnNote { get; set; } = static () => { };

    /// <summary>Bytes of all notes so far.</summary>
    public int Notes => Volatile.Read(ref _notes);

    public ValueTask<int> RunAsync(int value, CancellationToken cancellationToken) => OnRun(value, cancellationToken);

    public ValueTask<int> PoolAsync(int value, CancellationToken cancellationToken) => OnRun(value, cancellationToken);

    public ValueTask<Place> MoveAsync(Place by) => new(new Place(by.X + 1, by.Y + 2));

    public ValueTask<ReadOnlyMemory<byte>> SameAsync(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.SequenceEqual(_last))
        {
            _last = bytes.ToArray();
        }

        return new(_last);
    }

    public ValueTask<string> DescribeAsync(string text, int number, ReadOnlySpan<byte> bytes, CancellationToken token)
    {
        var sum = 0L;
        foreach (var b in bytes)
        {
            sum += b;
        }

        return new($"{text} {number} {bytes.Length} {sum}");
    }

    public ValueTask<int> ParseAsync(Person person, ReadOnlySpan<byte> bytes) =>
        new(person.Tags.Count + bytes.Length);

    public ValueTask<byte[]> JoinAsync(ReadOnlyMemory<byte> first, ReadOnlySpan<byte> second) =>
        new([.. first.Span, .. second]);

    public async ValueTask<int> LaterAsync(ReadOnlyMemory<byte> bytes)
    {
        await OnRun(0, CancellationToken.None);
        var sum = 0;
        foreach (var b in bytes.Span)
        {
            sum += b;
        }

        return sum;
    }

    public ValueTask NoteAsync(ReadOnlySpan<byte> bytes)
    {
        OnNote();
        Interlocked.Add(ref _notes, bytes.Length);
        return default;
    }
}
