using BenchmarkDotNet.Attributes;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;

namespace PateSim.Benchmarks;

/// <summary>One fit of each learner on the shapes of the Adult setting with 250 hospitals.</summary>
[MemoryDiagnoser]
public class LearnerBenchmarks
{
    private readonly LabelledData _hospital = MadeUpRecords.Draw(130, 1);
    private readonly LabelledData _pooled = MadeUpRecords.Draw(32561, 2);
    private readonly LabelledData _answers = MadeUpRecords.Draw(500, 3);
    private readonly ILearner _softmax = LearnerCatalogs.Teachers["softmax-regression"].With().Instance;
    private readonly ILearner _mlp = LearnerCatalogs.Students["mlp"].With().Instance;
    private readonly ILearner _lightGbm = LearnerCatalogs.Teachers["lightgbm"].With().Instance;

    [Benchmark]
    public IClassifier SoftmaxRegressionOfOneHospital() => _softmax.Fit(_hospital, Context(1));

    [Benchmark]
    public IClassifier SoftmaxRegressionPooledOneThread() => _softmax.Fit(_pooled, Context(1));

    [Benchmark]
    public IClassifier SoftmaxRegressionPooledTwoThreads() => _softmax.Fit(_pooled, Context(2));

    [Benchmark]
    public IClassifier MlpStudentOnFiveHundredAnswers() => _mlp.Fit(_answers, Context(1));

    [Benchmark]
    public IClassifier LightGbmOfOneHospital() => _lightGbm.Fit(_hospital, Context(1));

    private static TrainingContext Context(int threads) => new(RandomKey.FromSeed(1), threads);
}
