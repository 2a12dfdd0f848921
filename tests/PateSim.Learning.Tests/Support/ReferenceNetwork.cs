using PateSim.Core.Features;
using PateSim.Learning.Networks;

namespace PateSim.Learning.Tests.Support;

/// <summary>The loss of a network in double precision by plain loops: the judge of gradients.</summary>
internal static class ReferenceNetwork
{
    /// <summary>Σ ℓ + λ/2 ‖W‖².</summary>
    public static double Loss(
        NetworkShape shape, double[] parameters, FeatureMatrix features, float[] targets, double l2)
    {
        var loss = 0.0;
        for (var row = 0; row < features.Rows; row++)
        {
            var values = features.Row(row).ToArray().Select(v => (double)v).ToArray();
            for (var i = 0; i < shape.Layers.Length; i++)
            {
                var layer = shape.Layers[i];
                var next = new double[layer.Outputs];
                for (var unit = 0; unit < layer.Outputs; unit++)
                {
                    var z = parameters[layer.Biases + unit];
                    for (var j = 0; j < layer.Inputs; j++) z += values[j] * parameters[layer.WeightIndex(j, unit)];
                    next[unit] = i == shape.Layers.Length - 1 ? z
                        : shape.Activation == Activation.Relu ? Math.Max(0, z) : Math.Tanh(z);
                }
                values = next;
            }
            var max = values.Max();
            loss += max + Math.Log(values.Sum(z => Math.Exp(z - max)));
            for (var k = 0; k < shape.Classes; k++) loss -= targets[row * shape.Classes + k] * values[k];
        }
        foreach (var layer in shape.Layers)
        {
            for (var i = layer.Weights; i < layer.Weights + layer.WeightCount; i++)
                loss += 0.5 * l2 * parameters[i] * parameters[i];
        }
        return loss;
    }

    /// <summary>Central differences of a function at a point.</summary>
    public static double[] Differences(Func<double[], double> function, double[] point, double step = 1e-5)
    {
        var gradient = new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            var centre = point[i];
            point[i] = centre + step;
            var above = function(point);
            point[i] = centre - step;
            gradient[i] = (above - function(point)) / (2 * step);
            point[i] = centre;
        }
        return gradient;
    }
}
