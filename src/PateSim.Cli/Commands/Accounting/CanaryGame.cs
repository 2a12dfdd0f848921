using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Noise;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>
/// The one-run auditor with canaries: a single run answers as many queries as there are canaries, each of which a fair
/// coin put in or left out; from the answers an attacker guesses the coins.
/// </summary>
/// <remarks>Each canary is a patient whose vote counts in one query, so that the claim is that of one answer. The
/// attacker learns on a run of its own which outcomes speak for which side, and abstains where neither does. The bound
/// loses 2mδ, so that only small δ say anything about many canaries.</remarks>
internal static class CanaryGame
{
    /// <summary>The δ at which claims are checked.</summary>
    public static ImmutableArray<double> Deltas { get; } = [1e-12, 1e-9, 1e-6];

    public static ImmutableArray<AuditFinding> Play(
        AuditGame game, int canaries, RandomKey key, double failure, ImmutableArray<double> deltas)
    {
        var guesses = Learn(game, canaries, key.Derive("learn"));
        var coins = key.Derive("coins").Open();
        var noise = new SeededNoise(key.Derive("run").Open());
        var (guessed, correct) = (0, 0);
        for (var i = 0; i < canaries; i++)
        {
            var isIn = coins.NextUnit() < 0.5;
            if (guesses[isIn ? game.OnEnsemble(noise) : game.OnNeighbour(noise)] is not { } guess) continue;
            guessed++;
            if (guess == isIn) correct++;
        }
        var each = failure / deltas.Length;
        var name = FormattableString.Invariant($"{game.Name}; {canaries:N0} canaries, {guessed:N0} guesses, {correct:N0} right");
        return
        [
            .. deltas.Select(delta => new AuditFinding(
                name, delta,
                guessed == 0 ? 0 : OneRunAudit.LowerBound(canaries, guessed, correct, delta, each),
                game.ClaimedEpsilon(delta))),
        ];
    }

    /// <summary>For each outcome the likelier side, or null where neither is.</summary>
    private static bool?[] Learn(AuditGame game, int trials, RandomKey key)
    {
        var noise = new SeededNoise(key.Open());
        var (inside, outside) = (new int[game.OutcomeCount], new int[game.OutcomeCount]);
        for (var i = 0; i < trials; i++)
        {
            inside[game.OnEnsemble(noise)]++;
            outside[game.OnNeighbour(noise)]++;
        }
        return
        [
            .. inside.Select((count, outcome) =>
                count == outside[outcome] ? (bool?)null : count > outside[outcome]),
        ];
    }
}
