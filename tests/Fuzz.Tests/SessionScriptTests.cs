using NetCore.Fuzz.Driver;
using NetCore.Fuzz.Sessions;

namespace NetCore.Fuzz.Tests;

/// <summary>What the first bytes of an input decide.</summary>
public sealed class SessionScriptTests
{
    // Each costs its harness about 10 us, and an input that takes 50 ms is said to hang.
    private const int MostPieces = 300;

    [Fact]
    public void The_longest_input_comes_in_few_pieces_whatever_its_script()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits += 97)
        {
            var script = new SessionScript([(byte)bits, (byte)(bits >> 8), (byte)(bits % 251)]);
            var pieces = 0;
            for (long arrived = 0; arrived < WorkerFile.InputBytes; arrived += script.NextPiece())
            {
                pieces++;
            }

            Assert.InRange(pieces, 1, MostPieces);
        }
    }
}
