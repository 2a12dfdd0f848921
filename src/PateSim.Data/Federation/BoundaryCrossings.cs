using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Encoders;
using PateSim.Data.Tables;

namespace PateSim.Data.Federation;

/// <summary>What passed between hospitals before the first query.</summary>
internal static class BoundaryCrossings
{
    public static ImmutableArray<BoundaryCrossing> Of(
        TableSchema schema, EncodingRecord encoding, PublicSetRecord publicSet) =>
        [Schema(schema), Constants(encoding), Public(publicSet)];

    private static BoundaryCrossing Schema(TableSchema schema) => schema.FromRecords
        ? new BoundaryCrossing(
            "column names, levels, classes and ranges", "the records of all hospitals, the public set and the test",
            false, "They were read from the records, so that each patient may show in them; no epsilon covers that. "
            + "Declare them in the scenario.")
        : new BoundaryCrossing(
            "column names, units, levels, classes and plausible ranges", "no record", true,
            "They are declared with the dataset and known before any record is seen.");

    private static BoundaryCrossing Constants(EncodingRecord encoding)
    {
        const string What = "constants of the encoding: centre and scale of each numeric column, shares of levels for "
            + "missing values";
        var count = encoding.FitRecords.ToString(CultureInfo.InvariantCulture);
        return encoding.Options.FittedOn switch
        {
            FittedOn.Schema => new BoundaryCrossing(
                What, "no record", true, "They follow from the declared ranges and levels."),
            FittedOn.Public => new BoundaryCrossing(
                What, $"the {count} records of the public set", true,
                "Everyone may see the public set, and no patient of it is in a hospital."),
            _ => new BoundaryCrossing(
                What, $"the {count} private records of all hospitals together", false,
                "Each patient shapes the features of every hospital. No epsilon covers that; none of this run may be "
                + "published. Write data.encoding.fitted-on = public or schema."),
        };
    }

    private static BoundaryCrossing Public(PublicSetRecord set)
    {
        var rules = set.Deidentification.Rules;
        var words = new List<string> { "direct identifiers (patient and hospital) are never features" };
        if (!rules.Drop.IsEmpty) words.Add("dropped: " + string.Join(", ", rules.Drop));
        if (!rules.Generalise.IsEmpty)
        {
            words.Add("generalised: " + string.Join(", ", rules.Generalise.Select(
                g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} to intervals of {g.Value:R}"))));
        }
        words.Add(set.Deidentification.Anonymity is { } anonymity
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{anonymity.K}-anonymous in {string.Join(", ", anonymity.QuasiIdentifiers)}, ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{anonymity.UniqueRecords} of {set.Records} records unique in them")
            : "k-anonymity was not measured, for no quasi-identifiers are named");
        return new BoundaryCrossing(
            string.Create(CultureInfo.InvariantCulture, $"the features of the {set.Records} public records"),
            "the public set", true,
            $"They are published on purpose; epsilon speaks of the hospitals' patients, not of theirs. "
            + char.ToUpperInvariant(words[0][0]) + string.Join("; ", words)[1..] + ".");
    }
}
