using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>A file of the user's own and what part its records are.</summary>
/// <param name="Option">The option that names it.</param>
/// <param name="Part">Null where a column says it, or no one does.</param>
internal sealed record OwnFile(string Option, string Path, PublishedPart? Part);

/// <summary>What a scenario says about records in text files of its own.</summary>
/// <param name="Classes">Empty: the file says which there are.</param>
/// <param name="Hospital">Null: the file does not say.</param>
/// <param name="Patient">Null: the file does not say.</param>
/// <param name="Part">The column of parts; null when there is none.</param>
/// <param name="Missing">Marks of missing values in columns that declare none of their own.</param>
internal sealed record OwnOptions(
    string Kind, ImmutableArray<OwnFile> Files, string Label, ImmutableArray<Level> Classes, string? Hospital,
    string? Patient, string? Part, ImmutableArray<(PublishedPart Part, Level Level)> Parts,
    ImmutableArray<string> Missing, ImmutableSortedDictionary<string, ColumnDeclaration> Columns)
{
    private static readonly ImmutableArray<(string Name, PublishedPart Part)> PartNames =
    [
        ("private", PublishedPart.Training), ("public", PublishedPart.Public), ("test", PublishedPart.Test),
        ("held-out", PublishedPart.HeldOut),
    ];

    /// <summary>Files, for every format.</summary>
    public static ImmutableArray<OptionSpec> FileSpecs(string what) =>
    [
        OptionSpec.Text(
            "file", $"{what}: a path, or a path below a data folder. Plain, gzipped, or in a zip archive "
            + "(archive.zip, or archive.zip!name where it holds several). It must be written.", null),
        OptionSpec.Text(
            "public-file", "A second such file, whose records are the public set; for the split 'declared'.", null),
        OptionSpec.Text("test-file", "A further such file, whose records are the test; for the split 'declared'.", null),
        OptionSpec.Text(
            "held-out-file", "In place of both, a file from which the split 'published' draws public set and test.",
            null),
    ];

    public static ImmutableArray<OptionSpec> RoleSpecs { get; } =
    [
        OptionSpec.Text("label", "The column to predict. It must be written.", null),
        OptionSpec.Text(
            "classes",
            "The classes as name=spelling|spelling, separated by commas, such as \"well=0, ill=1|2\"; unset means that "
            + "the file says which there are, in ordinal order.", null),
        OptionSpec.Text("hospital", "The column that says which hospital holds a record.", null),
        OptionSpec.Text(
            "patient", "The column that says whose record it is; a patient's records are kept together.", null),
        OptionSpec.Text(
            "part", "The column that says whether a record is private, public, for the test, or held out.", null),
        OptionSpec.Text(
            "parts",
            "How the column writes them, as part=spelling|spelling, such as \"private=train, public=pool, test=final\"; "
            + "unset means by their names private, public, test and held-out.", null),
        OptionSpec.Text("missing", "Cells that stand for a missing value, separated by commas.", "?, NA"),
        OptionSpec.Flag("empty-is-missing", "Whether an empty cell is a missing value.", true),
        OptionSpec.Text("numeric", "Columns that are numbers, separated by commas; others are looked at.", ""),
        OptionSpec.Text(
            "categorical", "Columns that are categories though they look like numbers, separated by commas.", ""),
        OptionSpec.Text("ignore", "Columns that are not used, separated by commas.", ""),
        OptionSpec.Blocks(
            ColumnDeclaration.Option, "What columns hold, by their names, so that nothing of it has to be read from "
            + "patients' records.", ColumnDeclaration.Specs),
    ];

    /// <summary>All columns that the scenario names.</summary>
    public IEnumerable<string> Named =>
        new[] { Label, Hospital, Patient, Part }.OfType<string>().Concat(Columns.Keys).Distinct();

    /// <summary>Whether files or a column say which records are private.</summary>
    public bool HasParts => Part is not null || Files.Length > 1;

    /// <exception cref="OptionException">File or label is not written, a column is named twice, or what is said does not
    /// fit together.</exception>
    public static OwnOptions From(string kind, OptionValues values)
    {
        var files = OwnFiles(kind, values);
        var missing = List(values.Text("missing"));
        if (values.Flag("empty-is-missing")) missing = missing.Add("");
        var (hospital, patient) = (Optional(values, "hospital"), Optional(values, "patient"));
        var part = Optional(values, "part");
        var options = new OwnOptions(
            kind, files, Required(kind, values, "label", "outcome"),
            values.Has("classes") ? ParseClasses(List(values.Text("classes"))) : [],
            hospital, patient, part, ParseParts(values, part, files), missing,
            values.Blocks(ColumnDeclaration.Option).ToImmutableSortedDictionary(
                pair => pair.Key, pair => ColumnDeclaration.From(pair.Key, pair.Value), StringComparer.Ordinal));
        return options.WithLists(
            List(values.Text("numeric")), List(values.Text("categorical")), List(values.Text("ignore")));
    }

    /// <summary>The file and those beside it.</summary>
    /// <exception cref="OptionException">They are not those of one split.</exception>
    public static ImmutableArray<OwnFile> OwnFiles(string kind, OptionValues values)
    {
        var first = Required(kind, values, "file", "\"patients.csv\"");
        var (publicFile, testFile) = (Optional(values, "public-file"), Optional(values, "test-file"));
        if (Optional(values, "held-out-file") is { } heldOut)
        {
            if (publicFile is not null || testFile is not null)
                throw new OptionException(
                    "held-out-file", "It stands in place of public-file and test-file; write it or them.");
            return
            [
                new OwnFile("file", first, PublishedPart.Training),
                new OwnFile("held-out-file", heldOut, PublishedPart.HeldOut),
            ];
        }
        if (publicFile is null && testFile is null) return [new OwnFile("file", first, null)];
        if (publicFile is null || testFile is null)
            throw new OptionException(
                publicFile is null ? "test-file" : "public-file",
                "public-file and test-file come together. For one file that gives both sets write held-out-file.");
        return
        [
            new OwnFile("file", first, PublishedPart.Training),
            new OwnFile("public-file", publicFile, PublishedPart.Public),
            new OwnFile("test-file", testFile, PublishedPart.Test),
        ];
    }

    public static ImmutableArray<string> List(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <exception cref="OptionException">There is one class, or a spelling stands twice.</exception>
    public static ImmutableArray<Level> ParseClasses(ImmutableArray<string> items)
    {
        var levels = LevelText.Parse(items);
        if (levels.Length < 2)
            throw new OptionException("classes", "Two classes or more are due, such as \"well=0, ill=1|2\".");
        return LevelText.Repeated(levels) is { } twice
            ? throw new OptionException("classes", $"'{twice}' stands twice.")
            : levels;
    }

    public static string? Optional(OptionValues values, string option) =>
        values.Has(option) ? values.Text(option).Trim() : null;

    /// <exception cref="OptionException">It is not written.</exception>
    public static string Required(string kind, OptionValues values, string option, string example) =>
        Optional(values, option) is { Length: > 0 } text
            ? text
            : throw new OptionException(
                option, $"The dataset '{kind}' needs it; write for example {option} = {example}.");

    private static ImmutableArray<(PublishedPart, Level)> ParseParts(
        OptionValues values, string? part, ImmutableArray<OwnFile> files)
    {
        if (part is null)
        {
            return values.Has("parts")
                ? throw new OptionException("parts", "No column part is named that it could speak of.")
                : [];
        }
        if (files.Length > 1)
            throw new OptionException(
                files[1].Option, "The column part says which records are public and which are private; files cannot "
                + "say it, too.");
        if (!values.Has("parts")) return [.. PartNames.Select(p => (p.Part, new Level(p.Name)))];
        var levels = LevelText.Parse(List(values.Text("parts")));
        if (LevelText.Repeated(levels) is { } twice) throw new OptionException("parts", $"'{twice}' stands twice.");
        return
        [
            .. levels.Select(level => PartNames.Any(p => p.Name == level.Name)
                ? (PartNames.First(p => p.Name == level.Name).Part, level)
                : throw new OptionException(
                    "parts", $"'{level.Name}' is no part. {Core.Suggestion.Describe(
                        level.Name, [.. PartNames.Select(p => p.Name)])}")),
        ];
    }

    private OwnOptions WithLists(
        ImmutableArray<string> numeric, ImmutableArray<string> categorical, ImmutableArray<string> ignored)
    {
        (string Option, string? Column)[] uses =
        [
            ("label", Label), ("hospital", Hospital), ("patient", Patient), ("part", Part),
            .. numeric.Select(c => ("numeric", (string?)c)), .. categorical.Select(c => ("categorical", (string?)c)),
            .. ignored.Select(c => ("ignore", (string?)c)),
        ];
        var twice = uses.Where(u => u.Column is not null).GroupBy(u => u.Column).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new OptionException(
                twice.Last().Option,
                $"The column '{twice.Key}' is named twice: by {string.Join(" and ", twice.Select(u => u.Option))}.");
        foreach (var (option, column) in uses)
        {
            if (column is not null && Columns.TryGetValue(column, out var declared)) CheckRole(option, column, declared);
        }
        foreach (var (column, declared) in Columns)
        {
            var clash = declared.Levels.SelectMany(l => l.Written).FirstOrDefault(
                spelling => column != Label && column != Hospital && (declared.Missing ?? Missing).Contains(spelling));
            if (clash is not null)
                throw new OptionException(
                    ColumnDeclaration.Option,
                    $"The column '{column}': '{clash}' is a level and a mark of missing values. Give the column marks of "
                    + "its own, such as missing = [].");
        }
        var all = Columns.ToBuilder();
        Add(numeric, ColumnKind.Number);
        Add(categorical, ColumnKind.Category);
        Add(ignored, ColumnKind.Ignored);
        var label = Columns.GetValueOrDefault(Label);
        return this with
        {
            Columns = all.ToImmutable(),
            Classes = label is { Levels.IsEmpty: false } ? label.Levels : Classes,
        };

        void Add(ImmutableArray<string> columns, ColumnKind kind)
        {
            foreach (var column in columns) all.Add(column, ColumnDeclaration.None with { Kind = kind });
        }
    }

    // What a column's block may say of one that has a role.
    private void CheckRole(string option, string column, ColumnDeclaration declared)
    {
        OptionException Refuse(string why) =>
            new(ColumnDeclaration.Option, $"The column '{column}' is named by {option}: {why}");
        if (option is "numeric" or "categorical" or "ignore")
            throw Refuse($"say what it holds there or in {ColumnDeclaration.Option}, not in both.");
        if (declared.Range is not null || declared.Unit.Length > 0
            || declared.Kind is ColumnKind.Number or ColumnKind.Ignored || declared.Missing is not null)
            throw Refuse("range, unit, type and marks of missing values are for columns to predict from.");
        if (option == "label" && declared.Kind == ColumnKind.Category && declared.Levels.Length < 2)
            throw Refuse("its levels are the classes: two or more.");
        if (option == "label" && !declared.Levels.IsEmpty && !Classes.IsEmpty)
            throw Refuse("write classes or its levels, not both.");
        if (option is "patient" or "part" && declared.Kind == ColumnKind.Category)
            throw Refuse(option == "part" ? "say with parts how it writes them." : "patients are not listed.");
    }
}
