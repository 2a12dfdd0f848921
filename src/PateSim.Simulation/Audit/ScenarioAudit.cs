using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Simulation.Preparation;

namespace PateSim.Simulation.Audit;

/// <summary>How thorough an audit is.</summary>
/// <param name="Trials">Trials of each game of one answer on each of its ensembles, ≥ 100.</param>
/// <param name="Confidence">Probability that an honest federation is not accused, shared out over all games.</param>
/// <param name="OnData">Whether teachers are trained on neighbouring datasets.</param>
/// <param name="Claim">ε claimed for one answer at the scenario's δ; null for what the accounting claims.</param>
public sealed record AuditSettings(int Trials, double Confidence, bool OnData = true, double? Claim = null);

/// <summary>A whole audit.</summary>
/// <param name="Lines">One for each game.</param>
/// <param name="Data">What the data showed; null where it was not looked at.</param>
/// <param name="Omitted">What could not be played, and why, in sentences.</param>
public sealed record ScenarioAuditResult(
    AuditSubject Subject, AuditSettings Settings, ImmutableArray<AuditLine> Lines, DataAuditResult? Data,
    ImmutableArray<string> Omitted)
{
    public bool Refuted => Lines.Any(line => line.Finding.Violated) || Data is { Sensitivity.Violated: true };
}

/// <summary>Every game there is against one scenario: mechanism, accountants, aggregator with its ledger, and data.
/// </summary>
public static class ScenarioAudit
{
    // Games that share the failure probability: those of the mechanism, the repeats, and three on data.
    private const int Games = MechanismAudit.MostGames + 4;
    private const int LongestComposition = 100;

    public static ScenarioAuditResult Run(
        RunSetup setup, AuditedFederation federation, AuditSettings settings, RandomKey key,
        CancellationToken cancellation)
    {
        var mechanism = setup.Aggregator.Mechanism;
        var classes = setup.Data.Public.ClassCount;
        var queries = setup.QueryIdentities.Distinct(StringComparer.Ordinal).Count();
        var subject = new AuditSubject(
            mechanism, classes, setup.Hospitals.Length, Math.Min(queries, LongestComposition), settings.Claim,
            setup.Scenario.Privacy.Delta);
        var failure = (1 - settings.Confidence) / Games;
        var lines = MechanismAudit.Run(subject, settings.Trials, failure, key, cancellation).ToBuilder();
        if (settings.Claim is not null)
            return new ScenarioAuditResult(
                subject, settings, lines.ToImmutable(), null,
                ["A claim about one answer is compared with games of one answer only."]);

        var omitted = ImmutableArray.CreateBuilder<string>();
        AddAccountants(setup, lines, cancellation);
        var plays = Math.Max(1000, settings.Trials / 250);
        ImmutableArray<double> student =
            mechanism.UsesStudent ? [.. Enumerable.Repeat(1.0 / classes, classes)] : [];
        lines.Add(AuditLine.Of(
            "repeats",
            PrivacyAudit.Run(
                RepeatGame.Of(setup, federation, NearTie(classes, setup.Hospitals.Length, student)), plays,
                key.Derive("repeats"), failure, cancellation),
            plays));
        if (!settings.OnData) return new ScenarioAuditResult(
            subject, settings, lines.ToImmutable(), null, omitted.ToImmutable());

        var onData = Math.Max(1000, (int)Math.Min(10_000_000, 10L * settings.Trials / queries));
        var data = new DataAudit(setup, federation, cancellation).Run(onData, key.Derive("data"), failure, student);
        foreach (var (method, findings) in data.Findings.Where(game => !game.Findings.IsEmpty))
            lines.Add(AuditLine.Of(method, findings, method == "canaries" ? data.Voters : onData));
        if (data.Findings.All(game => game.Method != "patient"))
            omitted.Add(FormattableString.Invariant(
                $"One patient replaced: none of {data.Tried} replacements moved a vote, so the answers are the same."));
        return new ScenarioAuditResult(subject, settings, lines.ToImmutable(), data, omitted.ToImmutable());
    }

    private static VotePair NearTie(int classes, int teachers, ImmutableArray<double> student)
    {
        var votes = new int[classes];
        votes[0] = (teachers + 1) / 2;
        votes[1] = teachers - votes[0];
        return VotePair.Of(votes, 0, 1) with { Student = student };
    }

    private static void AddAccountants(
        RunSetup setup, ImmutableArray<AuditLine>.Builder lines, CancellationToken cancellation)
    {
        var answer = new[] { setup.Aggregator.Mechanism.WorstCaseEvent(2, setup.Hospitals.Length) }.Flatten()
            .OfType<NoisyArgmaxEvent>().First();
        if (answer.NoiseScale == 0) return;
        foreach (var accountant in setup.Scenario.Privacy.Accountants)
        {
            foreach (var finding in AccountantAudit.Run(
                accountant.Instance, answer.Law, answer.NoiseScale, setup.Hospitals.Length, cancellation))
                lines.Add(new AuditLine("accountant", finding, 0));
        }
    }
}
