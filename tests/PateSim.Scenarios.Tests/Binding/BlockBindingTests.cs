using PateSim.Core;

namespace PateSim.Scenarios.Tests.Binding;

/// <summary>Blocks under names of the user's own: the columns of a file.</summary>
public sealed class BlockBindingTests
{
    private const string Start = "name = x\ndata.dataset { kind = csv, csv { file = \"a.csv\", label = y\n";

    private static string Scenario(string columns) => Start + columns + " } }";

    [Fact]
    public void Names_may_hold_anything_and_resolve_to_the_same_bytes_when_read_again()
    {
        var loaded = ScenarioLoader.LoadText(Scenario(
            "columns { \"age, in years\" { minimum = 0, maximum = 120 }, sex { levels = [f, \"m=M|male\"] } }"));
        Assert.Contains("\"age, in years\": {", loaded.ResolvedJson, StringComparison.Ordinal);
        var again = ScenarioLoader.LoadText(loaded.ResolvedJson);
        Assert.Equal(loaded.ResolvedJson, again.ResolvedJson);
        Assert.NotEqual(
            loaded.Scenario.Digest, ScenarioLoader.LoadText(Scenario(
                "columns { \"age, in years\" { minimum = 0, maximum = 121 }, sex { levels = [f, \"m=M|male\"] } }"))
            .Scenario.Digest);
    }

    [Theory]
    [InlineData("columns { age { minmum = 0 } }", "(3,17)", "PS2001", "Did you mean 'minimum'?")]
    [InlineData("columns { age { minimum = low } }", "(3,27)", "PS2003", "is not a number")]
    [InlineData("columns { age = 1 }", "(3,17)", "PS2003", "where a block is due")]
    [InlineData("columns = age", "(3,11)", "PS2003", "where a block is due")]
    [InlineData("columns { age { type = numbr } }", "(3,24)", "PS2005", "Did you mean 'number'?")]
    [InlineData("columns { age { levels = a } }", "(3,26)", "PS2003", "where a list is due")]
    [InlineData("columns { age { minimum = 0 } }", "(3,9)", "PS2007", "The column 'age': a range has a minimum and a maximum")]
    public void What_is_wrong_is_reported_at_its_place(string columns, string place, string code, string message)
    {
        var problem = Assert.Throws<InvalidInputException>(() => ScenarioLoader.LoadText(Scenario(columns), "x.conf")).Problems[0];
        Assert.Equal(code, problem.Code);
        Assert.Equal("x.conf" + place, problem.Place);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
