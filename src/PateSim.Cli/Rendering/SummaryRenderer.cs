using PateSim.Reporting.Folders;
using PateSim.Reporting.Summary;
using Spectre.Console;

namespace PateSim.Cli.Rendering;

/// <summary>Prints what a person reads at the end of a run.</summary>
internal static class SummaryRenderer
{
    public static void Print(RunSummary summary, SealedRun sealedRun, CliEnvironment environment)
    {
        environment.Out.WriteLine();
        environment.Out.WriteLine(summary.Title);
        environment.Out.WriteLine();
        if (!summary.Sections.IsEmpty)
        {
            PrintTable(summary, environment);
            environment.Out.WriteLine();
        }
        foreach (var sentence in summary.Sentences)
            WrappedText.Write(environment.Out, sentence, environment.Width);
        foreach (var warning in summary.Warnings)
            WrappedText.Write(environment.Out, "WARNING: " + warning, environment.Width);
        environment.Out.WriteLine();
        // On lines of their own, whatever their length: they are copied.
        environment.Out.WriteLine($"Run folder: {sealedRun.Path}");
        environment.Out.WriteLine($"Seal: {sealedRun.Seal}");
    }

    /// <summary>Without the blanks that fill the last column of a row.</summary>
    private static void PrintTable(RunSummary summary, CliEnvironment environment)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Consoles.For(text, environment.OutIsTerminal, environment).Write(Table(summary));
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) environment.Out.WriteLine(line.TrimEnd());
    }

    private static Table Table(RunSummary summary)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        for (var i = 0; i < RunSummary.Columns; i++)
        {
            var isNumber = i >= 2;
            table.AddColumn(new TableColumn("")
            {
                Padding = new Padding(0, 0, i < RunSummary.Columns - 1 ? 2 : 0, 0),
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
