namespace NetCore.Rpc.Generators.Internal;

/// <summary>A type of a contract and how it is written.</summary>
/// <param name="Name">As C# source, with nullable annotations.</param>
/// <param name="TypeOfName">As the operand of <c>typeof</c>, which takes no outer annotation.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="AllowsNull">Null is a value of it. False for types that have none.</param>
/// <param name="CanBeNull">It is a reference type, so null may appear where it is not allowed.</param>
/// <param name="CheckedSize">
/// Bytes that a structure of the user had when the contract was compiled, verified when the codec is made; 0: none.
/// </param>
internal sealed record WireType(
    string Name, string TypeOfName, WireKind Kind, bool AllowsNull, bool CanBeNull, int CheckedSize)
{
    public bool MustNotBeNull => CanBeNull && !AllowsNull;
}
