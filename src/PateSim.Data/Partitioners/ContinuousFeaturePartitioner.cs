using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Hospitals whose patients differ in one measured quantity, such as age.</summary>
public sealed class ContinuousFeaturePartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "continuous-feature",
            "Feature skew: records sorted by one numeric column, more or less strictly, are cut into equal hospitals.",
            [
                Hospitals.CountOption,
                OptionSpec.Text("feature", "The numeric column; it must be written.", null),
                OptionSpec.Real(
                    "sigma", "Strictness σ: 1 sorts by the column alone, 0 is a random order.", .5, 0, 1),
            ],
            [
                "z is the column standardised over the private records, missing values 0; "
                + "b = σ·z + (1 − σ)·ε with ε ~ N(0, 1). The records sorted by b are cut into parts whose sizes differ "
                + "by at most one; equal b are in random order.",
                "Where the dataset says whose record each is, patients are sorted in place of records, by the mean of "
                + "their values.",
            ],
            "Flower Datasets, ContinuousPartitioner"),
        options => new ContinuousFeaturePartitioner(
            options.Int32("hospitals"), options.Has("feature") ? options.Text("feature") : "", options.Real("sigma")));

    private readonly int _hospitals;
    private readonly string _feature;
    private readonly double _sigma;

    private ContinuousFeaturePartitioner(int hospitals, string feature, double sigma)
    {
        if (feature.Length == 0)
            throw new OptionException("feature", "No column is written; write a numeric one, such as feature = age.");
        (_hospitals, _feature, _sigma) = (hospitals, feature, sigma);
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        var values = Standardised(units, table.Numeric(Find(table.Schema)));
        // A random order first, so that the stable sort leaves equal values in it.
        var order = key.Derive("order").Open().Permutation(units.Count);
        var stream = key.Derive("noise").Open();
        for (var unit = 0; unit < values.Length; unit++)
            values[unit] = _sigma * values[unit] + (1 - _sigma) * stream.NextGaussian();
        int[] sorted = [.. order.OrderBy(unit => values[unit])];
        return Hospitals.Cut(units, sorted, Hospitals.EvenSizes(units.Count, _hospitals), cancellation);
    }

    private int Find(TableSchema schema)
    {
        List<string> numeric = [.. schema.Features.OfType<NumericColumn>().Select(c => c.Name)];
        for (var f = 0; f < schema.Features.Length; f++)
        {
            if (schema.Features[f] is NumericColumn column && column.Name == _feature) return f;
        }
        throw new OptionException(
            "feature", $"The dataset has no numeric column '{_feature}'. {Suggestion.Describe(_feature, numeric)}");
    }

    private double[] Standardised(PatientUnits units, ReadOnlySpan<float> values)
    {
        var means = new double[units.Count];
        for (var unit = 0; unit < means.Length; unit++)
        {
            double total = 0;
            var known = 0;
            foreach (var row in units.Rows(unit))
            {
                if (float.IsNaN(values[row])) continue;
                total += values[row];
                known++;
            }
            means[unit] = known == 0 ? double.NaN : total / known;
        }
        double[] present = [.. means.Where(m => !double.IsNaN(m))];
        var mean = present.Length == 0 ? 0 : present.Average();
        var deviation = present.Length == 0 ? 0 : Math.Sqrt(present.Average(m => (m - mean) * (m - mean)));
        if (!(deviation > 0))
            throw new OptionException(
                "feature", $"The column '{_feature}' has the same value in all {units.Noun} that have one: nothing to "
                + "sort by.");
        return Array.ConvertAll(means, m => double.IsNaN(m) ? 0 : (m - mean) / deviation);
    }
}
