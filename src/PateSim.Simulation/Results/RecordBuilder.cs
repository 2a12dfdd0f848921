using System.Collections.Immutable;
using PateSim.Data.Federation;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Simulation.Results;

/// <summary>Makes the record of a run from its facts: a function of the set of facts, not of their order.</summary>
public static class RecordBuilder
{
    public static RunRecord Build(RunSetup setup, RunStatus status, string? reason, ImmutableArray<RunFact> facts)
    {
        ImmutableArray<AnswersFact> rounds = [.. facts.OfType<AnswersFact>().OrderBy(round => round.Round)];
        var individual = IndividualAccounting.Of(setup, rounds);
        var hospitals = Hospitals(facts, rounds, setup.Rounds.Count > 1, individual?.Epsilons ?? []);
        var mechanism = setup.Aggregator.Mechanism;
        ImmutableArray<QueryAnswer> given = [.. rounds.SelectMany(round => round.Answers)];
        return new RunRecord(
            status,
            reason,
            setup.Id.Value,
            setup.Scenario.Name,
            setup.Scenario.Description,
            setup.Scenario.Seed,
            setup.Aggregator.Noise.Kind.Describe(),
            new MechanismRecord(
                mechanism.Name, mechanism.NoiseScale,
                Gamma(mechanism),
                mechanism.PerAnswerEpsilon),
            Counts(setup, hospitals, given),
            setup.Data.ClassNames,
            hospitals,
            AccuracyTable.Build(
                setup, hospitals, given,
                [
                    .. facts.OfType<ModelFact>().Select(fact => fact.Accuracy),
                    .. facts.OfType<BaselineFact>().Select(fact => fact.Accuracy).OfType<AccuracyEntry>(),
                ]),
            SpendingBuilder.Privacy(setup, rounds),
            Theft(facts),
            [.. given.Select(answer => Answer(setup, answer))],
            [.. SpendingBuilder.Rows(rounds).Select(row => row with { Noise = setup.Aggregator.Noise.Kind })],
            setup.Data.Disjointness,
            setup.Data.Encoding,
            setup.Warnings)
        {
            Certificate = setup.Data.Certificate,
            Heterogeneity = Heterogeneity.Of(setup.Data),
            Spending = SpendingBuilder.Spending(setup, rounds, individual?.Record),
            Baselines =
            [
                .. setup.Baselines.SelectMany(baseline => facts.OfType<BaselineFact>()
                    .Select(fact => fact.Report).Where(report => report.Name == baseline.Baseline.Name)),
            ],
        };
    }

    private static ImmutableArray<HospitalReport> Hospitals(
        ImmutableArray<RunFact> facts, ImmutableArray<AnswersFact> rounds, bool nameRounds,
        ImmutableArray<double> epsilons)
    {
        var failures = new Dictionary<int, string>();
        foreach (var round in rounds)
        {
            // The first round in which a hospital failed says why.
            foreach (var failure in round.Failures)
                failures.TryAdd(failure.Hospital, nameRounds
                    ? FormattableString.Invariant($"Round {round.Round + 1}: {failure.Reason}")
                    : failure.Reason);
        }
        return
        [
            // A hospital that was lost after its report has two facts: the later, with the failure, counts.
            .. facts.OfType<HospitalFact>().Select(fact => fact.Report).GroupBy(report => report.Index)
                .Select(reports => reports.FirstOrDefault(report => report.Failure is not null) ?? reports.First())
                .OrderBy(report => report.Index)
                .Select(report => report with
                {
                    Failure = failures.GetValueOrDefault(report.Index) ?? report.Failure,
                    IndividualEpsilon = epsilons.IsEmpty ? null : epsilons[report.Index],
                }),
        ];
    }

    private static RunCounts Counts(
        RunSetup setup, ImmutableArray<HospitalReport> hospitals, ImmutableArray<QueryAnswer> answers) => new(
        setup.Hospitals.Length,
        hospitals.Count(report => report.Accuracy is not null),
        hospitals.Count(report => report.Failure is not null),
        setup.Data.ClassNames.Length,
        setup.Data.FeatureNames.Length,
        setup.Data.Disjointness.PrivateRecords,
        setup.Data.Public.Count,
        setup.Data.Test.Count,
        setup.Queries.Length,
        setup.QueryIdentities.Distinct(StringComparer.Ordinal).Count(),
        answers.Count(answer => answer.Label is not null),
        answers.Count(answer => answer.Answer is null),
        setup.Pool.Length);

    /// <summary>γ = 1/b where the noise on the counts is Laplace; null for other noise.</summary>
    private static double? Gamma(IAggregationMechanism mechanism) =>
        mechanism.WorstCaseEvent(2, 1) is NoisyArgmaxEvent { Law: NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace }
            ? 1 / mechanism.NoiseScale
            : null;

    private static ImmutableArray<TheftEntry> Theft(ImmutableArray<RunFact> facts)
    {
        var clones = facts.OfType<CloneFact>().Select(fact => fact.Entry).ToList();
        var control = clones.Where(clone => clone.Victim == VictimNames.None)
            .ToDictionary(clone => (clone.Attack, clone.Budget), clone => clone.CloneAccuracy.Value);
        return
        [
            .. clones
                .OrderBy(clone => new CloneId(
                    clone.Attack, clone.Victim, Exposure.FromName(clone.Exposure), clone.Budget))
                .Select(clone => clone.Victim != VictimNames.None
                    && control.TryGetValue((clone.Attack, clone.Budget), out var accuracy)
                    ? clone with { TheftSurplus = clone.CloneAccuracy.Value - accuracy }
                    : clone),
        ];
    }

    private static AnswerRecord Answer(RunSetup setup, QueryAnswer answer)
    {
        var truth = setup.Data.Public.Labels[setup.Queries[answer.Position]];
        var isMeasured = setup.Data.Certificate.PublicSet.LabelsKnown;
        return new AnswerRecord(
            answer.Position, answer.Query, answer.Label,
            isMeasured && answer.Label is { } label ? label == truth : null)
        {
            Round = setup.Rounds.Of(answer.Position),
            Outcome = answer.Answer is { } given ? LedgerRow.OutcomeOf(given) : ChargeOutcome.Refused,
        };
    }
}
