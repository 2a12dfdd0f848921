using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Tests.Networks;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests;

/// <summary>
/// The bytes of fits as they were written down once: they must come out on every machine, whatever its vector width.
/// </summary>
/// <remarks>
/// Also run with DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0, DOTNET_EnableFMA=0 and DOTNET_EnableHWIntrinsic=0, which
/// make the run-time compile the kernels for lesser machines. A change of algorithm or default changes the values; then
/// write the new ones here.
/// </remarks>
public sealed class ReproducibleBytesTests
{
    [Fact]
    public void Two_class_regression()
    {
        var fitted = (LogisticClassifier)SoftmaxRegressionLearner.Component("teacher").With().Instance
            .Fit(Records.Along(333, 21, 2, 5), Records.Context());
        Assert.Equal("98C8CC0F56587580", Digest([.. fitted.Weights, fitted.Intercept]));
    }

    [Fact]
    public void Two_class_regression_on_many_records()
    {
        var fitted = (LogisticClassifier)SoftmaxRegressionLearner.Component("teacher").With().Instance
            .Fit(Records.Along(3001, 12, 2, 6), Records.Context(threads: 2));
        Assert.Equal("4A1CF886233749F6", Digest([.. fitted.Weights, fitted.Intercept]));
    }

    [Fact]
    public void Three_class_regression()
    {
        var fitted = (NetworkClassifier)SoftmaxRegressionLearner.Component("teacher").With().Instance
            .Fit(Records.Along(301, 13, 3, 7), Records.Context());
        Assert.Equal("C8ABE31EC6E780CE", Digest(fitted.Parameters));
    }

    [Theory]
    [InlineData("relu", "DCB2428F61B7918B")]
    [InlineData("tanh", "A8A62EA952B96118")]
    public void Multilayer_perceptron(string activation, string digest)
    {
        var data = Records.Along(211, 19, 3, 8);
        var fitted = (NetworkClassifier)MlpLearner.Component("student").With(("activation", activation)).Instance
            .Fit(data, Records.Context());
        Assert.Equal(digest, Digest([.. fitted.Parameters, .. fitted.Probabilities(data.Features)]));
    }

    [Fact]
    public void Perceptron_with_everything_else()
    {
        var data = Records.Along(211, 19, 3, 8);
        var fitted = (NetworkClassifier)MlpLearner.Component("student").With(
            ("activation", "gelu"), ("normalisation", "layer"), ("dropout", 0.2), ("optimiser", "adamw"),
            ("weight-decay", 0.1), ("warm-up", 2L), ("schedule", "step")).Instance.Fit(data, Records.Context());
        Assert.Equal("A759290F915715D6", Digest([.. fitted.Parameters, .. fitted.Probabilities(data.Features)]));
    }

    [Fact]
    public void Convolutional_network()
    {
        var data = CnnLearnerTests.Bars(90);
        var fitted = (NetworkClassifier)CnnLearner.Component("student").With(
            ("filters", ImmutableArray.Create(8L, 16L)), ("kernel", 3L), ("hidden", ImmutableArray.Create(12L)),
            ("epochs", 3L), ("normalisation", "batch"), ("optimiser", "sgd"), ("learning-rate", 0.05)).Instance
            .Fit(data, Records.Context(threads: 2));
        Assert.Equal("5A3876797359DE04", Digest([.. fitted.Parameters, .. fitted.Probabilities(data.Features)]));
    }

    private static string Digest(ReadOnlySpan<float> values) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16];
}
