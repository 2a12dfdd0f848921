using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.Tables;

namespace PateSim.Data.Shifts;

/// <summary>Applies shifts to the hospitals' records, and to nothing else.</summary>
internal static class ShiftApplication
{
    /// <param name="shards">Replaced in place by what the shifts make of them.</param>
    /// <param name="key">Each shift has the address of its name below it.</param>
    /// <exception cref="FederationException">A shift does not fit the data.</exception>
    public static ImmutableArray<ShiftRecord> Apply(
        ImmutableArray<Chosen<IShift>> shifts, HospitalShard[] shards, TableSchema schema, EncodingRecord encoding,
        RandomKey key)
    {
        if (shifts.IsEmpty) return [];
        var (numeric, indicators) = Features(schema, encoding);
        var records = ImmutableArray.CreateBuilder<ShiftRecord>(shifts.Length);
        foreach (var shift in shifts)
        {
            var (hospitals, values, labels) = (0, 0L, 0);
            for (var id = 0; id < shards.Length; id++)
            {
                var context = new ShiftContext(id, shards.Length, numeric, indicators);
                var shifted = Apply(shift, shards[id].Data, context, key.Derive(shift.Name));
                shards[id] = shards[id] with { Data = shifted.Data };
                values += shifted.ChangedValues;
                labels += shifted.ChangedLabels;
                if (shifted.ChangedValues + shifted.ChangedLabels > 0) hospitals++;
            }
            records.Add(new ShiftRecord(shift.Name, hospitals, values, labels));
        }
        return records.MoveToImmutable();
    }

    private static ShiftedRecords Apply(
        Chosen<IShift> shift, Core.Features.LabelledData data, ShiftContext context, RandomKey key)
    {
        try
        {
            return shift.Instance.Apply(data, context, key);
        }
        catch (OptionException e)
        {
            throw new FederationException(
                $"data.shifts.{shift.Name}.{e.Option}", FederationException.Shift, e.Message);
        }
    }

    // A numeric column is one feature, or two with the indicator of missing values behind it.
    private static (ImmutableArray<int> Numeric, ImmutableHashSet<int> Indicators) Features(
        TableSchema schema, EncodingRecord encoding)
    {
        var numeric = ImmutableArray.CreateBuilder<int>();
        var indicators = ImmutableHashSet.CreateBuilder<int>();
        for (var c = 0; c < encoding.Columns.Length; c++)
        {
            if (schema.Features[c] is not NumericColumn) continue;
            numeric.Add(encoding.Columns[c].FirstFeature);
            if (encoding.Columns[c].Features == 2) indicators.Add(encoding.Columns[c].FirstFeature + 1);
        }
        return (numeric.ToImmutable(), indicators.ToImmutable());
    }
}
