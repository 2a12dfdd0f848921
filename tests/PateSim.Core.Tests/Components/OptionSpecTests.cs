using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Core.Tests.Components;

public sealed class OptionSpecTests
{
    public static TheoryData<OptionSpec, string> Ranges => new()
    {
        { OptionSpec.Integer("k", "", 1), "a whole number" },
        { OptionSpec.Integer("k", "", 1, minimum: 1), "a whole number, at least 1" },
        { OptionSpec.Integer("k", "", 1, maximum: 9), "a whole number, at most 9" },
        { OptionSpec.Integer("k", "", 1, 1, 9), "a whole number from 1 to 9" },
        { OptionSpec.Real("e", "", 1), "a number" },
        { OptionSpec.Real("e", "", 1, minimum: 0, exclusive: true), "a number above 0" },
        { OptionSpec.Real("e", "", 1, maximum: 1, exclusive: true), "a number below 1" },
        { OptionSpec.Real("e", "", .5, 0, 1, exclusive: true), "a number between 0 and 1, ends excluded" },
        { OptionSpec.Real("e", "", .5, 0.25, 1), "a number from 0.25 to 1" },
        { OptionSpec.Flag("f", "", true), "true or false" },
        { OptionSpec.Text("t", "", null), "text" },
        { OptionSpec.Choice("c", "", "a", "a", "b"), "one of a, b" },
        { OptionSpec.IntegerList("l", "", [1], minimum: 1), "a list of whole numbers, at least 1" },
        { OptionSpec.RealList("l", "", [], 0, 1, exclusive: true), "a list of numbers between 0 and 1, ends excluded" },
        { OptionSpec.ChoiceList("l", "", [], "a", "b"), "a list of a, b" },
    };

    [Theory]
    [MemberData(nameof(Ranges), DisableDiscoveryEnumeration = true)]
    public void The_range_is_described_in_words(OptionSpec spec, string expected) =>
        Assert.Equal(expected, spec.DescribeRange());

    [Theory]
    [InlineData(1L, null)]
    [InlineData(9L, null)]
    [InlineData(0L, "0 is out of range")]
    [InlineData(10L, "10 is out of range")]
    [InlineData(9007199254740993L, "9007199254740993 is out of range")]
    public void Whole_numbers_include_their_ends_and_are_shown_as_written(long value, string? reason) =>
        Assert.Equal(reason, OptionSpec.Integer("k", "", 1, 1, 9).Reject(value));

    [Theory]
    [InlineData(0.0, false, null)]
    [InlineData(1.0, false, null)]
    [InlineData(-0.125, false, "-0.125 is out of range")]
    [InlineData(1.0000000000000002, false, "1.0000000000000002 is out of range")]
    [InlineData(0.0, true, "0 is out of range")]
    [InlineData(1.0, true, "1 is out of range")]
    [InlineData(double.Epsilon, true, null)]
    [InlineData(0.9999999999999999, true, null)]
    [InlineData(double.NaN, false, "NaN is not a finite number")]
    [InlineData(double.PositiveInfinity, true, "Infinity is not a finite number")]
    public void Numbers_include_their_ends_unless_these_are_excluded(double value, bool exclusive, string? reason) =>
        Assert.Equal(reason, OptionSpec.Real("e", "", .5, 0, 1, exclusive).Reject(value));

    [Fact]
    public void A_number_without_range_must_still_be_finite() =>
        Assert.Equal("-Infinity is not a finite number", OptionSpec.Real("e", "", 1).Reject(double.NegativeInfinity));

    [Theory]
    [InlineData("iid", null)]
    [InlineData("idi", "'idi' is unknown. Known: dirichlet, iid. Did you mean 'iid'?")]
    [InlineData("IID", "'IID' is unknown. Known: dirichlet, iid. Did you mean 'iid'?")]
    [InlineData("quantity", "'quantity' is unknown. Known: dirichlet, iid.")]
    public void An_unknown_choice_is_refused_with_the_nearest(string value, string? reason) =>
        Assert.Equal(reason, OptionSpec.Choice("c", "", "iid", "iid", "dirichlet").Reject(value));

    [Fact]
    public void Text_may_be_anything() => Assert.Null(OptionSpec.Text("t", "", null).Reject("anything, also ''"));

    [Fact]
    public void Every_item_of_a_list_is_checked()
    {
        var integers = OptionSpec.IntegerList("l", "", [], 1, 9);
        Assert.Null(integers.Reject(ImmutableArray.Create(1L, 9)));
        Assert.Null(integers.Reject(ImmutableArray<long>.Empty));
        Assert.Equal("12 is out of range", integers.Reject(ImmutableArray.Create(3L, 12, 0)));
        var reals = OptionSpec.RealList("l", "", [], minimum: 0, exclusive: true);
        Assert.Null(reals.Reject(ImmutableArray.Create(0.1, 1e9)));
        Assert.Equal("0 is out of range", reals.Reject(ImmutableArray.Create(0.1, 0)));
        Assert.Equal("NaN is not a finite number", reals.Reject(ImmutableArray.Create(0.1, double.NaN)));
        var choices = OptionSpec.ChoiceList("l", "", [], "renyi", "moments");
        Assert.Null(choices.Reject(ImmutableArray.Create("moments", "renyi")));
        Assert.Equal(
            "'reny' is unknown. Known: moments, renyi. Did you mean 'renyi'?",
            choices.Reject(ImmutableArray.Create("moments", "reny")));
    }

    [Fact]
    public void Each_type_holds_its_own_clr_type_alone()
    {
        (OptionSpec Spec, object Value)[] pairs =
        [
            (OptionSpec.Integer("o", "", 1), 2L),
            (OptionSpec.Real("o", "", 1), 2.5),
            (OptionSpec.Flag("o", "", true), false),
            (OptionSpec.Text("o", "", null), "a"),
            (OptionSpec.IntegerList("o", "", []), ImmutableArray.Create(2L)),
            (OptionSpec.RealList("o", "", []), ImmutableArray.Create(2.5)),
            (OptionSpec.ChoiceList("o", "", [], "a"), ImmutableArray.Create("a")),
        ];
        foreach (var (spec, _) in pairs)
        {
            foreach (var (other, value) in pairs) Assert.Equal(spec == other, spec.Holds(value));
            Assert.False(spec.Holds(2));
            Assert.False(spec.Holds(2f));
            Assert.False(spec.Holds(default(ImmutableArray<long>)));
            Assert.False(spec.Holds(default(ImmutableArray<double>)));
            Assert.False(spec.Holds(default(ImmutableArray<string>)));
        }
        Assert.True(OptionSpec.Choice("o", "", "a", "a").Holds("a"));
    }

    [Fact]
    public void A_required_option_loses_its_default_and_keeps_the_rest()
    {
        var required = OptionSpec.Integer("k", "How many.", 5, 1, 9).AsRequired();
        Assert.True(required.Required);
        Assert.Null(required.Default);
        Assert.Equal(("k", "How many."), (required.Name, required.Summary));
        Assert.Equal((1.0, 9.0), (required.Minimum, required.Maximum));
    }
}
