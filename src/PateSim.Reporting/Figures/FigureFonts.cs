using ScottPlot;
using SkiaSharp;

namespace PateSim.Reporting.Figures;

/// <summary>The typeface of all figures, carried along: text is drawn, and drawn alike, on machines that have no fonts.
/// </summary>
internal sealed class FigureFonts : IFontResolver
{
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<bool> Registration = new(() =>
    {
        // The library's list of fonts is its own and of the process; the figures' typeface is asked first.
        Fonts.FontResolvers.Insert(0, new FigureFonts());
        return true;
    });

    private readonly SKTypeface _regular = Open(bold: false);
    private readonly SKTypeface _bold = Open(bold: true);

    private FigureFonts()
    {
    }

    /// <summary>Makes the typeface known to the drawing library, once.</summary>
    public static void Register() => _ = Registration.Value;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? bold ? _bold : _regular : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    /// <summary>The typeface as it lies in the assembly.</summary>
    internal static SKTypeface Open(bool bold)
    {
        var name = bold ? "DejaVuSans-Bold" : "DejaVuSans";
        using var stream = typeof(FigureFonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The typeface {name} is not in the assembly.");
        return SKTypeface.FromStream(stream)
            ?? throw new InvalidOperationException($"The typeface {name} cannot be read.");
    }
}
