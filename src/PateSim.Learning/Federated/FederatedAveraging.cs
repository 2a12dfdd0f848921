using System.Globalization;
using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Federated;

/// <summary>Settings of federated averaging.</summary>
/// <param name="Rounds">Times that the hospitals' models are averaged.</param>
/// <param name="LocalEpochs">E: passes over its records that each hospital makes in a round.</param>
/// <param name="BatchSize">B: records of a local step.</param>
/// <param name="LearningRate">η of a local step.</param>
/// <param name="Proximal">μ of FedProx; 0 for FedAvg.</param>
public sealed record FederatedSettings(
    int Rounds, int LocalEpochs, int BatchSize, double LearningRate, double Proximal);

/// <summary>FedAvg and FedProx over hospitals with a linear softmax model.</summary>
/// <remarks>
/// <para>Each round every hospital starts from the common weights w, makes E passes of mini-batch gradient descent over its
/// own records in a new random order, and the new common weights are the mean of the hospitals', each weighted by its
/// number of records (H. B. McMahan et al., Communication-efficient learning of deep networks from decentralized data,
/// AISTATS 2017, algorithm 1, with all clients in each round). With μ &gt; 0 a local step also goes down μ/2 ‖v − w‖² (T. Li
/// et al., Federated optimization in heterogeneous networks, MLSys 2020).</para>
/// <para>Sums run over the hospitals in their order, in double precision; each hospital's order of records has its own
/// address, so that nothing depends on threads.</para>
/// </remarks>
public static class FederatedAveraging
{
    /// <exception cref="TrainingException">No hospital has a record, or the training diverged.</exception>
    public static IClassifier Fit(
        IReadOnlyList<LabelledData> hospitals, FederatedSettings settings, TrainingContext context)
    {
        var total = hospitals.Sum(h => (long)h.Count);
        if (total == 0) throw new TrainingException("No hospital has a record to train on.");
        var (features, classes) = (hospitals[0].Features.Columns, hospitals[0].ClassCount);
        var (common, local) = (new LinearSoftmax(features, classes), new LinearSoftmax(features, classes));
        var gradient = new float[common.Parameters.Length];
        var sums = new double[common.Parameters.Length];
        for (var round = 0; round < settings.Rounds; round++)
        {
            Array.Clear(sums);
            for (var h = 0; h < hospitals.Count; h++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (hospitals[h].Count == 0) continue;
                common.Parameters.CopyTo(local.Parameters, 0);
                var key = context.Key.Derive("hospital").Derive(h).Derive("round").Derive(round);
                Train(hospitals[h], local, common.Parameters, gradient, settings, context with { Key = key });
                var weight = hospitals[h].Count / (double)total;
                for (var j = 0; j < sums.Length; j++) sums[j] += weight * local.Parameters[j];
            }
            for (var j = 0; j < sums.Length; j++) common.Parameters[j] = (float)sums[j];
        }
        var name = settings.Proximal > 0
            ? string.Create(CultureInfo.InvariantCulture, $"FedProx, mu {settings.Proximal:R}") : "FedAvg";
        return common.ToClassifier(
            new FitDiagnostics(name, settings.Rounds, settings.Rounds, double.NaN, double.NaN, true));
    }

    private static void Train(
        LabelledData data, LinearSoftmax local, float[] common, float[] gradient, FederatedSettings settings,
        TrainingContext context)
    {
        for (var epoch = 0; epoch < settings.LocalEpochs; epoch++)
        {
            var order = context.Key.Derive(epoch).Open().Permutation(data.Count);
            for (var start = 0; start < order.Length; start += settings.BatchSize)
            {
                var rows = order.AsSpan(start, Math.Min(settings.BatchSize, order.Length - start));
                Array.Clear(gradient);
                foreach (var row in rows)
                    local.AddGradient(data.Features.Row(row), data.Labels[row], gradient, double.PositiveInfinity);
                var step = (float)(-settings.LearningRate / rows.Length);
                if (settings.Proximal > 0)
                {
                    // η μ (v − w), before the step moves v.
                    var pull = (float)(settings.LearningRate * settings.Proximal);
                    for (var j = 0; j < gradient.Length; j++)
                        local.Parameters[j] -= pull * (local.Parameters[j] - common[j]);
                }
                VectorKernels.AddScaled(local.Parameters, step, gradient);
            }
        }
    }
}
