namespace PateSim.Scenarios.Hocon;

/// <summary>Bounds that keep hostile or accidental input from exhausting stack, memory or time.</summary>
public static class Limits
{
    /// <summary>Deepest nesting of blocks and lists; each element of a dotted key counts as one.</summary>
    public const int Depth = 64;

    /// <summary>Longest chain of substitutions that refer to one another.</summary>
    public const int Chain = 256;

    /// <summary>Most values and characters that a tree may hold after substitution.</summary>
    public const int Expansion = 1_000_000;

    /// <summary>As how many values a block counts, since it takes more memory than others.</summary>
    public const int BlockCost = 10;

    /// <summary>Largest file in bytes.</summary>
    public const int FileBytes = 1024 * 1024;

    /// <summary>Most includes in one read, and longest chain of includes.</summary>
    public const int Includes = 256, IncludeChain = 16;

    /// <summary>Most problems that are printed; the last line counts the rest.</summary>
    public const int Problems = 200;
}
