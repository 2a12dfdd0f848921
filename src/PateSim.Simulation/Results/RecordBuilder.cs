using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
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
        var answers = facts.OfType<AnswersFact>().SingleOrDefault();
        var hospitals = Hospitals(facts, answers);
        var mechanism = setup.Aggregator.Mechanism;
        var given = answers?.Answers ?? [];
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
                mechanism.Name == "lnmax" ? 1 / mechanism.NoiseScale : null,
                mechanism.PerAnswerEpsilon),
            Counts(setup, hospitals, given),
            setup.Data.ClassNames,
            hospitals,
            AccuracyTable.Build(setup, hospitals, given, facts.OfType<ModelFact>()),
            Privacy(setup, given),
            Theft(facts),
            [.. given.Select(answer => Answer(setup, answer))],
            answers?.Charges ?? [],
            setup.Data.Disjointness,
            setup.Data.Encoding,
            setup.Warnings);
    }

    private static ImmutableArray<HospitalReport> Hospitals(ImmutableArray<RunFact> facts, AnswersFact? answers)
    {
        var failures = (answers?.Failures ?? []).ToDictionary(failure => failure.Hospital, failure => failure.Reason);
        return
        [
            .. facts.OfType<HospitalFact>().Select(fact => fact.Report).OrderBy(report => report.Index)
                .Select(report => failures.TryGetValue(report.Index, out var reason)
                    ? report with { Failure = reason }
                    : report),
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

    /// <summary>What the answers cost: each distinct query once, however often it was asked.</summary>
    private static ImmutableArray<EpsilonEntry> Privacy(RunSetup setup, ImmutableArray<QueryAnswer> answers)
    {
        var plan = setup.Scenario.Privacy;
        ImmutableArray<PrivacyEvent> events =
        [
            .. answers.Where(answer => answer.Answer is not null)
                .DistinctBy(answer => answer.Query, StringComparer.Ordinal)
                .Select(answer => setup.Aggregator.Mechanism.Event(answer.Votes.AsSpan(), answer.Answer!.Value)),
        ];
        if (events.IsEmpty) return [];
        var target = new AccountingTarget(plan.Delta, plan.Adjacency);
        return [.. plan.Accountants.SelectMany(accountant => accountant.Instance.Account(events, target))];
    }

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
        return new AnswerRecord(
            answer.Position, answer.Query, answer.Label, answer.Label is { } label ? label == truth : null);
    }
}
