using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PateSim.Reporting.Files;
using ScottPlot;

namespace PateSim.Reporting.Figures;

/// <summary>A drawing in both of its forms.</summary>
/// <param name="Svg">For papers and pages: sharp at any size.</param>
/// <param name="Png">For slides and mails: twice as many pixels as the SVG has units.</param>
public sealed partial record Figure(RunFile Svg, RunFile Png)
{
    private const int PixelsPerUnit = 2;

    /// <param name="name">File name without extension.</param>
    /// <param name="size">Width and height in units of 1/96 inch.</param>
    internal static Figure Of(string name, Plot plot, (int Width, int Height) size)
    {
        var svg = Plain(plot.GetSvgXml(size.Width, size.Height));
        plot.ScaleFactor = PixelsPerUnit;
        var png = plot.GetImage(PixelsPerUnit * size.Width, PixelsPerUnit * size.Height).GetImageBytes(ImageFormat.Png);
        return new Figure(new RunFile(name + ".svg", Encoding.UTF8.GetBytes(svg)), new RunFile(name + ".png", png));
    }

    /// <summary>An empty plot in the common style.</summary>
    internal static Plot Empty(string title, string across, string up)
    {
        FigureFonts.Register();
        var plot = new Plot();
        plot.Font.Set(FigureFonts.Family);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Palette.Ink);
        plot.Grid.MajorLineColor = Palette.Grid;
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontSize = 15;
        plot.Axes.Bottom.Label.Text = across;
        plot.Axes.Left.Label.Text = up;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.FontSize = 13;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 11;
        }
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        return plot;
    }

    /// <summary>The same drawing in bytes that do not depend on what was drawn before, with typefaces to fall back on, and
    /// cells that are not blurred into each other.</summary>
    private static string Plain(string svg)
    {
        // The drawing library numbers clips and images through the whole process.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Identifier().Matches(svg))
            names.TryAdd(match.Groups[2].Value, "i" + names.Count.ToString(CultureInfo.InvariantCulture));
        svg = Reference().Replace(
            svg, match => match.Groups[1].Value + names.GetValueOrDefault(match.Groups[2].Value, match.Groups[2].Value));
        return svg.Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal)
            .Replace(
                $"font-family=\"{FigureFonts.Family}\"", $"font-family=\"{FigureFonts.Family}, Verdana, sans-serif\"",
                StringComparison.Ordinal);
    }

    [GeneratedRegex("(id=\")([^\"]+)")]
    private static partial Regex Identifier();

    [GeneratedRegex("(id=\"|url\\(#|href=\"#)([^\")]+)")]
    private static partial Regex Reference();
}
