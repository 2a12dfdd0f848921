using Spectre.Console;

namespace PateSim.Cli.Rendering;

/// <summary>Spectre consoles over the environment's writers, with nothing detected behind our back.</summary>
internal static class Consoles
{
    public static IAnsiConsole For(TextWriter writer, bool isTerminal, CliEnvironment environment)
    {
        var wantsColour = isTerminal && environment.WantsColour;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = wantsColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = wantsColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = wantsColour ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = environment.Width;
        console.Profile.Capabilities.Unicode = false;
        return console;
    }
}
