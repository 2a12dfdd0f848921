using System.Collections.Immutable;
using System.Globalization;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Preparation;

namespace PateSim.Simulation.Results;

/// <summary>What each hospital lost by what its own votes could have changed, over all rounds of a run.</summary>
internal static class IndividualAccounting
{
    /// <summary>Fixed, so that no order is chosen by looking at votes.</summary>
    private static readonly ImmutableArray<double> Orders = [1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256];

    /// <returns>Null where it is switched off or nothing was charged.</returns>
    public static (ImmutableArray<double> Epsilons, IndividualRecord Record)? Of(
        RunSetup setup, IReadOnlyCollection<AnswersFact> rounds)
    {
        if (!setup.Scenario.Privacy.IndividualLedger) return null;
        if (!rounds.Any(round => round.Answers.Any(answer => answer.Cost is not null))) return null;
        var ledger = new IndividualLedger(setup.Hospitals.Length, Orders.AsSpan());
        // Few histograms are many queries: the integrals of each are computed once.
        var known = new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var round in rounds) ledger = Charge(ledger, round, setup, known);
        var delta = setup.Scenario.Privacy.Delta;
        var epsilons = ledger.Epsilons(delta);
        var sorted = epsilons.Sort();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return (epsilons, new IndividualRecord(
            delta, Adjacency.HospitalReplaced, Orders, sorted[0], median, sorted[^1]));
    }

    private static IndividualLedger Charge(
        IndividualLedger ledger, AnswersFact round, RunSetup setup, Dictionary<string, ImmutableArray<double>> known)
    {
        var ballots = new int[setup.Hospitals.Length];
        var classes = setup.Aggregator.ClassCount;
        for (var i = 0; i < round.Answers.Length; i++)
        {
            var answer = round.Answers[i];
            if (answer.Cost is null) continue;
            Array.Fill(ballots, -1);
            foreach (var ballot in round.Ballots) ballots[ballot.Hospital] = ballot.Votes[i];
            var student = round.StudentProbabilities.IsEmpty
                ? default : round.StudentProbabilities.AsSpan(i * classes, classes);
            foreach (var step in new[] { answer.Cost }.Flatten())
            {
                var votes = answer.Votes.AsSpan();
                if (step is NoisyThresholdEvent check && !student.IsEmpty)
                {
                    // What the student thinks differs from query to query.
                    ledger = ledger.Charge(ballots, IndividualCosts.OfCheck(check, votes, student, Orders.AsSpan()));
                    continue;
                }
                var key = Key(step, answer.Votes);
                if (!known.TryGetValue(key, out var costs))
                    known[key] = costs = Costs(step, votes);
                ledger = ledger.Charge(ballots, costs);
            }
        }
        return ledger;
    }

    private static ImmutableArray<double> Costs(PrivacyEvent step, ReadOnlySpan<int> votes) => step switch
    {
        NoisyThresholdEvent check => IndividualCosts.OfCheck(check, votes, default, Orders.AsSpan()),
        NoisyArgmaxEvent argmax => IndividualCosts.OfAnswer(argmax.Law, argmax.NoiseScale, votes, Orders.AsSpan()),
        _ => throw new InvalidOperationException($"No individual cost is known for {step.WithoutPrivateData()}."),
    };

    private static string Key(PrivacyEvent step, ImmutableArray<int> votes) => string.Create(
        CultureInfo.InvariantCulture, $"{PrivacyEventText.Write(step)} {string.Join(' ', votes)}");
}
