namespace NetCore.Native.Tests;

/// <summary>A name of ours, that of the kernel's header, the value and the kernel that brought it.</summary>
internal sealed record UringConstant(Type Type, string Member, string HeaderName, ulong Value, string Since)
{
    public override string ToString() => $"{Type.Name}.{Member} ({HeaderName})";
}
