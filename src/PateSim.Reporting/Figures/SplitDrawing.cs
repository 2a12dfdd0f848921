using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Federation;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace PateSim.Reporting.Figures;

/// <summary>Who holds how many records of which class, as two drawings: stacked bars of numbers, a map of shares.
/// </summary>
/// <remarks>Up to <see cref="NamedHospitals"/> hospitals stand in their order with their names. More are put in an order
/// that shows a shape, which the axis names: by size, or by their most frequent class.</remarks>
public static class SplitDrawing
{
    /// <summary>More hospitals than this cannot be named below an axis.</summary>
    public const int NamedHospitals = 30;

    private const int Width = 1000, Height = 520;
    private const int LabelledCells = 80;
    private const int MostTicks = 8;
    private const int PlainClasses = 2;
    private const double Gap = .15;

    /// <param name="name">File name without ending.</param>
    /// <param name="title">Such as the scenario's name.</param>
    public static ImmutableArray<Figure> Of(FederatedData data, string name, string title)
    {
        List<Held> hospitals =
        [
            .. data.Hospitals.Select(h => new Held(
                h.Name, Heterogeneity.ClassCounts(h.Data.Labels, data.ClassNames.Length))),
        ];
        return [Bars(hospitals, data.ClassNames, name, title), Map(hospitals, data.ClassNames, name, title)];
    }

    private static Figure Bars(List<Held> hospitals, ImmutableArray<string> classes, string name, string title)
    {
        var isNamed = hospitals.Count <= NamedHospitals;
        // Thin bars of many classes are noise, unless those of one class stand together.
        var isGrouped = !isNamed && classes.Length > PlainClasses;
        var ordered = isNamed ? hospitals
            : isGrouped ? [.. hospitals.OrderBy(h => h.Leading).ThenByDescending(h => h.Size)]
            : [.. hospitals.OrderByDescending(h => h.Size)];
        var plot = Figure.Empty(
            $"{title}: private records by hospital and class",
            Across(
                hospitals.Count,
                isGrouped ? "by their most frequent class, which is drawn at the bottom; then largest first"
                    : "largest first"),
            "records");
        var colours = Palette.Classes(classes.Length);
        var bottom = new double[ordered.Count];
        if (isGrouped)
        {
            for (var k = 0; k < classes.Length; k++) Layer(k, h => h.Leading == k);
        }
        for (var k = 0; k < classes.Length; k++) Layer(k, h => !isGrouped || h.Leading != k);
        plot.Axes.SetLimits(-.5 - Gap, ordered.Count - .5 + Gap, 0, 1.05 * bottom.Max());
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Left.TickGenerator = Ticks(
            [0, .. Steps((int)(1.05 * bottom.Max()), MostTicks).Select(v => (double)v)], "N0");
        NameHospitals(plot, ordered);
        Legend(plot, classes, colours);
        return Figure.Of(name + "-bars", plot, (Width, Height));

        void Layer(int k, Func<Held, bool> isDrawn)
        {
            double[] top = [.. ordered.Select((h, j) => bottom[j] + (isDrawn(h) ? h.Counts[k] : 0))];
            if (isNamed) AddBars(plot, bottom, top, colours[k]);
            else AddSteps(plot, bottom, top, colours[k]);
            bottom = top;
        }
    }

    private static void AddBars(Plot plot, double[] bottom, double[] top, Color colour)
    {
        for (var j = 0; j < top.Length; j++)
        {
            if (top[j] == bottom[j]) continue;
            plot.Add.Bar(new Bar
            {
                Position = j,
                ValueBase = bottom[j],
                Value = top[j],
                FillColor = colour,
                LineWidth = 0,
                Size = 1 - Gap,
            });
        }
    }

    // One outline for each run of hospitals with the class: as many rectangles would make a large file with seams.
    private static void AddSteps(Plot plot, double[] bottom, double[] top, Color colour)
    {
        for (var start = 0; start < top.Length; start++)
        {
            if (top[start] == bottom[start]) continue;
            var end = start;
            while (end < top.Length && top[end] > bottom[end]) end++;
            var outline = new List<Coordinates>(4 * (end - start));
            for (var j = start; j < end; j++)
            {
                outline.Add(new Coordinates(j - .5, top[j]));
                outline.Add(new Coordinates(j + .5, top[j]));
            }
            for (var j = end - 1; j >= start; j--)
            {
                outline.Add(new Coordinates(j + .5, bottom[j]));
                outline.Add(new Coordinates(j - .5, bottom[j]));
            }
            var area = plot.Add.Polygon([.. outline]);
            area.FillColor = colour;
            area.LineWidth = 0;
            start = end;
        }
    }

