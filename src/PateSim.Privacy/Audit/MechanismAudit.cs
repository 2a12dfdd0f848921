using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Audit;

/// <summary>What is audited.</summary>
/// <param name="Answers">k ≥ 1: answers of a composed game.</param>
/// <param name="Claim">ε claimed for one answer at <paramref name="ClaimDelta"/>, and then only games of one answer are
/// played; null for what the accounting claims.</param>
public sealed record AuditSubject(
    IAggregationMechanism Mechanism, int ClassCount, int TeacherCount, int Answers = 100, double? Claim = null,
    double ClaimDelta = 1e-5);

/// <summary>The bound of one game that says most.</summary>
/// <param name="Method">Which game: answer, answers, one-run, one-run-answers, repeats, patient, hospital, canaries, or
/// accountant.</param>
/// <param name="Games">How many games, or canaries, decided.</param>
public sealed record AuditLine(string Method, AuditFinding Finding, long Games)
{
    /// <summary>Whether private votes entered the bound, which must then not be published.</summary>
    public bool DataDependent => Method is "patient" or "hospital" or "canaries";

    /// <summary>The clearest violation, or else the largest bound, at the smallest δ that gives it.</summary>
    public static AuditLine Of(string method, IEnumerable<AuditFinding> findings, long games) => new(
        method,
        findings.MaxBy(finding => (
            finding.Violated, finding.Violated ? finding.LowerBound - finding.Claimed : finding.LowerBound,
            -finding.Delta))!,
        games);
}

/// <summary>Games with a mechanism alone, on votes made up to show most: one answer, many answers, and the one-run
/// auditor with canaries on both.</summary>
public static class MechanismAudit
{
    /// <summary>Games that share the failure probability, at most.</summary>
    public const int MostGames = 8;

    /// <summary>More canaries hardly say more, and the bound costs a sum over all of them.</summary>
    private const int MostCanaries = 10_000;

    /// <param name="trials">Trials of each game on each of its ensembles, ≥ 100.</param>
    /// <param name="failure">Probability, for each game, of accusing an honest mechanism.</param>
    public static ImmutableArray<AuditLine> Run(
        AuditSubject subject, int trials, double failure, RandomKey key, CancellationToken cancellation)
    {
        var mechanism = subject.Mechanism;
        var pairs = WorstNeighbours.Candidates(mechanism, subject.ClassCount, subject.TeacherCount);
        var lines = ImmutableArray.CreateBuilder<AuditLine>();

        AuditGame[] single = [.. pairs.Select(pair => WithClaim(AuditGames.One(mechanism, pair)))];
        var worst = WorstNeighbours.Best(single, Math.Max(100, trials / 20), key.Derive("pilot"), cancellation);
        foreach (var i in worst)
        {
            var findings = PrivacyAudit.Run(single[i], trials, key.Derive("answer").Derive(i), failure, cancellation);
            lines.Add(AuditLine.Of("answer", findings.Where(IsClaimed), trials));
        }
        var deltas = subject.Claim is null ? CanaryAudit.Deltas : [subject.ClaimDelta];
        var canaries = Math.Clamp(trials, 1, MostCanaries);
        lines.Add(AuditLine.Of(
            "one-run", CanaryAudit.Play(single[worst[0]], canaries, key.Derive("one-run"), failure, deltas, cancellation),
            canaries));
        if (subject.Claim is not null || subject.Answers < 2) return lines.ToImmutable();

        var claim = Memoised(AuditClaims.Of(
            mechanism.WorstCaseEvent(subject.ClassCount, subject.TeacherCount), subject.Answers));
        AuditGame[] composed =
        [
            .. pairs.Select((pair, i) => AuditGames.Composed(
                FormattableString.Invariant($"{subject.Answers} answers: {AuditGames.Name(mechanism, pair)}"), mechanism,
                [.. Enumerable.Repeat(pair, subject.Answers)], key.Derive("cells").Derive(i), claim)),
        ];
        var plays = Math.Max(1000, (int)Math.Min(10_000_000, 10L * trials / subject.Answers));
        var telling = WorstNeighbours.Best(composed, Math.Max(400, plays / 20), key.Derive("pilots"), cancellation);
        foreach (var i in telling.Take(2))
        {
            lines.Add(AuditLine.Of(
                "answers", PrivacyAudit.Run(composed[i], plays, key.Derive("answers").Derive(i), failure, cancellation),
                plays));
        }
        var many = Math.Min(plays, MostCanaries);
        lines.Add(AuditLine.Of(
            "one-run-answers",
            CanaryAudit.Play(composed[telling[0]], many, key.Derive("one-run-answers"), failure, deltas, cancellation),
            many));
        return lines.ToImmutable();

        AuditGame WithClaim(AuditGame game) => subject.Claim is { } given
            ? game with { ClaimedEpsilon = _ => given }
            : game with { ClaimedEpsilon = Memoised(game.ClaimedEpsilon) };

        // A claim at one delta says nothing about smaller ones.
        bool IsClaimed(AuditFinding finding) => subject.Claim is null || finding.Delta >= subject.ClaimDelta;
    }

    // Pilots ask again and again.
    private static Func<double, double> Memoised(Func<double, double> claim)
    {
        var known = new Dictionary<double, double>();
        return delta => known.TryGetValue(delta, out var epsilon) ? epsilon : known[delta] = claim(delta);
    }
}
