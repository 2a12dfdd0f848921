namespace PateSim.Cli.Rendering.Sheets;

/// <summary>A sheet as Markdown.</summary>
internal static class SheetMarkdown
{
    /// <param name="level">Of the title's heading.</param>
    public static void Write(Sheet sheet, TextWriter output, int level)
    {
        output.WriteLine($"{new string('#', level)} {sheet.Title}");
        foreach (var block in sheet.Blocks)
        {
            output.WriteLine();
            switch (block)
            {
                case Block.Heading(var text):
                    output.WriteLine($"{new string('#', level + 1)} {text}");
                    break;
                case Block.Paragraph(var text):
                    WrappedText.Write(output, Escaped(text), 120);
                    break;
                case Block.Bullets(var items):
                    foreach (var item in items) WrappedText.Write(output, Escaped(item), 120, "- ", "  ");
                    break;
                case Block.Table(var titles, var rows):
                    Row(titles);
                    Row([.. titles.Select(_ => "---")]);
                    foreach (var row in rows) Row([.. row.Select(Escaped)]);
                    break;
            }
        }

        void Row(IReadOnlyList<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    private static string Escaped(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
