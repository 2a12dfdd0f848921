using System.CommandLine;
using PateSim.Core;
using PateSim.Privacy.Events;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>Which mechanism, with how much noise.</summary>
internal sealed class MechanismOptions
{
    private const string Discrete = "discrete";
    private const string Continuous = "continuous";

    private readonly Option<string?> _mechanism = new("--mechanism")
    {
        HelpName = string.Join('|', NoisyVote.Names),
        Description = "The noisy vote.",
    };

    private readonly Option<double?> _scale = CheckedNumber.Real(
        "--scale", "B", "Scale of Laplace noise in votes (lnmax).");

    private readonly Option<double?> _sigma = CheckedNumber.Real(
        "--sigma", "S", "Standard deviation of the noise on the counts in votes (gnmax, confident-gnmax).");

    private readonly Option<double?> _thresholdSigma = CheckedNumber.Real(
        "--threshold-sigma", "S", "Standard deviation of the threshold's noise in votes (confident-gnmax).");

    private readonly Option<double?> _threshold = CheckedNumber.Real(
        "--threshold", "T", "Threshold in votes (confident-gnmax).", double.IsFinite, "a finite number");

    private readonly Option<string> _sampling = new("--sampling")
    {
        HelpName = $"{Continuous}|{Discrete}",
        Description = "Law of the noise.",
        DefaultValueFactory = _ => Continuous,
    };

    public MechanismOptions()
    {
        _mechanism.Validators.Add(result => Known(result.GetValueOrDefault<string>(), NoisyVote.Names, result.AddError));
        _sampling.Validators.Add(
            result => Known(result.GetValueOrDefault<string>(), [Continuous, Discrete], result.AddError, "--sampling"));
    }

    /// <param name="noise">Whether the scales are asked for; when they are computed they are not.</param>
    /// <param name="threshold">Whether the threshold itself is asked for.</param>
    public void AddTo(Command command, bool noise, bool threshold)
    {
        command.Options.Add(_mechanism);
        if (noise)
        {
            command.Options.Add(_scale);
            command.Options.Add(_sigma);
        }
        command.Options.Add(_thresholdSigma);
        if (threshold) command.Options.Add(_threshold);
        command.Options.Add(_sampling);
    }

    /// <exception cref="UsageException">It is not written.</exception>
    public string Mechanism(ParseResult result) => result.GetValue(_mechanism)
        ?? throw new UsageException($"--mechanism is missing: {string.Join(", ", NoisyVote.Names)}.");

    /// <summary>The first option that is written, by name; null when none is.</summary>
    public string? Written(ParseResult result) =>
        new Option[] { _mechanism, _scale, _sigma, _thresholdSigma, _threshold, _sampling }
            .FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    public NoiseLaw Law(ParseResult result, string mechanism) =>
        (mechanism == NoisyVote.Lnmax, result.GetRequiredValue(_sampling) == Discrete) switch
        {
            (true, false) => NoiseLaw.Laplace,
            (true, true) => NoiseLaw.DiscreteLaplace,
            (false, false) => NoiseLaw.Gaussian,
            _ => NoiseLaw.DiscreteGaussian,
        };

    public double? ThresholdSigma(ParseResult result, string mechanism) =>
        Fitting(result, _thresholdSigma, mechanism, NoisyVote.ConfidentGnmax);

    public double? Threshold(ParseResult result, string mechanism) =>
        Fitting(result, _threshold, mechanism, NoisyVote.ConfidentGnmax);

    /// <summary>The mechanism with all of its noise.</summary>
    /// <exception cref="UsageException">A parameter is missing, or belongs to another mechanism.</exception>
    public NoisyVote Read(ParseResult result, bool threshold)
    {
        var mechanism = Mechanism(result);
        var law = Law(result, mechanism);
        var scale = Fitting(result, _scale, mechanism, NoisyVote.Lnmax);
        var sigma = Fitting(result, _sigma, mechanism, NoisyVote.Gnmax, NoisyVote.ConfidentGnmax);
        var check = ThresholdSigma(result, mechanism);
        var level = Threshold(result, mechanism);
        return mechanism switch
        {
            NoisyVote.Lnmax => new NoisyVote(mechanism, law, scale ?? throw Missing(_scale, mechanism)),
            NoisyVote.Gnmax => new NoisyVote(mechanism, law, sigma ?? throw Missing(_sigma, mechanism)),
            _ => new NoisyVote(
                mechanism, law, sigma ?? throw Missing(_sigma, mechanism),
                check ?? throw Missing(_thresholdSigma, mechanism),
                level ?? (threshold ? throw Missing(_threshold, mechanism) : 0)),
        };
    }

    public static UsageException Missing(Option option, string mechanism) =>
        new($"{option.Name} is missing: {mechanism} needs it. {option.Description}");

    public UsageException MissingThresholdSigma(string mechanism) => Missing(_thresholdSigma, mechanism);

    private static double? Fitting(ParseResult result, Option<double?> option, string mechanism, params string[] owners)
    {
        if (result.GetResult(option) is null) return null;
        var value = result.GetValue(option);
        return value is null || owners.Contains(mechanism)
            ? value
            : throw new UsageException(
                $"{option.Name} does not belong to {mechanism}, but to {string.Join(" and ", owners)}.");
    }

    private static void Known(string? text, string[] names, Action<string> addError, string option = "--mechanism")
    {
        if (text is not null && !names.Contains(text))
            addError($"{option} {text} is unknown. {Suggestion.Describe(text, names)}");
    }
}
