using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Reading;

namespace PateSim.Data.Inspection;

/// <summary>Looks through an IDX file: one array, or one number for each record.</summary>
internal static class IdxInspector
{
    public static FileReport Inspect(string path, DataFile file, CancellationToken cancellation)
    {
        using var reader = new IdxReader(file);
        var block = new float[4096];
        var (low, high, whole) = (float.PositiveInfinity, float.NegativeInfinity, true);
        var counts = new SortedDictionary<float, long>();
        var isFlat = reader.Dimensions.Length == 1;
        for (var met = 0L; met < reader.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = block.AsSpan(0, (int)Math.Min(block.Length, reader.Count - met));
            reader.Read(part);
            met += part.Length;
            foreach (var value in part)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
                whole &= value == MathF.Floor(value);
                if (isFlat && counts.Count <= ColumnProfile.MostLevels)
                    counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }
        reader.End();
        var isFew = isFlat && whole && counts.Count <= ColumnProfile.MostLevels;
        var column = new ColumnReport(
            isFlat ? "labels" : "values", CellKind.Number, reader.Count, 0, isFew ? counts.Count : null, low, high, whole,
            isFew ? [.. counts.Select(c => (c.Key.ToString(CultureInfo.InvariantCulture), c.Value))] : [],
            isFlat ? "one number for each record: labels, hospitals or patients" : "")
        {
            Role = isFlat ? ColumnRole.Label : ColumnRole.Feature,
        };
        return new FileReport(
            path, FileKind.Idx, file.Packing, "", false, reader.Dimensions[0], [column], [], [], [], [],
            isFlat ? "" : Beside(path))
        {
            Dimensions = reader.Dimensions,
        };
    }

    // train-images-idx3-ubyte has its labels in train-labels-idx1-ubyte.
    private static string Beside(string path)
    {
        var name = Path.GetFileName(path);
        ImmutableArray<string> candidates =
        [
            name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal),
            name.Replace("images", "labels", StringComparison.Ordinal),
        ];
        return candidates.Where(c => c != name).Select(c => Path.Combine(Path.GetDirectoryName(path) ?? "", c))
            .FirstOrDefault(File.Exists) ?? "";
    }
}
