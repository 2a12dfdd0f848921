using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

public sealed class GatewayTests
{
    private static readonly FeatureMatrix Pool = Small.Blobs(200, "pool").Features;

    private static FeatureMatrix Rows(int from, int count) => Pool.Select([.. Enumerable.Range(from, count)]);

    private static Gateway Serve(params ClientAccount[] accounts) =>
        new(new PredictionPolicy(accounts), CentroidModel.Default);

    private static Refusal RefusalOf(GatewayDecision decision) =>
        Assert.IsType<PredictionsRefused>(decision.Reply).Refusal;

    private static PredictionsMade MadeBy(GatewayDecision decision) => Assert.IsType<PredictionsMade>(decision.Reply);

    [Fact]
    public void Answers_are_the_model_s_own_record_by_record_in_order()
    {
        var gateway = Serve(Small.Account("a"));
        var answers = MadeBy(gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 50)))).Answers;
        var expected = new float[50 * Small.Classes];
        CentroidModel.Default.Probabilities(Rows(0, 50), expected);
        Assert.Equal(expected, answers.Probabilities.ToArray());
        var labels = new int[50];
        CentroidModel.Default.Predict(Rows(0, 50), labels);
        Same.Sequence(labels, answers.Labels);
    }

    [Fact]
    public void A_batch_of_n_costs_n_and_query_B_plus_1_is_refused()
    {
        var gateway = Serve(Small.Account("a", budget: 10));
        var first = gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 7)));
        Assert.Equal(3, MadeBy(first).RemainingBudget);
        Assert.Equal(7, first.Log.Cost);
        var second = gateway.Decide(first.State, Small.Ask("a", Rows(7, 3)));
        Assert.Equal(0, MadeBy(second).RemainingBudget);
        var third = gateway.Decide(second.State, Small.Ask("a", Rows(10, 1)));
        Assert.Equal(new BudgetExhausted(1, 0, 10), RefusalOf(third));
        Assert.Equal(10, third.State.UsageOf("a").Answered);
        Assert.Equal(1, third.State.UsageOf("a").RefusedRequests);
    }

    [Fact]
    public void A_batch_larger_than_the_rest_of_the_budget_is_refused_whole_and_charges_nothing()
    {
        var gateway = Serve(Small.Account("a", budget: 10));
        var spent = gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 6)));
        var refused = gateway.Decide(spent.State, Small.Ask("a", Rows(6, 5)));
        Assert.Equal(new BudgetExhausted(5, 4, 10), RefusalOf(refused));
        Assert.Equal(0, refused.Log.Cost);
        Assert.Empty(refused.Log.Inputs);
        Assert.Equal(6, refused.State.DistinctInputs);
        Assert.Equal(0, MadeBy(gateway.Decide(refused.State, Small.Ask("a", Rows(6, 4)))).RemainingBudget);
    }

    [Fact]
    public void A_repeated_record_is_charged_again_and_answered_from_memory()
    {
        var model = new CentroidModel([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]);
        var gateway = new Gateway(new PredictionPolicy([Small.Account("a", 20), Small.Account("b", 20)]), model);
        var once = gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 5)));
        var twice = gateway.Decide(once.State, Small.Ask("a", Pool.Select([4, 3, 2, 1, 0, 0, 9])));
        Assert.Equal(8, MadeBy(twice).RemainingBudget);
        var other = gateway.Decide(twice.State, Small.Ask("b", Rows(0, 5)));
        Assert.Equal(6, model.Asked);
        Assert.Equal(6, other.State.DistinctInputs);
        Same.Sequence(MadeBy(once).Answers.Labels, MadeBy(other).Answers.Labels);
        Same.Sequence(MadeBy(once).Answers.Labels.Reverse(), MadeBy(twice).Answers.Labels[..5]);
    }

    [Fact]
    public void Without_memory_every_record_goes_to_the_model()
    {
        var model = new CentroidModel([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]);
        var gateway = new Gateway(new PredictionPolicy([Small.Account("a")], memoiseAnswers: false), model);
        var decision = gateway.Decide(gateway.Start(), Small.Ask("a", Pool.Select([0, 0, 1])));
        decision = gateway.Decide(decision.State, Small.Ask("a", Pool.Select([0, 0, 1])));
        Assert.Equal(6, model.Asked);
        Assert.Equal(0, decision.State.DistinctInputs);
        Assert.Equal(6, decision.State.UsageOf("a").Answered);
        var remembered = Serve(Small.Account("a"));
        Assert.Equal(
            MadeBy(remembered.Decide(remembered.Start(), Small.Ask("a", Pool.Select([0, 0, 1]))))
                .Answers.Probabilities.ToArray(),
            MadeBy(decision).Answers.Probabilities.ToArray());
    }

    [Fact]
    public void Asking_a_noisy_model_again_gains_nothing_with_memory_and_helps_without()
    {
        // Each call to this model gives the next class in turn: noise that a majority over repeats would average away.
        var call = 0;
        var noisy = new FunctionModel(1, 2, _ => call++ % 2 == 0 ? [1, 0] : [0, 1]);
        var repeats = Small.Records([3], [3], [3], [3], [3]);
        var remembering = new Gateway(new PredictionPolicy([Small.Account("a")]), noisy);
        Assert.Single(
            MadeBy(remembering.Decide(remembering.Start(), Small.Ask("a", repeats))).Answers.Labels.Distinct());
        var forgetful = new Gateway(new PredictionPolicy([Small.Account("a")], memoiseAnswers: false), noisy);
        Assert.Equal(
            2, MadeBy(forgetful.Decide(forgetful.Start(), Small.Ask("a", repeats))).Answers.Labels.Distinct().Count());
    }

    [Fact]
    public void Negative_zero_is_the_same_record_as_zero()
    {
        // 1/x tells the two zeros apart; no client may.
        var spy = new FunctionModel(1, 2, record => 1 / record[0] > 0 ? [1, 0] : [0, 1]);
        var gateway = new Gateway(new PredictionPolicy([Small.Account("a")]), spy);
        var decision = gateway.Decide(gateway.Start(), Small.Ask("a", Small.Records([-0f], [0f])));
        Same.Sequence([0, 0], MadeBy(decision).Answers.Labels);
        Assert.Equal(1, decision.State.DistinctInputs);
        Assert.Equal(decision.Log.Inputs[0], decision.Log.Inputs[1]);
    }

    [Fact]
    public void The_exposure_filter_of_a_batch_equals_that_of_each_row()
    {
        // A known library marks the winning column of any row in every row of the batch, and tests only single rows.
        foreach (var exposure in Exposure.All)
        {
            var gateway = Serve(Small.Account("a", exposure: exposure));
            var batch = MadeBy(gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 40)))).Answers;
            Assert.Equal(Small.Classes, batch.Labels.Distinct().Count());
            for (var i = 0; i < 40; i++)
            {
                var single = MadeBy(gateway.Decide(gateway.Start(), Small.Ask("a", Rows(i, 1)))).Answers;
                Assert.Equal(single.Labels[0], batch.Labels[i]);
                if (exposure.RevealsProbabilities)
                    Assert.Equal(
                        single.Probabilities.ToArray(), batch.Probabilities.Slice(3 * i, 3).ToArray());
            }
        }
    }

    [Fact]
    public void A_label_client_sees_no_probabilities_though_another_client_of_the_same_service_does()
    {
        var gateway = Serve(Small.Account("a", exposure: Exposure.Label), Small.Account("b"));
        var label = gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 9)));
        var full = gateway.Decide(label.State, Small.Ask("b", Rows(0, 9)));
        Assert.True(MadeBy(label).Answers.Probabilities.IsEmpty);
        Assert.Equal(27, MadeBy(full).Answers.Probabilities.Length);
        Same.Sequence(MadeBy(label).Answers.Labels, MadeBy(full).Answers.Labels);
        Assert.Equal(9, full.State.DistinctInputs);
    }

    [Fact]
    public void Ties_go_to_the_lowest_class()
    {
        var gateway = new Gateway(
            new PredictionPolicy([Small.Account("a")]), new FunctionModel(1, 3, _ => [0.2f, 0.4f, 0.4f]));
        Same.Sequence([1], MadeBy(gateway.Decide(gateway.Start(), Small.Ask("a", Small.Records([1])))).Answers.Labels);
    }

    [Fact]
    public void Members_of_a_group_share_its_budget_and_each_keeps_its_own()
    {
        var gateway = new Gateway(
            new PredictionPolicy(
                [Small.Account("a", 8, group: "g"), Small.Account("b", 8, group: "g"), Small.Account("c", 8)],
                groupBudgets: new Dictionary<string, long> { ["g"] = 10 }),
            CentroidModel.Default);
        var decision = gateway.Decide(gateway.Start(), Small.Ask("a", Rows(0, 7)));
        Assert.Equal(1, MadeBy(decision).RemainingBudget);
        decision = gateway.Decide(decision.State, Small.Ask("b", Rows(0, 4)));
        Assert.Equal(new GroupBudgetExhausted("g", 4, 3, 10), RefusalOf(decision));
        decision = gateway.Decide(decision.State, Small.Ask("b", Rows(0, 3)));
        Assert.Equal(0, MadeBy(decision).RemainingBudget);
        decision = gateway.Decide(decision.State, Small.Ask("a", Rows(0, 1)));
        Assert.Equal(new GroupBudgetExhausted("g", 1, 0, 10), RefusalOf(decision));
        decision = gateway.Decide(decision.State, Small.Ask("c", Rows(0, 8)));
        Assert.Equal(0, MadeBy(decision).RemainingBudget);
        Assert.Equal(10, decision.State.GroupAnswered["g"]);
    }

    [Fact]
    public void The_log_names_client_number_hash_answer_and_cost_of_every_record()
    {
        var gateway = Serve(Small.Account("a"), Small.Account("b"));
        var decision = gateway.Decide(gateway.Start(), Small.Ask("b", Rows(50, 5)));
        decision = gateway.Decide(decision.State, Small.Ask("a", Rows(0, 2)));
        decision = gateway.Decide(decision.State, Small.Ask("a", Rows(2, 3)));
        Assert.Equal(3, decision.Log.Inputs.Length);
        var labels = MadeBy(decision).Answers.Labels;
        for (var i = 0; i < 3; i++)
            Assert.Equal(
                new QueryLogLine("a", 2 + i, InputHash.Of(Pool.Row(2 + i)), labels[i], 1), decision.Log.Line(i));
    }

    [Fact]
    public void A_model_that_gives_no_probabilities_answers_nobody_and_the_state_stays_good()
    {
        var broken = true;
        var model = new FunctionModel(1, 2, _ => broken ? [float.NaN, 1] : [0.25f, 0.75f]);
        var gateway = new Gateway(new PredictionPolicy([Small.Account("a", 3)]), model);
        var start = gateway.Start();
        Assert.Throws<InvalidOperationException>(() => gateway.Decide(start, Small.Ask("a", Small.Records([1], [2]))));
        broken = false;
        var decision = gateway.Decide(start, Small.Ask("a", Small.Records([2], [1], [3])));
        Same.Sequence([1, 1, 1], MadeBy(decision).Answers.Labels);
        Assert.Equal(3, decision.State.DistinctInputs);
    }
}
