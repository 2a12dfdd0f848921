using System.Globalization;

namespace PateSim.Reporting.Summary;

/// <summary>Privacy figures for a person. A bound is rounded away from the claim: what is printed holds whenever the
/// number itself does.</summary>
/// <remarks>Of 16 digits the last three are taken for what floating-point arithmetic adds: 0.1 + 0.2 prints as 0.3.
/// </remarks>
public static class PrivacyNumbers
{
    private const double Ln10 = 2.302585092994046;
    private const int TrustedDecimals = 12;
    private const int LargestPlainExponent = 14;
    private const int SmallestPlainExponent = -3;

    /// <summary>e^ε beyond this is told as a power of ten.</summary>
    private const double LargestPlainFactor = 1e6;

    /// <summary>An upper bound ε: two decimals from 1 on, three significant digits below, whole from 1,000 on; rounded
    /// up. "0.025", "2.30", "1.3e-5", "infinite".</summary>
    public static string Epsilon(double epsilon) => epsilon switch
    {
        double.PositiveInfinity => "infinite",
        0 => "0",
        < 1 => Upper(epsilon, 3),
        < 1000 => Up(epsilon, 2).ToString("F2", CultureInfo.InvariantCulture),
        _ => Upper(epsilon, 4),
    };

    /// <summary>δ, never rounded: "1e-5", "0.01", and "0" for pure ε.</summary>
    public static string Delta(double delta) => Exact(delta);

    /// <summary>e^ε, rounded up: "1.052", "9.98", "22,027", "2.7 x 10^43".</summary>
    public static string Factor(double epsilon)
    {
        var factor = Math.Exp(epsilon);
        return factor switch
        {
            < 2 => Up(factor, 3).ToString("0.00#", CultureInfo.InvariantCulture),
            < 10 => Up(factor, 2).ToString("F2", CultureInfo.InvariantCulture),
            < 100 => Up(factor, 1).ToString("F1", CultureInfo.InvariantCulture),
            < LargestPlainFactor => Up(factor, 0).ToString("N0", CultureInfo.InvariantCulture),
            _ => PowerOfTen(epsilon / Ln10),
        };
    }

    /// <summary>An upper bound with so many significant digits, rounded up; whole from 1,000 on.</summary>
    public static string Upper(double value, int digits) => Rounded(value, digits, decimal.Ceiling);

    /// <summary>A lower bound with so many significant digits, rounded down; whole from 1,000 on.</summary>
    public static string Lower(double value, int digits) => Rounded(value, digits, decimal.Floor);

    /// <summary>A parameter, to six significant digits.</summary>
    public static string Parameter(double value) =>
        Math.Abs(value) is < 0.001 and > 0
            ? value.ToString("0.#####e-0", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Never rounded, with one form of exponents: "1e-5".</summary>
    public static string Exact(double value) =>
        Math.Abs(value) is < 0.001 and > 0
            ? value.ToString("0.################e-0", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Rounded(double value, int digits, Func<decimal, decimal> round)
    {
        if (value == 0) return "0";
        if (!double.IsFinite(value)) return value > 0 ? "infinite" : value.ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = Split(value);
        var decimals = Math.Max(digits - 1, Math.Min(exponent, LargestPlainExponent));
        mantissa = Round(mantissa, decimals, round);
        if (mantissa is >= 10 or <= -10) (mantissa, exponent) = (mantissa / 10, exponent + 1);
        if (exponent is < SmallestPlainExponent or > LargestPlainExponent)
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa:0.######}e{exponent}");
        var plain = mantissa * Power(exponent);
        return plain.ToString(Math.Abs(plain) >= 1000 ? "N0" : "0.############", CultureInfo.InvariantCulture);
    }

    /// <summary>Up at so many decimals; for values below 1e12.</summary>
    private static decimal Up(double value, int decimals)
    {
        var (mantissa, exponent) = Split(value);
        return Round(mantissa, decimals + exponent, decimal.Ceiling) * Power(exponent);
    }

    private static decimal Round(decimal mantissa, int decimals, Func<decimal, decimal> round) =>
        round(Math.Round(mantissa, TrustedDecimals) * Power(decimals)) / Power(decimals);

    private static string PowerOfTen(double logarithm)
    {
        var exponent = Math.Floor(logarithm);
        var mantissa = Round((decimal)Math.Pow(10, logarithm - exponent), 1, decimal.Ceiling);
        if (mantissa >= 10) (mantissa, exponent) = (1, exponent + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa:F1} x 10^{exponent:F0}");
    }

    /// <summary>m · 10^e with 1 ≤ |m| &lt; 10.</summary>
    private static (decimal Mantissa, int Exponent) Split(double value)
    {
        var text = value.ToString("E15", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return (decimal.Parse(text.AsSpan(0, e), NumberStyles.Float, CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) power = exponent > 0 ? power * 10 : power / 10;
        return power;
    }
}
