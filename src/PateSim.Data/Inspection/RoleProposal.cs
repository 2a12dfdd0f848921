using System.Collections.Immutable;

namespace PateSim.Data.Inspection;

/// <summary>Which column could be what, by its name and its values.</summary>
internal static class RoleProposal
{
    private const int MostClasses = 20;

    private static readonly string[] LabelWords =
        ["label", "outcome", "target", "class", "diagnosis", "result", "y", "disease", "status", "readmitted", "died", "death"];

    private static readonly string[] HospitalWords =
        ["hospital", "clinic", "site", "centre", "center", "institution", "facility", "practice", "ward", "provider"];

    private static readonly string[] PatientWords = ["patient", "subject", "person", "mrn", "participant", "pid", "id"];

    private static readonly string[] PartWords = ["part", "split", "set", "partition", "subset", "fold"];

    private static readonly (string Part, string[] Spellings)[] Parts =
    [
        ("private", ["private", "train", "training"]), ("public", ["public", "pool", "unlabelled", "unlabeled"]),
        ("test", ["test", "testing", "final"]), ("held-out", ["held-out", "heldout", "holdout"]),
    ];

    /// <summary>The report with roles.</summary>
    /// <param name="label">The label that the user named, or null.</param>
    public static FileReport Give(FileReport report, string? label)
    {
        var parts = report.Columns.FirstOrDefault(IsPart);
        var part = parts?.Name;
        var labels = Ranked(report.Columns.Where(c => c.Name != part && CanBeLabel(c)), LabelWords, lastFirst: true);
        var chosen = label ?? labels.FirstOrDefault();
        var rest = report.Columns.Where(c => c.Name != part && c.Name != chosen).ToList();
        var hospitals = Ranked(rest.Where(c => CanBeHospital(c, report.Records)), HospitalWords, lastFirst: false);
        var hospital = hospitals.FirstOrDefault(h => Rank(h, HospitalWords) < HospitalWords.Length);
        var patients = Ranked(
            rest.Where(c => c.Name != hospital && CanBePatient(c)), PatientWords, lastFirst: false);
        // A number of the record itself tells no patients apart.
        var patient = patients.FirstOrDefault(p => Rank(p, PatientWords) < PatientWords.Length
            && rest.First(c => c.Name == p).Distinct != report.Records);
        return report with
        {
            Columns = [.. report.Columns.Select(c => c with { Role = Role(c) })],
            Parts = parts is null ? [] : [.. PartsOf(parts)!],
            Labels = labels,
            Hospitals = hospitals,
            Patients = [.. patients.Where(p => Rank(p, PatientWords) < PatientWords.Length)],
        };

        ColumnRole Role(ColumnReport column) =>
            column.Name == chosen ? ColumnRole.Label
            : column.Name == part ? ColumnRole.Part
            : column.Name == hospital ? ColumnRole.Hospital
            : column.Name == patient ? ColumnRole.Patient
            : column.Distinct == report.Records && Rank(column.Name, PatientWords) < PatientWords.Length
                ? ColumnRole.Ignored
            : column.Role;
    }

    /// <summary>The part that each value of a column of parts means; null where a value means none.</summary>
    private static List<(string Part, string Spelling)>? PartsOf(ColumnReport column)
    {
        var found = column.Levels
            .Select(l => (Parts.FirstOrDefault(p => p.Spellings.Contains(l.Level, StringComparer.OrdinalIgnoreCase)).Part, l.Level))
            .ToList();
        if (found.Any(f => f.Part is null)) return null;
        // Training and test records alone: public set and test come from the latter.
        if (found.All(f => f.Part is "private" or "test"))
            found = [.. found.Select(f => (f.Part == "test" ? "held-out" : f.Part, f.Level))];
        return found.Any(f => f.Part == "private") && found.Any(f => f.Part != "private") ? found : null;
    }

    private static bool IsPart(ColumnReport column) =>
        column.Missing == 0 && column.Kind == CellKind.Category && column.Levels.Length >= 2
        && Rank(column.Name, PartWords) < PartWords.Length && PartsOf(column) is not null;

    private static bool CanBeLabel(ColumnReport column) =>
        column.Missing == 0 && column.Levels.Length is >= 2 and <= MostClasses
        && (column.Kind == CellKind.Category || column.Kind == CellKind.Number && column.IsWhole);

    private static bool CanBeHospital(ColumnReport column, long records) =>
        column.Missing == 0 && column.Distinct is >= 2 and var distinct && distinct <= records / 10
        && (column.Kind is CellKind.Category or CellKind.FreeText || column.IsWhole)
        && (column.Distinct > 2 || Rank(column.Name, HospitalWords) < HospitalWords.Length);

    private static bool CanBePatient(ColumnReport column) =>
        column.Missing == 0 && column.Distinct is null or > ColumnProfile.MostLevels
        && (column.Kind is CellKind.FreeText || column is { Kind: CellKind.Number, IsWhole: true });

    private static ImmutableArray<string> Ranked(IEnumerable<ColumnReport> columns, string[] words, bool lastFirst)
    {
        var list = columns.Select(c => c.Name).ToList();
        if (lastFirst) list.Reverse();
        return [.. list.OrderBy(name => Rank(name, words))];
    }

    // The place of the first word that is one of the name's.
    private static int Rank(string name, string[] words)
    {
        var parts = Split(name);
        var at = Array.FindIndex(words, w => parts.Contains(w) || w.Length > 4 && parts.Any(p => p.StartsWith(w, StringComparison.Ordinal)));
        return at < 0 ? words.Length : at;
    }

    // patient_nbr, patientId and "patient number" all hold the word patient.
    private static List<string> Split(string name)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]) || i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1])) Flush();
            if (char.IsLetterOrDigit(name[i])) word.Append(char.ToLowerInvariant(name[i]));
        }
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }
}
