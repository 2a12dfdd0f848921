using System.Collections.Immutable;

namespace PateSim.Data.Datasets;

/// <summary>How a standardised value u becomes a measurement; all maps ascend.</summary>
internal enum MeasurementScale
{
    /// <summary>a + b·u</summary>
    Linear,

    /// <summary>exp(a + b·u)</summary>
    Exponential,

    /// <summary>100 − exp(a − b·u): a saturation in percent.</summary>
    Saturation,

    /// <summary>18 + 80/(1 + exp(−a − b·u)): the age of an adult.</summary>
    AdultAge,
}

/// <summary>A numeric column of the generated population.</summary>
/// <param name="Step">The value is reported as a multiple of it.</param>
/// <param name="Always">Whether it is recorded for every patient; others may be missing.</param>
/// <param name="Effects">μ: mean of u for each diagnosis, in standard deviations.</param>
internal sealed record SyntheticMeasurement(
    string Name, string Meaning, string Unit, double Minimum, double Maximum, MeasurementScale Scale, double A,
    double B, double Step, bool Always, ImmutableArray<double> Effects)
{
    public float Report(double u)
    {
        var value = Scale switch
        {
            MeasurementScale.Linear => A + B * u,
            MeasurementScale.Exponential => Math.Exp(A + B * u),
            MeasurementScale.Saturation => 100 - Math.Exp(A - B * u),
            _ => 18 + 80 / (1 + Math.Exp(-A - B * u)),
        };
        return (float)(Math.Round(value / Step) * Step);
    }
}

/// <summary>A categorical column of the generated population.</summary>
/// <param name="Base">Logarithm of the odds of each level for no diagnosis in particular.</param>
/// <param name="Effects">w: for each diagnosis, what is added to them, level by level.</param>
internal sealed record SyntheticFinding(
    string Name, string Meaning, ImmutableArray<string> Levels, bool Always, ImmutableArray<double> Base,
    ImmutableArray<ImmutableArray<double>> Effects);
