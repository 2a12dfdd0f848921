using PateSim.Core.Components;

namespace PateSim.Learning.Optimisers;

/// <summary>How a step size goes after its warm-up.</summary>
internal enum RateKind
{
    Constant,

    Cosine,

    Step,
}

/// <summary>The factor of the step size in each epoch.</summary>
/// <param name="WarmUp">Epochs of an even rise.</param>
/// <param name="StepEpochs">Epochs between two cuts.</param>
/// <param name="StepFactor">Factor of a cut.</param>
internal sealed record RateSchedule(RateKind Kind, int WarmUp, int StepEpochs, double StepFactor)
{
    public static RateSchedule From(OptionValues values) => new(
        values.Text("schedule") switch
        {
            "constant" => RateKind.Constant,
            "step" => RateKind.Step,
            _ => RateKind.Cosine,
        },
        values.Int32("warm-up"), values.Int32("step-epochs"), values.Real("step-factor"));

    /// <summary>In (0, 1]. With w epochs of warm-up: (epoch + 1)/(w + 1) in those; after them, with e epochs gone,
    /// 1, (1 + cos(πe/(epochs − w)))/2, or factor^⌊e/step-epochs⌋.</summary>
    public double Factor(int epoch, int epochs)
    {
        if (epoch < WarmUp) return (epoch + 1.0) / (WarmUp + 1);
        var gone = epoch - WarmUp;
        if (Kind == RateKind.Constant) return 1;
        // The library's cosine and power may differ in their last bit between systems.
        if (Kind == RateKind.Cosine) return HalfCosine((double)gone / (epochs - WarmUp));
        var factor = 1.0;
        for (var cut = gone / StepEpochs; cut > 0 && factor > 0; cut--) factor *= StepFactor;
        return factor;
    }

    /// <summary>(1 + cos πt)/2 = cos²(πt/2) for t in [0, 1], by the series of the cosine to the twentieth
    /// power.</summary>
    internal static double HalfCosine(double t)
    {
        var square = t * t * (Math.PI * Math.PI / 4);
        var sum = 1.0;
        for (var k = 20; k >= 2; k -= 2) sum = 1 - square / (k * (k - 1)) * sum;
        return sum * sum;
    }
}
