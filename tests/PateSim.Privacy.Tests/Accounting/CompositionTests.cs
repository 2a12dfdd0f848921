using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Tests.Accounting;

public sealed class CompositionTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private static IEnumerable<PrivacyEvent> Run(int answers, double scale = 20) =>
        Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 10, 250), answers);

    [Fact]
    public void A_hundred_answers_at_scale_20_cost_what_the_literature_says()
    {
        Assert.Equal(0.1, new PerAnswerAccountant().Account(Run(100), Target)[0].Epsilon, 12);
        Assert.Equal(10, new BasicCompositionAccountant().Account(Run(100), Target)[0].Epsilon, 12);
        Assert.Equal(5.850235092944558, new AdvancedCompositionAccountant().Account(Run(100), Target)[0].Epsilon, 9);
        var moments = new MomentsAccountant().Account(Run(100), Target);
        Assert.Equal(5.302585092994046, Assert.Single(moments).Epsilon, 9);
        Assert.Contains("moment=5,", moments[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_dependent_moments_are_smaller_and_not_releasable()
    {
        var votes = PrivateVotes.From([230, 10, 10]);
        var events = Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 250, votes), 100);
        var entries = new MomentsAccountant().Account(events, Target);
        Assert.Equal(2, entries.Length);
        Assert.True(entries[0].Releasable);
        Assert.False(entries[1].Releasable);
        Assert.True(entries[1].DataDependent);
        Assert.True(entries[1].Epsilon < entries[0].Epsilon);
    }

    [Fact]
    public void Eight_moments_cannot_go_below_their_floor_and_say_so()
    {
        var votes = PrivateVotes.From([250, 0]);
        var events = Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Laplace, 10, 2, 250, votes), 10);
        var entry = new MomentsAccountant(8).Account(events, Target)[1];
        Assert.InRange(entry.Epsilon, Math.Log(1e5) / 8, 1.45);
        Assert.Contains("last of 8", entry.Note, StringComparison.Ordinal);
        Assert.True(new MomentsAccountant(64).Account(events, Target)[1].Epsilon < 0.25);
    }

    [Fact]
    public void The_condition_on_q_is_the_theorems_and_not_one_half()
    {
        // γ = 0.7, counts (3, 2), l = 1: with the test q < 1/2 the "bound" is −2.05; the true moment is .397.
        var logQ = LaplaceMoments.LogQ([3, 2], 0.7);
        Assert.InRange(Math.Exp(logQ), 0, 0.5);
        Assert.InRange(LaplaceMoments.DataDependent(logQ, 1.4, 1), 0.397, 1.4);
    }

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(500_000, 500_000)]
    [InlineData(1, 0)]
    [InlineData(int.MaxValue, 0)]
    public void Extreme_histograms_give_a_number(int first, int second)
    {
        var votes = PrivateVotes.From([first, second]);
        foreach (var scale in new[] { 1e-3, 1, 20, 1e6 })
        {
            var run = new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 2, votes.TeacherCount, votes);
            var entries = new MomentsAccountant().Account([run], Target);
            Assert.All(entries, e => Assert.InRange(e.Epsilon, 0, double.MaxValue));
            Assert.True(entries[1].Epsilon <= entries[0].Epsilon);
        }
    }

    [Fact]
    public void A_hospital_that_joins_costs_half_and_three_hospitals_per_patient_three_times()
    {
        var joins = new AccountingTarget(1e-5, Adjacency.HospitalAddedOrRemoved);
        var three = new AccountingTarget(1e-5, new Adjacency(AdjacencyKind.PatientReplaced, 3));
        var accountant = new BasicCompositionAccountant();
        Assert.Equal(5, accountant.Account(Run(100), joins)[0].Epsilon, 12);
        Assert.Equal(30, accountant.Account(Run(100), three)[0].Epsilon, 12);
    }

    [Fact]
    public void Without_noise_epsilon_is_infinite_and_the_note_says_why()
    {
        foreach (var component in AccountantCatalog.Default.All)
        {
            var accountant = component.With().Instance;
            if (!accountant.Supports(Run(1, 0).First())) continue;
            var entry = accountant.Account(Run(3, 0), Target)[0];
            Assert.Equal(double.PositiveInfinity, entry.Epsilon);
            Assert.Contains("no privacy", entry.Note, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_released_costs_nothing()
    {
        foreach (var component in AccountantCatalog.Default.All)
            Assert.All(component.With().Instance.Account([], Target), entry => Assert.Equal(0, entry.Epsilon));
    }

    private sealed record StrangeEvent : PrivacyEvent;

    [Fact]
    public void Unknown_events_are_refused_by_every_accountant()
    {
        foreach (var component in AccountantCatalog.Default.All)
        {
            var accountant = component.With().Instance;
            Assert.False(accountant.Supports(new StrangeEvent()));
            Assert.False(accountant.Supports(new ComposedEvent([Run(1).First(), new StrangeEvent()])));
            Assert.Throws<UnsupportedPrivacyEventException>(() => accountant.Account([new StrangeEvent()], Target));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1e-5)]
    [InlineData(double.NaN)]
    public void Delta_outside_its_interval_is_refused(double delta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AccountingTarget(delta, Adjacency.PatientReplaced));
}
