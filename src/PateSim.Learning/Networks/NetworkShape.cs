using System.Collections.Immutable;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>One dense layer and where its parameters lie.</summary>
/// <param name="Inputs">Units below.</param>
/// <param name="Outputs">Units of this layer.</param>
/// <param name="Weights">First parameter: the weights, shape [panels, inputs, 8].</param>
/// <param name="Biases">First of the biases, shape [panels · 8].</param>
internal readonly record struct DenseLayer(int Inputs, int Outputs, int Weights, int Biases)
{
    /// <summary>Panels of eight units.</summary>
    public int Panels => (Outputs + FloatMath.Lanes - 1) / FloatMath.Lanes;

    /// <summary>Units with the padding; the parameters of padding units are zero and stay so.</summary>
    public int PaddedOutputs => Panels * FloatMath.Lanes;

    /// <summary>Number of weights with the padding.</summary>
    public int WeightCount => Panels * Inputs * FloatMath.Lanes;

    /// <summary>Where the weight from an input to an output lies.</summary>
    public int WeightIndex(int input, int output) =>
        Weights + ((output / FloatMath.Lanes) * Inputs + input) * FloatMath.Lanes + output % FloatMath.Lanes;
}

/// <summary>A chain of dense layers that ends in a softmax; no hidden layer makes it softmax regression.</summary>
internal sealed class NetworkShape
{
    public NetworkShape(int inputs, ImmutableArray<int> hidden, int classes, Activation activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var layers = ImmutableArray.CreateBuilder<DenseLayer>(hidden.Length + 1);
        var (below, offset) = (inputs, 0);
        for (var i = 0; i <= hidden.Length; i++)
        {
            var units = i < hidden.Length ? hidden[i] : classes;
            ArgumentOutOfRangeException.ThrowIfLessThan(units, 1, nameof(hidden));
            var layer = new DenseLayer(below, units, offset, 0);
            layer = layer with { Biases = checked(offset + layer.WeightCount) };
            offset = checked(layer.Biases + layer.PaddedOutputs);
            layers.Add(layer);
            below = units;
        }
        (Inputs, Classes, Activation, Layers, ParameterCount) =
            (inputs, classes, activation, layers.MoveToImmutable(), offset);
    }

    public int Inputs { get; }

    public int Classes { get; }

    public Activation Activation { get; }

    public ImmutableArray<DenseLayer> Layers { get; }

    /// <summary>Length of the parameter vector, padding included.</summary>
    public int ParameterCount { get; }

    /// <summary>Logits with the padding.</summary>
    public int PaddedClasses => Layers[^1].PaddedOutputs;
}
