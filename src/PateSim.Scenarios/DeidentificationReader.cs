using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Data.PublicSets;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios;

/// <summary>Reads <c>data.public.deidentify</c>.</summary>
internal static class DeidentificationReader
{
    private static readonly OptionSpec Width =
        OptionSpec.Real("width", "Width of the intervals, in the unit of the column.", null, 0, null, exclusive: true);

    public static DeidentificationRules Read(BoundSection section, ProblemCollector problems)
    {
        var options = section.Options;
        var rules = new DeidentificationRules(
            options.TextList("drop"), Widths(section, problems), options.TextList("quasi-identifiers"),
            options.Int32("minimum-k"), options.Text("below-minimum") == "withhold");
        foreach (var (name, list) in new[] { ("drop", rules.Drop), ("quasi-identifiers", rules.QuasiIdentifiers) })
        {
            var twice = list.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
            if (twice is not null)
                section.Report(problems, name, ProblemCodes.BadSelection, $"'{twice.Key}' stands more than once.");
        }
        return rules;
    }

    private static ImmutableSortedDictionary<string, double> Widths(BoundSection section, ProblemCollector problems)
    {
        var widths = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var reader = new ValueReader(problems);
        foreach (var field in section.Raw("generalise")?.Fields ?? [])
        {
            var path = HoconPath.Append($"{section.Path}.generalise", field.Key);
            if (reader.Read(Width, field.Value, path) is double width) widths.Add(field.Key, width);
        }
        return widths.ToImmutable();
    }
}
