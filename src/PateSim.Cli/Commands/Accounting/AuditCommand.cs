using System.CommandLine;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Simulation.Audit;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy audit</c>: plays against a scenario's mechanism, accountants, aggregator and data, and
/// bounds ε from below.</summary>
internal sealed class AuditCommand(CliEnvironment environment)
{
    private const int DefaultTrials = 1_000_000;
    private const int DefaultExactTrials = 50_000;
    private const double DefaultConfidence = 0.999999;

    private readonly ScenarioOptions _scenario = new();
    private readonly Option<long?> _trials = CheckedNumber.Whole(
        "--trials", "Trials of each game of one answer on each of its two ensembles; longer games get fewer. "
        + "[default: 1000000; 50000 for discrete noise, whose exact samplers are slow]", 100, 100_000_000);
    private readonly Option<double?> _confidence = CheckedNumber.Real(
        "--confidence", "P", "Probability that an honest scenario is not accused. [default: 0.999999]",
        p => p is > 0 and < 1, "a number between 0 and 1, ends excluded");
    private readonly Option<double?> _claim = CheckedNumber.Real(
        "--claim", "E", "Epsilon claimed for one answer at the scenario's delta, in place of what its accounting claims; "
        + "only games of one answer are played then.");
    private readonly Option<bool> _withoutData = new("--without-data")
    {
        Description = "Plays on made-up votes only; trains no teacher.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    public static string[] Examples { get; } =
    [
        "patesim privacy audit scenarios/quickstart.conf",
        "patesim privacy audit scenarios/confident-gnmax.conf --trials 10000000 --confidence 0.99",
        "patesim privacy audit scenarios/quickstart.conf --claim 0.01",
        "patesim privacy audit scenarios/mnist-250.conf --without-data",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new AuditCommand(environment);
        var command = new Command(
            "audit", "Plays distinguishing games against a scenario; ends with 4 when one refutes the claim.");
        self._scenario.AddTo(command);
        command.Options.Add(self._trials);
        command.Options.Add(self._confidence);
        command.Options.Add(self._claim);
        command.Options.Add(self._withoutData);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var setup = AuditPreparation.Prepare(_scenario, result, environment, cancellation);
        if (result.GetValue(_claim) is not null && setup.Scenario.Privacy.Delta > PrivacyAudit.Deltas[^1])
            throw new UsageException(FormattableString.Invariant(
                $"--claim: the scenario's delta {setup.Scenario.Privacy.Delta:R} is above {PrivacyAudit.Deltas[^1]:R}, ")
                + "the largest that the games try.");
        if (setup.Hospitals.Length < 2)
            throw new InvalidInputException(new Problem(
                "PS4040", result.GetRequiredValue(_scenario.File), "", "the federation has 1 hospital; a vote needs at "
                + "least 2 to be audited."));
        var exact = setup.Aggregator.Mechanism is { ExactSampling: true, NoiseScale: > 0 };
        var settings = new AuditSettings(
            (int)(result.GetValue(_trials) ?? (exact ? DefaultExactTrials : DefaultTrials)),
            result.GetValue(_confidence) ?? DefaultConfidence, !result.GetValue(_withoutData), result.GetValue(_claim));
        var audit = ScenarioAudit.Run(
            setup, AuditedFederation.Of(setup), settings,
            RandomKey.FromSeed(setup.Scenario.Seed).Derive("audit"), cancellation);
        return new AuditReport(audit).Print(result.GetValue(_json), environment);
    }
}
