using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Federation;
using PateSim.Privacy.Audit;
using PateSim.Simulation.Preparation;

namespace PateSim.Simulation.Audit;

/// <summary>How many votes one replaced patient moved on one query, at most.</summary>
/// <param name="Patient">Which replacement moved most.</param>
/// <param name="MovedQueries">Queries on which it moved a vote.</param>
/// <param name="MostVotes">Votes it moved on one query, at most.</param>
/// <param name="ClaimedVotes">What accounting takes for granted.</param>
public sealed record SensitivityFinding(
    string Patient, int MovedQueries, int Queries, int MostVotes, int ClaimedVotes)
{
    /// <summary>Whether votes moved that the accounting does not pay for. No chance is involved.</summary>
    public bool Violated => MostVotes > ClaimedVotes;
}

/// <summary>What an audit on a scenario's own data found.</summary>
/// <param name="Tried">How many replaced patients were tried.</param>
/// <param name="Voters">How many teachers voted.</param>
/// <param name="Findings">By game: the patient, the hospital, the canaries; those that could be played.</param>
public sealed record DataAuditResult(
    SensitivityFinding Sensitivity, int Tried, int Voters,
    ImmutableArray<(string Method, ImmutableArray<AuditFinding> Findings)> Findings);

/// <summary>
/// The audit from data to answers: neighbouring datasets, teachers trained on them, their votes, the mechanism's
/// answers to all queries of the run; claimed is the ε of the whole run.
/// </summary>
/// <remarks>One patient replaced may move one vote on each query. Where the pipeline lets it move more, as when one
/// shard reaches several teachers, that is found by counting; that the answers show it is found by the game.</remarks>
public sealed class DataAudit(RunSetup setup, AuditedFederation federation, CancellationToken cancellation)
{
    private readonly ImmutableArray<int> _queries =
        [.. setup.Queries.Where((_, i) => setup.QueryIdentities.IndexOf(setup.QueryIdentities[i]) == i)];

    private int ClassCount => setup.Data.Public.ClassCount;

    /// <param name="plays">Plays of each game for each of its ensembles; each answers every query.</param>
    /// <param name="failure">Probability, for each game, of accusing an honest federation.</param>
    /// <param name="student">The student's probabilities for every query, for mechanisms that use one; empty for others.
    /// </param>
    public DataAuditResult Run(int plays, RandomKey key, double failure, ImmutableArray<double> student)
    {
        var here = Cast(setup.Data, null);
        if (here.Voters == 0) throw new InvalidOperationException("No hospital has a teacher.");
        var histograms = here.Histograms(_queries.Length, ClassCount);
        var claim = AuditClaims.Of(
            setup.Aggregator.Mechanism.WorstCaseEvent(ClassCount, here.Voters), _queries.Length);
        var findings = ImmutableArray.CreateBuilder<(string, ImmutableArray<AuditFinding>)>();

        var (sensitivity, tried, pairs) = WorstPatient(here, histograms, student);
        if (pairs.Length > 0) Play("patient", FormattableString.Invariant(
            $"one patient replaced: {sensitivity.Patient}; votes move on {pairs.Length} of {_queries.Length} queries"), pairs);

        var turned = Cast(NeighbourData.WithTurnedLabels(setup.Data), null);
        var (hospital, replaced) = WorstHospital(here, histograms, turned, student);
        if (replaced.Length > 0) Play("hospital", FormattableString.Invariant(
            $"{setup.Data.Hospitals[hospital].Name} replaced; votes move on {replaced.Length} of {_queries.Length} queries"),
            replaced);
        findings.Add(("canaries", new HospitalCanaries(setup.Aggregator.Mechanism, here, turned, ClassCount, student)
            .Play(key.Derive("canaries"), failure, claim, cancellation)));
        return new DataAuditResult(sensitivity, tried, here.Voters, findings.ToImmutable());

        void Play(string method, string name, ImmutableArray<VotePair> moved) => findings.Add((
            method,
            PrivacyAudit.Run(
                AuditGames.Composed(
                    name, setup.Aggregator.Mechanism, moved, key.Derive(method).Derive("cells"), claim),
                plays, key.Derive(method), failure, cancellation)));
    }

    private EnsembleBallots Cast(FederatedData data, EnsembleBallots? known) =>
        EnsembleBallots.Cast(federation.Hospitals(data), _queries, known, cancellation);

    private (SensitivityFinding Finding, int Tried, ImmutableArray<VotePair> Pairs) WorstPatient(
        EnsembleBallots here, ImmutableArray<ImmutableArray<int>> histograms, ImmutableArray<double> student)
    {
        ImmutableArray<int> contested =
        [
            .. Enumerable.Range(0, _queries.Length).OrderBy(q => Lead(histograms[q])).ThenBy(q => q).Take(2)
                .Select(q => _queries[q]),
        ];
        var (tried, best) = (0, ImmutableArray<VotePair>.Empty);
        var finding = new SensitivityFinding("none moved a vote", 0, _queries.Length, 0, 1);
        foreach (var patient in NeighbourData.Candidates(setup.Data, contested))
        {
            cancellation.ThrowIfCancellationRequested();
            tried++;
            var there = Cast(NeighbourData.With(setup.Data, patient), here).Histograms(_queries.Length, ClassCount);
            var pairs = Moved(histograms, there, student);
            var (most, total) = (pairs.Select(p => p.MovedVotes).DefaultIfEmpty(0).Max(), pairs.Sum(p => p.MovedVotes));
            if (total <= best.Sum(p => p.MovedVotes)) continue;
            best = pairs;
            finding = new SensitivityFinding(
                $"{patient.Name} in {setup.Data.Hospitals[patient.Hospital].Name}", pairs.Length, _queries.Length,
                Math.Max(most, finding.MostVotes), 1);
        }
        return (finding, tried, best);
    }

    private (int Hospital, ImmutableArray<VotePair> Pairs) WorstHospital(
        EnsembleBallots here, ImmutableArray<ImmutableArray<int>> histograms, EnsembleBallots turned,
        ImmutableArray<double> student)
    {
        var worst = Enumerable.Range(0, here.Votes.Length).MaxBy(h => (
            here.Votes[h] is { } own && turned.Votes[h] is { } other ? own.Zip(other, (a, b) => a == b ? 0 : 1).Sum() : -1,
            -h));
        var there = (here with { Votes = here.Votes.SetItem(worst, turned.Votes[worst]) })
            .Histograms(_queries.Length, ClassCount);
        return (worst, turned.Votes[worst] is null ? [] : Moved(histograms, there, student));
    }

    // Queries on which the ensembles agree tell nothing about which it was.
    private static ImmutableArray<VotePair> Moved(
        ImmutableArray<ImmutableArray<int>> here, ImmutableArray<ImmutableArray<int>> there,
        ImmutableArray<double> student) =>
    [
        .. here.Zip(there, (n, moved) => new VotePair(n, moved, student)).Where(pair => pair.MovedVotes > 0),
    ];

    private static int Lead(ImmutableArray<int> votes)
    {
        int[] sorted = [.. votes.OrderDescending()];
        return sorted[0] - sorted[1];
    }
}
