using System.Collections.Immutable;
using CsCheck;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Federation;
using PateSim.Data.Partitioners;
using PateSim.Data.Splits;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Partitioners;

/// <summary>What every partitioner keeps, over random tables with and without patients of several records.</summary>
public abstract class PartitionerContract
{
    /// <summary>Options with which it can share out any of the tables below over so many hospitals.</summary>
    /// <param name="units">Private patients, or records where patients are not known.</param>
    private protected abstract IPartitioner Create(int hospitals, int units);

    private protected virtual int Sites => 0;

    private protected static IPartitioner Make(string name, params (string, object)[] options) =>
        DataCatalogs.Partitioners[name].With(options).Instance;

    private protected static OptionException Refusal(IPartitioner partitioner, RawTable table, long seed = 1) =>
        Assert.Throws<OptionException>(
            () => partitioner.Partition(table, PrivateRows(table), RandomKey.FromSeed(seed), default));

    /// <summary>Three patients of four, or three records of four, are private.</summary>
    private protected static ImmutableArray<int> PrivateRows(RawTable table) =>
    [
        .. Enumerable.Range(0, table.Rows).Where(
            row => (table.HasPatients ? table.Patients[row] : row) % 4 != 1),
    ];

    private static readonly Gen<(RawTable Table, int Hospitals, int Seed)> Cases =
        Gen.Select(Gen.Int[120, 600], Gen.Int[2, 6], Gen.Int[0, 3], Gen.Int[2, 8], Gen.Int[0, 1_000_000]).Select(
            (rows, classes, perPatient, hospitals, seed) =>
                (Support.Tables.Random(rows, classes, seed, perPatient, 0), hospitals, seed));

    private RawTable WithSites(RawTable table, int seed) => Sites == 0
        ? table
        : Support.Tables.Random(table.Rows, table.ClassNames.Length, seed, table.HasPatients ? 2 : 0, Sites);

    private static int Units(RawTable table, ImmutableArray<int> rows) =>
        table.HasPatients ? rows.Select(r => table.Patients[r]).Distinct().Count() : rows.Length;

    private ImmutableArray<HospitalRows> Run(RawTable table, int hospitals, long seed) =>
        Create(hospitals, Units(table, PrivateRows(table)))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(seed), default);

    [Fact]
    public void Every_private_record_is_in_exactly_one_hospital_and_none_is_empty() => Cases.Sample(
        c =>
        {
            var table = WithSites(c.Table, c.Seed);
            var parts = Run(table, c.Hospitals, c.Seed);
            return parts.All(p => !p.Rows.IsEmpty)
                && parts.SelectMany(p => p.Rows).Order().SequenceEqual(PrivateRows(table))
                && parts.Select(p => p.Name).Distinct().Count() == parts.Length;
        },
        iter: 150);

    [Fact]
    public void No_patient_is_in_two_hospitals() => Cases.Where(c => c.Table.HasPatients).Sample(
        c =>
        {
            var table = WithSites(c.Table, c.Seed);
            var parts = Run(table, c.Hospitals, c.Seed);
            ImmutableArray<int> rest = [.. Enumerable.Range(0, table.Rows).Except(PrivateRows(table))];
            var half = table.Patients[rest[rest.Length / 2]];
            var roles = new Roles(
                PrivateRows(table), [.. rest.Where(r => table.Patients[r] < half)],
                [.. rest.Where(r => table.Patients[r] >= half)]);
            var record = DisjointnessRecord.Check(table.Rows, roles, parts, table.Patients);
            return record.PatientsInSeveralPlaces == 0
                && record.Patients == Enumerable.Range(0, table.Rows).Select(r => table.Patients[r]).Distinct().Count();
        },
        iter: 100);

    [Fact]
    public void The_same_key_gives_the_same_hospitals_and_another_key_gives_others() => Cases.Sample(
        c =>
        {
            var table = WithSites(c.Table, c.Seed);
            List<int> Flat(long seed) => [.. Run(table, c.Hospitals, seed).SelectMany(p => p.Rows.Append(-1))];
            return Flat(c.Seed).SequenceEqual(Flat(c.Seed)) && !Flat(c.Seed).SequenceEqual(Flat(c.Seed + 1L));
        },
        iter: 60);

    [Fact]
    public void Records_that_are_not_private_change_nothing() => Cases.Sample(
        c =>
        {
            var table = WithSites(c.Table, c.Seed);
            var kept = PrivateRows(table);
            var alone = table.Where(row => kept.BinarySearch(row) >= 0);
            var whole = Run(table, c.Hospitals, c.Seed);
            var parts = Create(c.Hospitals, Units(table, kept)).Partition(
                alone, [.. Enumerable.Range(0, alone.Rows)], RandomKey.FromSeed(c.Seed), default);
            return parts.Select(p => p.Name).SequenceEqual(whole.Select(p => p.Name))
                && parts.SelectMany(p => p.Rows.Select(r => kept[r])).SequenceEqual(whole.SelectMany(p => p.Rows));
        },
        iter: 60);

    [Fact]
    public void A_cancelled_partition_stops()
    {
        var table = Support.Tables.Random(200, 3, 1, 0, Sites);
        Assert.Throws<OperationCanceledException>(() => Create(4, Units(table, PrivateRows(table))).Partition(
            table, PrivateRows(table), RandomKey.FromSeed(1), new CancellationToken(true)));
    }
}
