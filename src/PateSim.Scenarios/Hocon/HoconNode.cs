using System.Collections.Immutable;

namespace PateSim.Scenarios.Hocon;

/// <summary>A value of a resolved tree, with the place where it was written.</summary>
public abstract record HoconNode(SourcePlace Place)
{
    /// <summary>What a message calls it: a block, a list, null, or the text itself in quotes.</summary>
    public abstract string Describe();

    /// <summary>How many values and characters it holds.</summary>
    internal virtual long Size => 1;
}

/// <summary>Text, a number or a flag: what it is, is up to the reader.</summary>
/// <param name="Text">The text without quotes and with escapes decoded.</param>
/// <param name="IsQuoted">Whether some part of it stood in quotes, so that it can only be text.</param>
public sealed record HoconScalar(SourcePlace Place, string Text, bool IsQuoted) : HoconNode(Place)
{
    internal override long Size => 1 + Text.Length;

    public override string Describe()
    {
        var text = Text.Length <= 60 ? Text : string.Concat(Text.AsSpan(0, 57), "...");
        return IsQuoted ? HoconWriter.Quote(text) : $"'{text}'";
    }
}

/// <summary>null: unsets a setting that may stay unset.</summary>
public sealed record HoconNull(SourcePlace Place) : HoconNode(Place)
{
    public override string Describe() => "null";
}

public sealed record HoconList(SourcePlace Place, ImmutableArray<HoconNode> Items) : HoconNode(Place)
{
    internal override long Size { get; } = 1 + Items.Sum(item => item.Size);

    public override string Describe() => "a list";
}

/// <param name="KeyPlace">Where the key was written: for a block the first time, otherwise the last time.</param>
public sealed record HoconField(string Key, SourcePlace KeyPlace, HoconNode Value);

/// <summary>A block: fields with distinct keys, in the order in which the keys first appear.</summary>
public sealed record HoconObject(SourcePlace Place, ImmutableArray<HoconField> Fields) : HoconNode(Place)
{
    private const int FewFields = 8;

    private readonly Dictionary<string, HoconField>? _byKey =
        Fields.Length > FewFields ? Fields.ToDictionary(f => f.Key, StringComparer.Ordinal) : null;

    internal override long Size { get; } = 1 + Fields.Sum(field => field.Key.Length + field.Value.Size);

    /// <summary>The field of that key, or null.</summary>
    public HoconField? Find(string key) =>
        _byKey is null ? Fields.FirstOrDefault(f => f.Key == key) : _byKey.GetValueOrDefault(key);

    public override string Describe() => "a block { }";
}

/// <summary>A resolved tree and the files it was read from.</summary>
/// <param name="Files">All files and overlays in the order in which they were opened, the main file first.</param>
public sealed record HoconDocument(HoconObject Root, ImmutableArray<SourceFile> Files);
