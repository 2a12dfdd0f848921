using System.Globalization;
using PateSim.Data.Fetching;

namespace PateSim.Cli.Progress;

/// <summary>Shows on stderr how far a download is: one line that is written over for a person, a line for each quarter
/// for everything else.</summary>
internal sealed class FetchDisplay : IProgress<FetchProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CliEnvironment _environment;
    private readonly bool _isLive;
    private readonly Lock _lock = new();
    private long _shown;
    private int _width;
    private (string File, long Step) _last = ("", -1);

    private FetchDisplay(CliEnvironment environment)
    {
        _environment = environment;
        _isLive = environment.ErrorIsTerminal && environment.WantsColour;
    }

    public static FetchDisplay Start(CliEnvironment environment) => new(environment);

    public void Report(FetchProgress value)
    {
        lock (_lock)
        {
            if (value.Event is { } text)
            {
                Clear();
                _environment.Error.WriteLine($"{value.File}: {text}");
            }
            else if (_isLive) ShowLive(value);
            else ShowLine(value);
        }
    }

    public void Dispose()
    {
        lock (_lock) Clear();
    }

    /// <summary>"adult.data.gz 400 kB of 3.8 MB, 10 %"</summary>
    internal static string Text(FetchProgress value) => value.Total is { } total and > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{value.File} {Size(value.Bytes)} of {Size(total)}, {100 * value.Bytes / total} %")
        : $"{value.File} {Size(value.Bytes)}";

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{(bytes + 999) / 1000} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private void ShowLive(FetchProgress value)
    {
        var isLast = value.Bytes == value.Total;
        if (!isLast && _width > 0 && _environment.Time.GetElapsedTime(_shown) < Interval) return;
        _shown = _environment.Time.GetTimestamp();
        var text = Text(value);
        _environment.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    private void ShowLine(FetchProgress value)
    {
        // Without a total there is no quarter: a line for each 10 MB.
        var step = value.Total is { } total and > 0 ? 4 * value.Bytes / total : value.Bytes / 10_000_000;
        if (_last == (value.File, step)) return;
        _last = (value.File, step);
        // The beginning is no news.
        if (step == 0) return;
        _environment.Error.WriteLine(Text(value));
    }

    private void Clear()
    {
        if (_width > 0) _environment.Error.Write($"\r{new string(' ', _width)}\r");
        _width = 0;
    }
}
