using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Networks;

/// <summary>Gradients in single precision against central differences of a loss in double precision.</summary>
public sealed class GradientTests
{
    /// <summary>Single precision leaves about 1e-6 of the largest part; a wrong term would leave 1e-1.</summary>
    private const double Tolerance = 5e-6;

    public static TheoryData<string, int, bool, bool> Networks => new()
    {
        { "dense relu", 2, false, false },
        { "dense relu 5", 2, false, false },
        { "dense relu 16 8", 10, false, true },
        { "dense relu 9 17 4", 3, true, true },
        { "dense tanh 9 17 4", 9, false, false },
        { "dense gelu 9 17 4", 3, true, true },
        { "dense tanh batch 9 12", 3, true, false },
        { "dense gelu layer 9 12", 3, false, true },
        { "image tanh 8 max", 3, true, false },
        { "image gelu 8 8 max", 2, false, true },
        { "image relu 16 average", 3, true, false },
        { "image tanh batch 24 average", 3, false, false },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_of_every_layer_are_right(string name, int classes, bool soft, bool weighted)
    {
        var network = Make(name, classes);
        var rows = name.StartsWith("image", StringComparison.Ordinal) ? 3 : 21;
        var (features, targets) = Data(rows, network.Inputs, classes, soft);
        float[] weights = weighted ? [.. Enumerable.Range(0, rows).Select(i => 0.5f + i % 4)] : [];
        var all = Targets.FromProbabilities(targets, classes, weights);
        for (var i = 0; i < targets.Length && weighted; i++) targets[i] *= weights[i / classes];
        var point = Point(network, all);
        var gradient = new float[network.ParameterCount];
        using var team = new WorkTeam(2);
        var workspace = new NetworkWorkspace(network, rows);
        // The running statistics among the parameters move in training: the reference starts from the point before.
        var loss = workspace.Pass(
            [.. point], features.Memory, rows, all.Values, all.Weights, 1, gradient, team, step: 0);
        var exact = Array.ConvertAll(point, v => (double)v);
        double Reference(double[] p) =>
            ReferenceNetwork.Loss(network, p, features, targets, 0, weighted ? weights : null);
        Assert.Equal(Reference(exact), loss, 1e-4);
        AssertClose(ReferenceNetwork.Differences(Reference, exact), gradient);
    }

    [Fact]
    public void The_objective_of_softmax_regression_has_its_gradient()
    {
        var network = Network.Linear(7, 3);
        var (features, targets) = Data(21, 7, 3, soft: true);
        var all = Targets.FromProbabilities(targets, 3);
        var point = Point(network, all);
        var gradient = new float[network.ParameterCount];
        var loss = new NetworkObjective(network, features, all, 0.3f, 1).Evaluate(point, gradient);
        var exact = Array.ConvertAll(point, v => (double)v);
        double Reference(double[] p) => ReferenceNetwork.Loss(network, p, features, targets, 0.3f);
        Assert.Equal(Reference(exact), loss, 1e-4);
        AssertClose(ReferenceNetwork.Differences(Reference, exact), gradient);
    }

    [Theory]
    [InlineData("dense relu 9 5")]
    [InlineData("dense tanh 9 5")]
    [InlineData("dense gelu layer 9 5")]
    [InlineData("image tanh 8 8 average")]
    [InlineData("image gelu 16 average")]
    public void Gradients_by_the_input_are_right(string name)
    {
        var network = Make(name, 3);
        var (features, targets) = Data(3, network.Inputs, 3, soft: true);
        var point = Point(network, Targets.FromProbabilities(targets, 3));
        var classifier = new NetworkClassifier(
            network, point, [0, 1, 2], 3, new FitDiagnostics("none", 0, 0, 0, 0, true));
        var gradient = new float[features.Values.Length];
        classifier.InputGradient(features, targets, gradient);
        var exact = Array.ConvertAll(point, v => (double)v);
        const float Step = 1e-3f;
        for (var i = 0; i < features.Values.Length; i++)
        {
            double At(float step)
            {
                var values = features.Values.ToArray();
                values[i] += step;
                return ReferenceNetwork.Loss(
                    network, exact, new FeatureMatrix(3, network.Inputs, values), targets, 0);
            }
            Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradient[i], 2e-3);
        }
    }

    [Fact]
    public void The_input_gradient_of_two_class_regression_is_right()
    {
        var fitted = (LogisticClassifier)SoftmaxRegressionLearner.Component("teacher").With().Instance
            .Fit(Records.Along(60, 7, 2, 5), Records.Context());
        var features = Records.Matrix(1, 7, 3);
        float[] targets = [0.3f, 0.7f];
        var gradient = new float[7];
        fitted.InputGradient(features, targets, gradient);
        var z = fitted.Intercept + Enumerable.Range(0, 7).Sum(j => (double)fitted.Weights[j] * features.Row(0)[j]);
        for (var j = 0; j < 7; j++)
            Assert.Equal((1 / (1 + Math.Exp(-z)) - 0.7) * fitted.Weights[j], gradient[j], 1e-5);
    }

