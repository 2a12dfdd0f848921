using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Data.Shifts;

/// <summary>What a shift knows of a hospital beside its records.</summary>
/// <param name="Hospital">j = 0, …, N−1.</param>
/// <param name="Hospitals">N.</param>
/// <param name="NumericFeatures">Indices of the features that are measured quantities, ascending: neither levels of
/// categories nor indicators of missing values.</param>
/// <param name="Indicators">Indices of the features that are 1 where the quantity before them is missing.</param>
public readonly record struct ShiftContext(
    int Hospital, int Hospitals, ImmutableArray<int> NumericFeatures, ImmutableHashSet<int> Indicators);

/// <summary>Records after a shift.</summary>
/// <param name="ChangedValues">How many feature values differ from before.</param>
/// <param name="ChangedLabels">How many labels do.</param>
public readonly record struct ShiftedRecords(LabelledData Data, long ChangedValues, int ChangedLabels);

/// <summary>
/// How a hospital's records differ from what another hospital would have recorded of the same patients: its devices,
/// its coding. The component kind <c>shift</c>.
/// </summary>
/// <remarks>A shift sees one hospital's encoded records at a time, after the split and the partition, so that it can
/// move no record and reach neither the public set nor the test.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public interface IShift
{
    /// <summary>As many records as before, in their order.</summary>
    /// <param name="key">Address of the randomness of the federation for this shift; a hospital's own is below its
    /// index.</param>
    ShiftedRecords Apply(LabelledData records, ShiftContext context, RandomKey key);
}

/// <summary>What a shift did to the federation.</summary>
/// <param name="Hospitals">In how many hospitals something changed.</param>
public sealed record ShiftRecord(string Name, int Hospitals, long ChangedValues, int ChangedLabels);
