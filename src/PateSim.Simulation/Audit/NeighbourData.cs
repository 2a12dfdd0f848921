using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Data.Federation;

namespace PateSim.Simulation.Audit;

/// <summary>One patient in the place of another.</summary>
/// <param name="Hospital">Whose patient.</param>
/// <param name="Record">Position in the hospital's shard.</param>
/// <param name="Features">The new patient, shape [d].</param>
/// <param name="Name">What kind of patient, in words.</param>
public sealed record ReplacedPatient(int Hospital, int Record, ImmutableArray<float> Features, int Label, string Name);

/// <summary>Datasets one patient, or one hospital, away.</summary>
public static class NeighbourData
{
    private const int HospitalsTried = 8;
    private const float Outlier = 10;

    /// <summary>
    /// Replacements that are likely to turn votes: in the first hospital and in those with the fewest records, the first
    /// record becomes a contested query, an outlier, or itself, each with a wrong diagnosis.
    /// </summary>
    /// <param name="contested">Positions in the public set of the queries on which the ensemble nearly ties.</param>
    public static IEnumerable<ReplacedPatient> Candidates(FederatedData data, ImmutableArray<int> contested)
    {
        var classes = data.Public.ClassCount;
        var hospitals = data.Hospitals.OrderBy(h => h.Data.Count).ThenBy(h => h.Id).Select(h => h.Id)
            .Take(HospitalsTried).Prepend(0).Distinct();
        foreach (var id in hospitals)
        {
            var shard = data.Hospitals[id].Data;
            ImmutableArray<float> own = [.. shard.Features.Row(0)];
            var wrong = (shard.Labels[0] + 1) % classes;
            yield return new ReplacedPatient(id, 0, own, wrong, "the same patient with another diagnosis");
            yield return new ReplacedPatient(
                id, 0, [.. own.Select(value => Outlier * value)], wrong, "an outlier with another diagnosis");
            foreach (var query in contested.Take(2))
            {
                for (var label = 0; label < Math.Min(classes, 2); label++)
                    yield return new ReplacedPatient(
                        id, 0, [.. data.Public.Features.Row(query)], label, "a patient like a contested query");
            }
        }
    }

    /// <summary>The data with that patient.</summary>
    public static FederatedData With(FederatedData data, ReplacedPatient patient)
    {
        var shard = data.Hospitals[patient.Hospital];
        var values = shard.Data.Features.Values.ToArray();
        patient.Features.CopyTo(values, patient.Record * shard.Data.Features.Columns);
        var changed = new LabelledData(
            new FeatureMatrix(shard.Data.Count, shard.Data.Features.Columns, values),
            shard.Data.Labels.SetItem(patient.Record, patient.Label), shard.Data.ClassCount);
        return With(data, data.Hospitals.SetItem(patient.Hospital, shard with { Data = changed }));
    }

    /// <summary>The data with every diagnosis of every hospital turned into the next class: what each hospital could be
    /// replaced by.</summary>
    public static FederatedData WithTurnedLabels(FederatedData data) => With(
        data,
        [
            .. data.Hospitals.Select(shard => shard with
            {
                Data = new LabelledData(
                    shard.Data.Features,
                    [.. shard.Data.Labels.Select(label => (label + 1) % shard.Data.ClassCount)],
                    shard.Data.ClassCount),
            }),
        ]);

    private static FederatedData With(FederatedData data, ImmutableArray<HospitalShard> hospitals) => new(
        data.Dataset, data.ClassNames, data.FeatureNames, hospitals, data.Public, data.Test, data.Disjointness,
        data.Encoding)
    {
        Certificate = data.Certificate,
    };
}
