using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Attacks;

/// <summary>
/// An attack: how a thief chooses its queries and how it makes a clone of the answers. Everything around it (budgets,
/// victims, pairing, order of work) is <see cref="TheftPlan"/>'s.
/// </summary>
/// <threadsafety>Immutable; campaigns and clones may be worked on side by side.</threadsafety>
public interface IThief
{
    /// <summary>Numbers of queries after which a clone is made; distinct, ascending, each ≥ 1.</summary>
    ImmutableArray<int> Budgets { get; }

    /// <summary>The levels of exposure that the attack is tried with; distinct.</summary>
    ImmutableArray<Exposure> Exposures { get; }

    /// <summary>What makes the attack impossible with this pool and this learner; empty when nothing does.</summary>
    /// <param name="poolSize">The number of records that the thief holds.</param>
    /// <param name="cloneLearner">What it trains clones with.</param>
    ImmutableArray<TheftObstacle> Validate(int poolSize, ILearner cloneLearner);

    /// <summary>The first step of collecting answers.</summary>
    CollectionStep Begin(CollectionContext context);

    /// <summary>Makes a clone from scratch, of nothing but the answers given.</summary>
    /// <exception cref="TrainingException">The clone cannot be trained.</exception>
    IClassifier Clone(TransferSet transferSet, ILearner cloneLearner, TrainingContext context);
}

/// <summary>What a thief knows when it starts to collect.</summary>
/// <param name="Pool">The records that it holds, shape [n, d], unlabelled; none of them was a query of the student's
/// training.</param>
/// <param name="QueryBudget">How many answers it will get, ≥ 1.</param>
/// <param name="CloneLearner">For adaptive thieves, who train clones on the way.</param>
/// <param name="Key">The address of the thief's randomness.</param>
public sealed record CollectionContext(
    FeatureMatrix Pool, int QueryBudget, Exposure Exposure, ILearner CloneLearner, RandomKey Key);

/// <summary>Why an attack cannot be carried out.</summary>
/// <param name="Option">The attack's option that would have to change.</param>
/// <param name="Message">A sentence with the offending value and what would be right.</param>
public sealed record TheftObstacle(string Option, string Message);
