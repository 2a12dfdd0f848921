using CsCheck;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Hocon;

/// <summary>
/// Random well-formed texts: a random tree, written in a random style. What Akka is known to read wrongly is left out:
/// a comma after a block, and quoted text that begins or ends with a blank.
/// </summary>
internal static class HoconSamples
{
    private abstract record Tree;

    private sealed record Leaf(string Written) : Tree;

    private sealed record Items(Tree[] Children) : Tree;

    private sealed record Block((string Key, Tree Value)[] Fields) : Tree;

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static readonly Gen<string> Key = Gen.OneOf(
        OneOf("a", "b", "kind", "noise-scale", "x_1", "Delta", "k9"),
        OneOf("\"a.b\"", "\"two words\"", "\"q\""));

    private static readonly Gen<string> Written = Gen.OneOf(
        Gen.Int[-1000, 1000].Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Double[-10, 10].Select(d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        OneOf("true", "off", "word", "two words", "data/x.csv", "1e-5", "10.0.0.1", "softmax-regression"),
        Gen.String[Gen.Char["abc #=:{}[],.é"], 0, 8].Select(t => HoconWriter.Quote(t.Trim())));

    private static Gen<Tree> TreeOf(int depth) => depth == 0
        ? Written.Select(w => (Tree)new Leaf(w))
        : Gen.Frequency(
            (3, Written.Select(w => (Tree)new Leaf(w))),
            (1, Written.Select(w => (Tree)new Leaf(w)).Array[1, 4].Select(c => (Tree)new Items(c))),
            (2, BlockOf(depth - 1).Select(b => (Tree)b)));

    private static Gen<Block> BlockOf(int depth) => Gen.Select(Key, TreeOf(depth)).Array[1, 5].Select(
        fields => new Block([.. fields.DistinctBy(f => f.Item1.Trim('"')).Select(f => (f.Item1, f.Item2))]));

    /// <summary>A file. Bits of the style choose separators, braces, commas, comments and dotted keys.</summary>
    public static Gen<string> Text { get; } = Gen.Select(BlockOf(3), Gen.Int[0, 255]).Select(
        (block, style) => Has(style, 0) ? "{\n" + Members(block, style, 1) + "\n}" : Members(block, style, 0) + "\n");

    private static bool Has(int style, int bit) => (style >> bit & 1) == 1;

    private static string Members(Block block, int style, int depth)
    {
        var indent = new string(Has(style, 1) ? '\t' : ' ', depth);
        var separator = Has(style, 2) ? "," : Has(style, 3) ? " # comment, with = signs" : "";
        var lines = block.Fields.Select(
            f => indent + Field(f.Key, f.Value, style, depth) + (f.Value is Block ? "" : separator));
        return string.Join("\n", lines);
    }

    private static string Field(string key, Tree value, int style, int depth)
    {
        var assign = Has(style, 4) ? " = " : Has(style, 5) ? ": " : "=";
        return value switch
        {
            Block { Fields: [var only] } when Has(style, 6) => Field($"{key}.{only.Key}", only.Value, style, depth),
            Block block => key + (Has(style, 7) ? " " : assign) + "{\n" + Members(block, style, depth + 1) + "\n}",
            _ => key + assign + Value(value, style),
        };
    }

    private static string Value(Tree value, int style) => value switch
    {
        Items items => "[" + string.Join(Has(style, 2) ? ", " : ",", items.Children.Select(c => Value(c, style))) + "]",
        Leaf leaf => leaf.Written,
        _ => throw new NotSupportedException(),
    };
}
