using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;

namespace PateSim.Theft.Attacks;

/// <summary>
/// One clone to be made: a unit of work that needs no other, so that a runtime may do the jobs in any order and on any
/// number of threads.
/// </summary>
/// <remarks>The clone is trained from scratch on the first answers of its budget. A clone that went on from that of the
/// budget before would have seen more training than its budget says, and the curve would be worthless.</remarks>
/// <param name="TransferSet">All answers of the campaign; the job uses the first of them.</param>
/// <param name="Key">The address of this clone's randomness. Jobs of equal budget share it across victims and
/// exposures, so that a difference between their clones is one between their answers.</param>
public sealed record CloneJob(
    CloneId Id, IThief Thief, ILearner CloneLearner, TransferSet TransferSet, RandomKey Key)
{
    /// <summary>Trains the clone and has it decide the evaluation records.</summary>
    /// <param name="evaluation">Shape [n, d]; never queried by the thief.</param>
    /// <param name="threads">Never changes the result.</param>
    /// <exception cref="TrainingException">The clone cannot be trained.</exception>
    public CloneResult Run(FeatureMatrix evaluation, int threads = 1, CancellationToken cancellation = default)
    {
        var context = new TrainingContext(Key, threads, cancellation);
        var clone = Thief.Clone(TransferSet.First(Id.Budget), CloneLearner, context);
        var labels = new int[evaluation.Rows];
        clone.Predict(evaluation, labels);
        return new CloneResult(Id, ImmutableCollectionsMarshal.AsImmutableArray(labels), clone);
    }
}

/// <summary>A clone and its decisions on the evaluation records, shape [n].</summary>
public sealed record CloneResult(CloneId Id, ImmutableArray<int> EvaluationLabels, IClassifier Model);
