using System.Globalization;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Gives each member of a generated type a name of its own, in the order of asking.</summary>
internal sealed class NameScope
{
    private readonly HashSet<string> _taken;

    public NameScope(params string[] reserved)
    {
        // A member must not hide one of object.
        _taken = new HashSet<string>(StringComparer.Ordinal)
        {
            "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        };
        _taken.UnionWith(reserved);
    }

    public bool IsTaken(string name) => _taken.Contains(name);

    /// <summary><paramref name="wish"/>, or with a number after it when that name is taken.</summary>
    public string Take(string wish)
    {
        var name = wish;
        for (var i = 2; !_taken.Add(name); i++)
        {
            name = wish + i.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
