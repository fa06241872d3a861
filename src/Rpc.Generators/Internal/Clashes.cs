using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Finds methods that the wire cannot tell apart.</summary>
internal static class Clashes
{
    /// <summary>Checks the last of <paramref name="methods"/> against those before it.</summary>
    public static void Check(ISymbol member, MethodModel method, List<MethodModel> methods, ReportSink sink)
    {
        foreach (var other in methods)
        {
            if (ReferenceEquals(other, method))
            {
                return;
            }

            if (other.WireName == method.WireName)
            {
                sink.Report(Rules.DuplicateName, member, method.Name, method.WireName);
                return;
            }

            if (other.Id == method.Id)
            {
                sink.Report(Rules.DuplicateId, member, method.Name, other.Name);
                return;
            }
        }
    }
}
