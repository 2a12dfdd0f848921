using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Tests.Victims;

public sealed class VictimTests
{
    private static readonly Core.Features.LabelledData Pool = Small.Blobs(100, "pool");

    private static NoVictim Nobody => new(Pool.Labels, Small.Classes);

    [Fact]
    public void A_labeller_gives_the_true_labels_of_the_pool_rows_asked()
    {
        var oracle = Nobody.Open(Small.Account("thief", 10, Exposure.Label));
        var answers = oracle.Ask(Queries.FromPool(Pool.Features, [7, 3, 99]));
        Same.Sequence([Pool.Labels[7], Pool.Labels[3], Pool.Labels[99]], answers.Labels);
    }

    [Fact]
    public void Equal_records_with_different_labels_keep_their_own()
    {
        var twins = Small.Records([1, 1, 1, 1], [1, 1, 1, 1]);
        var oracle = new NoVictim([0, 2], 3).Open(Small.Account("thief", 10, Exposure.Label));
        Same.Sequence([2, 0], oracle.Ask(Queries.FromPool(twins, [1, 0])).Labels);
    }

    [Fact]
    public void A_labeller_has_no_probabilities_and_no_truth_for_made_up_records()
    {
        Same.Sequence([Exposure.Label], Nobody.Exposures);
        var refused = Assert.Throws<ArgumentException>(() => Nobody.Open(Small.Account("thief")));
        Assert.Contains("'probabilities'", refused.Message, StringComparison.Ordinal);
        var oracle = Nobody.Open(Small.Account("thief", 10, Exposure.Label));
        Assert.Throws<ArgumentException>(() => oracle.Ask(Queries.Synthetic(Pool.Features)));
    }

    [Fact]
    public void A_labeller_is_paid_for_no_more_than_the_budget()
    {
        var oracle = Nobody.Open(Small.Account("thief", 3, Exposure.Label));
        oracle.Ask(Queries.FromPool(Pool.Features, [1, 2]));
        var refused = Assert.Throws<QueryRefusedException>(() => oracle.Ask(Queries.FromPool(Pool.Features, [1, 2])));
        Assert.Equal(new BudgetExhausted(2, 1, 3), refused.Refusal);
    }

    [Fact]
    public void A_served_model_answers_through_its_gateway_and_counts_there()
    {
        var account = Small.Account("thief", 5);
        var service = new PredictionService(new Gateway(new PredictionPolicy([account]), CentroidModel.Default));
        var oracle = new GatewayOracle(VictimNames.Student, service, account);
        oracle.Ask(Queries.FromPool(Pool.Features, [0, 1, 2]));
        Assert.Equal(3, service.State.UsageOf("thief").Answered);
        var refused = Assert.Throws<QueryRefusedException>(
            () => oracle.Ask(Queries.FromPool(Pool.Features, [3, 4, 5])));
        Assert.Equal(new BudgetExhausted(3, 2, 5), refused.Refusal);
        Assert.Contains("'student'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_a_served_model_gives_what_its_gateway_would_answer()
    {
        var victim = new ServedModel(VictimNames.Pooled, CentroidModel.Default);
        var answers = victim.Open(Small.Account("thief", 100)).Ask(Queries.Synthetic(Pool.Features));
        Same.Sequence(answers.Labels, victim.Decide(Pool));
        Same.Sequence(Pool.Labels, Nobody.Decide(Pool));
    }
}
