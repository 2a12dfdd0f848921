using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
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
                Gamma(mechanism),
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
            setup.Warnings)
        {
            Student = facts.OfType<ModelFact>().Select(fact => fact.Files).FirstOrDefault(files => files is not null),
        };
    }

    private static ImmutableArray<HospitalReport> Hospitals(ImmutableArray<RunFact> facts, AnswersFact? answers)
    {
        var failures = (answers?.Failures ?? []).ToDictionary(failure => failure.Hospital, failure => failure.Reason);
        return
        [
            // A hospital that was lost after its report has two facts: the later, with the failure, counts.
            .. facts.OfType<HospitalFact>().Select(fact => fact.Report).GroupBy(report => report.Index)
                .Select(reports => reports.FirstOrDefault(report => report.Failure is not null) ?? reports.First())
                .OrderBy(report => report.Index)
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

    /// <summary>γ = 1/b where the noise on the counts is Laplace; null for other noise.</summary>
    private static double? Gamma(IAggregationMechanism mechanism) =>
        mechanism.WorstCaseEvent(2, 1) is NoisyArgmaxEvent { Law: NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace }
            ? 1 / mechanism.NoiseScale
            : null;

    /// <summary>What the answers cost: each distinct query once, however often it was asked.</summary>
    /// <remarks>
    /// <para>What may be published is computed from the worst case of every query that the ledger granted, as if each had
    /// been answered: how many a threshold lets pass shows only on the way, so that a figure for the answers given would be
    /// the reading of an odometer and no guarantee. What depends on the votes is computed from what happened.</para>
    /// <para>Constants fitted on all hospitals' records let a patient reach every teacher: then no figure is a guarantee.
    /// </para>
    /// </remarks>
    private static ImmutableArray<EpsilonEntry> Privacy(RunSetup setup, ImmutableArray<QueryAnswer> answers)
    {
        var plan = setup.Scenario.Privacy;
        var granted = answers.Where(answer => answer.Answer is not null)
            .DistinctBy(answer => answer.Query, StringComparer.Ordinal).ToList();
        if (granted.Count == 0) return [];
        var mechanism = setup.Aggregator.Mechanism;
        ImmutableArray<PrivacyEvent> happened =
            [.. granted.Select(answer => mechanism.Event(answer.Votes.AsSpan(), answer.Answer!.Value))];
        ImmutableArray<PrivacyEvent> worst =
            [.. granted.Select(answer => mechanism.WorstCaseEvent(answer.Votes.Length, answer.Votes.Sum()))];
        var target = new AccountingTarget(plan.Delta, plan.Adjacency);
        var entries = plan.Accountants.SelectMany(accountant =>
            Account(accountant.Instance, worst, target).Where(entry => !entry.DataDependent)
                .Concat(Account(accountant.Instance, happened, target).Where(entry => entry.DataDependent)));
        return [.. entries.Select(entry => setup.Data.Encoding.CrossesHospitals ? Unfounded(entry) : entry)];
    }

    private static ImmutableArray<EpsilonEntry> Account(
        IPrivacyAccountant accountant, ImmutableArray<PrivacyEvent> events, AccountingTarget target) =>
        events.All(accountant.Supports) ? accountant.Account(events, target) : [];

    private static EpsilonEntry Unfounded(EpsilonEntry entry) => entry with
    {
        Releasable = false,
        Note = ("The encoding was fitted on all hospitals' private records, which this figure does not cover. "
            + entry.Note).TrimEnd(),
    };

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
