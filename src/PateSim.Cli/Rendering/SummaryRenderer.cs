using PateSim.Reporting.Folders;
using PateSim.Reporting.Summary;
using Spectre.Console;

namespace PateSim.Cli.Rendering;

/// <summary>Prints what a person reads at the end of a run.</summary>
internal static class SummaryRenderer
{
    public static void Print(RunSummary summary, SealedRun sealedRun, CliEnvironment environment)
    {
        var console = Consoles.For(environment.Out, environment.OutIsTerminal, environment);
        console.WriteLine();
        console.Write(new Text(summary.Title + "\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(Table(summary));
        console.WriteLine();
        foreach (var sentence in summary.Sentences)
            WrappedText.Write(environment.Out, sentence, environment.Width);
        foreach (var warning in summary.Warnings)
            WrappedText.Write(environment.Out, "WARNING: " + warning, environment.Width);
        environment.Out.WriteLine();
        // On lines of their own, whatever their length: they are copied.
        environment.Out.WriteLine($"Run folder: {sealedRun.Path}");
        environment.Out.WriteLine($"Seal: {sealedRun.Seal}");
    }

    private static Table Table(RunSummary summary)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        for (var i = 0; i < RunSummary.Columns; i++)
        {
            var isNumber = i >= 2;
            table.AddColumn(new TableColumn("")
            {
                Padding = new Padding(0, 0, 2, 0),
                Alignment = isNumber ? Justify.Right : Justify.Left,
            });
        }
        foreach (var section in summary.Sections)
        {
            if (section != summary.Sections[0]) table.AddEmptyRow();
            table.AddRow(section.Titles.Select(title => new Text(title, new Style(decoration: Decoration.Bold))));
            table.AddRow(section.Titles.Select(title => new Text(new string('-', title.Length))));
            foreach (var row in section.Rows) table.AddRow(row.Select(cell => new Text(cell)));
        }
        return table;
    }
}
