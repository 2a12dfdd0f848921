using Spectre.Console;

namespace PateSim.Cli.Rendering;

/// <summary>A table without lines.</summary>
internal static class PlainTable
{
    /// <param name="numbers">Indices of the columns that are right-aligned.</param>
    public static void Print(
        CliEnvironment environment, IReadOnlyList<string> titles, IReadOnlyCollection<IReadOnlyList<string>> rows,
        params IReadOnlyCollection<int> numbers)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        for (var i = 0; i < titles.Count; i++)
        {
            table.AddColumn(new TableColumn("")
            {
                Padding = new Padding(0, 0, i < titles.Count - 1 ? 2 : 0, 0),
                Alignment = numbers.Contains(i) ? Justify.Right : Justify.Left,
                NoWrap = true,
            });
        }
        table.AddRow(titles.Select(title => new Text(title, new Style(decoration: Decoration.Bold))));
        table.AddRow(titles.Select(title => new Text(new string('-', title.Length))));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        using var text = new StringWriter { NewLine = "\n" };
        Consoles.For(text, environment.OutIsTerminal, environment).Write(table);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) environment.Out.WriteLine(line.TrimEnd());
    }
}