    [Fact]
    public void A_step_with_dropout_is_a_step_of_the_network_that_is_left()
    {
        // Without weights to learn from, the mean over many draws of a dropped unit is the unit.
        var network = Network.Dense(16, [64], 2, new BodyOptions(Activation.Relu, Normalisation.None, 0.25));
        var layer = (DropoutLayer)network.Layers[2];
        var flow = new LayerFlow
        {
            Output = new float[1000 * 64],
            Error = new float[1000 * 64],
            Scratch = new float[layer.ScratchLength(1000)],
            Input = Enumerable.Repeat(1f, 1000 * 64).ToArray(),
            InputError = new float[1000 * 64],
            Training = true,
            Stream = RandomKey.FromSeed(1).Open(),
        };
        layer.Prepare(flow, 1000);
        layer.Forward(flow, 0, 1000);
        Assert.Equal([0, 1 / 0.75f], flow.Output.Distinct().Order());
        // 64,000 draws: seven standard deviations, missed with probability below 1e-11.
        Assert.Equal(1, flow.Output.Average(), 7 * Math.Sqrt(0.25 / 0.75 / 64000));
        Array.Fill(flow.Error, 1);
        layer.Backward(flow, 0, 1000);
        Assert.Equal(flow.Output, flow.InputError.ToArray());
        flow.Training = false;
        layer.Forward(flow, 0, 1000);
        Assert.Equal(flow.Input.ToArray(), flow.Output);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(8, 8)]
    [InlineData(29, 7)]
    [InlineData(1031, 17)]
    public void Two_class_gradients_are_right(int rows, int columns)
    {
        var features = Records.Matrix(rows, columns, 1);
        var targets = Records.Uniform(rows, 2).Select(v => (v + 1) / 2).ToArray();
        var weights = Records.Uniform(rows, 4).Select(v => v + 1.5f).ToArray();
        var objective = new LogisticObjective(features, targets, weights, 0.7f, 1);
        var point = Records.Uniform(objective.Dimension, 3);
        for (var j = columns + 1; j < point.Length; j++) point[j] = 0;
        double Loss(double[] p)
        {
            var loss = 0.0;
            for (var i = 0; i < rows; i++)
            {
                var z = p[columns];
                for (var j = 0; j < columns; j++) z += p[j] * features.Row(i)[j];
                loss += weights[i] * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - targets[i] * z);
            }
            for (var j = 0; j < columns; j++) loss += 0.35f * p[j] * p[j];
            return loss;
        }
        var gradient = new float[objective.Dimension];
        var exact = Array.ConvertAll(point, v => (double)v);
        Assert.Equal(Loss(exact), objective.Evaluate(point, gradient), Loss(exact) * 1e-6);
        AssertClose(ReferenceNetwork.Differences(Loss, exact), gradient);
    }

    private static (FeatureMatrix Features, float[] Targets) Data(int rows, int columns, int classes, bool soft)
    {
        var features = Records.Matrix(rows, columns, 1);
        var targets = new float[rows * classes];
        var draws = Records.Uniform(rows * classes, 2);
        for (var i = 0; i < rows; i++)
        {
            var row = targets.AsSpan(i * classes, classes);
            if (!soft)
            {
                row[i % classes] = 1;
                continue;
            }
            for (var k = 0; k < classes; k++) row[k] = draws[i * classes + k] + 1.1f;
            var sum = 0f;
            foreach (var value in row) sum += value;
            for (var k = 0; k < classes; k++) row[k] /= sum;
        }
        return (features, targets);
    }

    private static Network Make(string name, int classes)
    {
        var words = name.Split(' ');
        var body = new BodyOptions(
            words.Contains("gelu") ? Activation.Gelu : words.Contains("tanh") ? Activation.Tanh : Activation.Relu,
            words.Contains("batch") ? Normalisation.Batch
                : words.Contains("layer") ? Normalisation.Layer : Normalisation.None);
        var sizes = words.Where(word => char.IsDigit(word[0])).Select(int.Parse).ToImmutableArray();
        return words[0] == "dense"
            ? Network.Dense(7, sizes, classes, body)
            : Network.Convolutional(
                sizes.Length > 1 ? 11 : 7, sizes, 3, words.Contains("max") ? Pooling.Max : Pooling.Average, [9], classes,
                body);
    }

    private static float[] Point(Network network, Targets targets)
    {
        var point = network.Initialise(targets, [0, 1, 2], RandomKey.FromSeed(5));
        // Biases, gains and shifts off their start, so that their part is seen too.
        foreach (var layer in network.Layers)
        {
            var (first, count) = layer.Weights;
            var width = Math.Min(7, layer.ParameterCount - count);
            for (var i = 0; i < width; i++) point[first + count + i] += 0.1f * (i % 3) - 0.07f;
        }
        return point;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.True(expected.Count(g => Math.Abs(g) > 1e-3) > expected.Length / 16);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= Tolerance * scale, $"[{i}] expected {expected[i]}, was {actual[i]}");
        }
    }
}
