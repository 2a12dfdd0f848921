namespace PateSim.Cli.Rendering.Sheets;

/// <summary>A text of sections that can be shown on a terminal and as Markdown.</summary>
internal sealed record Sheet(string Title, IReadOnlyList<Block> Blocks);

internal abstract record Block
{
    public sealed record Heading(string Text) : Block;

    public sealed record Paragraph(string Text) : Block;

    public sealed record Bullets(IReadOnlyList<string> Items) : Block;

    /// <summary>The last column may be long: it is wrapped on a terminal.</summary>
    public sealed record Table(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
}
