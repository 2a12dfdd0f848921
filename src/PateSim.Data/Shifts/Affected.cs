using PateSim.Core.Components;
using PateSim.Core.Randomness;

namespace PateSim.Data.Shifts;

/// <summary>Which hospitals a shift touches and how strongly: what shifts have in common.</summary>
/// <param name="Share">Share of the hospitals that are touched, in (0, 1].</param>
/// <param name="Graded">Whether strength grows along the hospitals from 0 to 1, or is 1 in all that are
/// touched.</param>
internal sealed record Affected(double Share, bool Graded)
{
    public const string Note =
        "The [hospitals-share·N] hospitals touched, rounded to the nearest whole number and at least one, are drawn "
        + "from the key. Graded: hospital j = 0, …, N−1 has j/(N−1) of the strength, so that the first has none; equal: "
        + "each has all of it.";

    public static OptionSpec ShareOption { get; } = OptionSpec.Real(
        "hospitals-share", "Share of the hospitals whose records are changed, drawn at random.", 1, 1e-6, 1);

    public static OptionSpec ProfileOption(string @default) => OptionSpec.Choice(
        "profile", "graded: growing from none in the first hospital to all in the last; equal: the same in each.",
        @default, "graded", "equal");

    public static Affected From(OptionValues options) =>
        new(options.Real("hospitals-share"), options.Text("profile") == "graded");

    /// <summary>The strength at a hospital, in [0, 1].</summary>
    public double Strength(ShiftContext context, RandomKey key)
    {
        if (!IsTouched(context, key)) return 0;
        if (!Graded) return 1;
        return context.Hospitals == 1 ? 1 : (double)context.Hospital / (context.Hospitals - 1);
    }

    private bool IsTouched(ShiftContext context, RandomKey key)
    {
        if (Share == 1) return true;
        var count = Math.Max(1, (int)Math.Floor(Share * context.Hospitals + .5));
        var order = key.Derive("hospitals").Open().Permutation(context.Hospitals);
        return order.AsSpan(0, count).Contains(context.Hospital);
    }
}
