using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>A value as written, before includes are merged and substitutions are resolved.</summary>
internal abstract record SyntaxValue(SourcePlace Place);

/// <summary>Text, with or without quotes.</summary>
internal sealed record TextSyntax(SourcePlace Place, string Text, bool IsQuoted) : SyntaxValue(Place);

internal sealed record ListSyntax(SourcePlace Place, ImmutableArray<SyntaxValue> Items) : SyntaxValue(Place);

/// <summary>A block. Fields of included files stand in it like its own, told apart by their place.</summary>
internal sealed record BlockSyntax(SourcePlace Place, ImmutableArray<FieldSyntax> Fields) : SyntaxValue(Place)
{
    /// <summary>The fields of each key in the order in which they were written.</summary>
    public ILookup<string, FieldSyntax> ByKey { get; } = Fields.ToLookup(f => f.Key, StringComparer.Ordinal);
}

/// <summary>A key and its value. A dotted key is written as blocks within blocks.</summary>
internal sealed record FieldSyntax(string Key, SourcePlace Place, SyntaxValue Value);

internal sealed record SubstitutionSyntax(SourcePlace Place, ImmutableArray<string> Path, bool Optional)
    : SyntaxValue(Place);

/// <summary>What the same field held before: the left-hand side of +=.</summary>
internal sealed record EarlierSyntax(SourcePlace Place) : SyntaxValue(Place);

/// <summary>Values side by side, each with the blanks before it.</summary>
internal sealed record JoinSyntax(SourcePlace Place, ImmutableArray<(string Space, SyntaxValue Value)> Parts)
    : SyntaxValue(Place);
