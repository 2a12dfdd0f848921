using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Ledger;

/// <summary>What became of a query.</summary>
public enum ChargeOutcome
{
    /// <summary>The teachers' noisy winner was released.</summary>
    Answered,

    /// <summary>The student's own label stood: only the check is charged.</summary>
    Confirmed,

    /// <summary>The teachers did not agree enough: only the check is charged.</summary>
    Abstained,

    /// <summary>The budget did not pay for it: nothing was drawn, nothing is charged.</summary>
    Refused,

    /// <summary>Charged in full, and its answer went down in a crash.</summary>
    Lost,
}

/// <summary>One line of the ledger: what a query cost, complete for accounting anew.</summary>
/// <param name="Sequence">1, 2, …</param>
/// <param name="WorstCase">The most that the answer could cost; without votes.</param>
/// <param name="PerAnswerEpsilon">Pure ε of this answer in nats, ∞ where it has none (Gaussian or no noise).</param>
/// <param name="CumulativeBasicEpsilon">Sum of the charged pure ε up to this line, in nats.</param>
public sealed record LedgerRow(
    long Sequence,
    string Query,
    string Mechanism,
    PrivacyEvent WorstCase,
    ChargeOutcome Outcome,
    double PerAnswerEpsilon,
    double CumulativeBasicEpsilon)
{
    /// <summary>Where the noise came from; from a seed unless said otherwise, which is no guarantee.</summary>
    public NoiseKind Noise { get; init; }

    /// <summary>Whether it was charged; false for a refusal.</summary>
    public bool Charged => Outcome != ChargeOutcome.Refused;

    /// <summary>What the outcome cost: the check alone where a threshold let no answer pass.</summary>
    public PrivacyEvent Cost => Outcome switch
    {
        ChargeOutcome.Answered or ChargeOutcome.Lost => WorstCase,
        ChargeOutcome.Refused => new ComposedEvent([]),
        _ => new ComposedEvent([.. new[] { WorstCase }.Flatten().Where(part => part is NoisyThresholdEvent)]),
    };

    /// <summary>What became of a query that got this answer.</summary>
    public static ChargeOutcome OutcomeOf(VoteAnswer answer) => answer.Outcome switch
    {
        VoteOutcome.Answered => ChargeOutcome.Answered,
        VoteOutcome.Confirmed => ChargeOutcome.Confirmed,
        _ => ChargeOutcome.Abstained,
    };
}
