using System.Collections.Immutable;
using PateSim.Cli.Rendering;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>What is audited.</summary>
/// <param name="Claim">ε claimed for one answer at <paramref name="ClaimDelta"/>; null for what the accounting claims.
/// </param>
internal sealed record AuditSubject(
    IAggregationMechanism Mechanism, int ClassCount, int TeacherCount, double? Claim = null, double ClaimDelta = 1e-5);

/// <summary>The bounds that games gave, one for each game: the one that says most.</summary>
/// <param name="Method">two-run or one-run.</param>
internal sealed record AuditLine(string Method, AuditFinding Finding);

/// <summary>A whole audit.</summary>
internal sealed record AuditReport(
    AuditSubject Subject, int Trials, double Confidence, ImmutableArray<AuditLine> Lines)
{
    /// <summary>More canaries hardly say more, and the bound costs a sum over all of them.</summary>
    private const int MostCanaries = 10_000;

    public bool Refuted => Lines.Any(line => line.Finding.Violated);

    /// <param name="trials">Trials of each game on each of its ensembles.</param>
    /// <param name="confidence">Shared out over all games.</param>
    public static AuditReport Of(
        AuditSubject subject, int trials, double confidence, RandomKey key, CancellationToken cancellation)
    {
        AuditGame[] games =
            [.. AuditGames.Standard(subject.Mechanism, subject.ClassCount, subject.TeacherCount).Select(WithClaim)];
        // The one-run game is one more.
        var failure = (1 - confidence) / (games.Length + 1);
        var lines = ImmutableArray.CreateBuilder<AuditLine>();
        for (var i = 0; i < games.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var findings = PrivacyAudit.Run(games[i], trials, key.Derive("two-run").Derive(i), failure);
            lines.Add(new AuditLine("two-run", Worst(findings.Where(IsClaimed))));
        }
        var canaries = Math.Min(trials, MostCanaries);
        lines.Add(new AuditLine("one-run", Worst(
            CanaryGame.Play(
                games[0], canaries, key.Derive("one-run"), failure,
                subject.Claim is null ? CanaryGame.Deltas : [subject.ClaimDelta]))));
        return new AuditReport(subject, trials, confidence, lines.ToImmutable());

        AuditGame WithClaim(AuditGame game) =>
            subject.Claim is { } claim ? game with { ClaimedEpsilon = _ => claim } : game;

        // A claim at one delta says nothing about smaller ones.
        bool IsClaimed(AuditFinding finding) => subject.Claim is null || finding.Delta >= subject.ClaimDelta;
    }

    /// <returns>The exit code.</returns>
    public int Print(bool asJson, CliEnvironment environment)
    {
        if (asJson) PrintJson(environment);
        else PrintText(environment);
        return Refuted ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    // The clearest violation, or else the largest bound, at the smallest delta that gives it.
    private static AuditFinding Worst(IEnumerable<AuditFinding> findings) => findings.MaxBy(finding => (
        finding.Violated, finding.Violated ? finding.LowerBound - finding.Claimed : finding.LowerBound, -finding.Delta))!;

    private void PrintText(CliEnvironment environment)
    {
        WrappedText.Write(
            environment.Out,
            FormattableString.Invariant(
                $"{Subject.Mechanism.Name}, noise scale {Subject.Mechanism.NoiseScale:R}, {Subject.TeacherCount:N0} teachers, ")
            + FormattableString.Invariant(
                $"{Subject.ClassCount} classes: one answer on neighbouring ensembles, {Trials:N0} trials for each, ")
            + FormattableString.Invariant($"confidence {Confidence:R} for all games together."),
            environment.Width);
        environment.Out.WriteLine();
        PlainTable.Print(
            environment,
            ["method", "lower bound", "claimed", "delta", "for whom", "computed from", "releasable", "verdict"],
            [
                .. Lines.Select(line => (string[])
                [
                    line.Method, PrivacyText.Lower(line.Finding.LowerBound), PrivacyText.Upper(line.Finding.Claimed),
                    PrivacyText.Delta(line.Finding.Delta), Adjacency.PatientReplaced.Name, "worst case", "yes",
                    Verdict(line),
                ]),
            ],
            1, 2, 3);
        environment.Out.WriteLine();
        for (var i = 0; i < Lines.Length; i++)
            WrappedText.Write(
                environment.Out, FormattableString.Invariant($"{i + 1}. {Lines[i].Method}: {Lines[i].Finding.Game}"),
                environment.Width, "", "   ");
        WrappedText.Write(
            environment.Out,
            Refuted
                ? "REFUTED: a lower bound lies above the claim. Mechanism or accounting is broken, or the claim is false."
                : "Not refuted: no lower bound lies above its claim. That is no proof of the claim.",
            environment.Width);
    }

    private static string Verdict(AuditLine line) => line.Finding.Violated ? "REFUTED" : "holds";

    private void PrintJson(CliEnvironment environment) => JsonOutput.Print(environment.Out, json =>
    {
        json.WriteString("mechanism", Subject.Mechanism.Name);
        json.Real("noiseScale", Subject.Mechanism.NoiseScale);
        json.WriteNumber("teachers", Subject.TeacherCount);
        json.WriteNumber("classes", Subject.ClassCount);
        json.WriteNumber("trials", Trials);
        json.Real("confidence", Confidence);
        json.WriteBoolean("refuted", Refuted);
        json.Objects("games", Lines, (item, line) =>
        {
            item.WriteString("method", line.Method);
            item.WriteString("game", line.Finding.Game);
            item.Real("lowerBound", line.Finding.LowerBound);
            item.Real("claimed", line.Finding.Claimed);
            item.Real("delta", line.Finding.Delta);
            item.WriteString("adjacency", Adjacency.PatientReplaced.Name);
            item.WriteBoolean("dataDependent", false);
            item.WriteBoolean("releasable", true);
            item.WriteString("verdict", Verdict(line));
        });
    });
}
