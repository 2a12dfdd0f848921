using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

public sealed class PolicyTests
{
    private static string MessageOf(Action build) => Assert.Throws<ArgumentException>(build).Message;

    [Fact]
    public void Client_ids_are_distinct() =>
        Assert.Contains(
            "'a' stands twice", MessageOf(() => _ = new PredictionPolicy([Small.Account("a"), Small.Account("a")])),
            StringComparison.Ordinal);

    [Fact]
    public void A_policy_without_clients_or_with_a_nameless_one_is_refused()
    {
        Assert.Contains("at least one", MessageOf(() => _ = new PredictionPolicy([])), StringComparison.Ordinal);
        Assert.Contains(
            "no id", MessageOf(() => _ = new PredictionPolicy([Small.Account("")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Budgets_are_not_negative()
    {
        Assert.Contains(
            "-1", MessageOf(() => _ = new PredictionPolicy([Small.Account("a", -1)])), StringComparison.Ordinal);
        var budgets = new Dictionary<string, long> { ["g"] = -2 };
        Assert.Contains(
            "-2", MessageOf(() => _ = new PredictionPolicy([Small.Account("a", group: "g")], groupBudgets: budgets)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_accounts_and_of_budgets_are_the_same()
    {
        Assert.Contains(
            "'g' has no budget", MessageOf(() => _ = new PredictionPolicy([Small.Account("a", group: "g")])),
            StringComparison.Ordinal);
        var budgets = new Dictionary<string, long> { ["h"] = 2 };
        Assert.Contains(
            "'h' has a budget and no client",
            MessageOf(() => _ = new PredictionPolicy([Small.Account("a")], groupBudgets: budgets)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_is_equal_only_to_that_of_the_same_secret_and_never_printed()
    {
        Assert.Equal(Credential.Of("s"), Credential.Of("s"));
        Assert.NotEqual(Credential.Of("s"), Credential.Of("t"));
        var request = PredictionRequest.For("a", Credential.Of("s3cret"), Small.Records([1]));
        Assert.DoesNotContain("s3cret", request.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Credential.Of(""));
    }

    [Fact]
    public void Exposures_are_found_by_name_and_an_unknown_one_suggests_the_nearest()
    {
        foreach (var level in Exposure.All) Assert.Same(level, Exposure.FromName(level.Name));
        Assert.Contains(
            "Did you mean 'probabilities'", MessageOf(() => Exposure.FromName("probabilites")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_a_record_is_SHA_256_of_its_little_endian_features()
    {
        byte[] bytes = [0, 0, 128, 63, 0, 0, 0, 0];
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.Equal(expected, InputHash.Of([1f, -0f]).ToString());
    }
}
