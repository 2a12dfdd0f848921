using System.Collections.Immutable;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>Grey images as records: one numeric feature for each pixel, row by row.</summary>
internal static class ImageSchema
{
    public static TableSchema Of(int height, int width, string label, string meaning, ImmutableArray<Level> classes) =>
        new([.. Pixels(height, width), new LabelColumn(label, meaning, classes)]);

    private static IEnumerable<Column> Pixels(int height, int width)
    {
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
                yield return new NumericColumn(
                    $"pixel-{row}-{column}", $"brightness in row {row}, column {column}, from the top left",
                    "of full brightness", 0, 1);
        }
    }
}
