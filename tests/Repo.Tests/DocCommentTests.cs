using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCore.Repo.Tests;

public partial class DocCommentTests
{
    // A number without its derivation is a guess; the shortest derivation so far has about this many characters.
    private const int ShortestDerivation = 40;

    [Fact]
    public void No_doc_tag_is_empty() => Violations.AssertNone(
        Repository.FilesIn(".cs", "src", "tests", "samples", "perf").SelectMany(EmptyTags),
        "Write the sentence or delete the tag:");

    [Fact]
    public void Every_limit_says_where_its_number_comes_from() => Violations.AssertNone(
        Repository.FilesIn("Limits.cs", "src").SelectMany(UnexplainedLimits),
        $"Give the derivation in the doc comment, at least {ShortestDerivation} characters:");

    [Theory]
    [InlineData("/// <param name=\"x\"></param>")]
    [InlineData("/// <param name=\"x\"/>")]
    [InlineData("/// <summary/>")]
    [InlineData("/// <returns> </returns>")]
    [InlineData("/// <summary>\n    /// </summary>")]
    public void An_empty_tag_is_found(string comment) =>
        Assert.Single(EmptyTags(new SourceFile("src/A.cs", $"class A\n{{\n    {comment}\n    void M();\n}}\n")));

    [Fact]
    public void Tags_that_carry_something_are_let_through() => Assert.Empty(EmptyTags(new SourceFile(
        "src/A.cs", "/// <inheritdoc/>\n/// <summary>See <see cref=\"A\"/>.</summary>\nclass A;\n")));

    [Fact]
    public void A_limit_without_a_derivation_is_found()
    {
        const string good = "/// <summary>Bytes of a frame: a quarter of the page that it has to fit into.</summary>\n";
        const string text = "static class ALimits\n{\n    /// <summary>Bytes.</summary>\n    public const int A = 1;\n"
            + "    public const int B = 2;\n    " + good + "    public const int C = 3;\n}\n";
        Assert.Equal(2, UnexplainedLimits(new SourceFile("src/A/ALimits.cs", text)).Count());
    }

    private static IEnumerable<string> EmptyTags(SourceFile file)
    {
        // Joined into one text per comment, so that a tag which is empty over three lines is empty too.
        var comments = CommentBlock().Matches(file.Text);
        foreach (Match comment in comments)
        {
            var joined = Slashes().Replace(comment.Value, " ");
            foreach (Match tag in EmptyTag().Matches(joined))
            {
                var line = file.Text.AsSpan(0, comment.Index).Count('\n') + 1;
                yield return $"{file.Path}:{line}: {tag.Value}";
            }
        }
    }

    private static IEnumerable<string> UnexplainedLimits(SourceFile file) => file.Syntax.DescendantNodes()
        .OfType<FieldDeclarationSyntax>()
        .Where(field => field.Modifiers.Any(SyntaxKind.PublicKeyword) && field.Modifiers.Any(SyntaxKind.ConstKeyword))
        .Where(field => DocText(field).Length < ShortestDerivation)
        .Select(field => $"{file.Path}: {field.Declaration.Variables[0].Identifier.Text}");

    private static string DocText(SyntaxNode node)
    {
        var comment = string.Concat(node.GetLeadingTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            .Select(trivia => trivia.ToFullString()));
        return Spaces().Replace(AnyTag().Replace(Slashes().Replace(comment, " "), " "), " ").Trim();
    }

    [GeneratedRegex(@"(?:^[ \t]*///.*\n?)+", RegexOptions.Multiline)]
    private static partial Regex CommentBlock();

    [GeneratedRegex(@"^[ \t]*///", RegexOptions.Multiline)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"<(summary|remarks|returns|value|param|typeparam|exception|example)\b[^<>/]*(?:/>|>\s*</\1>)")]
    private static partial Regex EmptyTag();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex AnyTag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
