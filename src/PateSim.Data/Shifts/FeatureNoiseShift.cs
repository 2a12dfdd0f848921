using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Data.Shifts;

/// <summary>Measurements with noise that differs from hospital to hospital.</summary>
public sealed class FeatureNoiseShift : IShift
{
    public static Component<IShift> Component { get; } = new(
        new ComponentDescriptor(
            "shift", "feature-noise",
            "Feature skew by noise: Gaussian noise on the measured quantities, more of it from hospital to hospital.",
            [
                OptionSpec.Real(
                    "level", "Standard deviation of the noise at full strength, in units of the encoded feature.", .1,
                    0, 1e6),
                Affected.ProfileOption("graded"),
                Affected.ShareOption,
                OptionSpec.Choice(
                    "region", "all: every numeric feature; band: hospital j's noise falls on the j-th of N consecutive "
                    + "bands of them alone, as on one part of an image.", "all", "all", "band"),
            ],
            [
                "x + N(0, level_j²) for each numeric feature of each record of hospital j, with "
                + "level_j = level·j/(N − 1) (graded). Features are encoded ones: with numeric = standardise, level 1 is "
                + "one standard deviation of the fit. Levels of categories and indicators of missing values are kept, "
                + "and so is a missing value's place-holder in a feature with an indicator.",
                Affected.Note,
                "NIID-Bench uses level_j as a standard deviation, though its description says variance, and gives the "
                + "last party none; here it is a standard deviation and the last hospital has all of it. Its 'space' "
                + "variant puts noise in one cell of a grid over the image; band m here is the numeric features "
                + "⌊j·d/N⌋ to ⌊(j+1)·d/N⌋ − 1, rows of an image. Values are not clamped to a range.",
                "Constants of the encoding are those of the records without the noise.",
            ],
            "Li, Diao, Chen and He 2022, section 4.2, noise-based feature imbalance"),
        options => new FeatureNoiseShift(
            options.Real("level"), Affected.From(options), options.Text("region") == "band"));

    private readonly double _level;
    private readonly Affected _affected;
    private readonly bool _band;

    private FeatureNoiseShift(double level, Affected affected, bool band) =>
        (_level, _affected, _band) = (level, affected, band);

    public ShiftedRecords Apply(LabelledData records, ShiftContext context, RandomKey key)
    {
        var deviation = _level * _affected.Strength(context, key);
        if (deviation == 0) return new ShiftedRecords(records, 0, 0);
        var numeric = context.NumericFeatures.AsSpan();
        if (_band)
        {
            var (start, end) = (Edge(context.Hospital), Edge(context.Hospital + 1));
            numeric = numeric[start..end];
        }
        var values = records.Features.Values.ToArray();
        var stream = key.Derive(context.Hospital).Open();
        long changed = 0;
        for (var at = 0; at < values.Length; at += records.Features.Columns)
        {
            foreach (var feature in numeric)
            {
                // A place-holder stands where the indicator behind it is set.
                var noise = deviation * stream.NextGaussian();
                if (IsPlaceholder(values, at, feature, context)) continue;
                var noisy = (float)(values[at + feature] + noise);
                if (noisy != values[at + feature]) changed++;
                values[at + feature] = noisy;
            }
        }
        var features = new FeatureMatrix(records.Count, records.Features.Columns, values);
        return new ShiftedRecords(new LabelledData(features, records.Labels, records.ClassCount), changed, 0);

        int Edge(int hospital) => (int)((long)hospital * context.NumericFeatures.Length / context.Hospitals);
    }

    private static bool IsPlaceholder(float[] values, int at, int feature, ShiftContext context) =>
        context.Indicators.Contains(feature + 1) && values[at + feature + 1] == 1;
}
