using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Victims;

/// <summary>
/// The control without a victim: a labeller who knows the true label of every record of the pool. What a thief gets
/// from a victim beyond this is theft; the rest it could have bought.
/// </summary>
/// <remarks>A labeller gives labels, no probabilities, and cannot label records that the thief made up.</remarks>
public sealed class NoVictim : IVictim
{
    private readonly ImmutableArray<int> _poolLabels;

    /// <param name="poolLabels">True labels of the thief's pool, shape [n], in 0, …, classCount−1.</param>
    public NoVictim(ImmutableArray<int> poolLabels, int classCount) =>
        (_poolLabels, ClassCount) = (poolLabels, classCount);

    public string Name => VictimNames.None;

    public int ClassCount { get; }

    public ImmutableArray<Exposure> Exposures => [Exposure.Label];

    public IOracle Open(ClientAccount account) => account.Exposure == Exposure.Label
        ? new Labeller(this, account.QueryBudget)
        : throw new ArgumentException(
            $"A labeller has no exposure '{account.Exposure}'; it gives labels.", nameof(account));

    /// <summary>The true labels.</summary>
    public ImmutableArray<int> Decide(LabelledData evaluation) => evaluation.Labels;

    private sealed class Labeller(NoVictim victim, long budget) : IOracle
    {
        private long _asked;

        public Answers Ask(Queries queries)
        {
            if (queries.PoolRows.Length != queries.Records.Rows)
                throw new ArgumentException("Records that are not of the pool have no true label.", nameof(queries));
            if (queries.Records.Rows > budget - _asked)
                throw new QueryRefusedException(
                    victim.Name, new BudgetExhausted(queries.Records.Rows, budget - _asked, budget));
            _asked += queries.Records.Rows;
            return new Answers(
                Exposure.Label, [.. queries.PoolRows.Select(row => victim._poolLabels[row])], default,
                victim.ClassCount);
        }
    }
}
