using PateSim.Core.Randomness;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Audit;

/// <summary>Games for the mechanisms, with the claims of the accountants.</summary>
public static class AuditGames
{
    // Cells into which the statistic of a composed game is cut; their edges are learned, half on each side.
    private const int Cells = 48;
    private const int PilotPlays = 1000;

    /// <summary>One answer on neighbouring votes; the claim is that of its worst case.</summary>
    public static AuditGame One(IAggregationMechanism mechanism, VotePair pair) => new(
        Name(mechanism, pair), pair.OutcomeCount, noise => pair.Play(mechanism, false, noise),
        noise => pair.Play(mechanism, true, noise),
        AuditClaims.Of(mechanism.WorstCaseEvent(pair.ClassCount, pair.Votes.Sum()), 1));

    /// <summary>
    /// One answer (or several fresh ones) on votes and on the same with one vote moved; the claim is that of the
    /// privacy loss distribution for as many answers as are charged.
    /// </summary>
    /// <param name="mechanism">The mechanism under audit.</param>
    /// <param name="votes">D: shape [m].</param>
    /// <param name="from">Class that loses a vote in D′.</param>
    /// <param name="to">Class that gains it.</param>
    /// <param name="answers">Answers drawn, ≥ 1; the outcome is how often the class <paramref name="to"/> won, and with
    /// one answer the answer itself.</param>
    /// <param name="charged">Answers that were paid for.</param>
    /// <param name="studentProbabilities">For mechanisms that use a student.</param>
    public static AuditGame Votes(
        IAggregationMechanism mechanism, int[] votes, int from, int to, int answers = 1, int charged = 1,
        double[]? studentProbabilities = null)
    {
        var pair = VotePair.Of(votes, from, to, studentProbabilities);
        var claim = AuditClaims.Of(mechanism.WorstCaseEvent(votes.Length, votes.Sum()), charged);
        var one = One(mechanism, pair) with { ClaimedEpsilon = claim };
        return answers == 1
            ? one
            : one with { OutcomeCount = answers + 1, OnEnsemble = n => Wins(false, n), OnNeighbour = n => Wins(true, n) };

        int Wins(bool moved, INoiseSource noise)
        {
            var wins = 0;
            for (var i = 0; i < answers; i++) wins += pair.Play(mechanism, moved, noise) % votes.Length == to ? 1 : 0;
            return wins;
        }
    }

    /// <summary>
    /// All queries of a run at once: in each the votes differ as its pair says. The outcome is the sum of the log
    /// likelihood ratios of the answers by the claimed law, cut into cells.
    /// </summary>
    /// <param name="name">What is played, in words.</param>
    /// <param name="pairs">One for each query that is answered, of one number of classes.</param>
    /// <param name="key">Address of the pilot that learns the cells.</param>
    /// <param name="claim">ε(δ) of the whole run.</param>
    public static AuditGame Composed(
        string name, IAggregationMechanism mechanism, IReadOnlyList<VotePair> pairs, RandomKey key,
        Func<double, double> claim)
    {
        var known = new Dictionary<VotePair, double[]>(ReferenceEqualityComparer.Instance);
        var scores = new double[pairs.Count][];
        for (var i = 0; i < pairs.Count; i++)
        {
            if (!known.TryGetValue(pairs[i], out var score))
                known[pairs[i]] = score = pairs[i].ClaimedScores(mechanism);
            scores[i] = score;
        }
        var edges = Edges(
            [.. Enumerable.Range(0, 2 * PilotPlays).Select(i => Sum(i % 2 == 1, new SeededNoise(key.Derive(i).Open())))]);
        return new AuditGame(name, edges.Length + 1, n => Cell(Sum(false, n)), n => Cell(Sum(true, n)), claim);

        double Sum(bool moved, INoiseSource noise)
        {
            var sum = 0.0;
            for (var i = 0; i < scores.Length; i++) sum += scores[i][pairs[i].Play(mechanism, moved, noise)];
            return sum;
        }

        int Cell(double sum)
        {
            var at = Array.BinarySearch(edges, sum);
            return at < 0 ? ~at : at + 1;
        }
    }

    /// <summary>The name of a game of one answer.</summary>
    public static string Name(IAggregationMechanism mechanism, VotePair pair) =>
        FormattableString.Invariant($"{mechanism.Name} ({mechanism.NoiseScale:R}) on {Votes(pair.Votes)} and ")
        + Votes(pair.Moved) + (pair.Student.IsEmpty
            ? ""
            : FormattableString.Invariant($", student {string.Join('/', pair.Student.Select(p => p.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)))}"));

    // Long histograms are named by their leaders.
    private static string Votes(IEnumerable<int> votes)
    {
        int[] all = [.. votes];
        return all.Length <= 10 ? string.Join('/', all) : string.Join('/', all.Take(8)) + "/…";
    }

    private static double[] Edges(double[] sums)
    {
        Array.Sort(sums);
        // Quantiles, finer towards both ends, where likelihood ratios are largest.
        return
        [
            .. Enumerable.Range(1, Cells - 1)
                .Select(i => (1 - Math.Cos(Math.PI * i / Cells)) / 2)
                .Select(share => sums[Math.Min(sums.Length - 1, (int)(share * sums.Length))])
                .Distinct(),
        ];
    }
}
