using PateSim.Privacy.Events;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>A mechanism by its parameters, as far as its cost for any votes depends on them.</summary>
/// <param name="Scale">b or σ₂, in votes.</param>
/// <param name="ThresholdSigma">σ₁, in votes; NaN where there is no threshold.</param>
/// <param name="Threshold">T, in votes; without influence on what any votes may cost.</param>
internal sealed record NoisyVote(
    string Mechanism, NoiseLaw Law, double Scale, double ThresholdSigma = double.NaN, double Threshold = 0)
{
    public const string Lnmax = "lnmax";
    public const string Gnmax = "gnmax";
    public const string ConfidentGnmax = "confident-gnmax";

    public static string[] Names { get; } = [Lnmax, Gnmax, ConfidentGnmax];

    public bool HasCheck => Mechanism == ConfidentGnmax;

    /// <summary>One noisy argmax; the numbers of classes and teachers do not change what any votes may cost.</summary>
    public PrivacyEvent Answer => new NoisyArgmaxEvent(Law, Scale, 2, 1);

    public PrivacyEvent Check => new NoisyThresholdEvent(Law, ThresholdSigma, Threshold, 1);

    /// <summary>One answer after so many threshold checks.</summary>
    public PrivacyEvent AnswerAfter(long checks) =>
        HasCheck ? new ComposedEvent([.. Enumerable.Repeat(Check, (int)checks), Answer]) : Answer;

    public string Describe() => HasCheck
        ? FormattableString.Invariant($"{Mechanism}, sigma {Scale:R}, threshold sigma {ThresholdSigma:R}, {Law} noise")
        : FormattableString.Invariant($"{Mechanism}, {(Mechanism == Lnmax ? "scale" : "sigma")} {Scale:R}, {Law} noise");
}