    private static Figure Map(List<Held> hospitals, ImmutableArray<string> classes, string name, string title)
    {
        var isNamed = hospitals.Count <= NamedHospitals;
        var ordered = isNamed
            ? hospitals
            : [.. hospitals.OrderBy(h => h.Leading).ThenByDescending(h => h.Share(h.Leading))];
        var plot = Figure.Empty(
            $"{title}: share of each class in each hospital", Across(hospitals.Count, "by their most frequent class"),
            "class");
        // The first class stands on top, as in a table.
        var shares = new double[classes.Length, ordered.Count];
        for (var k = 0; k < classes.Length; k++)
        {
            for (var j = 0; j < ordered.Count; j++) shares[k, j] = ordered[j].Share(k);
        }
        var map = plot.Add.Heatmap(shares);
        map.Colormap = Palette.Shares;
        map.ManualRange = new ScottPlot.Range(0, 1);
        map.CellAlignment = Alignment.MiddleCenter;
        var bar = plot.Add.ColorBar(map);
        bar.Label = "share of the hospital's records";
        bar.LabelStyle.FontName = FigureFonts.Family;
        bar.LabelStyle.FontSize = 13;
        bar.Axis.TickLabelStyle.FontName = FigureFonts.Family;
        bar.Axis.TickLabelStyle.FontSize = 11;
        bar.Axis.TickGenerator = Ticks([0, .25, .5, .75, 1], "0.##");
        plot.Axes.SetLimits(-.5, ordered.Count - .5, -.5, classes.Length - .5);
        plot.HideGrid();
        if (ordered.Count * classes.Length <= LabelledCells) LabelCells(plot, shares);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, classes.Length).Select(k => (double)(classes.Length - 1 - k))],
            [.. classes.Select(c => Short(c, 28))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        NameHospitals(plot, ordered);
        return Figure.Of(name + "-heatmap", plot, (Width, Math.Clamp(180 + 34 * classes.Length, 320, 900)));
    }

    private static void LabelCells(Plot plot, double[,] shares)
    {
        for (var k = 0; k < shares.GetLength(0); k++)
        {
            for (var j = 0; j < shares.GetLength(1); j++)
            {
                var text = plot.Add.Text(
                    shares[k, j].ToString("0.00", CultureInfo.InvariantCulture), j, shares.GetLength(0) - 1 - k);
                text.LabelFontName = FigureFonts.Family;
                text.LabelFontSize = 11;
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontColor = Palette.On(Palette.Shares.GetColor(shares[k, j]));
            }
        }
    }

    private static string Across(int hospitals, string order) => hospitals <= NamedHospitals
        ? "hospital"
        : string.Create(CultureInfo.InvariantCulture, $"{hospitals:N0} hospitals, {order}");

    private static void NameHospitals(Plot plot, List<Held> hospitals)
    {
        var axis = plot.Axes.Bottom;
        axis.MajorTickStyle.Length = 0;
        if (hospitals.Count > NamedHospitals)
        {
            // Ranks: the hospitals' own numbers would be in no order.
            axis.MajorTickStyle.Length = 4;
            List<int> ranks = [1, .. Steps(hospitals.Count, 10)];
            axis.TickGenerator = new NumericManual(
                [.. ranks.Select(r => r - 1.0)],
                [.. ranks.Select(r => r.ToString("N0", CultureInfo.InvariantCulture))]);
            return;
        }
        axis.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, hospitals.Count).Select(j => (double)j)], [.. hospitals.Select(h => Short(h.Name, 24))]);
        if (hospitals.Max(h => Short(h.Name, 24).Length) * hospitals.Count <= 100) return;
        axis.TickLabelStyle.Rotation = -60;
        axis.TickLabelStyle.Alignment = Alignment.MiddleRight;
        axis.TickLabelStyle.OffsetY = 6;
        axis.MinimumSize = 20 + 6 * hospitals.Max(h => Short(h.Name, 24).Length);
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten up to a number, at most so many.</summary>
    private static IEnumerable<int> Steps(int largest, int most)
    {
        var step = Enumerable.Range(0, 10).SelectMany(e => new[] { 1L, 2L, 5L }.Select(m => m * (long)Math.Pow(10, e)))
            .First(s => largest / s <= most);
        for (var value = step; value <= largest; value += step) yield return (int)value;
    }

    private static NumericManual Ticks(double[] values, string format) =>
        new(values, [.. values.Select(v => v.ToString(format, CultureInfo.InvariantCulture))]);

    private static void Legend(Plot plot, ImmutableArray<string> classes, Color[] colours)
    {
        plot.ShowLegend(Edge.Right);
        plot.Legend.ManualItems.AddRange(
            // From the top down, as the bars are stacked.
            classes.Select((c, k) => new LegendItem { LabelText = Short(c, 28), FillColor = colours[k], LineWidth = 0 })
                .Reverse());
        plot.Legend.FontName = FigureFonts.Family;
        plot.Legend.FontSize = 12;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>A hospital's records per class.</summary>
    private sealed record Held(string Name, ImmutableArray<int> Counts)
    {
        public int Size { get; } = Counts.Sum();

        public int Leading { get; } = Counts.IndexOf(Counts.Max());

        public double Share(int k) => (double)Counts[k] / Size;
    }
}
