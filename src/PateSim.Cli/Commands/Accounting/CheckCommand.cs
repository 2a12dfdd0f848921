using System.CommandLine;
using PateSim.Privacy.Golden;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy check</c>: this library against a file of golden vectors.</summary>
internal static class CheckCommand
{
    public static string[] Examples { get; } =
    [
        "patesim privacy check privacy.json",
        "patesim privacy check vectors/mine.json --json",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "A golden-vector file of schema version 1 (JSON)." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command(
            "check", "Evaluates a golden-vector file with this library; ends with 4 when an entry fails.");
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction((result, cancellation) =>
        {
            var path = result.GetRequiredValue(file);
            var text = InputText.Read(path);
            GoldenSchema.Validate(text, path);
            var checkedFile = GoldenVectorChecker.Check(text, path, cancellation);
            if (result.GetValue(json)) PrintJson(checkedFile, path, environment);
            else foreach (var line in checkedFile.Lines()) environment.Out.WriteLine(line);
            return Task.FromResult(checkedFile.Failed == 0 ? ExitCodes.Ok : ExitCodes.VerificationFailed);
        });
        return command;
    }

    private static void PrintJson(GoldenResult result, string path, CliEnvironment environment) =>
        JsonText.Write(environment.Out, json =>
        {
            json.WriteString("file", path);
            json.WriteNumber("passed", result.Passed);
            json.WriteNumber("failed", result.Failed);
            json.Objects("kinds", result.Kinds, (item, kind) =>
            {
                item.WriteString("kind", kind.Kind);
                item.WriteNumber("passed", kind.Passed);
                item.WriteNumber("failed", kind.Failed);
            });
            json.Texts("failures", result.Failures);
        });
}
