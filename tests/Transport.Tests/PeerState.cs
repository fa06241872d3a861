using System.Globalization;

namespace NetCore.Transport.Tests;

/// <summary>What a <see cref="PeerProcess"/> tells of itself.</summary>
/// <param name="Accepted">Connections so far.</param>
/// <param name="Errors">Failed accepts so far.</param>
/// <param name="Open">Connections now.</param>
/// <param name="Wrong">Streams that were not what they should be.</param>
/// <param name="Blocks">Rented blocks.</param>
/// <param name="Bytes">Managed memory.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Backend">Engine.</param>
/// <param name="FirstWrong">What was wrong first.</param>
internal sealed record PeerState(
    int Accepted,
    int Errors,
    int Open,
    int Wrong,
    long Blocks,
    long Bytes,
    int Descriptors,
    string Backend,
    string FirstWrong)
{
    public static PeerState Parse(string line)
    {
        var words = line.Split(' ', 9);
        return new PeerState(
            Int(0), Int(1), Int(2), Int(3), Long(4), Long(5), Int(6), words[7], words[8]);

        int Int(int index) => (int)Long(index);
        long Long(int index) => long.Parse(words[index], CultureInfo.InvariantCulture);
    }
}
