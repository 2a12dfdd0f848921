using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using PateSim.Core.Features;
using PateSim.Data;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Reporting.Figures;
using SkiaSharp;

namespace PateSim.Reporting.Tests.Figures;

public sealed partial class SplitDrawingTests
{
    /// <summary>Hospital j has j mod 7 + 3 records of class j mod c and one of each other class.</summary>
    private static FederatedData Data(int hospitals, int classes)
    {
        LabelledData Records(int j)
        {
            int[] labels = [.. Enumerable.Range(0, classes), .. Enumerable.Repeat(j % classes, j % 7 + 3)];
            return new LabelledData(new FeatureMatrix(labels.Length, 1, new float[labels.Length]), [.. labels], classes);
        }
        ImmutableArray<HospitalShard> shards =
            [.. Enumerable.Range(0, hospitals).Select(j => new HospitalShard(j, $"Haus Ärzte & <{j}>", Records(j)))];
        return new FederatedData(
            DataCatalogs.Datasets["adult"].With().Instance.Info,
            [.. Enumerable.Range(0, classes).Select(k => $"class-{k}")], ["x"], shards, Records(0), Records(1),
            new DisjointnessRecord(10, hospitals, 8, 1, 1, 0, 0, "digest"),
            new EncodingRecord(EncodingOptions.Default, 1, false, "", []));
    }

    private static string Svg(Figure figure) => Encoding.UTF8.GetString(figure.Svg.Content.Span);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(31, 12)]
    [InlineData(1000, 10)]
    public void Both_drawings_have_titles_axes_and_classes_in_both_forms(int hospitals, int classes)
    {
        var figures = SplitDrawing.Of(Data(hospitals, classes), "x", "example");
        Assert.Equal(["x-bars.svg", "x-heatmap.svg"], figures.Select(f => f.Svg.Name));
        foreach (var figure in figures)
        {
            var text = string.Concat(Letters().Matches(Svg(figure)).Select(m => m.Groups[1].Value));
            Assert.Contains("example", text, StringComparison.Ordinal);
            Assert.Contains("class-1", text, StringComparison.Ordinal);
            Assert.Contains("hospital", text, StringComparison.Ordinal);
            Assert.True(figure.Svg.Content.Length < 2_000_000, $"{figure.Svg.Content.Length} bytes");
            using var image = SKBitmap.Decode(figure.Png.Content.ToArray());
            Assert.Equal(2000, image.Width);
        }
    }

    /// <summary>On a machine without fonts a drawing library draws no letter, and says nothing.</summary>
    [Fact]
    public void Letters_are_really_drawn_with_the_typeface_that_is_carried_along()
    {
        var figure = SplitDrawing.Of(Data(4, 2), "x", "example")[0];
        Assert.Contains("DejaVu Sans", Svg(figure), StringComparison.Ordinal);
        using var image = SKBitmap.Decode(figure.Png.Content.ToArray());
        // The title is alone in the first rows.
        var ink = 0;
        for (var y = 0; y < 60; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (image.GetPixel(x, y).Red < 100) ink++;
            }
        }
        Assert.True(ink > 1000, $"{ink} dark pixels");
        foreach (var bold in new[] { false, true })
        {
            using var typeface = FigureFonts.Open(bold);
            Assert.Equal("DejaVu Sans", typeface.FamilyName);
            Assert.DoesNotContain((ushort)0, typeface.GetGlyphs("Größe Ł σ ε δ ≤ ∞ × – … 0123456789,.%"));
        }
    }

    [Fact]
    public void The_same_data_gives_the_same_bytes()
    {
        var (one, same) = (SplitDrawing.Of(Data(40, 3), "x", "t"), SplitDrawing.Of(Data(40, 3), "x", "t"));
        foreach (var (a, b) in one.Zip(same))
        {
            Assert.True(a.Svg.Content.Span.SequenceEqual(b.Svg.Content.Span));
            Assert.True(a.Png.Content.Span.SequenceEqual(b.Png.Content.Span));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(40)]
    public void Classes_have_distinct_colours(int classes) =>
        Assert.Equal(classes, Palette.Classes(classes).Select(c => c.ARGB).Distinct().Count());

    [GeneratedRegex("<text[^>]*>([^<]*)")]
    private static partial Regex Letters();
}
