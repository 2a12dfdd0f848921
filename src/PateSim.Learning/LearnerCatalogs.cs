using PateSim.Core.Components;
using PateSim.Learning.Linear;
using PateSim.Learning.Neighbours;
using PateSim.Learning.Networks;
using PateSim.Learning.Trees;

namespace PateSim.Learning;

/// <summary>The built-in learners by the part they play.</summary>
public static class LearnerCatalogs
{
    /// <summary>What a hospital trains on its own records.</summary>
    public static Catalog<ILearner> Teachers { get; } = new(
        "teacher", "The model that each hospital trains on its own records.",
        FastForestLearner.Component("teacher"),
        LightGbmLearner.Component("teacher"),
        MajorityLearner.Component("teacher"),
        MlpLearner.Component("teacher"),
        NearestNeighboursLearner.Component("teacher"),
        SoftmaxRegressionLearner.Component("teacher"));

    /// <summary>What learns from the noisy answers.</summary>
    public static Catalog<ILearner> Students { get; } = new(
        "student", "The model that is trained on the noisy answers and published.",
        MlpLearner.Component("student"),
        SoftmaxRegressionLearner.Component("student"));

    /// <summary>What a thief trains on stolen answers.</summary>
    public static Catalog<ILearner> Clones { get; } = new(
        "clone", "The model that a thief trains on the answers it bought.",
        LightGbmLearner.Component("clone"),
        MlpLearner.Component("clone"),
        SoftmaxRegressionLearner.Component("clone"));
}
