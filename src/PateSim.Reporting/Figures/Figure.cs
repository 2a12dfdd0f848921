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
        var svg = Stretched().Replace(plot.GetSvgXml(size.Width, size.Height), "<image style=\"image-rendering:pixelated\" ");
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

    // Cells of a map are not to be blurred into each other.
    [GeneratedRegex("<image ")]
    private static partial Regex Stretched();
}
