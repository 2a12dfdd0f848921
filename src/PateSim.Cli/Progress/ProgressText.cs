using System.Globalization;
using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Progress;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    /// <summary>Below this share an estimate of the rest would be a guess.</summary>
    private const double EnoughToEstimate = 0.02;

    /// <summary>"teachers 120/250, 34 %, about 12 s left"</summary>
    public static string Of(RunProgress progress, TimeSpan elapsed)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Phase} {progress.Done}/{progress.Total}, {Math.Floor(100 * progress.Fraction):F0} %");
        return Remaining(progress.Fraction, elapsed) is { } rest ? $"{text}, about {Duration(rest)} left" : text;
    }

    /// <summary>elapsed · (1 − f)/f; null when too little is done to tell, or all of it is.</summary>
    public static TimeSpan? Remaining(double fraction, TimeSpan elapsed) =>
        fraction is >= EnoughToEstimate and < 1 ? elapsed * ((1 - fraction) / fraction) : null;

    /// <summary>"9 s", "3 min 20 s", "2 h 05 min"</summary>
    public static string Duration(TimeSpan span)
    {
        var seconds = (long)Math.Ceiling(span.TotalSeconds);
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60:00} min"),
        };
    }
}
