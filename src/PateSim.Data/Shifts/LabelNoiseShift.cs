using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Data.Shifts;

/// <summary>Diagnoses recorded wrongly at random, more often in some hospitals than in others.</summary>
public sealed class LabelNoiseShift : IShift
{
    public static Component<IShift> Component { get; } = new(
        new ComponentDescriptor(
            "shift", "label-noise",
            "Concept shift by chance: a recorded diagnosis is another one with a probability that differs by hospital.",
            [
                OptionSpec.Real("rate", "Probability at full strength that a record's label is replaced.", .1, 0, 1),
                Affected.ProfileOption("equal"),
                Affected.ShareOption,
            ],
            [
                "Each label of hospital j is replaced with probability rate·strength_j by one of the K − 1 others, "
                + "drawn uniformly: symmetric label noise. The features stay, so that P(y | x) differs between "
                + "hospitals.",
                Affected.Note,
                "Labels of the public set and of the test stay as recorded, so that accuracy is measured against the "
                + "recorded truth. Each record is changed by itself, also where a patient has several.",
            ],
            "Angluin and Laird 1988 (classification noise); Kairouz, McMahan et al. 2021, section 3.1, concept shift"),
        options => new LabelNoiseShift(options.Real("rate"), Affected.From(options)));

    private readonly double _rate;
    private readonly Affected _affected;

    private LabelNoiseShift(double rate, Affected affected) => (_rate, _affected) = (rate, affected);

    public ShiftedRecords Apply(LabelledData records, ShiftContext context, RandomKey key)
    {
        var rate = _rate * _affected.Strength(context, key);
        if (rate == 0) return new ShiftedRecords(records, 0, 0);
        var stream = key.Derive(context.Hospital).Open();
        var labels = ImmutableArray.CreateBuilder<int>(records.Count);
        var changed = 0;
        foreach (var label in records.Labels)
        {
            if (stream.NextUnit() >= rate)
            {
                labels.Add(label);
                continue;
            }
            var other = stream.NextInt(records.ClassCount - 1);
            labels.Add(other < label ? other : other + 1);
            changed++;
        }
        return new ShiftedRecords(
            new LabelledData(records.Features, labels.MoveToImmutable(), records.ClassCount), 0, changed);
    }
}
