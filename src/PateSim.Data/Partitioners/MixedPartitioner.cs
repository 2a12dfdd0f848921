using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Partitioners one after the other: each divides the parts that the one before made.</summary>
public sealed class MixedPartitioner : IPartitioner
{
    private const string Steps = "steps";

    private static readonly ImmutableArray<string> Names =
    [
        "continuous-feature", "dirichlet-label", "distribution-matrix", "explicit-sizes", "exponential-sizes",
        "grouped-natural", "iid", "inner-dirichlet", "linear-sizes", "natural", "pathological-k", "quantity-dirichlet",
        "quantity-lognormal", "shards", "square-sizes",
    ];

    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "mixed",
            "Composition: each partitioner divides further what the one before it made, as regions of unlike size into "
            + "hospitals of unlike case mix.",
            [
                OptionSpec.ChoiceList(
                    Steps, "The partitioners in order, each with the options of its own block beside this one; two or "
                    + "more, none of them twice.", ["quantity-lognormal", "dirichlet-label"], Names),
            ],
            [
                "Step 1 divides the private records into parts; step s divides each part of step s − 1; the parts of "
                + "the last step are the hospitals. With 'hospitals = G' in the first step and 'hospitals = N' in the "
                + "second there are G·N hospitals.",
                "quantity-lognormal or quantity-dirichlet before dirichlet-label gives skew of sizes and of labels "
                + "together; natural before any other divides real hospitals into wards. Label skew with noisy features "
                + "or labels is any partitioner together with data.shifts.",
                "Part p of a step draws from an address of its own, so that it does not depend on the other parts. "
                + "min-size counts in each part; patients are kept whole by every step. A hospital is called after its "
                + "part and its number within it, such as Cleveland-02.",
            ],
            "Li, Diao, Chen and He 2022, mixed types of skew")
        {
            PartsOption = Steps,
        },
        options => new MixedPartitioner(
            [.. options.TextList(Steps).Select(name => DataCatalogs.Partitioners[name].With())]))
    {
        Compose = (_, parts) => new MixedPartitioner(parts),
    };

    private readonly ImmutableArray<Chosen<IPartitioner>> _steps;

    private MixedPartitioner(ImmutableArray<Chosen<IPartitioner>> steps)
    {
        if (steps.Length < 2)
            throw new OptionException(
                Steps, "Two or more partitioners make a composition; for a single one write its name as kind.");
        var twice = steps.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new OptionException(
                Steps, $"'{twice.Key}' stands twice; both would have the options of one block.");
        _steps = steps;
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        ImmutableArray<HospitalRows> parts = [new HospitalRows("", privateRows)];
        for (var step = 0; step < _steps.Length; step++)
        {
            var divided = ImmutableArray.CreateBuilder<HospitalRows>();
            for (var p = 0; p < parts.Length; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                divided.AddRange(Divide(step, parts[p], table, key.Derive(step).Derive(p), cancellation));
            }
            parts = divided.ToImmutable();
        }
        return parts;
    }

    private IEnumerable<HospitalRows> Divide(
        int step, HospitalRows part, RawTable table, RandomKey key, CancellationToken cancellation)
    {
        ImmutableArray<HospitalRows> made;
        try
        {
            made = _steps[step].Instance.Partition(table, [.. part.Rows.Order()], key, cancellation);
        }
        catch (OptionException e)
        {
            var where = part.Name.Length == 0 ? "" : $", in the part '{part.Name}' of {part.Rows.Length} records";
            throw new OptionException(
                Steps, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Step {step + 1}, {_steps[step].Name}{where}: {e.Option}: {e.Message}"));
        }
        if (part.Name.Length == 0) return made;
        var digits = Math.Max(2, made.Length.ToString(CultureInfo.InvariantCulture).Length);
        return made.Select((m, i) => m with
        {
            Name = part.Name + "-" + (i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'),
        });
    }
}
