using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Learning;

/// <summary>A recipe that makes a classifier from labelled records: the kind of a teacher, a student or a clone.</summary>
/// <threadsafety>Immutable; many fits may run side by side on one instance.</threadsafety>
public interface ILearner
{
    /// <summary>Trains from scratch. The same data and key give the same classifier, whatever the thread count.</summary>
    /// <param name="data">At least one record; classes may be missing among the labels.</param>
    /// <exception cref="TrainingException">The data or the options make training impossible; the message says why.
    /// </exception>
    IClassifier Fit(LabelledData data, TrainingContext context);
}

/// <summary>A learner that can also be trained on a probability for each class instead of one label.</summary>
public interface ISoftLabelLearner : ILearner
{
    /// <summary>Trains from scratch by cross-entropy against soft targets.</summary>
    /// <param name="features">Shape [n, d], n ≥ 1.</param>
    /// <param name="targets">Shape [n, c], row-major; each row is not negative and sums to 1.</param>
    IClassifier FitSoft(FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context);
}

/// <summary>A learner whose records may count more or less than one.</summary>
public interface IWeightedLearner : ISoftLabelLearner
{
    /// <summary>Trains from scratch by Σᵢ wᵢ · cross-entropy; penalties are not weighted.</summary>
    /// <param name="features">Shape [n, d], n ≥ 1.</param>
    /// <param name="targets">Shape [n, c], row-major; each row is not negative and sums to 1.</param>
    /// <param name="weights">wᵢ, shape [n]: finite, not negative, not all zero. Ones give the bytes of
    /// <see cref="ISoftLabelLearner.FitSoft"/>.</param>
    IClassifier FitWeighted(
        FeatureMatrix features, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> weights, int classCount,
        TrainingContext context);
}

/// <summary>A learner that cannot take records of every shape.</summary>
public interface IShapeBoundLearner : ILearner
{
    /// <summary>Why records of so many features and classes cannot be learnt from, in a sentence; null when they can.
    /// </summary>
    string? Reject(int features, int classes);
}

/// <summary>What a fit needs besides its data.</summary>
/// <param name="Key">Address of the fit's randomness (initial weights, order of batches).</param>
/// <param name="Threads">How many threads the fit may use, ≥ 1; never changes the result.</param>
public sealed record TrainingContext(RandomKey Key, int Threads = 1, CancellationToken Cancellation = default);

/// <summary>A trained model that maps d features to a probability for each of c classes.</summary>
/// <threadsafety>Immutable; predictions may run side by side.</threadsafety>
public interface IClassifier
{
    int FeatureCount { get; }

    int ClassCount { get; }

    /// <summary>Writes the class probabilities of n records, shape [n, c], row-major; rows sum to 1.</summary>
    void Probabilities(FeatureMatrix features, Span<float> probabilities);

    /// <summary>Writes the most probable class of n records, shape [n]; ties go to the lowest class.</summary>
    void Predict(FeatureMatrix features, Span<int> labels);
}

/// <summary>A classifier that can say how its loss changes with its inputs; attacks and consistency training ask it.
/// </summary>
public interface IDifferentiableClassifier : IClassifier
{
    /// <summary>Writes ∂/∂x −Σₖ tₖ ln pₖ(x) for each of n records.</summary>
    /// <param name="targets">t, shape [n, c], row-major.</param>
    /// <param name="gradient">Shape [n, d], row-major, overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    void InputGradient(FeatureMatrix features, ReadOnlySpan<float> targets, Span<float> gradient);
}

/// <summary>A fit that cannot be done: the reason in a sentence that names the parameter or the data at fault.</summary>
public sealed class TrainingException(string message) : Exception(message);
