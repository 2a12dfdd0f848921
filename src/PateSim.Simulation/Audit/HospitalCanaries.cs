using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Simulation.Audit;

/// <summary>
/// The one-run auditor with canaries in the data: a coin for each hospital says whether its teacher learned from its own
/// records or from the same with turned diagnoses; one run answers all queries; an attacker guesses the coins.
/// </summary>
/// <remarks>A hospital speaks by the answers to the queries on which its two teachers disagree: each counts +1 for the
/// one's class and −1 for the other's, weighted by the chance that one vote matters there, which falls with the lead.
/// Power: a federation has few hospitals and each has one vote in many, so only noise that is far too small shows.
/// </remarks>
internal sealed class HospitalCanaries(
    IAggregationMechanism mechanism, EnsembleBallots own, EnsembleBallots turned, int classCount,
    ImmutableArray<double> student)
{
    private readonly ImmutableArray<int> _canaries =
    [
        .. Enumerable.Range(0, own.Votes.Length).Where(h => own.Votes[h] is not null && turned.Votes[h] is not null),
    ];

    public ImmutableArray<AuditFinding> Play(
        RandomKey key, double failure, Func<double, double> claim, CancellationToken cancellation)
    {
        if (_canaries.IsEmpty) return [];
        cancellation.ThrowIfCancellationRequested();
        return CanaryAudit.Judge(
            "hospitals with own or turned diagnoses", Run(key.Derive("learn")), Run(key.Derive("run")), claim, failure,
            CanaryAudit.Deltas);
    }

    private CanaryScore[] Run(RandomKey key)
    {
        var coins = key.Derive("coins").Open();
        var isIn = _canaries.Select(_ => coins.NextUnit() < 0.5).ToArray();
        var votes = own.Votes.ToBuilder();
        for (var c = 0; c < isIn.Length; c++)
        {
            if (!isIn[c]) votes[_canaries[c]] = turned.Votes[_canaries[c]];
        }
        var queries = own.Votes[_canaries[0]]!.Value.Length;
        var histograms = (own with { Votes = votes.ToImmutable() }).Histograms(queries, classCount);
        var (answers, weights) = (new int[queries], new double[queries]);
        for (var q = 0; q < queries; q++)
        {
            var noise = new SeededNoise(key.Derive("noise").Derive(q).Open());
            answers[q] = mechanism.Answer(histograms[q].AsSpan(), noise, student.AsSpan()).Label;
            int[] sorted = [.. histograms[q].OrderDescending()];
            weights[q] = Math.Exp(-(sorted[0] - sorted[1]) / Math.Max(1, 2 * mechanism.NoiseScale));
        }
        return [.. _canaries.Select((hospital, c) => new CanaryScore(Score(hospital), isIn[c]))];

        double Score(int hospital)
        {
            var (mine, other, sum) = (own.Votes[hospital]!.Value, turned.Votes[hospital]!.Value, 0.0);
            for (var q = 0; q < queries; q++)
            {
                if (mine[q] == other[q]) continue;
                sum += weights[q] * (answers[q] == mine[q] ? 1 : answers[q] == other[q] ? -1 : 0);
            }
            return sum;
        }
    }
}
