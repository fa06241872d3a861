namespace NetCore.Fuzz;

/// <summary>An entry point: takes any bytes, and throws only when a law is broken.</summary>
/// <param name="Name">What it is called on the command line; its corpus is <c>corpus/NAME.txt</c>.</param>
/// <param name="Run">The entry point. The input may lie in native memory that ends where the input does.</param>
/// <param name="OptionBytes">Bytes at the front that choose settings and are no input of the decoder.</param>
/// <param name="Framed">The rest is frames of the NetCore wire, which are mutated as such.</param>
/// <param name="Words">What the decoder looks for.</param>
internal sealed record FuzzTarget(
    string Name,
    Action<ReadOnlyMemory<byte>> Run,
    int OptionBytes = 0,
    bool Framed = false,
    params string[] Words);
