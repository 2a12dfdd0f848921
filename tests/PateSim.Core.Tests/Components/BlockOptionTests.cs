using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Core.Tests.Components;

public sealed class BlockOptionTests
{
    private static readonly OptionSpec Columns = OptionSpec.Blocks(
        "columns", "What columns hold.", OptionSpec.Real("minimum", "The least.", null),
        OptionSpec.TextList("levels", "The levels.", []));

    [Fact]
    public void Blocks_have_names_of_the_users_own_and_the_options_of_the_spec()
    {
        Assert.Empty(OptionValues.From([Columns]).Blocks("columns"));
        var age = OptionValues.From(Columns.Inner, new Dictionary<string, object> { ["minimum"] = 1.5 });
        var values = OptionValues.From([Columns], new Dictionary<string, object>
        {
            ["columns"] = ImmutableSortedDictionary<string, OptionValues>.Empty.Add("age, years", age),
        });
        Assert.Equal(1.5, values.Blocks("columns")["age, years"].Real("minimum"));
        Assert.Contains("minimum, levels", Columns.DescribeRange(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_texts_takes_any_text_and_no_other_type()
    {
        var spec = OptionSpec.TextList("levels", "The levels.", null);
        Assert.False(OptionValues.From([spec]).Has("levels"));
        var written = new Dictionary<string, object> { ["levels"] = ImmutableArray.Create("", "a, b") };
        Assert.Equal(["", "a, b"], OptionValues.From([spec], written).TextList("levels").ToArray());
        Assert.Throws<ArgumentException>(
            () => OptionValues.From([spec], new Dictionary<string, object> { ["levels"] = "a" }));
    }
}
