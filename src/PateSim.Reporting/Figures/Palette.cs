using ScottPlot;
using ScottPlot.Colormaps;

namespace PateSim.Reporting.Figures;

/// <summary>Colours that people with colour-blindness can tell apart.</summary>
internal static class Palette
{
    /// <summary>Okabe and Ito 2008, without black and with the yellow last, which is faint on white.</summary>
    private static readonly string[] OkabeIto =
        ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"];

    /// <summary>Tol 2021, the muted scheme.</summary>
    private static readonly string[] Muted =
    [
        "#332288", "#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77", "#CC6677", "#882255", "#AA4499", "#BBBBBB",
    ];

    public static Color Ink { get; } = Color.FromHex("#222222");

    public static Color Grid { get; } = Color.FromHex("#DDDDDD");

    /// <summary>Shares from 0 to 1; lightness grows with the share, also in print without colour.</summary>
    public static IColormap Shares { get; } = new Viridis();

    /// <summary>So many colours: from a list while there are enough, then evenly along viridis.</summary>
    public static Color[] Classes(int count)
    {
        if (count <= OkabeIto.Length) return [.. OkabeIto.Take(count).Select(Color.FromHex)];
        if (count <= Muted.Length) return [.. Muted.Take(count).Select(Color.FromHex)];
        return [.. Enumerable.Range(0, count).Select(k => Shares.GetColor(k / (count - 1.0)))];
    }

    /// <summary>Black or white, whichever is read better on a colour.</summary>
    public static Color On(Color background) =>
        .299 * background.R + .587 * background.G + .114 * background.B > 140 ? Ink : Colors.White;
}
