using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Networks;

/// <summary>Gradients in single precision against central differences of a loss in double precision.</summary>
public sealed class GradientTests
{
    /// <summary>Single precision leaves about 1e-6 of the largest part; a wrong term would leave 1e-1.</summary>
    private const double Tolerance = 5e-6;

    [Theory]
    [InlineData("", "relu", 2, false)]
    [InlineData("", "relu", 3, true)]
    [InlineData("5", "relu", 2, false)]
    [InlineData("5", "tanh", 3, true)]
    [InlineData("16,8", "relu", 10, false)]
    [InlineData("9,17,4", "relu", 3, true)]
    [InlineData("9,17,4", "tanh", 9, false)]
    public void Network_gradients_are_right(string hidden, string activation, int classes, bool soft)
    {
        var shape = new NetworkShape(
            7, [.. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], classes,
            activation == "relu" ? Activation.Relu : Activation.Tanh);
        var (features, targets) = Data(21, 7, classes, soft);
        var point = Point(shape, targets);
        var objective = new NetworkObjective(
            shape, features, Targets.FromProbabilities(targets, classes), 0.3f, 1);
        var gradient = new float[shape.ParameterCount];
        var loss = objective.Evaluate(point, gradient);
        var exact = Array.ConvertAll(point, v => (double)v);
        Assert.Equal(ReferenceNetwork.Loss(shape, exact, features, targets, 0.3f), loss, 1e-4);
        var expected = ReferenceNetwork.Differences(
            p => ReferenceNetwork.Loss(shape, p, features, targets, 0.3f), exact);
        // Padding has a derivative in the reference only where it would be used; it is not.
        AssertClose(expected, gradient);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    public void Gradients_by_the_input_are_right(string activation)
    {
        var shape = new NetworkShape(
            11, [9, 5], 3, activation == "relu" ? Activation.Relu : Activation.Tanh);
        var (features, targets) = Data(6, 11, 3, soft: true);
        var point = Point(shape, targets);
        var workspace = new NetworkWorkspace(shape, 6);
        NetworkPass.Forward(workspace, point, features.Memory, 6, 1);
        Softmax.LossAndErrors(
            6, 3, workspace.Logits, Targets.FromProbabilities(targets, 3).Values, 1, workspace.LogitErrors);
        var inputGradient = new float[6 * 16];
        NetworkPass.Backward(workspace, point, features.Memory, 6, new float[point.Length], inputGradient, 1);
        var exact = Array.ConvertAll(point, v => (double)v);
        const float Step = 1e-3f;
        for (var i = 0; i < features.Values.Length; i++)
        {
            double At(float step)
            {
                var values = features.Values.ToArray();
                values[i] += step;
                return ReferenceNetwork.Loss(shape, exact, new FeatureMatrix(6, 11, values), targets, 0);
            }
            var expected = (At(Step) - At(-Step)) / (2 * Step);
            Assert.Equal(expected, inputGradient[i / 11 * 16 + i % 11], 2e-3);
        }
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
        var objective = new LogisticObjective(features, targets, 0.7f, 1);
        var point = Records.Uniform(objective.Dimension, 3);
        for (var j = columns + 1; j < point.Length; j++) point[j] = 0;
        double Loss(double[] p)
        {
            var loss = 0.0;
            for (var i = 0; i < rows; i++)
            {
                var z = p[columns];
                for (var j = 0; j < columns; j++) z += p[j] * features.Row(i)[j];
                loss += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - targets[i] * z;
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

    private static float[] Point(NetworkShape shape, float[] targets)
    {
        var point = NetworkInitialisation.Draw(
            shape, Targets.FromProbabilities(targets, shape.Classes), [0, 1, 2], RandomKey.FromSeed(5));
        // Biases off zero, so that their part is seen too.
        foreach (var layer in shape.Layers)
        {
            for (var unit = 0; unit < layer.Outputs; unit++) point[layer.Biases + unit] += 0.1f * (unit % 3) - 0.07f;
        }
        return point;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.True(expected.Count(g => Math.Abs(g) > 1e-3) > expected.Length / 8);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= Tolerance * scale, $"[{i}] expected {expected[i]}, was {actual[i]}");
        }
    }
}
