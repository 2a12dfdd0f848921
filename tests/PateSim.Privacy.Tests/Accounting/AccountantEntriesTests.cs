using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Accounting;

/// <summary>What each accountant writes beside its figure, and figures worked out by hand.</summary>
public sealed class AccountantEntriesTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);
    private static readonly AccountingTarget Two = new(1e-5, new Adjacency(AdjacencyKind.PatientReplaced, 2));
    private static readonly PrivateVotes Votes = PrivateVotes.From([150, 70, 30]);

    private static NoisyArgmaxEvent Laplace(double scale) => new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 3, 250);

    private static NoisyArgmaxEvent Gauss(double sigma) => new NoisyArgmaxEvent(NoiseLaw.Gaussian, sigma, 3, 250, Votes);

    private static NoisyThresholdEvent Check(NoiseLaw law = NoiseLaw.Gaussian) =>
        new(law, 60, 120, 250, new PrivateScore(150));

    private static EpsilonEntry Of(IPrivacyAccountant accountant, params PrivacyEvent[] events) =>
        accountant.Account(events, Target)[0];

    private static PrivacyEvent[] Many(PrivacyEvent one, int count) => [.. Enumerable.Repeat(one, count)];

    [Fact]
    public void Answers_of_different_cost_add_up_and_the_dearest_is_named()
    {
        PrivacyEvent[] events = [.. Many(Laplace(10), 3), .. Many(Laplace(20), 2)];
        var dearest = Of(new PerAnswerAccountant(), events);
        Assert.Equal((0.2, 0.0, "Answers differ in cost; this is the dearest."), (dearest.Epsilon, dearest.Delta, dearest.Note));
        Assert.Equal("", Of(new PerAnswerAccountant(), Many(Laplace(20), 2)).Note);
        var basic = Of(new BasicCompositionAccountant(), events);
        Assert.Equal(0.8, basic.Epsilon, 12);
        Assert.Equal((0.0, "", "answers=5"), (basic.Delta, basic.Note, basic.Detail));
        var advanced = Of(new AdvancedCompositionAccountant(), events);
        Assert.Equal(
            Math.Sqrt(2 * Math.Log(1e5) * (3 * 0.04 + 2 * 0.01))
            + 3 * 0.2 * (Math.Exp(0.2) - 1) + 2 * 0.1 * (Math.Exp(0.1) - 1), advanced.Epsilon, 12);
        Assert.Equal((1e-5, "answers=5"), (advanced.Delta, advanced.Detail));
        Assert.Contains("Basic composition gives less", advanced.Note, StringComparison.Ordinal);
        Assert.Equal("", Of(new AdvancedCompositionAccountant(), Many(Laplace(20), 100)).Note);
    }

    [Fact]
    public void What_needs_no_votes_may_be_published_and_what_needs_them_may_not()
    {
        foreach (var component in AccountantCatalog.Default.All)
        {
            var accountant = component.With().Instance;
            PrivacyEvent[] events = [.. new[] { Laplace(20), Gauss(40) }.Where(accountant.Supports).Take(1)];
            foreach (var entry in accountant.Account(events, Target))
            {
                Assert.Equal(!entry.DataDependent, entry.Releasable);
                Assert.Equal(entry.DataDependent, entry.Note.Contains("private itself", StringComparison.Ordinal));
                Assert.Equal(Target.Adjacency, entry.Adjacency);
            }
            Assert.All(accountant.Account([], Target), entry =>
            {
                Assert.True(entry.Releasable);
                if (!entry.Method.EndsWith("composition", StringComparison.Ordinal))
                    Assert.Equal("Nothing was released.", entry.Note);
            });
            Assert.Equal(component.Descriptor.Name == "neighbour-exact", accountant.IsCostly);
        }
    }

    [Fact]
    public void The_moments_accountant_says_where_its_search_ended()
    {
        Assert.Contains(
            "last of 64", Of(new MomentsAccountant(), Laplace(20)).Note, StringComparison.Ordinal);
        Assert.Contains(
            "below 0.18.", Of(new MomentsAccountant(), Laplace(20)).Note, StringComparison.Ordinal);
        var first = Of(new MomentsAccountant(), Many(Laplace(20), 2_000));
        Assert.Equal("The best moment is the first: a fractional one would give less.", first.Note);
        Assert.Equal(2_000 * 0.01 + Math.Log(1e5), first.Epsilon, 9);
        Assert.Equal("moment=1, moments=64, answers=2000", first.Detail);
        Assert.Equal("", Of(new MomentsAccountant(), Many(Laplace(20), 100)).Note);
        Assert.Equal("", Of(new MomentsAccountant(1), Laplace(20)).Note);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentsAccountant(0));
    }

    [Fact]
    public void Data_dependent_moments_need_the_votes_of_every_answer()
    {
        var seen = new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 250, Votes);
        Assert.Equal(2, new MomentsAccountant().Account([seen, seen], Target).Length);
        Assert.Single(new MomentsAccountant().Account([seen, Laplace(20)], Target));
        Assert.Single(new MomentsAccountant().Account([Laplace(20), seen], Target));
        var entry = new MomentsAccountant(8).Account(Many(seen, 10), Target)[1];
        var logQ = LaplaceMoments.LogQ(Votes.Counts.AsSpan(), 1 / 20.0);
        var due = Enumerable.Range(1, 8).Min(l => (10 * LaplaceMoments.DataDependent(logQ, 0.1, l) + Math.Log(1e5)) / l);
        Assert.Equal(due, entry.Epsilon, 12);
        Assert.StartsWith("Computed from the votes: private itself", entry.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_renyi_accountants_say_where_their_search_ended()
    {
        string Note(params double[] orders) => Of(new RenyiAccountant([.. orders]), Many(Laplace(20), 100)).Note;
        Assert.Equal("The best order is the first of the list: a smaller one would give less.", Note(20, 40, 60));
        Assert.Equal("The best order is the last of the list: a larger one would give less.", Note(1.5, 2, 3));
        Assert.Equal("", Note(2, 5, 40));
        Assert.Equal("", Note(20));
        Assert.Equal("order=5, conversion=classic", Of(new RenyiAccountant([2, 5, 40]), Many(Laplace(20), 100)).Detail);
        Assert.Equal(
            "order=5, conversion=improved",
            new RenyiAccountant([2, 5, 40]).Account(Many(Laplace(20), 100), Target)[1].Detail);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7.5)]
    public void One_release_costs_what_the_closed_forms_say(double a)
    {
        double Rdp(AccountingTarget target, params PrivacyEvent[] events) =>
            new RenyiAccountant([a]).Account(events, target)[0].Epsilon - Math.Log(1e5) / (a - 1);

        double Laplace1(double e) => Math.Log(
            a / (2 * a - 1) * Math.Exp((a - 1) * e) + (a - 1) / (2 * a - 1) * Math.Exp(-a * e)) / (a - 1);

        double Coin(double e)
        {
            var (p, q) = (Math.Exp(e) / (1 + Math.Exp(e)), 1 / (1 + Math.Exp(e)));
            return Math.Log(Math.Pow(p, a) * Math.Pow(q, 1 - a) + Math.Pow(q, a) * Math.Pow(p, 1 - a)) / (a - 1);
        }

        var joins = new AccountingTarget(1e-5, Adjacency.HospitalAddedOrRemoved);
        var discrete = new NoisyArgmaxEvent(NoiseLaw.DiscreteLaplace, 5, 3, 250);
        Assert.Equal(2 * Laplace1(0.2), Rdp(Target, Laplace(5)), 1e-12);
        Assert.Equal(Laplace1(0.2), Rdp(joins, Laplace(5)), 1e-12);
        Assert.Equal(2 * Coin(0.4), Rdp(Two, Laplace(5)), 1e-12);
        Assert.Equal(2 * Coin(0.2), Rdp(Target, discrete), 1e-12);
        Assert.Equal(Coin(0.2), Rdp(joins, discrete), 1e-12);
        Assert.Equal(a / 1600, Rdp(Target, Gauss(40)), 1e-12);
        Assert.Equal(4 * a / 1600, Rdp(Two, Gauss(40)), 1e-12);
        Assert.Equal(a / 3200, Rdp(joins, Gauss(40)), 1e-12);
        Assert.Equal(a / 7200, Rdp(Target, Check()), 1e-12);
        Assert.Equal(4 * a / 7200, Rdp(Two, Check()), 1e-12);
        Assert.Equal(a / 7200, Rdp(joins, Check(NoiseLaw.DiscreteGaussian)), 1e-12);
        Assert.Equal(
            a / 7200 + 3 * (a / 1600) + 2 * (2 * Laplace1(0.2)),
            Rdp(Target, [Laplace(5), new ComposedEvent([Check(), Gauss(40)]), Laplace(5), Gauss(40), Gauss(40)]), 1e-12);
    }

    [Fact]
    public void A_threshold_under_laplace_noise_has_no_known_cost()
    {
        PrivacyEvent check = Check(NoiseLaw.Laplace), inside = new ComposedEvent([Gauss(40), check]);
        foreach (var component in AccountantCatalog.Default.All)
        {
            var accountant = component.With().Instance;
            Assert.False(accountant.Supports(check));
            Assert.False(accountant.Supports(inside));
            Assert.Throws<UnsupportedPrivacyEventException>(() => accountant.Account([inside], Target));
        }
    }

    [Theory]
    [InlineData(1, AdjacencyKind.PatientReplaced)]
    [InlineData(3, AdjacencyKind.PatientReplaced)]
    [InlineData(1, AdjacencyKind.HospitalAddedOrRemoved)]
    public void Data_dependent_costs_scale_the_noise_to_the_adjacency(int touched, AdjacencyKind kind)
    {
        var adjacency = new Adjacency(kind, touched);
        var target = new AccountingTarget(1e-5, adjacency);
        double Rdp(bool exact, PrivacyEvent one) =>
            new DataDependentRenyiAccountant(exact, [6]).Account([one], target)[0].Epsilon - Math.Log(1e5) / 5;

        var counts = Votes.Counts.AsSpan();
        Assert.Equal(
            GaussianRenyi.DataDependent(GaussianRenyi.LogQ(counts, 15), 15 * Math.Sqrt(2) / adjacency.L2, 6),
            Rdp(true, Gauss(15)), 1e-12);
        var laplace = new NoisyArgmaxEvent(NoiseLaw.Laplace, 8, 3, 250, Votes);
        Assert.Equal(
            LaplaceMoments.DataDependent(LaplaceMoments.LogQ(counts, 1 / 8.0), adjacency.L1 / 8.0, 5) / 5,
            Rdp(true, laplace), 1e-12);
        var bound = GaussianRenyi.DataDependent(
            ThresholdRenyi.LogQ(120, 60, 150), 60 * Math.Sqrt(2) / touched, 6);
        Assert.Equal(bound, Rdp(false, Check()), 1e-12);
        var (forward, reverse) = ThresholdRenyi.Exact(120, 60, 6, 150, 0, 251);
        Assert.Equal(touched == 1 ? Math.Max(forward, reverse) : bound, Rdp(true, Check()), 1e-12);
    }

    [Fact]
    public void The_exact_accountant_takes_the_dearer_direction_of_all_answers_together()
    {
        // Thirty answers, so that the best order is one where the two directions differ.
        var accountant = new NeighbourExactAccountant();
        var entry = Of(accountant, Many(Gauss(15), 30));
        var neighbours = new NeighbourRenyi(NoiseLaw.Gaussian, 15, Votes.Counts.AsSpan(), Adjacency.PatientReplaced);
        var orders = RenyiOrders.Default.Where((_, i) => i % 3 == 0).ToArray();
        double[] due = [.. orders.Select(a => 30 * Math.Max(neighbours.Forward(a), neighbours.Reverse(a)))];
        Assert.Equal(RenyiConversion.Improved(orders, due, 1e-5).Epsilon, entry.Epsilon, 1e-9);
        Assert.True(entry.DataDependent);
        double[] check = [.. orders.Select(a =>
        {
            var (forward, reverse) = ThresholdRenyi.Exact(120, 60, a, 150, 0, 251);
            return Math.Max(forward, reverse);
        })];
        Assert.Equal(RenyiConversion.Improved(orders, check, 1e-5).Epsilon, Of(accountant, Check()).Epsilon, 1e-9);
        Assert.Throws<UnsupportedPrivacyEventException>(() => accountant.Account([Gauss(15)], Two));
        Assert.False(accountant.Supports(new NoisyArgmaxEvent(NoiseLaw.DiscreteGaussian, 15, 3, 250, Votes)));
        Assert.False(accountant.Supports(Laplace(20)));
    }

    [Fact]
    public void The_loss_distribution_of_gaussian_runs_is_that_of_one_mechanism()
    {
        foreach (var target in new[] { Target, Two, new AccountingTarget(1e-5, Adjacency.HospitalAddedOrRemoved) })
        {
            PrivacyEvent[] run = [.. Many(Gauss(40), 20), .. Many(Check(), 5)];
            var exact = new GaussianDpAccountant().Account(run, target)[0];
            var mu = Math.Sqrt(20 * Math.Pow(target.Adjacency.L2 / 40, 2)
                + 5 * Math.Pow(target.Adjacency.TeachersTouched / 60.0, 2));
            Assert.Equal(GaussianDp.Epsilon(mu, 1e-5), exact.Epsilon, 1e-9);
            Assert.StartsWith("mu=0.", exact.Detail, StringComparison.Ordinal);
            var pld = new LossDistributionAccountant().Account(run, target)[0];
            Assert.InRange(pld.Epsilon - exact.Epsilon, 0, 0.002);
            Assert.Equal("releases=25", pld.Detail);
            Assert.Contains("capped beforehand", pld.Note, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_discrete_threshold_is_one_release_and_a_discrete_answer_two()
    {
        double Pld(AccountingTarget target, params PrivacyEvent[] events) =>
            new LossDistributionAccountant().Account(events, target)[0].Epsilon;
        var answer = new NoisyArgmaxEvent(NoiseLaw.DiscreteGaussian, 40, 3, 250);
        var check = new NoisyThresholdEvent(NoiseLaw.DiscreteGaussian, 40, 120, 250);
        Assert.Equal(Pld(Target, check, check), Pld(Target, answer), 1e-9);
        Assert.Equal(
            Pld(new AccountingTarget(1e-5, Adjacency.HospitalAddedOrRemoved), check, check),
            Pld(new AccountingTarget(1e-5, Adjacency.HospitalAddedOrRemoved), answer, answer), 1e-9);
        Assert.Throws<UnsupportedPrivacyEventException>(() => Pld(Two, answer));
    }

    [Fact]
    public void Pure_epsilon_adds_over_the_parts_of_an_event()
    {
        var adjacency = Adjacency.PatientReplaced;
        Assert.Equal(0.3, PureEpsilon.Of(new ComposedEvent([Laplace(20), Laplace(10)]), adjacency)!.Value, 12);
        Assert.Null(PureEpsilon.Of(new ComposedEvent([Laplace(20), Gauss(40)]), adjacency));
        Assert.Null(PureEpsilon.Of(Check(), adjacency));
        Assert.Equal(
            double.PositiveInfinity, PureEpsilon.Of(new NoisyThresholdEvent(NoiseLaw.Gaussian, 0, 120, 250), adjacency));
        Assert.Equal(double.PositiveInfinity, PureEpsilon.Of(Gauss(0), adjacency));
        Assert.Equal(0, PureEpsilon.Of(new ComposedEvent([]), adjacency));
    }

    [Fact]
    public void The_headline_is_the_smallest_releasable_figure_at_a_delta()
    {
        EpsilonEntry Entry(string method, double epsilon, double delta, bool dependent, bool releasable) =>
            new(method, epsilon, delta, Adjacency.PatientReplaced, dependent, releasable);
        EpsilonEntry[] entries =
        [
            Entry("per-answer", 0.1, 0, false, true), Entry("basic", 3, 0, false, true),
            Entry("a", 5, 1e-5, false, true), Entry("b", 4, 1e-5, false, true), Entry("c", 1, 1e-5, true, false),
            Entry("d", 0.5, 1e-5, true, true), Entry("e", 0.7, 1e-5, false, false),
        ];
        Assert.Equal("b", PrivacyReport.Headline(entries)!.Method);
        Assert.Equal("basic", PrivacyReport.Headline(entries[..2])!.Method);
        Assert.Null(PrivacyReport.Headline(entries[..1]));
        Assert.Null(PrivacyReport.Headline([]));
    }

    [Fact]
    public void A_report_says_which_accountants_were_left_out()
    {
        var (entries, leftOut) = PrivacyReport.Of(
            [Gauss(40)], Target, [new BasicCompositionAccountant(), new GaussianDpAccountant()]);
        Assert.Equal("gdp", Assert.Single(entries).Method);
        var why = Assert.Single(leftOut);
        Assert.StartsWith("The accountant 'basic-composition' cannot account for ", why, StringComparison.Ordinal);
        Assert.DoesNotContain("150", why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_gives_the_orders_searched()
    {
        double Epsilon(params double[] orders) => Of(
            AccountantCatalog.Default.All.Single(c => c.Descriptor.Name == "rdp").With(("orders", orders.ToImmutableArray())).Instance,
            Many(Laplace(20), 100)).Epsilon;
        Assert.Equal(Of(new RenyiAccountant([2, 5]), Many(Laplace(20), 100)).Epsilon, Epsilon(5, 2));
        Assert.Equal(Of(new RenyiAccountant(), Many(Laplace(20), 100)).Epsilon, Epsilon());
        var eight = AccountantCatalog.Default.All.Single(c => c.Descriptor.Name == "moments").With(("moments", 8L));
        Assert.Contains("moments=8", Of(eight.Instance, Laplace(20)).Detail, StringComparison.Ordinal);
        var bound = AccountantCatalog.Default.All.Single(c => c.Descriptor.Name == "rdp-data-dependent")
            .With(("threshold-cost", "bound"));
        Assert.Equal(
            Of(new DataDependentRenyiAccountant(false), Many(Check(), 20)).Epsilon,
            Of(bound.Instance, Many(Check(), 20)).Epsilon);
    }
}
