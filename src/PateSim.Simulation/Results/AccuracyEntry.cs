using PateSim.Learning.Metrics;

namespace PateSim.Simulation.Results;

/// <summary>How often a model or a vote names the recorded diagnosis.</summary>
/// <param name="Model">One of <see cref="AccuracyModels"/>.</param>
/// <param name="MeasuredOn">"test" (held-out records) or "queries" (the public records that were labelled).</param>
/// <param name="Records">How many records it was measured on, n.</param>
/// <param name="Accuracy">Share of right answers, with its exact 95 % interval.</param>
/// <param name="BalancedAccuracy">Mean over the classes present of the share of right answers, with its 95 % interval.
/// </param>
public sealed record AccuracyEntry(
    string Model, string MeasuredOn, int Records, Estimate Accuracy, Estimate BalancedAccuracy)
{
    /// <summary>Further scores; null where none were measured.</summary>
    public Scores? Scores { get; init; }

    /// <summary>The entry of a measurement.</summary>
    public static AccuracyEntry Of(string model, string measuredOn, int records, Measurement measured) =>
        new(model, measuredOn, records, measured.Accuracy, measured.BalancedAccuracy) { Scores = measured.Scores };
}

/// <summary>The names of the rows of the accuracy table, in the order of the table.</summary>
public static class AccuracyModels
{
    public const string MajorityClass = "majority-class";
    public const string HospitalAloneMinimum = "hospital-alone-min";
    public const string HospitalAloneMean = "hospital-alone-mean";
    public const string HospitalAloneMaximum = "hospital-alone-max";
    public const string PluralityVote = "plurality-vote";
    public const string NoisyVote = "noisy-vote";
    public const string Student = "student";
    public const string Pooled = "pooled";
    public const string FedAvg = "fedavg";
    public const string FedProx = "fedprox";
    public const string DpSgd = "dp-sgd";

    public static IReadOnlyList<string> InOrder { get; } =
    [
        MajorityClass, HospitalAloneMinimum, HospitalAloneMean, HospitalAloneMaximum, PluralityVote, NoisyVote, Student,
        Pooled, FedAvg, FedProx, DpSgd,
    ];
}
