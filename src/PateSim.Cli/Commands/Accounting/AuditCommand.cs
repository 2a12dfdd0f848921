using System.CommandLine;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy audit</c>: plays against a scenario's mechanism and bounds its ε from below.</summary>
internal sealed class AuditCommand(CliEnvironment environment)
{
    private const int DefaultTrials = 1_000_000;
    private const double DefaultConfidence = 0.999999;

    private readonly ScenarioOptions _scenario = new();
    private readonly Option<long?> _trials = CheckedNumber.Whole(
        "--trials", "Trials of each game on each of its two ensembles. [default: 1000000]", 100, 100_000_000);
    private readonly Option<double?> _confidence = CheckedNumber.Real(
        "--confidence", "P", "Probability that an honest mechanism is not accused. [default: 0.999999]",
        p => p is > 0 and < 1, "a number between 0 and 1, ends excluded");
    private readonly Option<double?> _claim = CheckedNumber.Real(
        "--claim", "E", "Epsilon claimed for one answer at the scenario's delta, in place of what its accounting claims.");
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    public static string[] Examples { get; } =
    [
        "patesim privacy audit scenarios/quickstart.conf",
        "patesim privacy audit scenarios/confident-gnmax.conf --trials 10000000 --confidence 0.99",
        "patesim privacy audit scenarios/quickstart.conf --claim 0.01",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new AuditCommand(environment);
        var command = new Command(
            "audit", "Plays distinguishing games against a scenario's mechanism; ends with 4 when one refutes the claim.");
        self._scenario.AddTo(command);
        command.Options.Add(self._trials);
        command.Options.Add(self._confidence);
        command.Options.Add(self._claim);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var setup = _scenario.Prepare(_scenario.Load(result), result, environment, cancellation);
        if (result.GetValue(_claim) is not null && setup.Scenario.Privacy.Delta > PrivacyAudit.Deltas[^1])
            throw new UsageException(FormattableString.Invariant(
                $"--claim: the scenario's delta {setup.Scenario.Privacy.Delta:R} is above {PrivacyAudit.Deltas[^1]:R}, the largest that the games try."));
        var subject = new AuditSubject(
            setup.Aggregator.Mechanism, setup.Data.Public.ClassCount, setup.Hospitals.Length,
            result.GetValue(_claim), setup.Scenario.Privacy.Delta);
        var report = AuditReport.Of(
            subject, (int)(result.GetValue(_trials) ?? DefaultTrials), result.GetValue(_confidence) ?? DefaultConfidence,
            RandomKey.FromSeed(setup.Scenario.Seed).Derive("audit"), cancellation);
        return report.Print(result.GetValue(_json), environment);
    }
}
