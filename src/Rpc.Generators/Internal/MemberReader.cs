using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Tells the members of a contract that are sent from those that are not.</summary>
internal static class MemberReader
{
    /// <summary>True for a method without a body. Members with one are not sent; others are reported.</summary>
    public static bool IsSent(ISymbol member, ReportSink sink)
    {
        if (member.IsStatic && member.IsAbstract)
        {
            if (!IsAccessor(member))
            {
                sink.Report(Rules.Static, member, member.Name);
            }

            return false;
        }

        if (member is IMethodSymbol method)
        {
            return IsSentMethod(method, sink);
        }

        if (member is { IsAbstract: true, Kind: SymbolKind.Property or SymbolKind.Event })
        {
            var what = member is IPropertySymbol { IsIndexer: true } ? "an indexer"
                : member is IPropertySymbol ? "a property" : "an event";
            var cure = member is IPropertySymbol ? "Write a method that returns ValueTask<T>"
                : "Write a method that the other side calls, on a contract of its own";
            sink.Report(Rules.Member, member, member.Name, what, cure);
        }

        return false;
    }

    private static bool IsSentMethod(IMethodSymbol method, ReportSink sink)
    {
        if (IsAccessor(method) || method.MethodKind != MethodKind.Ordinary)
        {
            return false;
        }

        if (!method.IsAbstract)
        {
            if (Attributes.Find(method, "RpcMethodAttribute") is not null)
            {
                sink.Report(
                    Rules.Member, method, method.Name, "a method with a body", "Remove the body or [RpcMethod]");
            }

            return false;
        }

        if (method.DeclaredAccessibility != Accessibility.Public)
        {
            sink.Report(Rules.Member, method, method.Name, "not public", "Remove its access modifier");
            return false;
        }

        return true;
    }

    private static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };
}
