using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Planning;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Commands.Accounting;

/// <summary><c>patesim privacy calibrate</c>: the smallest noise that keeps a promise.</summary>
internal sealed class CalibrateCommand(CliEnvironment environment)
{
    private readonly MechanismOptions _mechanism = new();
    private readonly TargetOptions _target = new();
    private readonly Option<double?> _epsilon = CheckedNumber.Real("--epsilon", "E", "Epsilon of the whole run.");
    private readonly Option<long?> _answers = CheckedNumber.Whole(
        "--answers", "How many answers are given.", 1, Limits.Answers);
    private readonly Option<long?> _checks = CheckedNumber.Whole(
        "--checks", "How many queries pass the threshold's check, answered or not (confident-gnmax). "
        + "[default: as many as answers]", 1, Limits.Answers);
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    public static string[] Examples { get; } =
    [
        "patesim privacy calibrate --mechanism lnmax --epsilon 3 --delta 1e-5 --answers 100",
        "patesim privacy calibrate --mechanism gnmax --epsilon 1 --answers 400 --adjacency hospital-replaced",
        "patesim privacy calibrate --mechanism confident-gnmax --epsilon 2 --answers 300 --checks 1000 "
        + "--threshold-sigma 150",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new CalibrateCommand(environment);
        var command = new Command(
            "calibrate", "The smallest noise that keeps a number of answers within epsilon and delta.");
        self._mechanism.AddTo(command, noise: false, threshold: false);
        command.Options.Add(self._epsilon);
        self._target.AddTo(command);
        command.Options.Add(self._answers);
        command.Options.Add(self._checks);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var mechanism = _mechanism.Mechanism(result);
        var epsilon = result.GetValue(_epsilon) ?? throw MechanismOptions.Missing(_epsilon, "calibration");
        var answers = result.GetValue(_answers) ?? throw MechanismOptions.Missing(_answers, "calibration");
        var target = _target.Read(result);
        var checks = Checks(result, mechanism, answers);
        var vote = Calibrate(result, mechanism, epsilon, target, answers, checks, cancellation);
        PrivacyEvent[] events =
        [
            .. AnswerPlan.Repeat(vote.Answer, answers, cancellation), .. checks > 0 ? AnswerPlan.Repeat(vote.Check, checks, cancellation) : [],
        ];
        var (entries, _) = PrivacyReport.Of(events, target, WorstCaseAccountants.All, cancellation);
        if (result.GetValue(_json))
        {
            JsonText.Write(environment.Out, json =>
            {
                json.WriteString("mechanism", mechanism);
                json.WriteString("law", vote.Law.ToString());
                json.Real(mechanism == NoisyVote.Lnmax ? "scale" : "sigma", vote.Scale);
                if (vote.HasCheck) json.Real("thresholdSigma", vote.ThresholdSigma);
                json.WriteNumber("answers", answers);
                json.WriteNumber("checks", checks);
                json.Objects("privacy", entries, JsonText.Epsilon);
            });
            return ExitCodes.Ok;
        }
        var name = mechanism == NoisyVote.Lnmax ? "scale" : "sigma";
        WrappedText.Write(
            environment.Out,
            FormattableString.Invariant($"{name} {vote.Scale:R} votes is the least noise of {mechanism} ")
            + $"({vote.Law}) for {PrivacyText.Count(answers)} answers"
            + (checks > 0
                ? FormattableString.Invariant($" and {checks:N0} checks with threshold sigma {vote.ThresholdSigma:R}")
                : "")
            + FormattableString.Invariant($" within epsilon {epsilon:R} at delta {PrivacyText.Delta(target.Delta)}, ")
            + $"{target.Adjacency.Name}, by {(vote.Law == NoiseLaw.Gaussian ? "gdp" : "pld")}. By every method:",
            environment.Width);
        environment.Out.WriteLine();
        EpsilonTable.Print(entries, [], environment);
        return ExitCodes.Ok;
    }

    private long Checks(ParseResult result, string mechanism, long answers)
    {
        var checks = result.GetValue(_checks);
        if (mechanism != NoisyVote.ConfidentGnmax)
        {
            return checks is null
                ? 0
                : throw new UsageException($"--checks does not belong to {mechanism}, but to confident-gnmax.");
        }
        return checks is null || checks >= answers
            ? checks ?? answers
            : throw new UsageException($"--checks {checks} is below --answers {answers}: every answer passed a check.");
    }

    private NoisyVote Calibrate(
        ParseResult result, string mechanism, double epsilon, AccountingTarget target, long answers, long checks,
        CancellationToken cancellation)
    {
        var law = _mechanism.Law(result, mechanism);
        var thresholdSigma = _mechanism.ThresholdSigma(result, mechanism);
        if (mechanism == NoisyVote.Lnmax)
        {
            var scale = NoiseCalibration.LaplaceScale(epsilon, target, answers, law, cancellation);
            return new NoisyVote(mechanism, law, scale);
        }
        if (law == NoiseLaw.DiscreteGaussian && target.Adjacency.TeachersTouched != 1)
            throw new UsageException("--sampling discrete: the loss of discrete Gaussian noise is known for one teacher "
                + "per neighbour; leave out --hospitals-per-patient.");
        if (mechanism == NoisyVote.ConfidentGnmax && thresholdSigma is null)
            throw _mechanism.MissingThresholdSigma(mechanism);
        try
        {
            var sigma = law == NoiseLaw.Gaussian
                ? NoiseCalibration.GaussianSigma(epsilon, target, answers, checks, thresholdSigma ?? 1)
                : NoiseCalibration.DiscreteGaussianSigma(
                    epsilon, target, answers, checks, thresholdSigma ?? 1, cancellation);
            return new NoisyVote(mechanism, law, sigma, thresholdSigma ?? double.NaN);
        }
        catch (ArgumentException error) when (error.ParamName == "thresholdSigma")
        {
            throw new UsageException("--threshold-sigma: " + error.Message.Split(" (Parameter")[0]
                + " Raise it, ask less, or allow more.");
        }
    }
}
