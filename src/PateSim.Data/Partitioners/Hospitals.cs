using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>What partitioners have in common: naming, cutting, and the refusals.</summary>
internal static class Hospitals
{
    public const string PatientsNote =
        "Where the dataset says whose record each is, patients are shared out in place of records: sizes count "
        + "patients, and a patient's class is that of most of their records, the first of equals.";

    /// <summary>The option that all partitioners which make their own hospitals share.</summary>
    public static OptionSpec CountOption { get; } = OptionSpec.Integer(
        "hospitals", "Number of hospitals N, each with one teacher.", 100, 1, 1_000_000);

    public static OptionSpec MinSizeOption { get; } = OptionSpec.Integer(
        "min-size", "Fewest records (patients, where they are known) that each hospital must have.", 1, 1, 1e9);

    public static OptionSpec AttemptsOption { get; } = OptionSpec.Integer(
        "attempts", "How often shares are drawn anew before min-size is given up with an error.", 100, 1, 1_000_000);

    /// <summary>⌊(j+1)n/N⌋ − ⌊jn/N⌋ for each j: sizes that differ by at most one.</summary>
    public static int[] EvenSizes(int count, int hospitals)
    {
        var sizes = new int[hospitals];
        for (var j = 0L; j < hospitals; j++)
            sizes[j] = (int)((j + 1) * count / hospitals - j * count / hospitals);
        return sizes;
    }

    /// <exception cref="OptionException">There are more hospitals than units.</exception>
    public static void RequireOneEach(int hospitals, PatientUnits units)
    {
        if (hospitals > units.Count)
            throw new OptionException(
                "hospitals", $"{hospitals} hospitals cannot share {units.Count} {units.Noun}: each needs at least "
                + "one.");
    }

    /// <exception cref="OptionException">A hospital is smaller than asked for.</exception>
    public static void RequireSize(IReadOnlyList<int> sizes, long minSize, PatientUnits units)
    {
        var least = Enumerable.Range(0, sizes.Count).MinBy(j => sizes[j]);
        if (sizes[least] < minSize)
            throw new OptionException(
                "min-size",
                $"The hospital '{Name(least, sizes.Count)}' would have {sizes[least]} of {units.Count} {units.Noun}; "
                + $"at least {minSize} are asked for. {(minSize > 1 ? "Lower min-size or" : "Lower")} the number of "
                + "hospitals.");
    }

    /// <summary>What helps where hospitals get too few records; every hospital needs one, so that 1 cannot be
    /// lowered.</summary>
    public static string Lower(long minSize) =>
        minSize > 1 ? "lower min-size or the number of hospitals" : "lower the number of hospitals";

    /// <summary>The error after the last attempt.</summary>
    public static OptionException GiveUp(
        long minSize, int attempts, int best, PatientUnits units, string remedy) => new(
        "min-size", string.Create(
            CultureInfo.InvariantCulture,
            $"In {attempts} attempts no draw gave every hospital {minSize} of {units.Count} {units.Noun}; the best "
            + $"left the smallest with {best}. {remedy}"));

    /// <summary>Cuts an order of units into consecutive parts.</summary>
    /// <param name="sizes">Each ≥ 1, of sum <paramref name="order"/>'s length.</param>
    public static ImmutableArray<HospitalRows> Cut(
        PatientUnits units, int[] order, IReadOnlyList<int> sizes, CancellationToken cancellation)
    {
        var hospitals = ImmutableArray.CreateBuilder<HospitalRows>(sizes.Count);
        var start = 0;
        for (var j = 0; j < sizes.Count; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            hospitals.Add(new HospitalRows(Name(j, sizes.Count), units.Rows(order.AsSpan(start, sizes[j]))));
            start += sizes[j];
        }
        return hospitals.MoveToImmutable();
    }

    /// <summary>The hospitals of given rows.</summary>
    public static ImmutableArray<HospitalRows> Named(IReadOnlyList<ImmutableArray<int>> rows) =>
        [.. rows.Select((r, j) => new HospitalRows(Name(j, rows.Count), r))];

    /// <summary>The same from the units of each hospital.</summary>
    public static ImmutableArray<HospitalRows> From(
        PatientUnits units, IReadOnlyList<List<int>> held, CancellationToken cancellation) => Cut(
            units, [.. held.SelectMany(h => h)], [.. held.Select(h => h.Count)], cancellation);

    private static string Name(int index, int hospitals)
    {
        var digits = Math.Max(3, hospitals.ToString(CultureInfo.InvariantCulture).Length);
        return "hospital-" + (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }
}
