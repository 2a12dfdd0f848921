using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Data.Shifts;

/// <summary>Hospitals that mean another class by a label.</summary>
public sealed class LabelFlipShift : IShift
{
    public static Component<IShift> Component { get; } = new(
        new ComponentDescriptor(
            "shift", "label-flip",
            "Concept shift by rule: some hospitals record each class as another one, always the same.",
            [
                OptionSpec.Integer(
                    "offset", "Class k is recorded as (k + offset) mod K; of two classes 1 exchanges them.", 1, 1, 255),
                OptionSpec.Real(
                    "rate", "Probability that a record of a touched hospital is recorded so.", 1, 0, 1),
                OptionSpec.Real(
                    "hospitals-share", "Share of the hospitals whose records are changed, drawn at random.", .1, 1e-6,
                    1),
            ],
            [
                "The [hospitals-share·N] hospitals touched, rounded to the nearest whole number and at least one, are "
                + "drawn from the key. In each, a record of class k gets class (k + offset) mod K with probability "
                + "rate. An offset that is a multiple of K changes nothing and is an error.",
                "The label permutation of the clustered federated learning literature; also the label-flipping of a "
                + "hospital that means harm. Public set and test stay as recorded.",
            ],
            "Sattler, Müller and Samek 2021 (permuted labels); Kairouz, McMahan et al. 2021, section 3.1, concept shift"),
        options => new LabelFlipShift(options));

    private readonly int _offset;
    private readonly double _rate;
    private readonly Affected _affected;

    private LabelFlipShift(OptionValues options)
    {
        (_offset, _rate) = (options.Int32("offset"), options.Real("rate"));
        _affected = new Affected(options.Real("hospitals-share"), false);
    }

    public ShiftedRecords Apply(LabelledData records, ShiftContext context, RandomKey key)
    {
        if (_offset % records.ClassCount == 0)
            throw new OptionException(
                "offset", $"An offset of {_offset} changes nothing where there are {records.ClassCount} classes.");
        if (_affected.Strength(context, key) == 0 || _rate == 0) return new ShiftedRecords(records, 0, 0);
        var stream = key.Derive(context.Hospital).Open();
        var labels = ImmutableArray.CreateBuilder<int>(records.Count);
        var changed = 0;
        foreach (var label in records.Labels)
        {
            var isFlipped = stream.NextUnit() < _rate;
            labels.Add(isFlipped ? (label + _offset) % records.ClassCount : label);
            if (isFlipped) changed++;
        }
        return new ShiftedRecords(
            new LabelledData(records.Features, labels.MoveToImmutable(), records.ClassCount), 0, changed);
    }
}
