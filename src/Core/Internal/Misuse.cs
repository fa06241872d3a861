namespace NetCore.Core.Internal;

/// <summary>Words for what went wrong with a block, with what its tracker knows, if it has one.</summary>
internal static class Misuse
{
    public static BlockMisuseException UseAfterReturn(Block block, string what) =>
        Make(BlockMisuse.UseAfterReturn, "Use after return", block, what);

    public static BlockMisuseException DoubleReturn(Block block, string what) =>
        Make(BlockMisuse.DoubleReturn, "Double return", block, what);

    public static BlockMisuseException Leak(string description) =>
        new(BlockMisuse.Leak, "", "Leak: " + description);

    private static BlockMisuseException Make(BlockMisuse misuse, string name, Block block, string what) =>
        new(misuse, block.Owner, $"{name} of a {block.Size} block last rented by '{block.Owner}': {what}."
            + (block.Tracker?.History() ?? " A tracking pool (WorldOptions.TrackBlocks) tells where."));
}
