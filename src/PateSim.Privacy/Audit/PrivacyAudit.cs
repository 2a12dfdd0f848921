using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PateSim.Core.Randomness;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Audit;

/// <summary>The audit's verdict at one δ.</summary>
/// <param name="LowerBound">ε that the mechanism certainly exceeds or reaches, 0 when nothing can be told.</param>
/// <param name="Claimed">ε claimed.</param>
public sealed record AuditFinding(string Game, double Delta, double LowerBound, double Claimed)
{
    /// <summary>Whether the claim is false.</summary>
    public bool Violated => LowerBound > Claimed;
}

/// <summary>
/// Plays a distinguishing game many times and bounds ε from below: if the bound passes the claim, the mechanism or its
/// accounting is broken.
/// </summary>
/// <remarks>
/// <para>Two runs (Jagielski et al. 2020; Nasr et al. 2021): half of the trials choose sets of outcomes by their
/// likelihood ratio; the other half give Clopper-Pearson bounds p ≤ Pr[M(D)∈S] and q ≥ Pr[M(D′)∈S], so that
/// ε ≥ ln((p−δ)/q), in both directions.</para>
/// <para>Several δ are tried: a mechanism can keep its promise at 10⁻⁵ and break it at 0.2. The failure probability is
/// shared among all bounds, so an honest mechanism is accused with at most that probability.</para>
/// </remarks>
public static class PrivacyAudit
{
    /// <summary>The δ at which claims are checked.</summary>
    public static ImmutableArray<double> Deltas { get; } = [1e-6, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4];

    /// <param name="trials">Trials for each ensemble, at least 100; half of them choose, half decide.</param>
    /// <param name="key">Address of the audit's randomness.</param>
    /// <param name="failure">Probability of accusing an honest mechanism, in (0, 1).</param>
    /// <returns>One finding for each δ.</returns>
    public static ImmutableArray<AuditFinding> Run(AuditGame game, int trials, RandomKey key, double failure = 1e-6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 100);
        if (!(failure is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(failure), failure, "A probability between 0 and 1 is due.");
        var half = trials / 2;
        var (choose0, decide0) = (Tally(game.OnEnsemble, "ensemble/choose"), Tally(game.OnEnsemble, "ensemble/decide"));
        var (choose1, decide1) =
            (Tally(game.OnNeighbour, "neighbour/choose"), Tally(game.OnNeighbour, "neighbour/decide"));
        // Two bounds for each δ and direction.
        var each = failure / (4 * Deltas.Length);
        return
        [
            .. Deltas.Select(delta => new AuditFinding(
                game.Name, delta,
                Math.Max(
                    LowerBound(choose0, choose1, decide0, decide1, half, delta, each),
                    LowerBound(choose1, choose0, decide1, decide0, half, delta, each)),
                game.ClaimedEpsilon(delta))),
        ];

        int[] Tally(Func<INoiseSource, int> play, string purpose)
        {
            var noise = new SeededNoise(key.Derive(purpose).Open());
            var tally = new int[game.OutcomeCount];
            for (var i = 0; i < half; i++) tally[play(noise)]++;
            return tally;
        }
    }

    /// <summary>One-sided Clopper-Pearson bounds on a probability after so many successes.</summary>
    public static (double Low, double High) ClopperPearson(int successes, int trials, double failure) => (
        successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, failure),
        successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - failure));

    private static double LowerBound(
        int[] choose, int[] chooseOther, int[] decide, int[] decideOther, int trials, double delta, double failure)
    {
        // Outcomes by falling likelihood ratio, half a trial added to each; the best set is a prefix.
        int[] order = [.. Enumerable.Range(0, choose.Length)
            .OrderByDescending(o => (choose[o] + 0.5) / (chooseOther[o] + 0.5)).ThenBy(o => o)];
        var (bestLength, best) = (0, 0.0);
        var (inside, outside) = (0, 0);
        for (var length = 1; length < order.Length; length++)
        {
            inside += choose[order[length - 1]];
            outside += chooseOther[order[length - 1]];
            var bound = Bound(inside, outside);
            if (bound > best) (bestLength, best) = (length, bound);
        }
        return bestLength == 0
            ? 0
            : Bound(order.Take(bestLength).Sum(o => decide[o]), order.Take(bestLength).Sum(o => decideOther[o]));

        double Bound(int successes, int otherSuccesses)
        {
            var low = ClopperPearson(successes, trials, failure).Low - delta;
            return low > 0 ? Math.Max(0, Math.Log(low / ClopperPearson(otherSuccesses, trials, failure).High)) : 0;
        }
    }
}
