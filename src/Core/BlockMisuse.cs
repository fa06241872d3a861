namespace NetCore.Core;

/// <summary>The ways in which memory of a <see cref="BlockPool"/> can be misused.</summary>
public enum BlockMisuse
{
    /// <summary>Something was rented and never given back.</summary>
    Leak,

    /// <summary>One reference was given back twice.</summary>
    DoubleReturn,

    /// <summary>A block was read, written or referenced by somebody who had given it back.</summary>
    UseAfterReturn,
}
