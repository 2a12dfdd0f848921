using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Encoders;
using PateSim.Data.Partitioners;
using PateSim.Data.PublicSets;
using PateSim.Data.Reading;
using PateSim.Data.Shifts;
using PateSim.Data.Splits;
using PateSim.Data.Tables;

namespace PateSim.Data.Federation;

/// <summary>What a scenario says about its data.</summary>
public sealed record FederationPlan(
    IDatasetSource Dataset, ISplit Split, IPartitioner Partitioner, EncodingOptions Encoding)
{
    /// <summary>Where the public set comes from; null for the split.</summary>
    public Chosen<IPublicSource>? PublicSource { get; init; }

    public DeidentificationRules Deidentification { get; init; } = DeidentificationRules.None;

    /// <summary>In the order in which they are applied to the hospitals' records.</summary>
    public ImmutableArray<Chosen<IShift>> Shifts { get; init; } = [];

    /// <summary>How many hospitals may hold records of one patient, k ≥ 1.</summary>
    public int HospitalsPerPatient { get; init; } = 1;
}

/// <summary>From a plan to encoded records in their places.</summary>
public static class FederationBuilder
{
    /// <summary>Loads the dataset, gives every record its place, checks that it is one place, and encodes.</summary>
    /// <param name="key">Address of the randomness: "dataset", "split", "partition", "public" and "shift" below
    /// it.</param>
    /// <exception cref="Core.InvalidInputException">A data file cannot be used.</exception>
    /// <exception cref="OptionException">Split or partitioner do not fit the dataset.</exception>
    /// <exception cref="FederationException">Public set, shifts or patients do not fit it.</exception>
    public static FederatedData Build(
        FederationPlan plan, DataAccess access, RandomKey key, CancellationToken cancellation = default) =>
        Build(plan, plan.Dataset.Load(access, key.Derive("dataset"), cancellation), access, key, cancellation);

    /// <summary>The same for a table at hand, as where several trials share one.</summary>
    public static FederatedData Build(
        FederationPlan plan, RawTable loaded, DataAccess access, RandomKey key,
        CancellationToken cancellation = default)
    {
        var table = Deidentification.Drop(loaded, plan.Deidentification);
        var pool = plan.PublicSource?.Instance.Load(
            table, plan.Dataset.Info, access, key.Derive("public"), cancellation);
        var roles = plan.Split.Assign(table, key.Derive("split"));
        // With a public set from elsewhere, what the split set aside for it measures with the test.
        if (pool is not null)
            roles = new Roles(roles.Private, [], [.. roles.Test.Concat(roles.Public).Order()]);
        var (publicTable, publicRows, deidentified) = Deidentification.Apply(
            pool?.Table ?? table, pool?.Rows ?? roles.Public, plan.Deidentification);
        var withheld = ImmutableArray<int>.Empty;
        if (pool is null)
        {
            withheld = [.. roles.Public.Except(publicRows).Order()];
            roles = roles with { Public = publicRows };
        }
        var hospitals = plan.Partitioner.Partition(table, roles.Private, key.Derive("partition"), cancellation);
        var disjointness = DisjointnessRecord.Check(
            table.Rows, roles, hospitals, table.Patients, plan.HospitalsPerPatient, withheld);
        var encoder = plan.Encoding.FittedOn == FittedOn.Pooled
            ? Encoder.Fit(table, roles.Private.AsSpan(), plan.Encoding)
            : Encoder.Fit(publicTable, publicRows.AsSpan(), plan.Encoding);
        var shards = new HospitalShard[hospitals.Length];
        for (var id = 0; id < hospitals.Length; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            shards[id] = new HospitalShard(id, hospitals[id].Name, encoder.Encode(table, hospitals[id].Rows.AsSpan()));
        }
        var shifts = ShiftApplication.Apply(plan.Shifts, shards, table.Schema, encoder.Record, key.Derive("shift"));
        var publicSet = new PublicSetRecord(
            plan.PublicSource?.Name ?? SplitPublicSource.Component.Name, pool?.Statement ?? PublicSetRecord.OfSplit,
            publicRows.Length, pool?.LabelsKnown ?? true, deidentified);
        return new FederatedData(
            plan.Dataset.Info with { Schema = table.Schema }, table.ClassNames, encoder.FeatureNames,
            ImmutableCollectionsMarshal.AsImmutableArray(shards), encoder.Encode(publicTable, publicRows.AsSpan()),
            encoder.Encode(table, roles.Test.AsSpan()), disjointness, encoder.Record)
        {
            Certificate = new FederationCertificate(
                disjointness, [.. hospitals.Select(h => Place(h, table))], publicSet, shifts,
                BoundaryCrossings.Of(table.Schema, encoder.Record, publicSet)),
        };
    }

    private static HospitalPlace Place(HospitalRows hospital, RawTable table)
    {
        int[] rows = [.. hospital.Rows.Order()];
        int? patients = table.HasPatients ? rows.Select(r => table.Patients[r]).Distinct().Count() : null;
        return new HospitalPlace(hospital.Name, rows.Length, patients, DisjointnessRecord.Digest(rows));
    }
}
