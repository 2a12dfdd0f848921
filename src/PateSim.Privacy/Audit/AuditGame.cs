using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Audit;

/// <summary>
/// A distinguishing game: an outcome drawn from one of two neighbouring ensembles, and the ε(δ) claimed for telling
/// them apart.
/// </summary>
/// <param name="Name">What is played, in words.</param>
/// <param name="OutcomeCount">Outcomes are 0, …, OutcomeCount−1.</param>
/// <param name="OnEnsemble">Draws an outcome for D. Called from several threads, each with a source of its own.</param>
/// <param name="OnNeighbour">Draws an outcome for D′, likewise.</param>
/// <param name="ClaimedEpsilon">The claimed ε at δ, for δ in (0, 1).</param>
public sealed record AuditGame(
    string Name,
    int OutcomeCount,
    Func<INoiseSource, int> OnEnsemble,
    Func<INoiseSource, int> OnNeighbour,
    Func<double, double> ClaimedEpsilon);

/// <summary>What accounting claims about several releases, as a function of δ.</summary>
public static class AuditClaims
{
    /// <summary>ε(δ) of the privacy loss distribution for that many answers, one vote moved in each.</summary>
    /// <param name="events">What was charged, without votes.</param>
    public static Func<double, double> Of(IReadOnlyCollection<PrivacyEvent> events)
    {
        var accountant = new LossDistributionAccountant();
        return delta =>
            accountant.Account(events, new AccountingTarget(delta, Adjacency.PatientReplaced))[0].Epsilon;
    }

    public static Func<double, double> Of(PrivacyEvent answer, int answers) =>
        Of([.. Enumerable.Repeat(answer, answers)]);
}
