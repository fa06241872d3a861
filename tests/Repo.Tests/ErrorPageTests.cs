using NetCore.PubSub;
using NetCore.Rpc;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Repo.Tests;

public class ErrorPageTests
{
    public static TheoryData<Type> Reasons =>
    [
        typeof(RpcErrorCode), typeof(PubSubErrorCode), typeof(TransportError), typeof(SessionError), typeof(ResetCode),
    ];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void The_page_of_errors_has_every_reason_in_the_section_of_its_enum(Type reasons) => Violations.AssertNone(
        Enum.GetNames(reasons).Except(NamesIn(Repository.Get("docs/errors.md").Text, reasons.Name)),
        $"Add to docs/errors.md, '### {reasons.Name}', a line for each of:");

    [Theory]
    [MemberData(nameof(Reasons))]
    public void The_page_of_errors_names_no_reason_that_is_not_there(Type reasons) => Violations.AssertNone(
        NamesIn(Repository.Get("docs/errors.md").Text, reasons.Name).Except(Enum.GetNames(reasons)),
        $"Take out of docs/errors.md, '### {reasons.Name}':");

    [Fact]
    public void A_name_counts_only_in_the_first_column_of_its_own_section() => Assert.Equal(
        ["A", "B"], NamesIn("### Other: x\n| `D` |\n### One: y\n| `A` | `C` |\n| `B` | |\n## Next\n| `E` |\n", "One"));

    private static IEnumerable<string> NamesIn(string page, string section) => page.Split('\n')
        .SkipWhile(line => !line.StartsWith($"### {section}:", StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => !line.StartsWith('#'))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('`')[1]);
}
