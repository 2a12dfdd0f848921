using PateSim.Core.Features;
using PateSim.Learning;

namespace PateSim.Theft.Attacks;

/// <summary>The clone of learning-based attacks: hard labels or, where they are revealed, probabilities as
/// targets.</summary>
internal static class CloneTraining
{
    /// <summary>Trains from scratch on every answer: min −Σ_i Σ_k a_ik ln g_k(x_i), with a_i one-hot for
    /// labels.</summary>
    /// <exception cref="TrainingException">Probabilities were stolen and the learner cannot use them.</exception>
    public static IClassifier Fit(TransferSet stolen, ILearner learner, TrainingContext context)
    {
        var answers = stolen.Answers;
        if (!answers.Exposure.RevealsProbabilities)
            return learner.Fit(new LabelledData(stolen.Queries, answers.Labels, answers.ClassCount), context);
        return learner is ISoftLabelLearner soft
            ? soft.FitSoft(stolen.Queries, answers.Probabilities, answers.ClassCount, context)
            : throw new TrainingException(
                $"The clone learner cannot be trained on the exposure '{answers.Exposure}': it takes labels only.");
    }
}
