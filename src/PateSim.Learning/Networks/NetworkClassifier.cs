using System.Collections.Immutable;
using PateSim.Core.Features;

namespace PateSim.Learning.Networks;

/// <summary>A trained network; classes that it was not made for have probability 0.</summary>
public sealed class NetworkClassifier : Classifier
{
    private readonly NetworkShape _shape;
    private readonly float[] _parameters;
    private readonly ImmutableArray<int> _classes;

    /// <param name="classes">The class of each output.</param>
    internal NetworkClassifier(
        NetworkShape shape, float[] parameters, ImmutableArray<int> classes, int classCount, FitDiagnostics diagnostics)
        : base(shape.Inputs, classCount, diagnostics) =>
        (_shape, _parameters, _classes) = (shape, parameters, classes);

    /// <summary>All parameters with their padding, layer after layer: weights [panels, inputs, 8], biases.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>The weight from a unit (or feature) to a unit of a layer; layers count from 0 at the
    /// features.</summary>
    public float Weight(int layer, int input, int output) =>
        _parameters[_shape.Layers[layer].WeightIndex(input, output)];

    /// <summary>The bias of a unit of a layer.</summary>
    public float Bias(int layer, int output) => _parameters[_shape.Layers[layer].Biases + output];

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        var workspace = new NetworkWorkspace(_shape, rows, training: false);
        var inputs = features.Memory.Slice(first * FeatureCount, rows * FeatureCount);
        NetworkPass.Forward(workspace, _parameters, inputs, rows, 1);
        if (_classes.Length == ClassCount)
        {
            Softmax.Probabilities(rows, ClassCount, workspace.Logits, probabilities);
            return;
        }
        var known = new float[rows * _classes.Length];
        Softmax.Probabilities(rows, _classes.Length, workspace.Logits, known);
        probabilities.Clear();
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < _classes.Length; k++)
                probabilities[row * ClassCount + _classes[k]] = known[row * _classes.Length + k];
        }
    }
}
