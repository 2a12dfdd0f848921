using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>Initial parameters.</summary>
internal static class NetworkInitialisation
{
    /// <summary>Weights uniform on ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010), under ReLU on ±√(6/fan-in) (He et
    /// al. 2015). Biases zero, but for the outputs: there the logarithms of the mean targets, with one record added
    /// that
    /// is spread over the classes.</summary>
    /// <remarks>A few hundred small steps would hardly move the biases to the class frequencies; started there, they
    /// need
    /// not. Each layer draws from its own stream, weights in the order input by input, so that padding draws nothing.
    /// </remarks>
    public static float[] Draw(NetworkShape shape, Targets targets, ReadOnlySpan<int> rows, RandomKey key)
    {
        var parameters = new float[shape.ParameterCount];
        for (var i = 0; i < shape.Layers.Length; i++)
        {
            var layer = shape.Layers[i];
            var stream = key.Derive(i).Open();
            var hidden = i < shape.Layers.Length - 1;
            var fan = hidden && shape.Activation == Activation.Relu ? layer.Inputs : layer.Inputs + layer.Outputs;
            var bound = (float)Math.Sqrt(6.0 / fan);
            for (var input = 0; input < layer.Inputs; input++)
            {
                for (var output = 0; output < layer.Outputs; output++)
                    parameters[layer.WeightIndex(input, output)] = (float)(2 * stream.NextUnit() - 1) * bound;
            }
        }
        SetOutputBiases(parameters.AsSpan(shape.Layers[^1].Biases, shape.Classes), targets, rows);
        return parameters;
    }

    private static void SetOutputBiases(Span<float> biases, Targets targets, ReadOnlySpan<int> rows)
    {
        Span<double> sums = new double[biases.Length];
        foreach (var row in rows)
        {
            var target = targets.Row(row);
            for (var k = 0; k < sums.Length; k++) sums[k] += target[k];
        }
        for (var k = 0; k < sums.Length; k++)
            biases[k] = (float)FloatMath.Log((sums[k] + 1.0 / sums.Length) / (rows.Length + 1));
    }
}
