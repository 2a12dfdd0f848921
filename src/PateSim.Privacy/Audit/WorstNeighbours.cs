using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Audit;

/// <summary>Where one moved vote shows most.</summary>
public static class WorstNeighbours
{
    // Best ones played in full, by each of two notions of best.
    private const int Kept = 2;

    /// <summary>
    /// Neighbours at which a noisy argmax or threshold can give itself away: ties of two and of all classes, leads of a
    /// few votes up to consensus, and, where there is a threshold, a largest score on both sides of it, for students
    /// with scores at halves, where rounding decides.
    /// </summary>
    /// <param name="classCount">m ≥ 2.</param>
    /// <param name="teacherCount">M ≥ 2.</param>
    public static ImmutableArray<VotePair> Candidates(
        IAggregationMechanism mechanism, int classCount, int teacherCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(teacherCount, 2);
        var pairs = new List<VotePair>();
        var even = Even(classCount);
        foreach (var lead in new[] { 0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0 })
        {
            var first = (int)Math.Ceiling(teacherCount * (1 + lead) / 2);
            pairs.Add(Pair(Two(first), even));
        }
        if (classCount > 2) pairs.Add(Pair(Spread(), even));
        var scale = mechanism.NoiseScale;
        foreach (var gap in new[] { scale, 2 * scale, 4 * scale }.Where(gap => gap < teacherCount))
            pairs.Add(Pair(Two((int)Math.Ceiling((teacherCount + gap) / 2)), even));
        var check = new[] { mechanism.WorstCaseEvent(classCount, teacherCount) }.Flatten()
            .OfType<NoisyThresholdEvent>().FirstOrDefault();
        if (check is not null) AddThreshold(check);
        return [.. pairs.DistinctBy(pair => AuditGames.Name(mechanism, pair), StringComparer.Ordinal)];

        VotePair Pair(int[] votes, double[] student) =>
            VotePair.Of(votes, 0, 1, mechanism.UsesStudent ? student : null);

        int[] Two(int first) => [first, teacherCount - first, .. new int[classCount - 2]];

        int[] Spread()
        {
            var votes = new int[classCount];
            for (var i = 0; i < teacherCount; i++) votes[i % classCount]++;
            return votes;
        }

        void AddThreshold(NoisyThresholdEvent threshold)
        {
            foreach (var z in new[] { -4.0, -3, -2, -1, 0, 1, 2, 3 })
            {
                var score = Math.Round(threshold.Threshold + z * threshold.NoiseScale);
                if (!mechanism.UsesStudent)
                {
                    if (score < 1 || score > teacherCount) continue;
                    // The rest is spread thin, so that the largest count is that of class 0 alone.
                    var thin = new int[classCount];
                    thin[0] = (int)score;
                    for (var i = 0; i < teacherCount - (int)score; i++) thin[1 + i % (classCount - 1)]++;
                    pairs.Add(Pair(thin, even));
                    continue;
                }
                // Unanimous teachers: the score is M − M p₀, and p₀ sets it; at halves of both parities.
                foreach (var half in new[] { 0.5, 1.5 })
                {
                    var probability = 1 - (2 * Math.Floor(score / 2) + half) / teacherCount;
                    if (probability is <= 0 or >= 1) continue;
                    double[] student =
                        [probability, .. Enumerable.Repeat((1 - probability) / (classCount - 1), classCount - 1)];
                    pairs.Add(Pair(Two(teacherCount), student));
                }
            }
        }
    }

    /// <summary>Positions of the candidates that a short pilot finds most telling: those with the largest bound, and
    /// those with the largest bound beyond the claim. The pilot has randomness of its own, so that it costs no
    /// confidence.</summary>
    /// <param name="trials">Trials of the pilot for each candidate and ensemble.</param>
    public static ImmutableArray<int> Best(
        IEnumerable<AuditGame> candidates, int trials, RandomKey key, CancellationToken cancellation)
    {
        var pilots = candidates.Select((game, index) =>
        {
            // At a failure probability of a half the bounds are estimates, which is what a pilot needs.
            var findings = PrivacyAudit.Run(game, trials, key.Derive(index), 0.5, cancellation);
            return (Index: index, Bound: findings.Max(f => f.LowerBound),
                Excess: findings.Where(f => f.LowerBound > 0).Select(f => f.LowerBound - f.Claimed)
                    .DefaultIfEmpty(double.NegativeInfinity).Max());
        }).ToList();
        return
        [
            .. pilots.OrderByDescending(p => p.Bound).Take(Kept)
                .Concat(pilots.OrderByDescending(p => p.Excess).Take(Kept))
                .Select(p => p.Index).Distinct(),
        ];
    }

    private static double[] Even(int classCount) => [.. Enumerable.Repeat(1.0 / classCount, classCount)];
}
