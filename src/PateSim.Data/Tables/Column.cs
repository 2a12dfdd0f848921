using System.Collections.Immutable;

namespace PateSim.Data.Tables;

/// <summary>
/// One declared column of a dataset. Everything in it is a public constant: it is known before any record is seen.
/// </summary>
/// <param name="Name">As published.</param>
/// <param name="Meaning">One phrase for a reader who does not know the dataset.</param>
public abstract record Column(string Name, string Meaning)
{
    /// <summary>The cells that stand for "not known", such as <c>?</c>. Empty: every record must have a
    /// value.</summary>
    public ImmutableArray<string> MissingMarks { get; init; } = [];

    public bool MayBeMissing => !MissingMarks.IsEmpty;
}

/// <summary>A measured quantity.</summary>
/// <param name="Unit">Such as mm Hg, or empty for counts and scores.</param>
/// <param name="Minimum">Lower end of the plausible range: a public constant for scaling, not a filter; values outside
/// it are read and kept as they are.</param>
/// <param name="Maximum">Upper end of the plausible range, above <paramref name="Minimum"/>.</param>
public sealed record NumericColumn(string Name, string Meaning, string Unit, double Minimum, double Maximum)
    : Column(Name, Meaning)
{
    /// <summary>Whether values outside of the range are refused; for ranges that an author declared for a file of their
    /// own, where such a value is a slip or a mark of a missing one.</summary>
    public bool IsLimit { get; init; }
}

/// <summary>One value of a category, or one class.</summary>
/// <param name="Name">For people.</param>
/// <param name="Spellings">How files write it; empty when they write the name.</param>
public sealed record Level(string Name, params ImmutableArray<string> Spellings)
{
    /// <summary>Every cell that means this level.</summary>
    public ImmutableArray<string> Written => Spellings.IsDefaultOrEmpty ? [Name] : Spellings;

    /// <summary>Levels that files write by their names.</summary>
    public static ImmutableArray<Level> Named(params ReadOnlySpan<string> names)
    {
        var levels = ImmutableArray.CreateBuilder<Level>(names.Length);
        foreach (var name in names) levels.Add(new Level(name));
        return levels.MoveToImmutable();
    }
}

/// <summary>A category with declared levels; code k is the k-th of them.</summary>
public sealed record CategoricalColumn(string Name, string Meaning, ImmutableArray<Level> Levels)
    : Column(Name, Meaning);

/// <summary>What is to be predicted; class k is the k-th, and several spellings may mean one class.</summary>
public sealed record LabelColumn(string Name, string Meaning, ImmutableArray<Level> Classes) : Column(Name, Meaning);

/// <summary>Which hospital holds the record.</summary>
/// <param name="Hospitals">The declared hospitals; empty when the file is to say which there are (then they are
/// numbered in ordinal order of their names).</param>
public sealed record HospitalColumn(string Name, string Meaning, ImmutableArray<Level> Hospitals)
    : Column(Name, Meaning);

/// <summary>Whose record it is: records with one code are of one patient, whose records are kept together.</summary>
public sealed record PatientColumn(string Name, string Meaning) : Column(Name, Meaning);

/// <summary>Whether a record is private, public, for the test, or held out.</summary>
/// <param name="Parts">How the file writes each part.</param>
public sealed record PartColumn(
    string Name, string Meaning, ImmutableArray<(PublishedPart Part, Level Level)> Parts) : Column(Name, Meaning);

/// <summary>A column of the file that is not used.</summary>
/// <param name="Meaning">What it holds and why it is left out.</param>
public sealed record IgnoredColumn(string Name, string Meaning) : Column(Name, Meaning);
