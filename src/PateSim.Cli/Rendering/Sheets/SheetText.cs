namespace PateSim.Cli.Rendering.Sheets;

/// <summary>A sheet on a terminal.</summary>
internal static class SheetText
{
    private const string Indent = "  ";

    public static void Write(Sheet sheet, TextWriter output, int width)
    {
        output.WriteLine(sheet.Title);
        foreach (var block in sheet.Blocks)
        {
            switch (block)
            {
                case Block.Heading(var text):
                    output.WriteLine();
                    output.WriteLine(text);
                    break;
                case Block.Paragraph(var text):
                    WrappedText.Write(output, text, width, Indent, Indent);
                    break;
                case Block.Bullets(var items):
                    foreach (var item in items) WrappedText.Write(output, item, width, Indent + "- ", Indent + Indent);
                    break;
                case Block.Table table:
                    Write(table, output, width);
                    break;
            }
        }
    }

    private static void Write(Block.Table table, TextWriter output, int width)
    {
        var last = table.Titles.Count - 1;
        int[] widths =
        [
            .. Enumerable.Range(0, last).Select(i => table.Rows.Append(table.Titles).Max(row => row[i].Length) + 2),
        ];
        Row(table.Titles);
        Row([.. table.Titles.Select(title => new string('-', title.Length))]);
        foreach (var row in table.Rows) Row(row);

        void Row(IReadOnlyList<string> cells)
        {
            var first = Indent + string.Concat(cells.Take(last).Select((cell, i) => cell.PadRight(widths[i])));
            var rest = new string(' ', Math.Min(first.Length, width / 2));
            WrappedText.Write(output, cells[last], width, first, rest);
        }
    }
}
