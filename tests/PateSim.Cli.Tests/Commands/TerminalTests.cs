using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

public class TerminalTests
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task A_terminal_gets_bold_titles_and_a_live_bar()
    {
        using var cli = new CliRun { OutIsTerminal = true, ErrorIsTerminal = true };
        var result = await cli.RunTinyAsync();
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains(Escape, result.Out);
        Assert.Contains(Escape, result.Error);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task No_colour_is_written_where_none_is_wanted(string variable, string value)
    {
        using var cli = new CliRun { OutIsTerminal = true, ErrorIsTerminal = true };
        cli.Variables[variable] = value;
        var result = await cli.RunTinyAsync();
        Assert.DoesNotContain(Escape, result.Out);
        Assert.DoesNotContain(Escape, result.Error);
        Assert.Contains("teachers ", result.Error, StringComparison.Ordinal);
    }
}
