using CsCheck;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Splits;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Splits;

public sealed class SplitTests
{
    private static ISplit Shares(double publicShare, double test) =>
        DataCatalogs.Splits["shares"].With(("public", publicShare), ("test", test)).Instance;

    private static ISplit Published(double publicShare) =>
        DataCatalogs.Splits["published"].With(("public", publicShare)).Instance;

    private static PublishedPart FirstHalf(int row, int rows) =>
        row < rows / 2 ? PublishedPart.Training : PublishedPart.HeldOut;

    [Fact]
    public void Every_record_gets_exactly_one_role() =>
        Gen.Select(Gen.Int[10, 400], Gen.Double[.1, .45], Gen.Double[.1, .45], Gen.Int).Sample(
        (rows, publicShare, test, seed) =>
        {
            var roles = Shares(publicShare, test).Assign(Support.Tables.Numbered(rows), RandomKey.FromSeed(seed));
            return roles.Private.Concat(roles.Public)
                .Concat(roles.Test).Order().SequenceEqual(Enumerable.Range(0, rows))
                && roles.Public.Length == (int)Math.Floor(publicShare * rows + .5)
                && roles.Test.Length == (int)Math.Floor(test * rows + .5)
                && roles.Private.SequenceEqual(roles.Private.Order());
        },
        iter: 300);

    [Fact]
    public void Published_parts_stay_on_their_sides() =>
        Gen.Select(Gen.Int[8, 300], Gen.Double[.2, .8], Gen.Int).Sample(
        (rows, publicShare, seed) =>
        {
            var table = Support.Tables.Numbered(rows, part: row => FirstHalf(row, rows));
            var roles = Published(publicShare).Assign(table, RandomKey.FromSeed(seed));
            return roles.Private.SequenceEqual(Enumerable.Range(0, rows / 2))
                && roles.Public.Concat(roles.Test).Order().SequenceEqual(Enumerable.Range(rows / 2, rows - rows / 2));
        },
        iter: 200);

    [Fact]
    public void The_key_decides_and_nothing_else()
    {
        var table = Support.Tables.Numbered(100);
        var one = Shares(.2, .2).Assign(table, RandomKey.FromSeed(1));
        var same = Shares(.2, .2).Assign(table, RandomKey.FromSeed(1));
        Assert.Equal(one.Public.AsEnumerable(), same.Public);
        Assert.Equal(one.Test.AsEnumerable(), same.Test);
        Assert.NotEqual(one.Public.AsEnumerable(), Shares(.2, .2).Assign(table, RandomKey.FromSeed(2)).Public);
    }

    [Fact]
    public void Shares_that_leave_a_part_empty_are_refused()
    {
        Assert.Equal("public", Assert.Throws<OptionException>(() => Shares(.5, .5)).Option);
        Assert.Equal("public", Refuse(Shares(.01, .5), 10));
        Assert.Equal("test", Refuse(Shares(.5, .01), 10));
        Assert.Equal("public", Refuse(Shares(.49, .5), 10));
        Assert.Throws<ArgumentException>(() => Shares(0, .2));
    }

    [Fact]
    public void A_dataset_in_one_piece_has_no_published_split()
    {
        var refused = Assert.Throws<OptionException>(
            () => Published(.5).Assign(Support.Tables.Numbered(10), RandomKey.FromSeed(1)));
        Assert.Contains("Use 'shares'", refused.Message, StringComparison.Ordinal);
        var allTraining = Support.Tables.Numbered(10, part: _ => PublishedPart.Training);
        Assert.Throws<OptionException>(() => Published(.5).Assign(allTraining, RandomKey.FromSeed(1)));
        var allHeldOut = Support.Tables.Numbered(10, part: _ => PublishedPart.HeldOut);
        Assert.Throws<OptionException>(() => Published(.5).Assign(allHeldOut, RandomKey.FromSeed(1)));
    }

    [Fact]
    public void All_records_of_a_patient_get_one_role() => Gen.Select(Gen.Int[60, 400], Gen.Int[2, 5], Gen.Int).Sample(
        (rows, perPatient, seed) =>
        {
            var table = Support.Tables.Random(rows, 3, seed, perPatient);
            var roles = Shares(.3, .3).Assign(table, RandomKey.FromSeed(seed));
            HashSet<int> Patients(IEnumerable<int> part) => [.. part.Select(r => table.Patients[r])];
            var all = Patients(Enumerable.Range(0, rows));
            var (open, test) = (Patients(roles.Public), Patients(roles.Test));
            return roles.Private.Concat(roles.Public).Concat(roles.Test).Order()
                    .SequenceEqual(Enumerable.Range(0, rows))
                && Patients(roles.Private).Count + open.Count + test.Count == all.Count
                && open.Count == (int)Math.Floor(.3 * all.Count + .5) && test.Count == open.Count;
        },
        iter: 200);

    [Fact]
    public void A_patient_in_both_published_parts_is_refused()
    {
        RawTable Table(params int[] patients)
        {
            var table = new RawTableBuilder(Support.Tables.Schema, 6, publishedParts: true, patients: true);
            table.AddRows(6);
            for (var row = 0; row < 6; row++)
            {
                table.SetPatient(row, patients[row]);
                table.SetPart(row, FirstHalf(row, 6));
            }
            return table.Build();
        }
        var roles = Published(.5).Assign(Table(0, 1, 0, 2, 3, 2), RandomKey.FromSeed(1));
        Assert.Contains(roles.Public.Order().ToList(), new List<List<int>> { new() { 3, 5 }, new() { 4 } });
        var refused = Assert.Throws<OptionException>(
            () => Published(.5).Assign(Table(0, 1, 0, 1, 2, 3), RandomKey.FromSeed(1)));
        Assert.StartsWith("1 patients have records in the published training part", refused.Message,
            StringComparison.Ordinal);
    }

    private static string Refuse(ISplit split, int rows) => Assert.Throws<OptionException>(
        () => split.Assign(Support.Tables.Numbered(rows), RandomKey.FromSeed(1))).Option;
}
