using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Federated;

/// <summary>Settings of DP-SGD.</summary>
/// <param name="Rate">q in (0, 1]: probability that a record is in a step's sample.</param>
/// <param name="Steps">T ≥ 1.</param>
/// <param name="Clip">C &gt; 0: norm that each record's gradient is shortened to.</param>
/// <param name="NoiseMultiplier">σ ≥ 0, in units of C.</param>
/// <param name="LearningRate">η &gt; 0.</param>
public sealed record PrivateDescentSettings(
    double Rate, int Steps, double Clip, double NoiseMultiplier, double LearningRate);

/// <summary>DP-SGD with a linear softmax model (M. Abadi et al., Deep learning with differential privacy, CCS 2016,
/// algorithm 1).</summary>
/// <remarks>
/// <para>Each step draws every record with probability q, sums the gradients gᵢ / max(1, ‖gᵢ‖/C), adds N(0, σ²C²) to each
/// coordinate and goes −η/(qn) times the result. The weights returned are the mean over the second half of the steps, which
/// is post-processing and costs no privacy. n, the number of records, is treated as public.</para>
/// <para>The noise comes from a seed: a simulation of the guarantee, none itself.</para>
/// </remarks>
public static class PrivateGradientDescent
{
    /// <exception cref="TrainingException">There is no record, or the training diverged.</exception>
    public static IClassifier Fit(LabelledData data, PrivateDescentSettings settings, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        var model = new LinearSoftmax(data.Features.Columns, data.ClassCount);
        var sum = new float[model.Parameters.Length];
        var mean = new double[model.Parameters.Length];
        var noise = settings.NoiseMultiplier * settings.Clip;
        var step = (float)(-settings.LearningRate / (settings.Rate * data.Count));
        var firstKept = settings.Steps / 2;
        for (var t = 0; t < settings.Steps; t++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Array.Clear(sum);
            var sample = context.Key.Derive("sample").Derive(t).Open();
            for (var row = 0; row < data.Count; row++)
            {
                if (settings.Rate < 1 && sample.NextUnit() >= settings.Rate) continue;
                model.AddGradient(data.Features.Row(row), data.Labels[row], sum, settings.Clip);
            }
            var stream = context.Key.Derive("noise").Derive(t).Open();
            for (var j = 0; j < sum.Length; j++) sum[j] += (float)(noise * stream.NextGaussian());
            VectorKernels.AddScaled(model.Parameters, step, sum);
            if (t < firstKept) continue;
            for (var j = 0; j < mean.Length; j++) mean[j] += model.Parameters[j];
        }
        for (var j = 0; j < mean.Length; j++) model.Parameters[j] = (float)(mean[j] / (settings.Steps - firstKept));
        return model.ToClassifier(
            new FitDiagnostics("DP-SGD", settings.Steps, settings.Steps, double.NaN, double.NaN, true));
    }
}
