using PateSim.Reporting.Folders;

namespace PateSim.Cli;

/// <summary>Everything that a command gets from outside, so that tests can stand in for it.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and messages.</param>
/// <param name="OutIsTerminal">Whether a person reads <paramref name="Out"/> directly.</param>
/// <param name="ErrorIsTerminal">Whether a person reads <paramref name="Error"/> directly.</param>
/// <param name="Width">Columns of the terminal; results never use more than 100.</param>
/// <param name="Variable">An environment variable by name, null when it is unset.</param>
public sealed record CliEnvironment(
    TextWriter Out,
    TextWriter Error,
    bool OutIsTerminal,
    bool ErrorIsTerminal,
    int Width,
    Func<string, string?> Variable,
    TimeProvider Time,
    IFolderAccess Folders)
{
    private const int DefaultWidth = 100;

    /// <summary>See https://no-color.org: any value but an empty one switches colour off.</summary>
    public bool WantsColour => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    public bool IsDebugging => Variable("PATESIM_DEBUG") == "1";

    /// <summary>This process.</summary>
    public static CliEnvironment FromProcess() => new(
        Console.Out,
        MessageWriter.ForProcess(),
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected,
        WindowWidth(),
        Environment.GetEnvironmentVariable,
        TimeProvider.System,
        DiskFolderAccess.Instance);

    private static int WindowWidth()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0
                ? DefaultWidth
                : Math.Min(DefaultWidth, Console.WindowWidth);
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return DefaultWidth;
        }
    }
}
