using System.Collections.Immutable;
using PateSim.Learning.Metrics;

namespace PateSim.Simulation.Results;

/// <summary>What became of one hospital. In a real federation this is private; a simulation may print it.</summary>
/// <param name="Index">Position in the federation, from 0.</param>
/// <param name="Name">The hospital's name in the dataset or the partitioner.</param>
/// <param name="Records">How many private records it holds.</param>
/// <param name="ClassCounts">Its records per class, shape [c].</param>
/// <param name="Failure">Why it has no teacher or cast no votes; null when all went well.</param>
/// <param name="Accuracy">Its teacher alone on the test set; null without a teacher.</param>
/// <param name="BalancedAccuracy">Likewise, mean over the classes.</param>
public sealed record HospitalReport(
    int Index,
    string Name,
    int Records,
    ImmutableArray<int> ClassCounts,
    string? Failure,
    Estimate? Accuracy,
    Estimate? BalancedAccuracy)
{
    /// <summary>Name of the learner that trains the hospital's teacher.</summary>
    public string Teacher { get; init; } = "";

    /// <summary>Further scores of its teacher alone on the test set; null without a teacher.</summary>
    public Scores? Scores { get; init; }

    /// <summary>What was special about its data or its fit, in a sentence; empty when nothing was.</summary>
    public string Note { get; init; } = "";

    /// <summary>ε of what its own votes could have changed, by individual accounting at the run's δ; private. Null where
    /// it was not computed.</summary>
    public double? IndividualEpsilon { get; init; }
}
