using System.Text;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>The numbers of methods on the wire, the same as <c>NetCore.Rpc.MethodId</c> gives at run time.</summary>
internal static class WireIds
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a with 64 bits over the UTF-8 bytes.</summary>
    public static ulong Of(string fullName)
    {
        var hash = OffsetBasis;
        foreach (var b in Encoding.UTF8.GetBytes(fullName))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return hash;
    }
}
