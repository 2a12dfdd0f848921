using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

public sealed class GatewayRefusalTests
{
    private static readonly FeatureMatrix Two = Small.Records([1, 2, 3, 4], [5, 6, 7, 8]);

    private static readonly Gateway Gateway =
        new(new PredictionPolicy([Small.Account("a", budget: 1), Small.Account("b")]), CentroidModel.Default);

    private static GatewayDecision Decide(PredictionRequest request) => Gateway.Decide(Gateway.Start(), request);

    private static Refusal RefusalOf(PredictionRequest request)
    {
        var decision = Decide(request);
        Assert.Equal(0, decision.Log.Cost);
        Assert.Equal(0, decision.State.DistinctInputs);
        return Assert.IsType<PredictionsRefused>(decision.Reply).Refusal;
    }

    [Fact]
    public void An_unknown_client_a_wrong_secret_and_no_secret_are_refused_alike()
    {
        var refusals = new[]
        {
            RefusalOf(PredictionRequest.For("nobody", Small.Secret("nobody"), Two)),
            RefusalOf(PredictionRequest.For("b", Small.Secret("a"), Two)),
            RefusalOf(new PredictionRequest("b", null, 2, 4, Two.Memory)),
        };
        Assert.All(refusals, refusal => Assert.Equal(new Unauthenticated(), refusal));
    }

    [Fact]
    public void Requests_of_unknown_clients_are_counted_without_remembering_their_names()
    {
        var state = Gateway.Start();
        for (var i = 0; i < 5; i++)
            state = Gateway.Decide(state, PredictionRequest.For($"invented {i}", Small.Secret("x"), Two)).State;
        Assert.Equal(5, state.UnauthenticatedRequests);
        Assert.Empty(state.Usage);
    }

    [Fact]
    public void Records_of_another_width_are_refused_with_both_widths() =>
        Assert.Equal(new WrongFeatureCount(4, 2), RefusalOf(Small.Ask("b", Small.Records([1, 2], [3, 4]))));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void An_incomplete_record_refuses_the_batch_and_is_named(float value)
    {
        float[] values = [1, 2, 3, 4, 5, 6, value, 8];
        var refusal = RefusalOf(new PredictionRequest("b", Small.Secret("b"), 2, 4, values));
        Assert.Equal(new IncompleteRecord(1, 2, value), refusal);
        Assert.Contains("record 1, column 2", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(-1, 4, 4)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 4, 7)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    public void A_batch_whose_values_do_not_fill_it_is_refused(int rows, int columns, int values) =>
        Assert.Equal(
            new MalformedBatch(rows, columns, values),
            RefusalOf(new PredictionRequest("b", Small.Secret("b"), rows, columns, new float[values])));

    [Fact]
    public void The_first_failing_check_is_the_reason()
    {
        // All four wrong at once, then each put right in turn.
        float[] bad = [float.NaN, 2, 3, 4, 5, 6];
        Assert.IsType<Unauthenticated>(RefusalOf(new PredictionRequest("a", Small.Secret("b"), 2, 3, bad)));
        Assert.IsType<WrongFeatureCount>(RefusalOf(new PredictionRequest("a", Small.Secret("a"), 2, 3, bad)));
        bad = [float.NaN, 2, 3, 4, 5, 6, 7, 8];
        Assert.IsType<IncompleteRecord>(RefusalOf(new PredictionRequest("a", Small.Secret("a"), 2, 4, bad)));
        bad[0] = 1;
        Assert.IsType<BudgetExhausted>(RefusalOf(new PredictionRequest("a", Small.Secret("a"), 2, 4, bad)));
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own_and_a_sentence()
    {
        Refusal[] all =
        [
            new Unauthenticated(), new MalformedBatch(1, 2, 3), new WrongFeatureCount(4, 5),
            new IncompleteRecord(1, 2, float.NaN), new BudgetExhausted(5, 4, 10),
            new GroupBudgetExhausted("g", 5, 4, 10),
        ];
        Assert.Equal(all.Length, all.Select(refusal => refusal.Code).Distinct().Count());
        Assert.All(all, refusal => Assert.EndsWith(".", refusal.Reason, StringComparison.Ordinal));
    }
}
