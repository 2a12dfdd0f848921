using System.Collections.Immutable;

namespace PateSim.Data.Tables;

/// <summary>What is never divided: all records of a patient, or a single record where the dataset does not say whose it
/// is. Splits and partitioners share out units, not rows.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class PatientUnits
{
    private readonly int[] _rows;
    private readonly int[] _starts;

    private PatientUnits(int[] rows, int[] starts, int[] labels, int classes, string noun) =>
        (_rows, _starts, Labels, Classes, Noun) = (rows, starts, [.. labels], classes, noun);

    public int Count => _starts.Length - 1;

    public int Classes { get; }

    /// <summary>The class of each unit: that of most of its records, the first of equals.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>How messages name units in the plural.</summary>
    public string Noun { get; }

    /// <summary>The units of some rows, in the order of their first rows.</summary>
    public static PatientUnits Of(RawTable table, IReadOnlyList<int> rows)
    {
        var unitOf = new int[rows.Count];
        var units = rows.Count;
        if (!table.HasPatients)
        {
            for (var i = 0; i < unitOf.Length; i++) unitOf[i] = i;
        }
        else
        {
            var met = new Dictionary<int, int>();
            for (var i = 0; i < unitOf.Length; i++)
            {
                var patient = table.Patients[rows[i]];
                if (!met.TryGetValue(patient, out unitOf[i])) met.Add(patient, unitOf[i] = met.Count);
            }
            units = met.Count;
        }
        var starts = new int[units + 1];
        foreach (var unit in unitOf) starts[unit + 1]++;
        for (var unit = 0; unit < units; unit++) starts[unit + 1] += starts[unit];
        var next = starts.AsSpan(0, units).ToArray();
        var grouped = new int[rows.Count];
        for (var i = 0; i < unitOf.Length; i++) grouped[next[unitOf[i]]++] = rows[i];
        var classes = table.ClassNames.Length;
        var labels = new int[units];
        var counts = new int[classes];
        for (var unit = 0; unit < units; unit++)
        {
            Array.Clear(counts);
            foreach (var row in grouped.AsSpan(starts[unit]..starts[unit + 1])) counts[table.Labels[row]]++;
            labels[unit] = Array.IndexOf(counts, counts.Max());
        }
        return new PatientUnits(
            grouped, starts, labels, classes, table.HasPatients ? "private patients" : "private records");
    }

    /// <summary>The rows of one unit.</summary>
    public ReadOnlySpan<int> Rows(int unit) => _rows.AsSpan(_starts[unit].._starts[unit + 1]);

    /// <summary>The rows of several units, in the order given.</summary>
    public ImmutableArray<int> Rows(ReadOnlySpan<int> units)
    {
        var rows = ImmutableArray.CreateBuilder<int>(units.Length);
        foreach (var unit in units) rows.AddRange(Rows(unit));
        return rows.ToImmutable();
    }

    /// <summary>The units of each class in a random order, for class k drawn at its own address.</summary>
    public int[][] ShuffledByClass(Core.Randomness.RandomKey key)
    {
        var byClass = new List<int>[Classes];
        for (var k = 0; k < Classes; k++) byClass[k] = [];
        for (var unit = 0; unit < Count; unit++) byClass[Labels[unit]].Add(unit);
        var shuffled = new int[Classes][];
        for (var k = 0; k < Classes; k++)
        {
            shuffled[k] = [.. byClass[k]];
            key.Derive(k).Open().Shuffle(shuffled[k].AsSpan());
        }
        return shuffled;
    }
}
