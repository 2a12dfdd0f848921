using System.Globalization;
using PateSim.Cli.Rendering;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Reporting.Files;
using PateSim.Simulation.Audit;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>An audit in words or as JSON.</summary>
internal sealed class AuditReport(ScenarioAuditResult audit)
{
    private AuditSubject Subject => audit.Subject;

    /// <returns>The exit code.</returns>
    public int Print(bool asJson, CliEnvironment environment)
    {
        if (asJson) PrintJson(environment);
        else PrintText(environment);
        return audit.Refuted ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private void PrintText(CliEnvironment environment)
    {
        void Say(string text, string indent = "") =>
            WrappedText.Write(environment.Out, text, environment.Width, "", indent);

        Say(FormattableString.Invariant(
                $"{Subject.Mechanism.Name}, noise scale {Subject.Mechanism.NoiseScale:R}, ")
            + FormattableString.Invariant($"{Subject.TeacherCount:N0} teachers, ")
            + FormattableString.Invariant(
                $"{Subject.ClassCount} classes, {Adjacency.PatientReplaced.Name}. ")
            + "An honest scenario is accused with probability at most "
            + FormattableString.Invariant($"{1 - audit.Settings.Confidence:0.###e-0}, all games together."));
        environment.Out.WriteLine();
        PlainTable.Print(
            environment,
            ["game", "lower bound", "claimed", "delta", "games", "computed from", "releasable", "verdict"],
            [
                .. audit.Lines.Select(line => (string[])
                [
                    line.Method, PrivacyText.Lower(line.Finding.LowerBound), PrivacyText.Upper(line.Finding.Claimed),
                    PrivacyText.Delta(line.Finding.Delta), line.Games == 0 ? "exact" : PrivacyText.Count(line.Games),
                    line.DataDependent ? "the data" : "worst case", PrivacyText.YesNo(!line.DataDependent),
                    Verdict(line),
                ]),
            ],
            1, 2, 3, 4);
        environment.Out.WriteLine();
        for (var i = 0; i < audit.Lines.Length; i++)
            Say(FormattableString.Invariant($"{i + 1}. {audit.Lines[i].Method}: {audit.Lines[i].Finding.Game}"), "   ");
        if (audit.Data is { } data) Say(Describe(data));
        foreach (var sentence in audit.Omitted) Say("Not played: " + sentence);
        Say(audit.Refuted
            ? "REFUTED: a lower bound lies above the claim. Mechanism or accounting is broken, or the claim is false."
            : "Not refuted: no lower bound lies above its claim. That is no proof of the claim.");
    }

    private static string Describe(DataAuditResult data) => string.Create(
        CultureInfo.InvariantCulture,
        $"Data: of {data.Tried} replaced patients the worst moved votes on {data.Sensitivity.MovedQueries:N0} of ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Sensitivity.Queries:N0} queries, at most {data.Sensitivity.MostVotes:N0} on one; claimed is ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Sensitivity.ClaimedVotes:N0}{(data.Sensitivity.Violated ? ": REFUTED." : ".")}");

    private static string Verdict(AuditLine line) => line.Finding.Violated ? "REFUTED" : "holds";

    private void PrintJson(CliEnvironment environment) => JsonText.Write(environment.Out, json =>
    {
        json.WriteString("mechanism", Subject.Mechanism.Name);
        json.Real("noiseScale", Subject.Mechanism.NoiseScale);
        json.WriteNumber("teachers", Subject.TeacherCount);
        json.WriteNumber("classes", Subject.ClassCount);
        json.WriteNumber("trials", audit.Settings.Trials);
        json.Real("confidence", audit.Settings.Confidence);
        json.WriteBoolean("refuted", audit.Refuted);
        json.Objects("games", audit.Lines, (item, line) =>
        {
            item.WriteString("method", line.Method);
            item.WriteString("game", line.Finding.Game);
            item.Real("lowerBound", line.Finding.LowerBound);
            item.Real("claimed", line.Finding.Claimed);
            item.Real("delta", line.Finding.Delta);
            item.WriteNumber("games", line.Games);
            item.WriteString("adjacency", Adjacency.PatientReplaced.Name);
            item.WriteBoolean("dataDependent", line.DataDependent);
            item.WriteBoolean("releasable", !line.DataDependent);
            item.WriteString("verdict", Verdict(line));
        });
        if (audit.Data is { } data)
        {
            json.WriteStartObject("data");
            json.WriteString("patient", data.Sensitivity.Patient);
            json.WriteNumber("patientsTried", data.Tried);
            json.WriteNumber("teachersVoting", data.Voters);
            json.WriteNumber("queries", data.Sensitivity.Queries);
            json.WriteNumber("queriesMoved", data.Sensitivity.MovedQueries);
            json.WriteNumber("mostVotesMoved", data.Sensitivity.MostVotes);
            json.WriteNumber("votesClaimed", data.Sensitivity.ClaimedVotes);
            json.WriteString("verdict", data.Sensitivity.Violated ? "REFUTED" : "holds");
            json.WriteEndObject();
        }
        json.Texts("omitted", audit.Omitted);
    });
}
