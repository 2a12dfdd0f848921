using CsCheck;

namespace PateSim.Core.Tests;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("learnign", "learning")]
    [InlineData("larning", "learning")]
    [InlineData("leearning", "learning")]
    [InlineData("lesrning", "learning")]
    [InlineData("LEARNING", "learning")]
    [InlineData("learning", "learning")]
    [InlineData("laerninh", "learning")]
    public void One_or_two_slips_lead_to_the_name(string written, string expected) =>
        Assert.Equal(expected, Suggestion.Nearest(written, ["epsilon", "hospitals", "learning"]));

    [Fact]
    public void A_swap_of_neighbours_counts_once()
    {
        // Three letters admit one edit; a swap counted as two replacements would be too far.
        Assert.Equal("abc", Suggestion.Nearest("acb", ["abc"]));
        Assert.Null(Suggestion.Nearest("cba", ["abc"]));
    }

    [Theory]
    [InlineData("abxxef", "abcdef")]
    [InlineData("abxxxf", null)]
    [InlineData("abcdefgh", "abcdef")]
    [InlineData("abcdefghij", null)]
    public void A_third_of_the_longer_name_may_differ(string written, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(written, ["abcdef"]));

    [Fact]
    public void Short_names_may_differ_in_one_character()
    {
        Assert.Equal("k", Suggestion.Nearest("kk", ["k"]));
        Assert.Null(Suggestion.Nearest("xyz", ["k"]));
    }

    [Fact]
    public void Nothing_is_suggested_where_nothing_is_near_or_known()
    {
        Assert.Null(Suggestion.Nearest("gaussian", ["hospitals", "seed"]));
        Assert.Null(Suggestion.Nearest("gaussian", []));
        Assert.Null(Suggestion.Nearest("", ["seed"]));
    }

    [Fact]
    public void The_nearest_wins_whatever_the_order() =>
        Assert.Equal("gaussian", Suggestion.Nearest("gausian", ["gaussians", "gaussian", "gauss"]));

    [Fact]
    public void Ties_go_to_the_first_in_ordinal_order()
    {
        Assert.Equal("rate-a", Suggestion.Nearest("rate-x", ["rate-c", "rate-b", "rate-a"]));
        Assert.Equal("Rate-b", Suggestion.Nearest("rate-x", ["rate-a", "Rate-b"]));
    }

    [Fact]
    public void A_known_name_is_always_its_own_suggestion() =>
        Gen.String[Gen.Char['a', 'z'], 1, 12].Array[1, 6].Sample(names =>
            Assert.All(names, name => Assert.Equal(name, Suggestion.Nearest(name, names))));

    [Fact]
    public void The_description_lists_the_known_names_in_order_and_asks()
    {
        Assert.Equal("Known: a-b, seed. Did you mean 'seed'?", Suggestion.Describe("sed", ["seed", "a-b"]));
        Assert.Equal("Known: a-b, seed.", Suggestion.Describe("hospital", ["seed", "a-b"]));
        Assert.Equal("Known: nothing may stand here.", Suggestion.Describe("hospital", []));
    }
}
