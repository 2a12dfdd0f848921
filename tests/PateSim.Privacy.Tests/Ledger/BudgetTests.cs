using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Ledger;

public sealed class BudgetTests
{
    private static readonly Adjacency Patient = Adjacency.PatientReplaced;

    private static (LedgerState State, int Answered) Spend(
        BudgetFilter budget, IAggregationMechanism mechanism, int queries)
    {
        var (state, answered) = (LedgerState.Start(budget), 0);
        for (var i = 0; i < queries; i++)
        {
            (state, var outcome) = LedgerSession.Ask(
                state, LedgerRequest.For("q" + i, mechanism, 3, 100), new TransientJournal(),
                () => (VoteAnswer.Of(0), mechanism.Event([90, 5, 5], VoteAnswer.Of(0))));
            answered += outcome.Answer is null ? 0 : 1;
        }
        return (state, answered);
    }

    [Fact]
    public void A_gaussian_budget_buys_exactly_the_answers_of_the_closed_form()
    {
        var (state, answered) =
            Spend(new GaussianBudget(1, 1e-5, Patient), new NoisyArgmax(40, NoiseLaw.Gaussian), 100);
        var mu = GaussianDp.Mu(1, 1e-5);
        Assert.Equal((int)Math.Floor(mu * mu * 800), answered);
        Assert.InRange(GaussianDp.Epsilon(state.Budget.Spent, 1e-5), 0.9, 1);
        Assert.Equal(double.PositiveInfinity, state.SpentBasicEpsilon);
    }

    [Fact]
    public void A_renyi_budget_holds_for_every_mechanism()
    {
        foreach (var mechanism in new IAggregationMechanism[]
            { new NoisyArgmax(40, NoiseLaw.DiscreteGaussian), new NoisyArgmax(30), new ConfidentArgmax(50, 100, 40) })
        {
            var (state, answered) = Spend(new RenyiBudget(1, 1e-5, 16, Patient), mechanism, 200);
            Assert.InRange(answered, 10, 199);
            var epsilon = RenyiConversion.Improved([16], [state.Budget.Spent], 1e-5).Epsilon;
            Assert.InRange(epsilon, 0.9, 1 + 1e-9);
        }
        Assert.Throws<ArgumentException>(() => new RenyiBudget(1, 1e-5, 2, Patient));
    }

    [Fact]
    public void Budgets_refuse_events_they_cannot_count()
    {
        var gaussian = new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 100);
        Assert.Throws<UnsupportedPrivacyEventException>(() => new PureEpsilonBudget(1, Patient).Charge(gaussian));
        Assert.Throws<UnsupportedPrivacyEventException>(() => new GaussianBudget(1, 1e-5, Patient)
            .Charge(new NoisyArgmaxEvent(NoiseLaw.Laplace, 40, 3, 100)));
    }

    [Fact]
    public void Abstaining_settles_at_the_cost_of_the_check_alone()
    {
        var mechanism = new ConfidentArgmax(90, 100, 40);
        var start = LedgerState.Start(new GaussianBudget(1, 1e-5, Patient));
        var (state, _) = LedgerSession.Ask(
            start, LedgerRequest.For("q", mechanism, 3, 100), new TransientJournal(),
            () => (VoteAnswer.None, mechanism.Event([40, 30, 30], VoteAnswer.None)));
        Assert.Equal(1 / 100.0, state.Budget.Spent, 12);
        var reserved = start.Apply(new LedgerRecord.Reserved(LedgerRequest.For("q", mechanism, 3, 100)));
        var (lost, _) = LedgerState.Recover(
            new GaussianBudget(1, 1e-5, Patient), [new LedgerRecord.Reserved(reserved.Open["q"])]);
        Assert.Equal(Math.Sqrt(1 / 1e4 + 2 / 1600.0), lost.Budget.Spent, 12);
    }

    [Fact]
    public void Hospitals_whose_vote_could_not_matter_pay_less()
    {
        int[] ballots = [.. Enumerable.Repeat(0, 60), .. Enumerable.Repeat(1, 30), .. Enumerable.Repeat(2, 10)];
        var ledger = new IndividualLedger(100, 8);
        for (var i = 0; i < 20; i++) ledger = ledger.Charge(ballots, 3, NoiseLaw.Gaussian, 15);
        var all = 20 * GaussianRenyi.DataIndependent(15, 8);
        Assert.All(ledger.Spent, spent => Assert.InRange(spent, 0, all));
        // Whoever voted for the weakest class can only strengthen a rival or the winner.
        Assert.True(ledger.Spent[95] < 0.5 * all);
        Assert.All(ledger.Epsilons(1e-5), e => Assert.True(e < RenyiConversion.Improved([8], [all], 1e-5).Epsilon));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Budgets_that_are_none_are_refused(double epsilon)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PureEpsilonBudget(epsilon, Patient));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBudget(epsilon, 1e-5, Patient));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBudget(1, 1, Patient));
    }

    [Fact]
    public void Events_are_written_and_read_back()
    {
        foreach (var mechanism in new IAggregationMechanism[]
            {
                new NoisyArgmax(0.1),
                new NoisyArgmax(40, NoiseLaw.DiscreteGaussian),
                new ConfidentArgmax(50.5, 100, 40),
            })
        {
            var cost = mechanism.WorstCaseEvent(7, 130);
            Assert.Equal(cost, PrivacyEventText.Read(PrivacyEventText.Write(cost)));
        }
        Assert.Equal(new ComposedEvent([]), PrivacyEventText.Read(PrivacyEventText.Write(new ComposedEvent([]))));
        string[] none = ["", "argmax", "argmax:Laplace:x:2:3", "argmax:Cauchy:1:2:3", "vote:Laplace:1:2:3"];
        foreach (var text in none)
            Assert.ThrowsAny<FormatException>(() => PrivacyEventText.Read(text));
    }
}
