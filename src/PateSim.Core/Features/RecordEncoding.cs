using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Core.Features;

/// <summary>One value of a category, as people and as files write it.</summary>
/// <param name="Spellings">Every cell that means this level.</param>
public sealed record RecordLevel(string Name, ImmutableArray<string> Spellings);

/// <summary>How one column of a raw record becomes features.</summary>
/// <param name="Unit">Such as mm Hg, or empty.</param>
/// <param name="Levels">Of a category; empty for a number.</param>
/// <param name="MissingMarks">The cells that stand for "not known"; empty where every record must have a value.</param>
/// <param name="HasMissingFeature">Whether a last feature is 1 where the value is missing.</param>
/// <param name="Centre">A number x becomes (x − centre)/scale.</param>
/// <param name="Fill">What a missing number becomes.</param>
/// <param name="Shares">What the levels of a missing category become; empty where they become 0.</param>
public sealed record RecordColumn(
    string Name, string Unit, ImmutableArray<RecordLevel> Levels, ImmutableArray<string> MissingMarks,
    bool HasMissingFeature, double Centre, double Scale, float Fill, ImmutableArray<float> Shares)
{
    public bool IsNumeric => Levels.IsEmpty;

    /// <summary>Number of features.</summary>
    public int Width => (IsNumeric ? 1 : Levels.Length) + (HasMissingFeature ? 1 : 0);

    /// <summary>Such as <c>age</c>, <c>age=missing</c>, <c>sex=female</c>.</summary>
    public IEnumerable<string> FeatureNames =>
        (IsNumeric ? [Name] : Levels.Select(level => $"{Name}={level.Name}"))
            .Concat(HasMissingFeature ? [$"{Name}=missing"] : []);
}

/// <summary>The whole way from a raw record, a cell for each column, to a feature vector: what a model needs in order to be
/// asked about records as they are written.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class RecordEncoding(ImmutableArray<RecordColumn> columns)
{
    public const string Code = "PS4055";

    public ImmutableArray<RecordColumn> Columns { get; } = columns;

    /// <summary>Length d.</summary>
    public ImmutableArray<string> FeatureNames { get; } = [.. columns.SelectMany(column => column.FeatureNames)];

    /// <summary>The features of records, shape [n, d].</summary>
    /// <param name="records">Each by column name.</param>
    /// <exception cref="InvalidInputException">A cell is missing, is no number, or is no level of its column.</exception>
    public FeatureMatrix Encode(IReadOnlyList<IReadOnlyDictionary<string, string>> records)
    {
        var problems = new List<Problem>();
        var width = FeatureNames.Length;
        var values = new float[checked(records.Count * width)];
        for (var row = 0; row < records.Count; row++)
        {
            var at = row * width;
            foreach (var column in Columns)
            {
                var features = values.AsSpan(at, column.Width);
                if (Reject(column, records[row], features) is { } reason)
                    problems.Add(new Problem(Code, $"record {row + 1}", column.Name, reason));
                at += column.Width;
            }
        }
        if (problems.Count > 0) throw new InvalidInputException(problems);
        return new FeatureMatrix(records.Count, width, values);
    }

    private static string? Reject(
        RecordColumn column, IReadOnlyDictionary<string, string> record, Span<float> features)
    {
        if (!record.TryGetValue(column.Name, out var cell)) return "The record has no such column.";
        cell = cell.Trim();
        if (column.MissingMarks.Contains(cell))
        {
            if (column.IsNumeric) features[0] = column.Fill;
            else column.Shares.AsSpan().CopyTo(features);
            if (column.HasMissingFeature) features[^1] = 1;
            return null;
        }
        if (column.IsNumeric)
        {
            if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !float.IsFinite(number))
                return $"'{cell}' is not a finite number.";
            features[0] = (float)((number - column.Centre) / column.Scale);
            return null;
        }
        for (var k = 0; k < column.Levels.Length; k++)
        {
            if (!column.Levels[k].Spellings.Contains(cell)) continue;
            features[k] = 1;
            return null;
        }
        return $"'{cell}' is unknown; the levels are {string.Join(", ", column.Levels.Select(level => level.Name))}.";
    }
}
