using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Saving;

/// <summary>A layer's parameters as others write them, without padding and panels.</summary>
/// <remarks>
/// Dense: weights [inputs, outputs], biases. Convolution: weights [k, k, channels, filters], biases. Normalisation of a
/// batch: gain, shift, running mean, running variance; of a record: gain, shift.
/// </remarks>
internal static class LayerValues
{
    /// <summary>Where each plain value lies among the network's parameters.</summary>
    public static IEnumerable<int> Places(Layer layer) => layer switch
    {
        DenseLayer dense =>
            from input in Enumerable.Range(0, dense.Inputs + 1)
            from output in Enumerable.Range(0, dense.Outputs)
            select input < dense.Inputs ? dense.WeightIndex(input, output) : dense.Biases + output,
        ConvolutionLayer convolution =>
            from place in Enumerable.Range(0, convolution.Kernel * convolution.Kernel * convolution.Channels + 1)
            from filter in Enumerable.Range(0, convolution.Filters)
            select place < convolution.Kernel * convolution.Kernel * convolution.Channels
                ? convolution.WeightIndex(0, 0, place, filter) : convolution.Biases + filter,
        BatchNormalisationLayer normal => Rows(normal.Parameters, 4, normal.Width, normal.Units),
        LayerNormalisationLayer normal =>
            Rows(normal.Parameters, 2, FloatMath.Pad(normal.Units), normal.Units),
        _ => [],
    };

    private static IEnumerable<int> Rows(int first, int rows, int width, int units) =>
        from row in Enumerable.Range(0, rows)
        from unit in Enumerable.Range(0, units)
        select first + row * width + unit;
}
