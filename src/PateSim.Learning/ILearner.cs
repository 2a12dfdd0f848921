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

/// <summary>A fit that cannot be done: the reason in a sentence that names the parameter or the data at fault.</summary>
public sealed class TrainingException(string message) : Exception(message);
