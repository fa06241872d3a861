namespace NetCore.Bench.Doctor;

/// <summary>Where things lie in the memory of a ring, from the parameters that the kernel has filled in.</summary>
internal readonly record struct RingOffsets
{
    public uint Flags { get; private init; }

    public uint Features { get; private init; }

    public uint Entries { get; private init; }

    public uint CompletionEntries { get; private init; }

    public uint Tail { get; private init; }

    public uint SubmissionFlags { get; private init; }

    public uint Array { get; private init; }

    public uint CompletionHead { get; private init; }

    public uint CompletionTail { get; private init; }

    public uint Completions { get; private init; }

    /// <param name="parameters">The 120 bytes of <c>io_uring_params</c>.</param>
    public static unsafe RingOffsets Read(uint* parameters) => new()
    {
        Entries = parameters[0],
        CompletionEntries = parameters[1],
        Flags = parameters[2],
        Features = parameters[5],
        Tail = parameters[11],
        SubmissionFlags = parameters[14],
        Array = parameters[16],
        CompletionHead = parameters[20],
        CompletionTail = parameters[21],
        Completions = parameters[25],
    };
}
