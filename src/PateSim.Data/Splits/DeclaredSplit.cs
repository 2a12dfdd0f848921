using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Splits;

/// <summary>The roles that the author of a file gave its records.</summary>
public sealed class DeclaredSplit : ISplit
{
    public static Component<ISplit> Component { get; } = new(
        new ComponentDescriptor(
            "split", "declared",
            "Records are private, public or for the test as a column or files of your own say.",
            [],
            [
                "For the datasets csv, arff and idx with part, or with public-file and test-file. Every record has the "
                + "role that it was given. The public records are put in a uniformly random order drawn from the key, "
                + "patient by patient where the dataset says whose record each is: the first are the queries.",
                "A patient with records in two roles is refused, and so is an empty role.",
            ]),
        _ => new DeclaredSplit());

    private static readonly (PublishedPart Part, string Name)[] Names =
        [(PublishedPart.Training, "private"), (PublishedPart.Public, "public"), (PublishedPart.Test, "test")];

    private DeclaredSplit()
    {
    }

    public Roles Assign(RawTable table, RandomKey key)
    {
        if (!table.HasPublishedParts || table.Parts.Contains(PublishedPart.HeldOut))
            throw new OptionException(
                "split", table.HasPublishedParts
                    ? "The split 'declared' needs records that are private, public or for the test; this dataset has "
                        + "held-out ones, which give both sets. Use 'published'."
                    : "The split 'declared' needs a dataset that says which records are public and which are for the "
                        + "test; this one does not. Write its option part, or public-file and test-file, or use "
                        + "'shares'.");
        var rows = Names.Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < table.Rows; row++)
            rows[Array.FindIndex(Names, n => n.Part == table.Parts[row])].Add(row);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Count == 0) throw new OptionException("split", $"No record is declared {Names[i].Name}.");
        }
        RefuseDividedPatients(table);
        var units = PatientUnits.Of(table, rows[1]);
        return new Roles([.. rows[0]], units.Rows(key.Open().Permutation(units.Count)), [.. rows[2]]);
    }

    /// <exception cref="OptionException">The author said which records are public, and the split does not look at it.
    /// </exception>
    internal static void RefuseBindingParts(RawTable table)
    {
        if (!table.Schema.PartsAreBinding) return;
        var split = table.Parts.Contains(PublishedPart.HeldOut) ? "published" : "declared";
        throw new OptionException(
            "split", "The dataset's options say which records are private, and this split would give them other roles; "
            + $"use the split '{split}', or remove those options.");
    }

    private static void RefuseDividedPatients(RawTable table)
    {
        if (!table.HasPatients) return;
        var partOf = new Dictionary<int, PublishedPart>();
        for (var row = 0; row < table.Rows; row++)
        {
            if (partOf.TryAdd(table.Patients[row], table.Parts[row])
                || partOf[table.Patients[row]] == table.Parts[row]) continue;
            var names = new[] { partOf[table.Patients[row]], table.Parts[row] }
                .Select(part => Names.First(n => n.Part == part).Name);
            throw new OptionException(
                "split", $"A patient has records in two roles: {string.Join(" and ", names)} (record {row + 1} of the "
                + "table); give all records of a patient one role.");
        }
    }
}
