using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>A list of layers that ends in the logits of a softmax, and where their parameters lie in one
/// vector.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Network
{
    private Network(int inputs, int classes, ImmutableArray<Layer> layers)
    {
        (Inputs, Classes, Layers) = (inputs, classes, layers);
        ParameterCount = checked(layers.Sum(layer => layer.ParameterCount));
    }

    /// <summary>Features of a record.</summary>
    public int Inputs { get; }

    public int Classes { get; }

    public ImmutableArray<Layer> Layers { get; }

    /// <summary>Length of the parameter vector, padding included; a multiple of eight.</summary>
    public int ParameterCount { get; }

    /// <summary>Logits with the padding.</summary>
    public int PaddedClasses => Layers[^1].OutputStride;

    public DenseLayer Output => (DenseLayer)Layers[^1];

    /// <summary>Softmax regression: one dense layer.</summary>
    public static Network Linear(int inputs, int classes) => Dense(inputs, [], classes, new BodyOptions());

    /// <summary>A perceptron: dense layers, each but the last with what <paramref name="body"/> says.</summary>
    public static Network Dense(int inputs, ImmutableArray<int> hidden, int classes, BodyOptions body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        var layers = new Chain();
        AddDense(layers, inputs, inputs, hidden, classes, body);
        return layers.Close(inputs, classes);
    }

    /// <summary>For square grey images: convolutions, each halved by pooling, then dense layers.</summary>
    /// <exception cref="ArgumentException">The image is too small for the windows.</exception>
    public static Network Convolutional(
        int side, ImmutableArray<int> filters, int kernel, Pooling pooling, ImmutableArray<int> hidden, int classes,
        BodyOptions body)
    {
        var layers = new Chain();
        var (height, channels) = (side, 1);
        foreach (var count in filters)
        {
            if (height < kernel || height - kernel + 1 < 2)
                throw new ArgumentException($"Windows of {kernel} leave nothing of {height} × {height} places.");
            layers.Add(at => new ConvolutionLayer(
                height, channels, kernel, count, body.Activation == Activation.Relu)
            { Parameters = at });
            height = height - kernel + 1;
            channels = count;
            if (body.Normalisation == Normalisation.Batch)
            {
                layers.Add(at => new BatchNormalisationLayer(channels, channels, height * height) { Parameters = at });
            }
            layers.Add(_ => new ActivationLayer(body.Activation, height * height * channels));
            layers.Add(_ => new PoolingLayer(pooling, height, channels));
            height /= 2;
        }
        var values = height * height * channels;
        AddDense(layers, values, values, hidden, classes, body);
        return layers.Close(side * side, classes);
    }

    /// <summary>A network of given layers, as a saved model has them; the last is dense.</summary>
    public static Network Of(int inputs, IEnumerable<Func<int, Layer>> layers)
    {
        var chain = new Chain();
        foreach (var layer in layers) chain.Add(layer);
        return chain.Close(inputs, chain.Last is DenseLayer output
            ? output.Outputs
            : throw new ArgumentException("A network ends in a dense layer."));
    }

    /// <summary>Initial parameters; the output biases are the logarithms of the mean targets, with one record added that
    /// is spread over the classes.</summary>
    /// <remarks>A few hundred small steps would hardly move the biases to the class frequencies; started there, they
    /// need not. Each layer with weights draws from a stream of its own.</remarks>
    /// <param name="rows">The records that are trained on.</param>
    public float[] Initialise(Targets targets, ReadOnlySpan<int> rows, RandomKey key)
    {
        var parameters = new float[ParameterCount];
        var index = 0;
        foreach (var layer in Layers)
            layer.Initialise(parameters, layer.Weights.Count > 0 ? key.Derive(index++) : key);
        var sums = new double[Classes];
        var total = 0.0;
        foreach (var row in rows)
        {
            var target = targets.Row(row);
            for (var k = 0; k < sums.Length; k++) sums[k] += target[k];
            total += targets.Weight(row);
        }
        for (var k = 0; k < sums.Length; k++)
            parameters[Output.Biases + k] = (float)FloatMath.Log((sums[k] + 1.0 / sums.Length) / (total + 1));
        return parameters;
    }

    private static void AddDense(
        Chain layers, int inputs, int stride, ImmutableArray<int> hidden, int classes, BodyOptions body)
    {
        var below = (Inputs: inputs, Stride: stride);
        foreach (var units in hidden)
        {
            var (from, width) = (below, FloatMath.Pad(units));
            layers.Add(at => new DenseLayer(
                from.Inputs, from.Stride, units, body.Activation == Activation.Relu)
            { Parameters = at });
            if (body.Normalisation == Normalisation.Batch)
                layers.Add(at => new BatchNormalisationLayer(units, width, 1) { Parameters = at });
            else if (body.Normalisation == Normalisation.Layer)
                layers.Add(at => new LayerNormalisationLayer(units) { Parameters = at });
            layers.Add(_ => new ActivationLayer(body.Activation, width));
            if (body.Dropout > 0) layers.Add(_ => new DropoutLayer(body.Dropout, width));
            below = (units, width);
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        layers.Add(at => new DenseLayer(below.Inputs, below.Stride, classes, false) { Parameters = at });
    }

    /// <summary>Layers in the making, each told where its parameters begin.</summary>
    private sealed class Chain
    {
        private readonly ImmutableArray<Layer>.Builder _layers = ImmutableArray.CreateBuilder<Layer>();
        private int _next;

        public Layer? Last => _layers.LastOrDefault();

        public void Add(Func<int, Layer> make)
        {
            var layer = make(_next);
            if (_layers.Count > 0 && _layers[^1].OutputStride != layer.InputStride)
                throw new ArgumentException(
                    $"A layer of {layer.InputStride} inputs stands on one of {_layers[^1].OutputStride} outputs.");
            _layers.Add(layer);
            _next = checked(_next + layer.ParameterCount);
        }

        public Network Close(int inputs, int classes) => new(inputs, classes, _layers.ToImmutable());
    }
}

/// <summary>What stands between the weighted layers of a network.</summary>
/// <param name="Dropout">Probability in [0, 1) behind each hidden dense layer.</param>
internal sealed record BodyOptions(
    Activation Activation = Activation.Relu, Normalisation Normalisation = Normalisation.None, double Dropout = 0);
