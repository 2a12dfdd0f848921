using PateSim.Reporting.Folders;
using PateSim.Reporting.Summary;
using Spectre.Console;

namespace PateSim.Cli.Rendering;

/// <summary>Prints what a person reads at the end of a run.</summary>
internal static class SummaryRenderer
{
    /// <summary>Wider than any table: cells are never broken, whatever the terminal.</summary>
    private const int Unbroken = 1000;

    /// <param name="sealedRun">Null when the folder could not be sealed.</param>
    public static void Print(RunSummary summary, SealedRun? sealedRun, CliEnvironment environment)
    {
        environment.Out.WriteLine();
        environment.Out.WriteLine(summary.Title);
        WrappedText.Write(environment.Out, summary.Setup, environment.Width);
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
        if (sealedRun is null) return;
        environment.Out.WriteLine();
        // On lines of their own, whatever their length: they are copied.
        environment.Out.WriteLine($"Run folder: {sealedRun.Path}");
        environment.Out.WriteLine($"Seal: {sealedRun.Seal}");
    }

    /// <summary>Without the blanks that fill the last column of a row; notes stand over their rows.</summary>
    private static void PrintTable(RunSummary summary, CliEnvironment environment)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Consoles.For(text, environment.OutIsTerminal, environment with { Width = Unbroken }).Write(Table(summary));
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        var next = 0;
        foreach (var section in summary.Sections)
        {
            // Titles and their underlines, after an empty line from the second section on.
            Copy(section == summary.Sections[0] ? 2 : 3);
            if (section.Note.Length > 0) WrappedText.Write(environment.Out, section.Note, environment.Width);
            Copy(section.Rows.Length);
        }

        void Copy(int count)
        {
            for (var end = next + count; next < end; next++) environment.Out.WriteLine(lines[next].TrimEnd());
        }
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
                NoWrap = true,
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
