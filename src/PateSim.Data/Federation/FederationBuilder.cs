using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Encoders;
using PateSim.Data.Partitioners;
using PateSim.Data.Reading;
using PateSim.Data.Splits;
using PateSim.Data.Tables;

namespace PateSim.Data.Federation;

/// <summary>What a scenario says about its data.</summary>
public sealed record FederationPlan(
    IDatasetSource Dataset, ISplit Split, IPartitioner Partitioner, EncodingOptions Encoding);

/// <summary>From a plan to encoded records in their places.</summary>
public static class FederationBuilder
{
    /// <summary>Loads the dataset, gives every record its place, checks that it is one place, and encodes.</summary>
    /// <param name="key">Address of the randomness: "dataset", "split" and "partition" below it.</param>
    /// <exception cref="Core.InvalidInputException">A data file cannot be used.</exception>
    /// <exception cref="Core.Components.OptionException">Split or partitioner do not fit the dataset.</exception>
    public static FederatedData Build(
        FederationPlan plan, DataAccess access, RandomKey key, CancellationToken cancellation = default) =>
        Build(plan, plan.Dataset.Load(access, key.Derive("dataset"), cancellation), key, cancellation);

    /// <summary>The same for a table at hand, as where several trials share one.</summary>
    public static FederatedData Build(
        FederationPlan plan, RawTable table, RandomKey key, CancellationToken cancellation = default)
    {
        var roles = plan.Split.Assign(table, key.Derive("split"));
        var hospitals = plan.Partitioner.Partition(table, roles.Private, key.Derive("partition"), cancellation);
        var disjointness = DisjointnessRecord.Check(table.Rows, roles, hospitals, table.Patients);
        var fitRows = plan.Encoding.FittedOn == FittedOn.Pooled ? roles.Private : roles.Public;
        var encoder = Encoder.Fit(table, fitRows.AsSpan(), plan.Encoding);
        var shards = ImmutableArray.CreateBuilder<HospitalShard>(hospitals.Length);
        for (var id = 0; id < hospitals.Length; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            shards.Add(new HospitalShard(id, hospitals[id].Name, encoder.Encode(table, hospitals[id].Rows.AsSpan())));
        }
        return new FederatedData(
            plan.Dataset.Info with { Schema = table.Schema }, table.ClassNames, encoder.FeatureNames,
            shards.MoveToImmutable(), encoder.Encode(table, roles.Public.AsSpan()),
            encoder.Encode(table, roles.Test.AsSpan()),
            disjointness, encoder.Record)
        {
            Records = encoder.ForRecords(table.Schema),
        };
    }
}
