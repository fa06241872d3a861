using Xunit.v3;

namespace NetCore.Transport.Tests;

/// <summary>For the nightly run only: <c>./build.sh --target=Nightly</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NightlyAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Run", "Nightly")];
}
