using System.Text;

namespace NetCore.Rpc;

/// <summary>
/// The 64-bit number that stands for a method on the wire: FNV-1a over the UTF-8 bytes of its full name.
/// </summary>
/// <remarks>
/// Eight bytes instead of a name per call. Two names of one server with the same number are refused when the server is
/// made (with 10,000 methods the odds are 1 in 10^11), so a number never reaches the wrong method.
/// </remarks>
public static class MethodId
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The number of <paramref name="fullName"/>, which is <c>service/method</c>.</summary>
    public static ulong Of(string fullName)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullName);
        var hash = OffsetBasis;
        foreach (var b in Encoding.UTF8.GetBytes(fullName))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return hash;
    }
}
