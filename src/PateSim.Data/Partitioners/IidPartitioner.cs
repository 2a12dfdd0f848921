using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Hospitals alike: a random order cut into parts of equal size.</summary>
public sealed class IidPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "iid",
            "Hospitals alike: private records in random order, cut into parts whose sizes differ by at most one.",
            [OptionSpec.Integer("hospitals", "Number of hospitals N, each with one teacher.", 100, 1, 1_000_000)],
            [
                "A uniformly random order of the n private records is drawn from the key; hospital j of N gets "
                + "positions ⌊jn/N⌋ to ⌊(j+1)n/N⌋ − 1. No hospital may be empty: N ≤ n.",
            ],
            "Papernot, Abadi, Erlingsson, Goodfellow and Talwar 2017, section 2"),
        options => new IidPartitioner(options.Int32("hospitals")));

    private readonly int _hospitals;

    private IidPartitioner(int hospitals) => _hospitals = hospitals;

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        if (_hospitals > privateRows.Length)
            throw new OptionException(
                "hospitals", $"{_hospitals} hospitals cannot share {privateRows.Length} private records: each needs at "
                + "least one.");
        var order = privateRows.ToArray();
        key.Open().Shuffle(order.AsSpan());
        var digits = Math.Max(3, _hospitals.ToString(CultureInfo.InvariantCulture).Length);
        var hospitals = ImmutableArray.CreateBuilder<HospitalRows>(_hospitals);
        for (var j = 0L; j < _hospitals; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = (int)(j * order.Length / _hospitals);
            var end = (int)((j + 1) * order.Length / _hospitals);
            var number = (j + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            hospitals.Add(new HospitalRows($"hospital-{number}", ImmutableArray.Create(order, start, end - start)));
        }
        return hospitals.MoveToImmutable();
    }
}
