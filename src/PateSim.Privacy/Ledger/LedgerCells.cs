using System.Collections.Immutable;
using System.Globalization;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Ledger;

/// <summary>A ledger's line as cells: what was asked of the mechanism, and what came of it.</summary>
/// <remarks>sequence, query, mechanism, noise_law, noise_scale, noise_origin, threshold, threshold_sigma (both empty without a
/// threshold), classes, teachers, outcome, per_answer_epsilon, cumulative_basic_epsilon, charged. The threshold's noise
/// has the law of the counts' noise.</remarks>
internal static class LedgerCells
{
    private static readonly ImmutableArray<(NoiseLaw Law, string Name)> Laws =
    [
        (NoiseLaw.Laplace, "laplace"), (NoiseLaw.Gaussian, "gaussian"),
        (NoiseLaw.DiscreteLaplace, "discrete-laplace"), (NoiseLaw.DiscreteGaussian, "discrete-gaussian"),
    ];

    private static readonly ImmutableArray<(NoiseKind Kind, string Name)> Origins =
        [(NoiseKind.SeededSimulation, "simulation"), (NoiseKind.OperatingSystem, "operating-system")];

    /// <exception cref="ArgumentException">The worst case is no noisy argmax, with or without a threshold.</exception>
    public static string Of(LedgerRow row)
    {
        var (check, answer) = Parts(row.WorstCase);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Sequence},{row.Query},{row.Mechanism},{Name(answer.Law)},{answer.NoiseScale:R},"
            + $"{Name(row.Noise)},{check?.Threshold.ToString("R", CultureInfo.InvariantCulture)},"
            + $"{check?.NoiseScale.ToString("R", CultureInfo.InvariantCulture)},"
            + $"{answer.ClassCount},{answer.TeacherCount},{row.Outcome.Name()},{row.PerAnswerEpsilon:R},"
            + $"{row.CumulativeBasicEpsilon:R},{(row.Charged ? "true" : "false")}");
    }

    public static string OfSeal(long sequence, double cumulative) => string.Create(
        CultureInfo.InvariantCulture, $"{sequence},{LedgerCsv.Seal},{LedgerCsv.Seal},,,,,,,,,0,{cumulative:R},false");

    /// <exception cref="FormatException">A cell is not what its column holds.</exception>
    public static LedgerRow Read(string[] cells)
    {
        var law = Laws.FirstOrDefault(l => l.Name == cells[3]);
        if (law.Name is null) throw Bad("noise_law", cells[3], string.Join(", ", Laws.Select(l => l.Name)));
        var noise = Origins.FirstOrDefault(o => o.Name == cells[5]);
        if (noise.Name is null) throw Bad("noise_origin", cells[5], string.Join(", ", Origins.Select(o => o.Name)));
        var outcome = ChargeOutcomeNames.All.FirstOrDefault(o => o.Name == cells[10]);
        if (outcome.Name is null)
            throw Bad("outcome", cells[10], string.Join(", ", ChargeOutcomeNames.All.Select(o => o.Name)));
        if (cells[6].Length == 0 != (cells[7].Length == 0))
            throw Bad("threshold_sigma", cells[7], "a number exactly where there is a threshold");
        PrivacyEvent answer = new NoisyArgmaxEvent(
            law.Law, Number("noise_scale", cells[4]), Count("classes", cells[8], 2), Count("teachers", cells[9], 1));
        var worst = cells[6].Length == 0 ? answer : new ComposedEvent(
        [
            new NoisyThresholdEvent(
                law.Law, Number("threshold_sigma", cells[7]), Finite("threshold", cells[6]),
                Count("teachers", cells[9], 1)),
            answer,
        ]);
        if (cells[6].Length == 0 && outcome.Outcome is ChargeOutcome.Confirmed or ChargeOutcome.Abstained)
            throw Bad("outcome", cells[10], "answered, refused or lost where there is no threshold");
        var row = new LedgerRow(
            long.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2], worst, outcome.Outcome,
            Number("per_answer_epsilon", cells[11]), Number("cumulative_basic_epsilon", cells[12]))
        {
            Noise = noise.Kind,
        };
        return cells[13] == (row.Charged ? "true" : "false")
            ? row
            : throw Bad("charged", cells[13], "true, or false where the query was refused");
    }

    private static (NoisyThresholdEvent? Check, NoisyArgmaxEvent Answer) Parts(PrivacyEvent worst) => worst switch
    {
        NoisyArgmaxEvent answer => (null, answer),
        ComposedEvent { Events: [NoisyThresholdEvent check, NoisyArgmaxEvent answer] } when check.Law == answer.Law =>
            (check, answer),
        _ => throw new ArgumentException($"A ledger file has no columns for {worst}.", nameof(worst)),
    };

    private static string Name(NoiseKind kind) => Origins.Single(o => o.Kind == kind).Name;

    private static string Name(NoiseLaw law) => Laws.Single(l => l.Law == law).Name;

    private static double Number(string column, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            && (double.IsFinite(value) || column.EndsWith("epsilon", StringComparison.Ordinal))
            ? value
            : throw Bad(column, cell, "a number, at least 0");

    private static double Finite(string column, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : throw Bad(column, cell, "a finite number");

    private static int Count(string column, string cell, int least) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : throw Bad(column, cell, string.Create(
                CultureInfo.InvariantCulture, $"a whole number, at least {least}"));

    private static FormatException Bad(string column, string cell, string due) =>
        new($"{column} is '{cell}'; it is {due}.");
}
