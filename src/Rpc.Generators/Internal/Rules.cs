using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Every rule of a contract, with what is wrong and what to do about it.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor ReturnType = Rule(
        "NCRPC001",
        "A method of a contract returns ValueTask or ValueTask<T>",
        "'{0}' returns '{1}'. Return ValueTask, or ValueTask<T> with the result as T.");

    public static readonly DiagnosticDescriptor Stream = Rule(
        "NCRPC002",
        "A stream is a result or a parameter of its own",
        "'{0}' uses '{1}', which cannot be sent as a value. Return IAsyncEnumerable<T>, or take it as a parameter.");

    public static readonly DiagnosticDescriptor ByReference = Rule(
        "NCRPC003",
        "A parameter of a contract is passed by value",
        "'{0}' of '{1}' is passed by reference, which cannot cross a connection. Pass it by value and return results.");

    public static readonly DiagnosticDescriptor StackOnly = Rule(
        "NCRPC004",
        "A parameter of a contract can outlive its caller's stack",
        "'{0}' of '{1}' has type '{2}', which lives on the caller's stack only. Use ReadOnlyMemory<byte> for bytes.");

    public static readonly DiagnosticDescriptor GenericMethod = Rule(
        "NCRPC005",
        "A method of a contract is not generic",
        "'{0}' is generic, and the other side cannot know its type arguments. Write one method per type.");

    public static readonly DiagnosticDescriptor GenericInterface = Rule(
        "NCRPC006",
        "A contract is not generic",
        "'{0}' is generic, and its name on the wire would not say for which type. Write one contract per type.");

    public static readonly DiagnosticDescriptor Nested = Rule(
        "NCRPC007",
        "A contract stands in a namespace",
        "'{0}' is nested in a type or local to a file, where generated code cannot stand beside it. "
        + "Move it to a namespace.");

    public static readonly DiagnosticDescriptor Inheritance = Rule(
        "NCRPC008",
        "A contract does not inherit",
        "'{0}' inherits '{1}'. Repeat the methods here, or serve two contracts side by side.");

    public static readonly DiagnosticDescriptor Member = Rule(
        "NCRPC009",
        "A contract has methods only",
        "'{0}' is {1}, which cannot be called over a connection. {2}.");

    public static readonly DiagnosticDescriptor Token = Rule(
        "NCRPC010",
        "The cancellation token comes once and last",
        "'{0}' of '{1}' is a CancellationToken that is not the only one or not the last parameter. "
        + "Keep one, at the end.");

    public static readonly DiagnosticDescriptor DuplicateName = Rule(
        "NCRPC011",
        "Methods of a contract have different names on the wire",
        "'{0}' has the name '{1}' on the wire, as another method has. Set [RpcMethod(Name = \"...\")] on one of them.");

    public static readonly DiagnosticDescriptor DuplicateId = Rule(
        "NCRPC012",
        "Methods of a contract have different numbers on the wire",
        "'{0}' and '{1}' have the same number on the wire by chance. Set [RpcMethod(Name = \"...\")] on one of them.");

    public static readonly DiagnosticDescriptor WireName = Rule(
        "NCRPC013",
        "A name on the wire is not empty and has no slash",
        "The name '{0}' on the wire is empty, blank or contains '/', which separates service and method. "
        + "Choose another.");

    public static readonly DiagnosticDescriptor OneWayResult = Rule(
        "NCRPC014",
        "A one-way method has no result",
        "'{0}' is one-way, so no answer is sent, and yet returns '{1}'. Return ValueTask or remove OneWay.");

    public static readonly DiagnosticDescriptor NotBlittable = Rule(
        "NCRPC015",
        "A structure that is sent as it lies in memory has blittable fields only",
        "'{0}' cannot be sent as it lies in memory: {1}. Change that, or list '{0}' in the contract's JSON context.");

    public static readonly DiagnosticDescriptor Padding = Rule(
        "NCRPC016",
        "A structure that is sent as it lies in memory has no padding",
        "'{0}' has padding, whose bytes would leak memory to the peer: {1}. "
        + "Order fields by falling size, fill the gap with a field, or set StructLayout Pack = 1.");

    public static readonly DiagnosticDescriptor NoJsonContext = Rule(
        "NCRPC017",
        "A type that is sent as JSON needs a JSON context",
        "'{0}' in '{1}' is sent as JSON, and the contract names no context. Set [RpcService(JsonContext = "
        + "typeof(MyContext))] with a source-generated JsonSerializerContext that lists it.");

    public static readonly DiagnosticDescriptor NotInJsonContext = Rule(
        "NCRPC018",
        "A type that is sent as JSON is listed in the JSON context",
        "'{0}' in '{1}' is sent as JSON, and '{2}' does not list it. Add [JsonSerializable(typeof({0}))] to '{2}'.");

    public static readonly DiagnosticDescriptor BadJsonContext = Rule(
        "NCRPC019",
        "The JSON context is a source-generated one",
        "'{0}' does not derive from JsonSerializerContext. "
        + "Make it a partial class that does, with JsonSerializable attributes.");

    public static readonly DiagnosticDescriptor Static = Rule(
        "NCRPC020",
        "A contract has no static abstract members",
        "'{0}' is static abstract, and a call needs an instance at the other side. Make it an instance method.");

    public static readonly DiagnosticDescriptor Code = Rule(
        "NCRPC021",
        "A contract has no delegates",
        "'{0}' in '{1}' holds a delegate, and code cannot be sent in any format. "
        + "Send the data that it would get, and return what it would give.");

    public static readonly DiagnosticDescriptor SpanLane = Rule(
        "NCRPC022",
        "A span is a parameter of inline methods only",
        "'{0}' of '{1}' is a span, whose bytes are gone when a method starts in the pool. "
        + "Set [RpcMethod(Lane = RpcLane.Inline)], or use ReadOnlyMemory<byte>.");

    public static readonly DiagnosticDescriptor SpanPlace = Rule(
        "NCRPC023",
        "A span is the last parameter",
        "'{0}' of '{1}' is a span that is not the last parameter. "
        + "Move it to the end, before a CancellationToken, or use ReadOnlyMemory<byte>.");

    public static readonly DiagnosticDescriptor Lane = Rule(
        "NCRPC024",
        "The lane of a method is one of RpcLane",
        "'{0}' has the lane {1}, which does not exist. Use RpcLane.Pool or RpcLane.Inline.");

    public static readonly DiagnosticDescriptor SecondStream = Rule(
        "NCRPC025",
        "A method takes one stream",
        "'{0}' of '{1}' is a second stream, and a call has one in each direction. Send items that hold both.");

    public static readonly DiagnosticDescriptor StreamLane = Rule(
        "NCRPC026",
        "A method with a stream starts in the pool and is answered",
        "'{0}' has a stream and is {1}. Remove that from [RpcMethod].");

    public static readonly DiagnosticDescriptor StreamLease = Rule(
        "NCRPC027",
        "A lease is no parameter beside a stream",
        "'{0}' has a stream, so its parameters are sent when the stream is enumerated, and has a LeasedBytes, which "
        + "would be kept until then. Use ReadOnlyMemory<byte>.");

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "NetCore.Rpc", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
