using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Reporting.Expected;
using PateSim.Scenarios.Hocon;

namespace PateSim.Cli.Commands.Verification;

/// <summary>Reads an expected-results file: strict HOCON with scenario, seeds, note and figures.</summary>
internal static class ExpectedFile
{
    private const string Code = "PS2302";

    /// <exception cref="InvalidInputException">All problems found, with their places.</exception>
    public static ExpectedResults Read(string path)
    {
        var root = HoconReader.ReadFile(path).Root;
        var problems = new List<Problem>();
        Known(root, "", problems, "scenario", "seeds", "note", "figures");
        var scenario = Text(root, "scenario", "", problems, required: true);
        var note = Text(root, "note", "", problems, required: false);
        var seeds = Items(root, "seeds", problems)
            .Select((item, i) => Number(item, $"seeds[{i}]", problems)).OfType<double>().Select(seed => (long)seed);
        ImmutableArray<ExpectedFigure> figures =
            [.. Items(root, "figures", problems).Select((item, i) => Figure(item, $"figures[{i}]", problems))
                .OfType<ExpectedFigure>()];
        if (figures.IsEmpty && problems.Count == 0) Add(problems, root, "figures", "There is no figure to check.");
        var twice = figures.GroupBy(figure => figure.Figure).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) Add(problems, root, "figures", $"The figure {twice.Key} stands twice.");
        if (problems.Count > 0) throw new InvalidInputException([.. problems]);
        return new ExpectedResults(scenario, [.. seeds], note, figures);
    }

    private static ExpectedFigure? Figure(HoconNode node, string path, List<Problem> problems)
    {
        if (node is not HoconObject block)
        {
            Add(problems, node, path, $"It is {node.Describe()}, where a block {{ figure, low, high }} is due.");
            return null;
        }
        var before = problems.Count;
        Known(block, path + ".", problems, "figure", "low", "high", "published", "source");
        var text = Text(block, "figure", path + ".", problems, required: true);
        var (low, high) = (Real(block, "low", path, problems), Real(block, "high", path, problems));
        var published = block.Find("published") is null ? null : Real(block, "published", path, problems);
        var source = Text(block, "source", path + ".", problems, required: false);
        if (problems.Count > before) return null;
        if (FigureName.Parse(text) is not { } name)
        {
            Add(problems, block.Find("figure")!.Value, path + ".figure",
                $"'{text}' is not PHASE/ENTITY/METRIC or PHASE/ENTITY/METRIC@STEP as in metrics.csv, such as "
                + "accuracy/student/accuracy.");
            return null;
        }
        if (!(low <= high)) Add(problems, block, path, "low is above high: no figure could pass.");
        return new ExpectedFigure(name, low!.Value, high!.Value, published, source);
    }

    private static ImmutableArray<HoconNode> Items(HoconObject root, string key, List<Problem> problems)
    {
        if (root.Find(key) is not { } field)
        {
            Add(problems, root, key, $"'{key}' is missing: it is a list.");
            return [];
        }
        if (field.Value is HoconList list) return list.Items;
        Add(problems, field.Value, key, $"It is {field.Value.Describe()}, where a list is due.");
        return [];
    }

    private static string Text(HoconObject block, string key, string above, List<Problem> problems, bool required)
    {
        switch (block.Find(key)?.Value)
        {
            case HoconScalar scalar:
                return scalar.Text;
            case null when !required:
                return "";
            case null:
                Add(problems, block, above + key, $"'{key}' is missing: it is text.");
                return "";
            case var other:
                Add(problems, other, above + key, $"It is {other.Describe()}, where text is due.");
                return "";
        }
    }

    private static double? Real(HoconObject block, string key, string above, List<Problem> problems)
    {
        if (block.Find(key) is { } field) return Number(field.Value, $"{above}.{key}", problems);
        Add(problems, block, $"{above}.{key}", $"'{key}' is missing: it is a number.");
        return null;
    }

    private static double? Number(HoconNode node, string path, List<Problem> problems)
    {
        if (node is HoconScalar { IsQuoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value))
        {
            return value;
        }
        Add(problems, node, path, $"It is {node.Describe()}, where a number is due.");
        return null;
    }

    private static void Known(HoconObject block, string above, List<Problem> problems, params string[] keys)
    {
        foreach (var field in block.Fields.Where(field => !keys.Contains(field.Key)))
        {
            problems.Add(new Problem(
                Code, field.KeyPlace.ToString(), above + field.Key,
                $"The key is unknown. {Suggestion.Describe(field.Key, keys)}"));
        }
    }

    private static void Add(List<Problem> problems, HoconNode node, string path, string message) =>
        problems.Add(new Problem(Code, node.Place.ToString(), path, message));
}
