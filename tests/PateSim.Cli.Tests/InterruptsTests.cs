namespace PateSim.Cli.Tests;

public class InterruptsTests
{
    [Fact]
    public void The_first_signal_cancels_and_is_taken_the_second_is_left_to_the_system()
    {
        using var error = new StringWriter();
        using var interrupts = new Interrupts(error);
        Assert.False(interrupts.Token.IsCancellationRequested);

        Assert.True(interrupts.Receive());
        Assert.True(interrupts.Token.IsCancellationRequested);
        var told = error.ToString();
        Assert.StartsWith("Stopping; what is finished is kept.", told, StringComparison.Ordinal);

        Assert.False(interrupts.Receive());
        Assert.Equal(told, error.ToString());
    }
}
