using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>The two numbers of a kernel release that features are counted by.</summary>
internal readonly record struct KernelVersion(int Major, int Minor) : IComparable<KernelVersion>
{
    /// <summary>Of <c>6.18.44-fc-v769</c> the 6.18; null when the text begins otherwise.</summary>
    public static KernelVersion? Parse(string release)
    {
        var parts = release.Split('.', 3);
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(string.Concat(parts[1].TakeWhile(char.IsAsciiDigit)), out var minor)
                ? new KernelVersion(major, minor)
                : null;
    }

    public int CompareTo(KernelVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public bool IsBefore(int major, int minor) => CompareTo(new KernelVersion(major, minor)) < 0;

    public override string ToString() => $"{Major}.{Minor}";
}
