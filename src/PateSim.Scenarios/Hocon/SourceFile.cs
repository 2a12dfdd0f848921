using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>One reading of a file, or one <c>--set</c>: two includes of the same file are two source files.</summary>
public sealed class SourceFile
{
    internal SourceFile(string name, int order, SourceFile? parent = null, ImmutableArray<string>? prefix = null) =>
        (Name, Order, Parent, Prefix) = (name, order, parent, prefix ?? []);

    /// <summary>As the user would write it; stands in front of each problem.</summary>
    public string Name { get; }

    /// <summary>Position in the order in which files were opened.</summary>
    public int Order { get; }

    /// <summary>The file that includes this one, or null.</summary>
    public SourceFile? Parent { get; }

    /// <summary>What was read; empty until then.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The path of the block in which the file is included. Its substitutions look there first.</summary>
    internal ImmutableArray<string> Prefix { get; }

    /// <summary>Whether the other file is this one or is included by it, directly or not.</summary>
    internal bool Encloses(SourceFile other)
    {
        for (var file = other; file is not null; file = file.Parent)
        {
            if (ReferenceEquals(file, this)) return true;
        }
        return false;
    }

    public override string ToString() => Name;
}

/// <summary>A position in a source file.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Column">From 1, in UTF-16 code units; a tab counts as one.</param>
public readonly record struct SourcePlace(SourceFile File, int Line, int Column) : IComparable<SourcePlace>
{
    private const int DefaultLine = int.MaxValue;

    /// <summary>The file as a whole.</summary>
    public static SourcePlace Whole(SourceFile file) => new(file, 0, 0);

    /// <summary>Not written in the file: a default.</summary>
    public static SourcePlace DefaultIn(SourceFile file) => new(file, DefaultLine, 0);

    /// <summary>False for a default.</summary>
    public bool IsWritten => Line != DefaultLine;

    public int CompareTo(SourcePlace other) =>
        (File.Order, Line, Column).CompareTo((other.File.Order, other.Line, other.Column));

    public static bool operator <(SourcePlace left, SourcePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(SourcePlace left, SourcePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(SourcePlace left, SourcePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SourcePlace left, SourcePlace right) => left.CompareTo(right) >= 0;

    public override string ToString() => Line switch
    {
        0 => File.Name,
        DefaultLine => $"{File.Name}(default)",
        _ => FormattableString.Invariant($"{File.Name}({Line},{Column})"),
    };
}
