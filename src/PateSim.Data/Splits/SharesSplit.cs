using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Splits;

/// <summary>Public and test sets as shares of all records, drawn at random.</summary>
public sealed class SharesSplit : ISplit
{
    public static Component<ISplit> Component { get; } = new(
        new ComponentDescriptor(
            "split", "shares", "Public and test sets are random shares of all records; the rest is private.",
            [
                OptionSpec.Real(
                    "public", "Share of all records that becomes the public, de-identified set.", .2, 0, 1, true),
                OptionSpec.Real("test", "Share of all records that is held out for measuring.", .2, 0, 1, true),
            ],
            [
                "A uniformly random order of all n records is drawn from the key; the first [share·n] records, rounded "
                + "to the nearest whole number (halves up), are public, the next are the test, the rest is private.",
                "Where the dataset says whose record each is, n counts patients in place of records: all records of a "
                + "patient get one role.",
                "Published parts are not looked at, and classes are not balanced.",
            ]),
        options => new SharesSplit(options.Real("public"), options.Real("test")));

    private readonly double _public;
    private readonly double _test;

    private SharesSplit(double publicShare, double testShare)
    {
        if (publicShare + testShare >= 1)
            throw new OptionException(
                "public",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"public {publicShare} and test {testShare} leave nothing for hospitals; keep their sum below 1."));
        (_public, _test) = (publicShare, testShare);
    }

    public Roles Assign(RawTable table, RandomKey key)
    {
        DeclaredSplit.RefuseBindingParts(table);
        var units = PatientUnits.Of(table, [.. Enumerable.Range(0, table.Rows)]);
        var order = key.Open().Permutation(units.Count);
        var publicCount = Count(_public, order.Length);
        var testCount = Count(_test, order.Length);
        if (publicCount == 0) throw TooFew("public", _public, order.Length);
        if (testCount == 0) throw TooFew("test", _test, order.Length);
        if (publicCount + testCount >= order.Length)
            throw new OptionException(
                "public", $"Of {order.Length} records none is left for the hospitals; lower the shares public and "
                + "test.");
        return new Roles(
            [.. units.Rows(order.AsSpan(publicCount + testCount)).Order()],
            units.Rows(order.AsSpan(0, publicCount)),
            [.. units.Rows(order.AsSpan(publicCount, testCount)).Order()]);
    }

    internal static int Count(double share, int records) => (int)Math.Floor(share * records + .5);

    internal static OptionException TooFew(string option, double share, int records) => new(
        option, string.Create(
            CultureInfo.InvariantCulture, $"A share of {share} of {records} records is not one record."));
}
