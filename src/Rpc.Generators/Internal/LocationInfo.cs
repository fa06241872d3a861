using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>A place in the source without the syntax tree, which would keep a whole compilation alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo? Of(Location? location) =>
        location is { SourceTree: { } tree }
            ? new LocationInfo(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
            : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
