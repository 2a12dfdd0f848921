using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>A trained network; classes that it was not made for have probability 0.</summary>
public sealed class NetworkClassifier : Classifier, IDifferentiableClassifier
{
    /// <summary>Rows that go up together, so that wide layers stay in the cache.</summary>
    private const int Chunk = 32;

    private readonly float[] _parameters;
    private NetworkWorkspace? _spare;

    /// <param name="classes">The class of each output.</param>
    internal NetworkClassifier(
        Network network, float[] parameters, ImmutableArray<int> classes, int classCount, FitDiagnostics diagnostics)
        : base(network.Inputs, classCount, diagnostics) =>
        (Network, _parameters, Classes) = (network, parameters, classes);

    /// <summary>All parameters with their padding, layer after layer.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    internal Network Network { get; }

    /// <summary>The class of each output.</summary>
    internal ImmutableArray<int> Classes { get; }

    public void InputGradient(FeatureMatrix features, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        CheckGradient(features, targets, gradient);
        var workspace = new NetworkWorkspace(Network, Math.Min(Chunk, Math.Max(1, features.Rows)));
        var (width, padded) = (FloatMath.Pad(FeatureCount), Network.PaddedClasses);
        var errors = new float[workspace.Capacity * width];
        var wanted = new float[workspace.Capacity * padded];
        var (weights, losses) = (new float[workspace.Capacity], new double[workspace.Capacity]);
        for (var first = 0; first < features.Rows; first += workspace.Capacity)
        {
            var rows = Math.Min(workspace.Capacity, features.Rows - first);
            for (var row = 0; row < rows; row++)
            {
                weights[row] = 0;
                for (var k = 0; k < Classes.Length; k++)
                {
                    var target = targets[(first + row) * ClassCount + Classes[k]];
                    wanted[row * padded + k] = target;
                    weights[row] += target;
                }
            }
            workspace.Forward(
                _parameters, features.Memory.Slice(first * FeatureCount, rows * FeatureCount), rows);
            Softmax.LossAndErrors(
                rows, Network.Classes, workspace.Logits, wanted, weights, 1, workspace.LogitErrors, losses);
            workspace.BackwardToInputs(errors);
            for (var row = 0; row < rows; row++)
            {
                errors.AsSpan(row * width, FeatureCount)
                    .CopyTo(gradient.Slice((first + row) * FeatureCount, FeatureCount));
            }
        }
    }

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        var workspace = Interlocked.Exchange(ref _spare, null) ?? new NetworkWorkspace(Network, Chunk, backward: false);
        for (var done = 0; done < rows; done += Chunk)
        {
            var count = Math.Min(Chunk, rows - done);
            var inputs = features.Memory.Slice((first + done) * FeatureCount, count * FeatureCount);
            workspace.Forward(_parameters, inputs, count);
            Place(workspace.Logits, count, probabilities.Slice(done * ClassCount, count * ClassCount));
        }
        _spare = workspace;
    }

    private void Place(float[] logits, int rows, Span<float> probabilities)
    {
        if (Classes.Length == ClassCount)
        {
            Softmax.Probabilities(rows, ClassCount, logits, probabilities);
            return;
        }
        var known = new float[rows * Classes.Length];
        Softmax.Probabilities(rows, Classes.Length, logits, known);
        probabilities.Clear();
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < Classes.Length; k++)
                probabilities[row * ClassCount + Classes[k]] = known[row * Classes.Length + k];
        }
    }
}
