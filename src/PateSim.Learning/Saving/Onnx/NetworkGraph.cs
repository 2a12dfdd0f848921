using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;

namespace PateSim.Learning.Saving.Onnx;

/// <summary>A network's layers as operators. Images go through as [records, channels, side, side], the format's order, and
/// are brought into ours before the first dense layer.</summary>
internal static class NetworkGraph
{
    /// <returns>The name of the probabilities.</returns>
    public static string Add(GraphBuilder graph, NetworkClassifier classifier)
    {
        var parameters = classifier.Parameters.ToArray();
        var value = OnnxFile.Input;
        var image = false;
        foreach (var layer in classifier.Network.Layers)
        {
            var plain = LayerValues.Places(layer).Select(place => parameters[place]).ToArray();
            switch (layer)
            {
                case ConvolutionLayer convolution:
                    if (!image)
                        value = graph.Add("Reshape", [value, graph.Integers(-1, 1, convolution.Side, convolution.Side)]);
                    image = true;
                    value = Convolve(graph, value, convolution, plain);
                    break;
                case PoolingLayer pooling:
                    value = graph.Add(
                        pooling.Pooling == Pooling.Max ? "MaxPool" : "AveragePool", [value],
                        GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("strides", 2, 2));
                    break;
                case DenseLayer dense:
                    if (image)
                    {
                        value = graph.Add("Transpose", [value], GraphBuilder.Ints("perm", 0, 2, 3, 1));
                        value = graph.Add("Reshape", [value, graph.Integers(-1, dense.Inputs)]);
                    }
                    image = false;
                    value = graph.Add(
                        "Gemm",
                        [
                            value, graph.Tensor(plain[..(dense.Inputs * dense.Outputs)], dense.Inputs, dense.Outputs),
                            graph.Tensor(plain[(dense.Inputs * dense.Outputs)..], dense.Outputs),
                        ]);
                    break;
                case ActivationLayer activation:
                    value = Activate(graph, value, activation.Activation);
                    break;
                case BatchNormalisationLayer normal:
                    value = graph.Add(
                        "BatchNormalization", [value, .. Parts(graph, plain, normal.Units)],
                        GraphBuilder.Real("epsilon", BatchNormalisationLayer.Epsilon));
                    break;
                case LayerNormalisationLayer normal:
                    value = graph.Add(
                        "LayerNormalization", [value, .. Parts(graph, plain, normal.Units)],
                        GraphBuilder.Int("axis", -1), GraphBuilder.Real("epsilon", LayerNormalisationLayer.Epsilon));
                    break;
                case DropoutLayer:
                    break;
                default:
                    throw new ArgumentException($"A {layer.GetType().Name} cannot be exported.", nameof(classifier));
            }
        }
        return OnnxFile.Place(graph, value, classifier.Classes, classifier.ClassCount);
    }

    /// <summary>Weights from [k, k, channels, filters] to the format's [filters, channels, k, k].</summary>
    private static string Convolve(GraphBuilder graph, string value, ConvolutionLayer layer, float[] plain)
    {
        var (k, channels, filters) = (layer.Kernel, layer.Channels, layer.Filters);
        var weights = new float[k * k * channels * filters];
        for (var place = 0; place < k * k; place++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var filter = 0; filter < filters; filter++)
                    weights[(filter * channels + channel) * k * k + place] =
                        plain[(place * channels + channel) * filters + filter];
            }
        }
        return graph.Add(
            "Conv",
            [value, graph.Tensor(weights, filters, channels, k, k), graph.Tensor(plain[weights.Length..], filters)],
            GraphBuilder.Ints("kernel_shape", k, k));
    }

    private static string Activate(GraphBuilder graph, string z, Activation activation)
    {
        if (activation == Activation.Relu) return graph.Add("Relu", [z]);
        if (activation == Activation.Tanh) return graph.Add("Tanh", [z]);
        var cube = graph.Add("Mul", [graph.Add("Mul", [z, z]), z]);
        var sum = graph.Add("Add", [z, graph.Add("Mul", [cube, graph.Tensor([Elementwise.GeluCubic], 1)])]);
        var tanh = graph.Add("Tanh", [graph.Add("Mul", [sum, graph.Tensor([Elementwise.GeluScale], 1)])]);
        var half = graph.Add("Mul", [z, graph.Tensor([0.5f], 1)]);
        return graph.Add("Mul", [half, graph.Add("Add", [tanh, graph.Tensor([1], 1)])]);
    }

    private static string[] Parts(GraphBuilder graph, float[] plain, int units) =>
        plain.Chunk(units).Select(part => graph.Tensor(part, units)).ToArray();
}
