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
/// <para>Two runs (Jagielski et al. 2020; Nasr et al. 2021): a quarter of the trials choose, for each δ, a direction
/// and a set S of outcomes by their likelihood ratio; the other trials give Clopper-Pearson bounds p ≤ Pr[M(D)∈S] and
/// q ≥ Pr[M(D′)∈S], so that ε ≥ ln((p−δ)/q).</para>
/// <para>Several δ are tried: a mechanism can keep its promise at 10⁻⁵ and break it at 0.2. The failure probability is
/// shared among all bounds, so an honest mechanism is accused with at most that probability.</para>
/// <para>Trials are dealt out in blocks with an address each: the number of threads changes no result.</para>
/// </remarks>
public static class PrivacyAudit
{
    private const int Block = 2048;

    /// <summary>The δ at which claims are checked.</summary>
    public static ImmutableArray<double> Deltas { get; } = [1e-6, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4];

    /// <param name="trials">Trials for each ensemble, at least 100; a quarter of them choose, the others decide.</param>
    /// <param name="key">Address of the audit's randomness.</param>
    /// <param name="failure">Probability of accusing an honest mechanism, in (0, 1).</param>
    /// <returns>One finding for each δ.</returns>
    public static ImmutableArray<AuditFinding> Run(
        AuditGame game, int trials, RandomKey key, double failure = 1e-6, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 100);
        if (!(failure is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(failure), failure, "A probability between 0 and 1 is due.");
        var (choosing, deciding) = (trials / 4, trials - trials / 4);
        var (choose, chooseOther) = (Tally(false, "ensemble/choose", choosing), Tally(true, "neighbour/choose", choosing));
        var (decide, decideOther) = (Tally(false, "ensemble/decide", deciding), Tally(true, "neighbour/decide", deciding));
        // Two bounds for each δ.
        var each = failure / (2 * Deltas.Length);
        return [.. Deltas.Select(delta => new AuditFinding(
            game.Name, delta, LowerBound(delta), game.ClaimedEpsilon(delta)))];

        int[] Tally(bool moved, string purpose, int count) => Draw(
            game.OutcomeCount, moved ? game.OnNeighbour : game.OnEnsemble, count, key.Derive(purpose), cancellation);

        double LowerBound(double delta)
        {
            var forward = Choose(choose, chooseOther, choosing, deciding, delta, each);
            var reverse = Choose(chooseOther, choose, choosing, deciding, delta, each);
            var (set, inside, outside) = forward.Expected >= reverse.Expected
                ? (forward.Set, decide, decideOther)
                : (reverse.Set, decideOther, decide);
            return set.IsEmpty ? 0 : Bound(set.Sum(o => inside[o]), set.Sum(o => outside[o]), deciding, delta, each);
        }
    }

    /// <summary>One-sided Clopper-Pearson bounds on a probability after so many successes.</summary>
    public static (double Low, double High) ClopperPearson(int successes, int trials, double failure) => (
        successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, failure),
        successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - failure));

    /// <summary>How often each outcome came, shape [outcomes].</summary>
    private static int[] Draw(
        int outcomes, Func<INoiseSource, int> play, int count, RandomKey key, CancellationToken cancellation)
    {
        var tally = new int[outcomes];
        Parallel.For(
            0, (count + Block - 1) / Block, new ParallelOptions { CancellationToken = cancellation },
            () => new int[outcomes],
            (block, _, own) =>
            {
                var noise = new SeededNoise(key.Derive(block).Open());
                for (var i = Math.Min(Block, count - block * Block); i > 0; i--)
                {
                    if ((i & 63) == 0) cancellation.ThrowIfCancellationRequested();
                    own[play(noise)]++;
                }
                return own;
            },
            own =>
            {
                lock (tally)
                {
                    for (var o = 0; o < outcomes; o++) tally[o] += own[o];
                }
            });
        return tally;
    }

    /// <summary>The set of outcomes whose bound would be the largest if the deciding trials came out as the choosing
    /// ones; empty when no set would say anything.</summary>
    private static (ImmutableArray<int> Set, double Expected) Choose(
        int[] inside, int[] outside, int choosing, int deciding, double delta, double failure)
    {
        // Outcomes by falling likelihood ratio, half a trial added to each; the best set is a prefix.
        int[] order = [.. Enumerable.Range(0, inside.Length).Where(o => inside[o] + outside[o] > 0)
            .OrderByDescending(o => (inside[o] + 0.5) / (outside[o] + 0.5)).ThenBy(o => o)];
        var (length, best) = (0, 0.0);
        var (here, there) = (0L, 0L);
        for (var l = 1; l <= order.Length; l++)
        {
            here += inside[order[l - 1]];
            there += outside[order[l - 1]];
            // Half a trial against luck: outcomes that the neighbour happened not to show.
            var bound = Bound(Scale(here), Scale(there + 0.5), deciding, delta, failure);
            if (bound > best) (length, best) = (l, bound);
        }
        return ([.. order.Take(length)], best);

        int Scale(double count) => (int)Math.Min(deciding, count * deciding / choosing);
    }

    private static double Bound(int successes, int otherSuccesses, int trials, double delta, double failure)
    {
        var low = ClopperPearson(successes, trials, failure).Low - delta;
        return low > 0 ? Math.Max(0, Math.Log(low / ClopperPearson(otherSuccesses, trials, failure).High)) : 0;
    }
}
