using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Audit;

/// <summary>One canary after a run: what its attacker saw speaks for "in" when positive.</summary>
/// <param name="Score">How strongly, in any unit; 0 for not at all.</param>
/// <param name="IsIn">The coin.</param>
public readonly record struct CanaryScore(double Score, bool IsIn);

/// <summary>
/// The one-run auditor: each of m canaries was put in or left out by a fair coin, one run was made, and an attacker
/// guesses the coins that it dares to guess (Steinke, Nasr, Jagielski 2023).
/// </summary>
/// <remarks>How many coins are guessed, and by what, is learned on a run of its own, so that the bound holds for the run
/// that decides. The bound loses about 2mδ, so that only small δ say anything about many canaries.</remarks>
public static class CanaryAudit
{
    private const int Block = 512;

    /// <summary>The δ at which claims are checked.</summary>
    public static ImmutableArray<double> Deltas { get; } = [1e-12, 1e-9, 1e-6];

    /// <summary>
    /// Canaries that are each a patient whose vote counts in a game of its own, all in one run: the claim is that of the
    /// game.
    /// </summary>
    /// <param name="canaries">m ≥ 1.</param>
    /// <param name="failure">Probability of accusing an honest mechanism, in (0, 1).</param>
    public static ImmutableArray<AuditFinding> Play(
        AuditGame game, int canaries, RandomKey key, double failure, ImmutableArray<double> deltas,
        CancellationToken cancellation = default)
    {
        var learned = Run(game, canaries, key.Derive("learn"), cancellation);
        var (inside, outside) = (new int[game.OutcomeCount], new int[game.OutcomeCount]);
        foreach (var (outcome, isIn) in learned) (isIn ? inside : outside)[outcome]++;
        // Log likelihood ratios, drawn towards 0 where an outcome is rare.
        double[] scores = [.. inside.Zip(outside, (i, o) => Math.Log((i + 1.0) / (o + 1.0)))];
        return Judge(
            game.Name,
            [.. learned.Select(play => new CanaryScore(scores[play.Outcome], play.IsIn))],
            [.. Run(game, canaries, key.Derive("run"), cancellation)
                .Select(play => new CanaryScore(scores[play.Outcome], play.IsIn))],
            game.ClaimedEpsilon, failure, deltas);
    }

    /// <summary>Bounds from the scores of one run, with the threshold of guessing learned on another.</summary>
    /// <param name="learned">Canaries of the run that chooses how strong a score must be for a guess.</param>
    /// <param name="decided">Canaries of the run that decides.</param>
    public static ImmutableArray<AuditFinding> Judge(
        string game, IReadOnlyList<CanaryScore> learned, IReadOnlyList<CanaryScore> decided,
        Func<double, double> claimedEpsilon, double failure, ImmutableArray<double> deltas)
    {
        var each = failure / deltas.Length;
        return
        [
            .. deltas.Select(delta =>
            {
                var least = LeastScore(learned, delta, each);
                var (guesses, correct) = Count(decided, least);
                return new AuditFinding(
                    FormattableString.Invariant(
                        $"{game}; {decided.Count:N0} canaries, {guesses:N0} guesses, {correct:N0} right"),
                    delta,
                    guesses == 0 ? 0 : OneRunAudit.LowerBound(decided.Count, guesses, correct, delta, each),
                    claimedEpsilon(delta));
            }),
        ];
    }

    // Guesses in the order of their strength; the bound tells where to stop.
    private static double LeastScore(IReadOnlyList<CanaryScore> learned, double delta, double failure)
    {
        double[] strengths =
            [.. learned.Select(canary => Math.Abs(canary.Score)).Where(s => s > 0).Distinct().OrderDescending()];
        var (least, best) = (strengths.LastOrDefault(double.Epsilon), 0.0);
        // At most 40 stops: strengths are few where outcomes are.
        foreach (var strength in strengths.Where((_, i) => i % Math.Max(1, strengths.Length / 40) == 0))
        {
            var (guesses, correct) = Count(learned, strength);
            var bound = guesses == 0 ? 0 : OneRunAudit.LowerBound(learned.Count, guesses, correct, delta, failure);
            if (bound > best) (least, best) = (strength, bound);
        }
        return least;
    }

    private static (int Guesses, int Correct) Count(IReadOnlyList<CanaryScore> canaries, double least)
    {
        var (guesses, correct) = (0, 0);
        foreach (var canary in canaries)
        {
            if (canary.Score == 0 || Math.Abs(canary.Score) < least) continue;
            guesses++;
            if (canary.Score > 0 == canary.IsIn) correct++;
        }
        return (guesses, correct);
    }

    private static (int Outcome, bool IsIn)[] Run(
        AuditGame game, int canaries, RandomKey key, CancellationToken cancellation)
    {
        var plays = new (int, bool)[canaries];
        Parallel.For(
            0, (canaries + Block - 1) / Block, new ParallelOptions { CancellationToken = cancellation }, block =>
            {
                var coins = key.Derive("coins").Derive(block).Open();
                var noise = new SeededNoise(key.Derive("noise").Derive(block).Open());
                for (var i = block * Block; i < Math.Min(canaries, (block + 1) * Block); i++)
                {
                    var isIn = coins.NextUnit() < 0.5;
                    plays[i] = (isIn ? game.OnEnsemble(noise) : game.OnNeighbour(noise), isIn);
                }
            });
        return plays;
    }
}
