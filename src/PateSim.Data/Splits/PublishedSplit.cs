using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Splits;

/// <summary>The published training part is private; the published held-out part gives public set and test.</summary>
public sealed class PublishedSplit : ISplit
{
    public static Component<ISplit> Component { get; } = new(
        new ComponentDescriptor(
            "split", "published",
            "Hospitals hold the published training part; public and test sets come from the held-out part.",
            [
                OptionSpec.Real(
                    "public", "Share of the held-out part that becomes the public set; the rest is the test.",
                    .5, 0, 1, true),
            ],
            [
                "The protocol of Papernot et al. 2017: queries are held-out records, the student is measured on the "
                + "others.",
                "The held-out records are put in a uniformly random order drawn from the key; the first [public·m] of "
                + "m, rounded to the nearest whole number (halves up), are public. Only for datasets that were "
                + "published in two parts. Where the dataset says whose record each is, patients are drawn in place "
                + "of records, and a patient in both parts is refused.",
            ],
            "Papernot, Abadi, Erlingsson, Goodfellow and Talwar 2017, section 4"),
        options => new PublishedSplit(options.Real("public")));

    private readonly double _public;

    private PublishedSplit(double publicShare) => _public = publicShare;

    public Roles Assign(RawTable table, RandomKey key)
    {
        if (!table.HasPublishedParts)
            throw new OptionException(
                "split",
                "The split 'published' needs a dataset that was published as training and held-out part; this one "
                + "was published in one piece. Use 'shares'.");
        if (table.Parts.ContainsAny(PublishedPart.Public, PublishedPart.Test))
            throw new OptionException(
                "split", "The dataset says which records are public and which are for the test; use the split 'declared'.");
        var training = new List<int>(table.Rows);
        var heldOut = new List<int>(table.Rows);
        for (var row = 0; row < table.Rows; row++)
            (table.Parts[row] == PublishedPart.Training ? training : heldOut).Add(row);
        RefuseDividedPatients(table, training, heldOut);
        var units = PatientUnits.Of(table, heldOut);
        var order = key.Open().Permutation(units.Count);
        var publicCount = SharesSplit.Count(_public, order.Length);
        if (publicCount == 0) throw SharesSplit.TooFew("public", _public, order.Length);
        if (publicCount == order.Length)
            throw new OptionException("public", $"Of {order.Length} held-out records none is left for the test.");
        if (training.Count == 0) throw new OptionException("split", "The published training part is empty.");
        return new Roles(
            [.. training], units.Rows(order.AsSpan(0, publicCount)),
            [.. units.Rows(order.AsSpan(publicCount)).Order()]);
    }

    private static void RefuseDividedPatients(RawTable table, List<int> training, List<int> heldOut)
    {
        if (!table.HasPatients) return;
        var trained = new HashSet<int>();
        foreach (var row in training) trained.Add(table.Patients[row]);
        var divided = new HashSet<int>();
        foreach (var row in heldOut)
        {
            if (trained.Contains(table.Patients[row])) divided.Add(table.Patients[row]);
        }
        if (divided.Count > 0)
            throw new OptionException(
                "split",
                $"{divided.Count} patients have records in the published training part and in the held-out part; no "
                + "patient may be on both sides. Use 'shares'.");
    }
}
