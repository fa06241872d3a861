using NetCore.Session;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Sessions;

/// <summary>
/// What the first bytes of an input decide: settings of the session, and what happens beside the input.
/// </summary>
internal sealed class SessionScript
{
    /// <summary>Bytes at the front of an input that are the script.</summary>
    public const int Bytes = 3;

    // A piece costs its harness up to 20 us (a block of a pool that tracks, with its stack), whatever the session does
    // with it: 61 KiB in pieces of 20 bytes were the 50 ms after which an input is said to hang.
    private const int MostSmallPieces = 250;

    private readonly int _bits;
    private readonly SeededRandomSource _chance;
    private int _pieces;

    public SessionScript(ReadOnlySpan<byte> bytes)
    {
        _bits = bytes[0] | (bytes[1] << 8);
        _chance = new SeededRandomSource((ulong)(_bits + (bytes[2] << 16)));
    }

    public SessionRole Role => Has(0) ? SessionRole.Connector : SessionRole.Acceptor;

    /// <summary>A client does it the other way: goes on where it receives, or has its topics beside calls.</summary>
    public bool Otherwise => Has(0);

    /// <summary>Streams of the peer are answered.</summary>
    public bool Answers => Has(1);

    /// <summary>Streams are opened, sent on and reset, time passes and the output stops, between two pieces.</summary>
    public bool Acts => Has(2);

    /// <summary>Some streams of the peer are refused.</summary>
    public bool Refuses => Has(3);

    /// <summary>
    /// Input comes in blocks of the pool, which are kept by reference, and not in memory that is lent.
    /// </summary>
    public bool InBlocks => Has(4);

    /// <summary>The world has little memory.</summary>
    public bool IsPoor => Has(5);

    /// <summary>This side stops in order after the input; else it aborts.</summary>
    public bool Drains => Has(6);

    public bool EndsInput => Has(7);

    public SessionOptions Options => Has(8) ? Small : Has(9) ? Packing : SessionOptions.Default;

    private static SessionOptions Small { get; } = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes,
        ConnectionWindowBytes = SessionLimits.MinWindowBytes,
        MaxMessageBytes = 40_000,
        MaxStreams = 3,
    };

    private static SessionOptions Packing { get; } = new() { Checksum = true, Compress = true };

    public int Next(int end) => _chance.Next(end);

    /// <summary>Bytes of the next piece of input. After many small ones comes all that is left.</summary>
    public int NextPiece() => _pieces++ == MostSmallPieces ? int.MaxValue : (_bits >> 10 & 3) switch
    {
        0 => int.MaxValue,
        1 => 1 + Next(40),
        2 => 1 + Next(2000),
        _ => 16 + Next(20_000),
    };

    private bool Has(int bit) => (_bits >> bit & 1) != 0;
}
