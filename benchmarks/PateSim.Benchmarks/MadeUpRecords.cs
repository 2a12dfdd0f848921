using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Benchmarks;

/// <summary>Records of the shape of one-hot encoded Adult: 6 numbers, 7 categories of 14 levels each, two
/// classes.</summary>
internal static class MadeUpRecords
{
    public const int Columns = 104;

    private const int Numbers = 6, Categories = 7, Levels = 14;

    public static LabelledData Draw(int rows, long seed)
    {
        var stream = RandomKey.FromSeed(seed).Open();
        var weights = Enumerable.Range(0, Columns).Select(_ => stream.NextGaussian()).ToArray();
        var features = new float[rows * Columns];
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            var row = features.AsSpan(i * Columns, Columns);
            for (var j = 0; j < Numbers; j++) row[j] = (float)stream.NextGaussian();
            for (var c = 0; c < Categories; c++)
            {
                // Low levels are common and high ones rare, as in real categories.
                var level = (int)(Levels * Math.Pow(stream.NextUnit(), 3));
                row[Numbers + c * Levels + level] = 1;
            }
            var logit = -1.5;
            for (var j = 0; j < Columns; j++) logit += 0.7 * weights[j] * row[j];
            labels[i] = stream.NextUnit() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }
        return new LabelledData(new FeatureMatrix(rows, Columns, features), [.. labels], 2);
    }
}
