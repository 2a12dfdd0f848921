using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;

namespace PateSim.Privacy.Tests.Ledger;

/// <summary>What may be said of a run from its ledger alone.</summary>
public sealed class LedgerReportTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);
    private static readonly GaussianDpAccountant Exact = new();
    private static readonly NoisyArgmaxEvent Answer = new(NoiseLaw.Gaussian, 40, 3, 200);

    private static readonly ComposedEvent Pair =
        new([new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 120, 200), Answer]);

    private static LedgerRow Row(PrivacyEvent worst, ChargeOutcome outcome) =>
        new(1, "q", "m", worst, outcome, double.PositiveInfinity, double.PositiveInfinity);

    private static double Epsilon(params PrivacyEvent[] events) => Exact.Account(events, Target)[0].Epsilon;

    [Fact]
    public void Without_a_threshold_the_promise_is_the_reading_and_both_may_be_published()
    {
        LedgerRow[] rows = [Row(Answer, ChargeOutcome.Answered), Row(Answer, ChargeOutcome.Refused)];
        Assert.False(LedgerReport.MaySave(rows));
        Assert.False(LedgerReport.EndedByOutcomes(rows));
        var promised = Assert.Single(LedgerReport.Promised(Exact, rows, Target));
        Assert.Equal(Epsilon(Answer), promised.Epsilon);
        Assert.True(promised.Releasable);
        Assert.Equal(promised, Assert.Single(LedgerReport.Odometer(Exact, rows, Target)));
    }

    [Fact]
    public void With_a_threshold_the_promise_counts_every_query_in_full_and_the_reading_what_was_charged()
    {
        LedgerRow[] rows = [Row(Pair, ChargeOutcome.Answered), Row(Pair, ChargeOutcome.Abstained)];
        Assert.True(LedgerReport.MaySave(rows));
        Assert.False(LedgerReport.EndedByOutcomes(rows));
        var promised = Assert.Single(LedgerReport.Promised(Exact, rows, Target));
        Assert.Equal(Epsilon(Pair, Pair), promised.Epsilon);
        Assert.True(promised.Releasable);
        var reading = Assert.Single(LedgerReport.Odometer(Exact, rows, Target));
        Assert.Equal(Epsilon(Pair, Pair.Events[0]), reading.Epsilon);
        Assert.False(reading.Releasable);
        Assert.Contains("odometer", reading.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_ended_a_run_by_its_outcomes_leaves_nothing_to_publish()
    {
        LedgerRow[] rows =
            [Row(Pair, ChargeOutcome.Abstained), Row(Answer, ChargeOutcome.Answered), Row(Pair, ChargeOutcome.Refused)];
        Assert.True(LedgerReport.MaySave(rows));
        Assert.True(LedgerReport.EndedByOutcomes(rows));
        var promised = Assert.Single(LedgerReport.Promised(Exact, rows, Target));
        Assert.False(promised.Releasable);
        Assert.Equal(Epsilon(Pair, Answer), promised.Epsilon);
        // A refusal alone saves nothing.
        Assert.False(LedgerReport.MaySave([Row(Pair, ChargeOutcome.Refused)]));
    }

    [Fact]
    public void An_accountant_that_does_not_know_an_event_says_nothing()
    {
        LedgerRow[] rows = [Row(Pair, ChargeOutcome.Answered), Row(
            new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 200), ChargeOutcome.Answered)];
        Assert.Empty(LedgerReport.Promised(Exact, rows, Target));
        Assert.Empty(LedgerReport.Odometer(Exact, rows, Target));
        // Known as such, and not where a patient is seen in two hospitals.
        LedgerRow[] discrete = [Row(new NoisyArgmaxEvent(NoiseLaw.DiscreteGaussian, 40, 3, 200), ChargeOutcome.Answered)];
        var two = new AccountingTarget(1e-5, new Adjacency(AdjacencyKind.PatientReplaced, 2));
        Assert.NotEmpty(LedgerReport.Promised(new LossDistributionAccountant(), discrete, Target));
        Assert.Empty(LedgerReport.Promised(new LossDistributionAccountant(), discrete, two));
    }

    [Fact]
    public void Entries_that_hang_on_votes_are_left_out()
    {
        var votes = new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 200, PrivateVotes.From([150, 30, 20]));
        LedgerRow[] rows = [Row(votes, ChargeOutcome.Answered)];
        Assert.Equal(2, new MomentsAccountant().Account([votes], Target).Length);
        Assert.Equal(
            MomentsAccountant.DataIndependentMethod,
            Assert.Single(LedgerReport.Promised(new MomentsAccountant(), rows, Target)).Method);
    }
}
