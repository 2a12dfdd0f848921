using PateSim.Core.Features;
using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;

namespace PateSim.Learning.Tests.Support;

/// <summary>The loss of a network in double precision by plain loops: the judge of gradients.</summary>
internal static class ReferenceNetwork
{
    /// <summary>Σ w ℓ + λ/2 ‖W‖², batch normalisation by the statistics of these records, no dropout.</summary>
    /// <param name="targets">Shape [n, classes], times the weights.</param>
    public static double Loss(
        Network network, double[] parameters, FeatureMatrix features, float[] targets, double l2,
        float[]? weights = null)
    {
        var rows = Enumerable.Range(0, features.Rows)
            .Select(row => features.Row(row).ToArray().Select(v => (double)v).ToArray()).ToArray();
        foreach (var layer in network.Layers) rows = Apply(layer, parameters, rows);
        var loss = 0.0;
        for (var row = 0; row < rows.Length; row++)
        {
            var values = rows[row][..network.Classes];
            var max = values.Max();
            loss += (weights?[row] ?? 1) * (max + Math.Log(values.Sum(z => Math.Exp(z - max))));
            for (var k = 0; k < network.Classes; k++) loss -= targets[row * network.Classes + k] * values[k];
        }
        foreach (var layer in network.Layers)
        {
            for (var i = layer.Weights.First; i < layer.Weights.First + layer.Weights.Count; i++)
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

    private static double[][] Apply(Layer layer, double[] p, double[][] rows) => layer switch
    {
        DenseLayer dense => Each(rows, x => Dense(dense, p, x)),
        ConvolutionLayer convolution => Each(rows, x => Convolve(convolution, p, x)),
        PoolingLayer pooling => Each(rows, x => Pool(pooling, x)),
        ActivationLayer activation => Each(rows, x => x.Select(z => Activate(activation.Activation, z)).ToArray()),
        DropoutLayer => rows,
        LayerNormalisationLayer normal => Each(rows, x => NormaliseRow(normal, p, x)),
        BatchNormalisationLayer normal => NormaliseBatch(normal, p, rows),
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    private static double[][] Each(double[][] rows, Func<double[], double[]> map) => rows.Select(map).ToArray();

    private static double Activate(Activation activation, double z) => activation switch
    {
        Activation.Relu => Math.Max(0, z),
        Activation.Gelu => 0.5 * z * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z))),
        _ => Math.Tanh(z),
    };

    private static double[] Dense(DenseLayer layer, double[] p, double[] x)
    {
        var y = new double[layer.PaddedOutputs];
        for (var unit = 0; unit < layer.Outputs; unit++)
        {
            y[unit] = p[layer.Biases + unit];
            for (var j = 0; j < layer.Inputs; j++) y[unit] += x[j] * p[layer.WeightIndex(j, unit)];
        }
        return y;
    }

    private static double[] Convolve(ConvolutionLayer layer, double[] p, double[] x)
    {
        var y = new double[layer.OutputStride];
        for (var at = 0; at < y.Length; at++)
        {
            var (filter, u, v) = (at % layer.Filters, at / layer.Filters % layer.OutputSide,
                at / layer.Filters / layer.OutputSide);
            y[at] = p[layer.Biases + filter];
            for (var i = 0; i < layer.Kernel; i++)
            {
                for (var j = 0; j < layer.Kernel; j++)
                {
                    for (var c = 0; c < layer.Channels; c++)
                    {
                        y[at] += x[((v + i) * layer.Side + u + j) * layer.Channels + c]
                            * p[layer.WeightIndex(i, j, c, filter)];
                    }
                }
            }
        }
        return y;
    }

    private static double[] Pool(PoolingLayer layer, double[] x)
    {
        var y = new double[layer.OutputStride];
        for (var at = 0; at < y.Length; at++)
        {
            var (c, u, v) = (at % layer.Channels, at / layer.Channels % layer.OutputSide,
                at / layer.Channels / layer.OutputSide);
            var corner = (2 * v * layer.Side + 2 * u) * layer.Channels + c;
            var (below, beside) = (layer.Side * layer.Channels, layer.Channels);
            var (a, b) = (x[corner], x[corner + beside]);
            var (d, e) = (x[corner + below], x[corner + below + beside]);
            y[at] = layer.Pooling == Pooling.Max ? Math.Max(Math.Max(a, b), Math.Max(d, e)) : (a + b + d + e) / 4;
        }
        return y;
    }

    private static double[] NormaliseRow(LayerNormalisationLayer layer, double[] p, double[] x)
    {
        var used = x[..layer.Units];
        var mean = used.Average();
        var deviation = Math.Sqrt(used.Average(v => (v - mean) * (v - mean)) + LayerNormalisationLayer.Epsilon);
        var y = new double[layer.OutputStride];
        for (var i = 0; i < layer.Units; i++)
        {
            y[i] = (x[i] - mean) / deviation * p[layer.Parameters + i]
                + p[layer.Parameters + layer.OutputStride + i];
        }
        return y;
    }

    private static double[][] NormaliseBatch(BatchNormalisationLayer layer, double[] p, double[][] rows)
    {
        var result = rows.Select(row => new double[row.Length]).ToArray();
        for (var unit = 0; unit < layer.Width; unit++)
        {
            var values = rows.SelectMany(row => row.Where((_, i) => i % layer.Width == unit)).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) + BatchNormalisationLayer.Epsilon);
            for (var row = 0; row < rows.Length; row++)
            {
                for (var i = unit; i < rows[row].Length; i += layer.Width)
                {
                    result[row][i] = (rows[row][i] - mean) / deviation * p[layer.Parameters + unit]
                        + p[layer.Parameters + layer.Width + unit];
                }
            }
        }
        return result;
    }
}
