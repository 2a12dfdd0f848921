using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Tests.Audit;

/// <summary>The games that the audit of a scenario plays with its mechanism. Fixed keys; an honest mechanism would be
/// accused for one key in a million.</summary>
[Trait("Category", "Statistical")]
public sealed class MechanismAuditTests
{
    private const double Failure = 1e-6 / MechanismAudit.MostGames;

    private static AuditLine[] Audit(IAggregationMechanism mechanism, int trials = 10_000, int answers = 10) =>
    [
        .. MechanismAudit.Run(
            new AuditSubject(mechanism, 3, 12, answers), trials, Failure,
            RandomKey.FromSeed(11).Derive(mechanism.Name), CancellationToken.None),
    ];

    private static void Caught(string method, IAggregationMechanism broken, int trials = 10_000) => Assert.Contains(
        Audit(broken, trials), line => line.Method == method && line.Finding.Violated);

    private static IAggregationMechanism Make(string name, double scale, string sampling) =>
        MechanismCatalog.Default[name].With(name switch
        {
            "lnmax" => [("scale", scale), ("sampling", sampling)],
            "gnmax" => [("sigma", scale), ("sampling", sampling)],
            _ => [("threshold", 7.0), ("threshold-sigma", scale), ("sigma", scale), ("sampling", sampling)],
        }).Instance;

    public static TheoryData<string, string> Mechanisms
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in MechanismCatalog.Default.Names)
            {
                data.Add(name, "continuous");
                data.Add(name, "discrete");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Honest_mechanisms_pass_every_game(string name, string sampling)
    {
        var lines = Audit(Make(name, 2, sampling), sampling == "discrete" ? 1_000 : 5_000, 5);
        Assert.Equal(
            ["answer", "answers", "one-run", "one-run-answers"],
            lines.Select(line => line.Method).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.False(line.Finding.Violated, line.Finding.Game));
    }

    [Theory]
    [InlineData(NoiseLaw.Laplace)]
    [InlineData(NoiseLaw.Gaussian)]
    public void The_inverse_scale_is_caught_by_one_answer_and_by_canaries(NoiseLaw law)
    {
        var broken = new Twin(new NoisyArgmax(4, law), new NoisyArgmax(1 / 4.0, law));
        Caught("answer", broken);
        Caught("one-run", broken);
    }

    [Theory]
    [InlineData(NoiseLaw.Laplace)]
    [InlineData(NoiseLaw.Gaussian)]
    [InlineData(NoiseLaw.DiscreteLaplace)]
    public void Half_the_sensitivity_is_caught(NoiseLaw law) => Caught(
        law == NoiseLaw.Gaussian ? "answers" : "answer", new Twin(new NoisyArgmax(2, law), new NoisyArgmax(1, law)),
        law == NoiseLaw.DiscreteLaplace ? 10_000 : 20_000);

    [Fact]
    public void A_threshold_with_half_its_noise_is_caught() => Caught(
        "answer", new Twin(new ConfidentArgmax(8, 4, 40), new ConfidentArgmax(8, 1, 40)), 20_000);

    /// <summary>Scores of .5 and 1.5 become 0 and 2.</summary>
    [Fact]
    public void Rounding_half_to_even_is_caught_and_half_up_is_not()
    {
        Caught("answer", new HalfToEven(6, 1, 40), 20_000);
        Assert.All(Audit(new InteractiveArgmax(6, 1, 40, 0.5), 20_000), line => Assert.False(line.Finding.Violated));
    }

    [Fact]
    public void What_the_bounds_reach_of_a_known_epsilon()
    {
        // Two classes far apart: an answer's odds change by nearly e^ε, ε = 2/b, where the trailing class wins rarely.
        foreach (var epsilon in new[] { 1.0, 2, 5 })
        {
            var lines = Audit(new NoisyArgmax(2 / epsilon), 150_000, 1);
            var two = lines.Where(l => l.Method == "answer").Max(l => l.Finding.LowerBound);
            var one = lines.Single(l => l.Method == "one-run").Finding.LowerBound;
            Assert.InRange(two, 0.6 * epsilon, epsilon);
            Assert.InRange(one, 0.2 * epsilon, epsilon);
        }
    }

    [Fact]
    public void Candidates_are_neighbours_one_vote_apart()
    {
        foreach (var name in MechanismCatalog.Default.Names)
        {
            var mechanism = Make(name, 2, "continuous");
            var pairs = WorstNeighbours.Candidates(mechanism, 4, 30);
            Assert.True(pairs.Length >= 8);
            Assert.All(pairs, pair =>
            {
                Assert.Equal(1, pair.MovedVotes);
                Assert.Equal(30, pair.Votes.Sum());
                Assert.Equal(30, pair.Moved.Sum());
                Assert.Equal(mechanism.UsesStudent ? 4 : 0, pair.Student.Length);
            });
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing_and_a_cancelled_audit_stops()
    {
        var game = AuditGames.One(new NoisyArgmax(2), VotePair.Of([6, 6], 0, 1));
        var key = RandomKey.FromSeed(1);
        Assert.Equal([.. PrivacyAudit.Run(game, 9_000, key)], PrivacyAudit.Run(game, 9_000, key).ToArray());
        Assert.ThrowsAny<OperationCanceledException>(
            () => PrivacyAudit.Run(game, 9_000, key, 1e-6, new CancellationToken(true)));
    }
}
