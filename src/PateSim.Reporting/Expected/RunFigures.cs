using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PateSim.Core;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Expected;

/// <summary>The figures of a sealed run folder.</summary>
/// <param name="Settings">Every setting but the seed, in canonical form: runs that differ in the seed alone agree in it.
/// </param>
public sealed record RunFigures(
    string Folder, string Scenario, string Status, long Seed, string Settings,
    ImmutableDictionary<FigureName, double> Values)
{
    public const string Unreadable = "PS4060";

    /// <summary>Reads a folder, which is as it was sealed.</summary>
    /// <exception cref="InvalidInputException">A file is not what PateSim writes.</exception>
    public static RunFigures Read(string folder)
    {
        var manifest = Json(folder, RunFileNames.Manifest);
        var settings = Json(folder, RunFileNames.ResolvedScenario);
        try
        {
            var (scenario, status, seed) = (
                (string)manifest["scenario"]!, (string)manifest["status"]!, (long)manifest["seed"]!);
            settings.AsObject().Remove("seed");
            return new RunFigures(folder, scenario, status, seed, settings.ToJsonString(), Figures(folder));
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException
            or ArgumentNullException or FormatException)
        {
            throw Bad(Path.Combine(folder, RunFileNames.Manifest), "it does not have the fields of a manifest.");
        }
    }

    private static JsonNode Json(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) ?? throw Bad(path, "it is null.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(path, exception.Message);
        }
    }

    private static ImmutableDictionary<FigureName, double> Figures(string folder)
    {
        var path = Path.Combine(folder, RunFileNames.Metrics);
        var values = ImmutableDictionary.CreateBuilder<FigureName, double>();
        string[] lines;
        try
        {
            lines = File.ReadAllText(path, Encoding.UTF8).TrimEnd('\n').Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Bad(path, exception.Message);
        }
        var header = Cells(lines[0]);
        int Column(string name) => header.IndexOf(name) is >= 0 and var index
            ? index : throw Bad(path, $"it has no column '{name}'.");
        var (phase, entity, metric, value, step) = (
            Column("phase"), Column("entity"), Column("metric"), Column("value"), Column("step"));
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = Cells(lines[i]);
            if (cells.Count != header.Count || !double.TryParse(
                cells[value], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                throw Bad($"{path}({i + 1})", "the line does not fit the header.");
            }
            values[new FigureName(cells[phase], cells[entity], cells[metric], cells[step])] = number;
        }
        return values.ToImmutable();
    }

    /// <summary>The cells of a line of RFC 4180 without line ends in quotes, which metrics.csv never has.</summary>
    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }
        cells.Add(cell.ToString());
        return cells;
    }

    private static InvalidInputException Bad(string place, string what) =>
        new(new Problem(Unreadable, place, "", what));
}
