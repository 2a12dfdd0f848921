using PateSim.Core.Randomness;

namespace PateSim.Learning.Networks;

/// <summary>Initial parameters.</summary>
internal static class NetworkInitialisation
{
    /// <summary>Weights uniform on ±√(g/(fan-in + fan-out)), g = 6 (Glorot and Bengio 2010), biases zero.</summary>
    /// <remarks>A ReLU layer takes ±√(6/fan-in) (He et al. 2015). Each layer draws from its own stream, weights in the
    /// order input by input, so that padding draws nothing.</remarks>
    public static float[] Draw(NetworkShape shape, RandomKey key)
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
        return parameters;
    }
}
