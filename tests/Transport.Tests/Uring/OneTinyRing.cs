using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>One reactor with the smallest ring and four buffers.</summary>
public sealed class OneTinyRing : UringTcpEngine
{
    internal UringSet Ring1 => Sets.Single();

    protected override int Reactors => 1;

    private protected override UringSettings Settings => TinySettings;
}
