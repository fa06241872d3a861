using Xunit.v3;

namespace NetCore.Testing;

/// <summary>For the nightly run only: <c>./build.sh --target=Nightly</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NightlyAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Run", "Nightly")];
}
