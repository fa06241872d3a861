namespace NetCore.Rpc.Generators.Internal;

/// <summary>The parameter that gives the caller's items.</summary>
/// <param name="Name">As in the contract, not escaped.</param>
/// <param name="Item">The type of an item.</param>
/// <param name="Index">How many parameters that are sent with the request stand before it.</param>
internal sealed record StreamParameter(string Name, WireType Item, int Index)
{
    /// <summary>The type as declared.</summary>
    public string Declared => MethodModel.StreamOf(Item);
}
