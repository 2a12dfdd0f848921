using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Core.Tests.Components;

public sealed class OptionValuesTests
{
    private static readonly ImmutableArray<OptionSpec> Specs =
    [
        OptionSpec.Integer("trees", "", 100, 1, 10_000),
        OptionSpec.Real("noise-scale", "", 0.5, minimum: 0, exclusive: true),
        OptionSpec.Flag("balanced", "", true),
        OptionSpec.Text("note", "", null),
        OptionSpec.Choice("metric", "", "l2", "l1", "l2"),
        OptionSpec.IntegerList("layers", "", [32, 16], minimum: 1),
        OptionSpec.RealList("orders", "", [2, 4.5]),
        OptionSpec.ChoiceList("accountants", "", ["renyi"], "renyi", "moments"),
    ];

    [Fact]
    public void Defaults_stand_where_nothing_is_written()
    {
        var values = OptionValues.From(Specs);
        Assert.Equal((100L, 100, 0.5, true, "l2"), (
            values.Integer("trees"), values.Int32("trees"), values.Real("noise-scale"), values.Flag("balanced"),
            values.Text("metric")));
        Assert.Equal([32L, 16], values.IntegerList("layers").AsEnumerable());
        Assert.Equal([2, 4.5], values.RealList("orders").AsEnumerable());
        Assert.Equal(["renyi"], values.TextList("accountants").AsEnumerable());
    }

    [Fact]
    public void An_option_without_default_stays_unset_until_it_is_written()
    {
        Assert.False(OptionValues.From(Specs).Has("note"));
        Assert.Throws<KeyNotFoundException>(() => OptionValues.From(Specs).Text("note"));
        Assert.Equal("x", From(("note", "x")).Text("note"));
    }

    [Fact]
    public void Written_values_replace_defaults_and_a_written_null_unsets_them()
    {
        var values = From(("trees", 7L), ("balanced", null!), ("layers", ImmutableArray<long>.Empty));
        Assert.Equal(7, values.Int32("trees"));
        Assert.False(values.Has("balanced"));
        Assert.Empty(values.IntegerList("layers"));
    }

    [Fact]
    public void All_lists_what_is_set_in_ordinal_order() => Assert.Equal(
        ["accountants", "balanced", "layers", "metric", "noise-scale", "orders", "trees"],
        OptionValues.From(Specs).All.Keys);

    public static TheoryData<string, object, string> Refused => new()
    {
        { "trees", 0L, "The option 'trees': 0 is out of range; it is a whole number from 1 to 10000." },
        { "noise-scale", 0.0, "The option 'noise-scale': 0 is out of range; it is a number above 0." },
        { "metric", "l3", "The option 'metric': 'l3' is unknown. Known: l1, l2. Did you mean 'l1'?" },
        { "layers", ImmutableArray.Create(4L, 0), "The option 'layers': 0 is out of range" },
        { "tree", 5L, "The option 'tree' is unknown. Known: accountants, balanced," },
        { "tree", 5L, "Did you mean 'trees'?" },
        { "trees", 5, "The option 'trees' is a whole number from 1 to 10000 (Integer); a Int32 was given." },
        { "noise-scale", 1L, "The option 'noise-scale' is a number above 0 (Real); a Int64 was given." },
        { "note", 'x', "The option 'note' is text (Text); a Char was given." },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_value_that_cannot_be_used_is_refused_with_what_is_right(string name, object value, string saying)
    {
        var error = Assert.Throws<ArgumentException>(() => From((name, value)));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_option_must_be_written_whatever_default_it_had()
    {
        ImmutableArray<OptionSpec> specs = [OptionSpec.Integer("trees", "", 100).AsRequired()];
        var error = Assert.Throws<ArgumentException>(() => OptionValues.From(specs));
        Assert.Contains("The option 'trees' must be set.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OptionValues.From(specs, Written(("trees", null!))));
        Assert.Equal(3, OptionValues.From(specs, Written(("trees", 3L))).Int32("trees"));
    }

    [Fact]
    public void A_default_out_of_its_own_range_is_found() =>
        Assert.Throws<ArgumentException>(() => OptionValues.From([OptionSpec.Integer("trees", "", 0, minimum: 1)]));

    [Fact]
    public void An_option_declared_twice_is_refused_also_with_the_same_default()
    {
        var error = Assert.Throws<ArgumentException>(() => OptionValues.From(
            [OptionSpec.Integer("trees", "", 1), OptionSpec.Integer("trees", "again", 1)]));
        Assert.Contains("'trees' is declared twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_number_beyond_32_bits_is_not_cut_off() =>
        Assert.Throws<OverflowException>(() =>
            OptionValues.From([OptionSpec.Integer("seed", "", 1L << 40)]).Int32("seed"));

    [Fact]
    public void The_exception_of_options_that_do_not_fit_names_the_option() =>
        Assert.Equal(("trees", "Too many."), (new OptionException("trees", "Too many.").Option,
            new OptionException("trees", "Too many.").Message));

    private static OptionValues From(params (string Name, object Value)[] written) =>
        OptionValues.From(Specs, Written(written));

    private static Dictionary<string, object> Written(params (string Name, object Value)[] written) =>
        written.ToDictionary(w => w.Name, w => w.Value);
}
