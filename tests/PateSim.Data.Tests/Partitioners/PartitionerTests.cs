using System.Collections.Immutable;
using CsCheck;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Partitioners;

public sealed class PartitionerTests
{
    private static IPartitioner Iid(long hospitals) =>
        DataCatalogs.Partitioners["iid"].With(("hospitals", hospitals)).Instance;

    private static IPartitioner Natural(long minSize = 1) =>
        DataCatalogs.Partitioners["natural"].With(("min-size", minSize)).Instance;

    private static ImmutableArray<int> Even(int rows) => [.. Enumerable.Range(0, rows).Where(r => r % 2 == 0)];

    [Fact]
    public void Iid_hospitals_hold_every_record_once_and_differ_in_size_by_at_most_one() =>
        Gen.Select(Gen.Int[2, 500], Gen.Int[1, 250], Gen.Int).Where(t => t.Item2 <= (t.Item1 + 1) / 2).Sample(
            (rows, hospitals, seed) =>
            {
                var parts = Iid(hospitals).Partition(
                    Support.Tables.Numbered(rows), Even(rows), RandomKey.FromSeed(seed), default);
                var sizes = parts.Select(p => p.Rows.Length).ToList();
                return parts.Length == hospitals && sizes.Max() - sizes.Min() <= 1
                    && parts.SelectMany(p => p.Rows).Order().SequenceEqual(Even(rows))
                    && parts.Select(p => p.Name).Distinct().Count() == hospitals;
            },
            iter: 300);

    [Fact]
    public void Natural_hospitals_hold_the_records_of_their_site() =>
        Gen.Int[0, 4].Array[20, 200].Where(s => s.Chunk(2).Select(c => c[0]).Distinct().Count() == 5).Sample(
            sites =>
            {
                var table = Support.Tables.Numbered(sites.Length, [.. sites]);
                var parts = Natural().Partition(table, Even(sites.Length), RandomKey.FromSeed(1), default);
                return parts.SelectMany(p => p.Rows).Order().SequenceEqual(Even(sites.Length))
                    && Enumerable.Range(0, 5)
                        .All(s => parts[s].Name == $"site {s}" && parts[s].Rows.All(r => sites[r] == s));
            },
            iter: 200);

    [Fact]
    public void The_key_decides_and_nothing_else()
    {
        var table = Support.Tables.Numbered(100, [.. Enumerable.Range(0, 100).Select(r => r % 10 / 5)]);
        foreach (var partitioner in new[] { Iid(7), Natural() })
        {
            var one = partitioner.Partition(table, Even(100), RandomKey.FromSeed(1), default);
            var same = partitioner.Partition(table, Even(100), RandomKey.FromSeed(1), default);
            var other = partitioner.Partition(table, Even(100), RandomKey.FromSeed(2), default);
            Assert.Equal(one.SelectMany(p => p.Rows), same.SelectMany(p => p.Rows));
            Assert.NotEqual(one.SelectMany(p => p.Rows), other.SelectMany(p => p.Rows));
        }
    }

    [Fact]
    public void A_minimum_size_is_kept_or_refused_and_never_looped_for()
    {
        var components = DataCatalogs.Partitioners.All.Where(
            c => c.Descriptor.Options.Any(o => o.Name == "hospitals")
                && c.Descriptor.Options.Any(o => o.Name == "min-size")).ToList();
        Assert.Equal(9, components.Count);
        var (kept, refused) = (0, 0);
        Gen.Select(Gen.Int[60, 400], Gen.Int[2, 5], Gen.Int[0, 2], Gen.Int[2, 12], Gen.Int[1, 40], Gen.Int[0, 99_999])
            .Sample(
                (rows, classes, perPatient, hospitals, minimum, seed) =>
                {
                    var table = Support.Tables.Random(rows, classes, seed, perPatient);
                    foreach (var component in components)
                    {
                        var options = new List<(string, object)>
                            { ("hospitals", (long)hospitals), ("min-size", (long)minimum) };
                        if (component.Descriptor.Options.Any(o => o.Name == "attempts")) options.Add(("attempts", 20L));
                        try
                        {
                            var parts = component.With([.. options]).Instance.Partition(
                                table, Even(rows), RandomKey.FromSeed(seed), default);
                            if (parts.Any(p => Units(table, p.Rows) < minimum)) return false;
                            Interlocked.Increment(ref kept);
                        }
                        catch (OptionException e) when (e.Option is "min-size" or "hospitals" or "classes")
                        {
                            Interlocked.Increment(ref refused);
                        }
                    }
                    return true;
                },
                iter: 150);
        Assert.True(kept > 100 && refused > 100, $"{kept} kept, {refused} refused");

        static int Units(RawTable table, ImmutableArray<int> rows) =>
            table.HasPatients ? rows.Select(r => table.Patients[r]).Distinct().Count() : rows.Length;
    }

    [Fact]
    public void More_hospitals_than_records_are_refused()
    {
        var refused = Assert.Throws<OptionException>(
            () => Iid(6).Partition(Support.Tables.Numbered(10), Even(10), RandomKey.FromSeed(1), default));
        Assert.Equal("hospitals", refused.Option);
        Assert.Equal("6 hospitals cannot share 5 private records: each needs at least one.", refused.Message);
    }

    [Fact]
    public void A_dataset_without_sites_has_no_natural_hospitals() => Assert.Equal(
        "partitioner",
        Assert.Throws<OptionException>(
            () => Natural().Partition(Support.Tables.Numbered(10), Even(10), RandomKey.FromSeed(1), default)).Option);

    [Fact]
    public void A_hospital_below_the_minimum_is_an_error_and_never_dropped()
    {
        var table = Support.Tables.Numbered(6, [0, 1, 0, 1, 0, 1]);
        var empty = Assert.Throws<OptionException>(
            () => Natural().Partition(table, Even(6), RandomKey.FromSeed(1), default));
        Assert.Contains(
            "'site 1' has no private record: all of its 3 went to the public set and the test", empty.Message,
            StringComparison.Ordinal);
        // A hospital needs one record in any case.
        Assert.DoesNotContain("min-size", empty.Message, StringComparison.Ordinal);
        Assert.Contains(
            "'site 0' has 3 private records; at least 4",
            Assert.Throws<OptionException>(() => Natural(4).Partition(table, Even(6), RandomKey.FromSeed(1), default))
                .Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_partition_stops()
    {
        var cancelled = new CancellationToken(true);
        var table = Support.Tables.Numbered(4, [0, 0, 0, 0]);
        Assert.Throws<OperationCanceledException>(
            () => Iid(2).Partition(table, Even(4), RandomKey.FromSeed(1), cancelled));
        Assert.Throws<OperationCanceledException>(
            () => Natural().Partition(table, Even(4), RandomKey.FromSeed(1), cancelled));
    }
}
