namespace NetCore.Rpc.Generators.Internal;

/// <summary>The names that the generated code uses for one method; none collides within its class.</summary>
/// <param name="Method">The method.</param>
/// <param name="Member">The property that describes it.</param>
/// <param name="Request">The structure of its parameters; null when there are fewer than two.</param>
/// <param name="RequestCodec">The codec of its request; null without parameters.</param>
/// <param name="ResponseCodec">The codec of its response; null without a result.</param>
/// <param name="SentCodec">The codec of the caller's items; null when it sends none.</param>
/// <param name="ReceivedCodec">The codec of the items that the caller gets; null when it gets none.</param>
/// <param name="Properties">Names of the parameters in <paramref name="Request"/>.</param>
internal sealed record MethodNames(
    MethodModel Method,
    string Member,
    string? Request,
    string? RequestCodec,
    string? ResponseCodec,
    string? SentCodec,
    string? ReceivedCodec,
    string[] Properties)
{
    private const string Nothing = "global::NetCore.Rpc.Nothing";

    public static List<MethodNames> Of(ServiceModel service)
    {
        var scope = new NameScope($"{service.Stem}Methods");

        // Members first: these names are seen by users, the others give way.
        var members = service.Methods.Select(m => scope.Take(Names.WithoutAsync(m.Name))).ToList();
        var names = new List<MethodNames>();
        for (var i = 0; i < members.Count; i++)
        {
            var method = service.Methods[i];
            var request = method.Parameters.Count < 2 ? null : scope.Take($"{members[i]}Request");
            names.Add(new MethodNames(
                method,
                members[i],
                request,
                method.Parameters.Count == 0 ? null : scope.Take($"{members[i]}RequestCodec"),
                method.Result is null ? null : scope.Take($"{members[i]}ResponseCodec"),
                method.Sent is null ? null : scope.Take($"{members[i]}SentCodec"),
                method.Received is null ? null : scope.Take($"{members[i]}ReceivedCodec"),
                PropertiesOf(method, request)));
        }

        return names;
    }

    /// <summary>The request's type, seen from outside of the generated class.</summary>
    public string RequestType(ServiceModel service) => Method.Parameters.Count switch
    {
        0 => Nothing,
        1 => Method.Parameters[0].Type.Name,
        _ => $"{service.Global($"{service.Stem}Methods")}.{Names.Escape(Request!)}",
    };

    public string ResponseType => Method.Result?.Name ?? Nothing;

    public string SentType => Method.Sent?.Item.Name ?? Nothing;

    public string ReceivedType => Method.Received?.Name ?? Nothing;

    /// <summary>The description of the method, seen from outside.</summary>
    public string Descriptor(ServiceModel service) =>
        $"{service.Global($"{service.Stem}Methods")}.{Names.Escape(Member)}";

    private static string[] PropertiesOf(MethodModel method, string? request)
    {
        var scope = new NameScope(request ?? "", "Deconstruct", "PrintMembers");
        return [.. method.Parameters.Select(p => scope.Take(Names.Pascal(p.Name)))];
    }
}
