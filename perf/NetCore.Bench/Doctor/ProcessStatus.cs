using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>Lines <c>Name: value</c> of <c>/proc/self/status</c>.</summary>
internal sealed class ProcessStatus(string text)
{
    private const int IpcLock = 14;
    private const int SysAdmin = 21;

    /// <summary>0 off, 1 strict, 2 a filter decides about system calls; null when the kernel does not say.</summary>
    public int? Seccomp =>
        int.TryParse(Field("Seccomp"), NumberStyles.None, CultureInfo.InvariantCulture, out var mode) ? mode : null;

    /// <summary>Memory of rings is not counted against the limit of locked memory.</summary>
    public bool MayLockMemory => Has(IpcLock);

    public bool MayAdministrate => Has(SysAdmin);

    public string? Field(string name)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(name + ":", StringComparison.Ordinal))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }

    private bool Has(int capability) =>
        ulong.TryParse(Field("CapEff"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set)
        && (set >> capability & 1) != 0;
}
