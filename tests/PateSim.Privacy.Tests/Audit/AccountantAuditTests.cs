using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Tests.Audit;

/// <summary>Accountants against exact laws. Nothing is sampled: no false alarm is possible.</summary>
public sealed class AccountantAuditTests
{
    public static TheoryData<string> Accountants => new(AccountantCatalog.Default.Names);

    [Theory]
    [MemberData(nameof(Accountants))]
    public void Honest_accountants_pass_under_every_law(string name)
    {
        var accountant = AccountantCatalog.Default[name].With().Instance;
        foreach (var (law, scale) in new[]
            { (NoiseLaw.Laplace, 1 / 0.7), (NoiseLaw.Gaussian, 3.0), (NoiseLaw.DiscreteLaplace, 1.5),
              (NoiseLaw.DiscreteGaussian, 2.0) })
        {
            var findings = AccountantAudit.Run(accountant, law, scale, accountant.IsCostly ? 5 : 9);
            Assert.All(findings, f => Assert.False(f.Violated, f.ToString()));
        }
    }

    /// <summary>The moments of LNMax with the condition q &lt; 1/2 that published code tests, and its products of
    /// powers.</summary>
    private sealed class HalfIsEnough : IPrivacyAccountant
    {
        public string Name => "half-is-enough";

        public bool Supports(PrivacyEvent privacyEvent) => new MomentsAccountant().Supports(privacyEvent);

        public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
        {
            var totals = new double[8];
            foreach (var answer in events.Cast<NoisyArgmaxEvent>())
            {
                var gamma = 1 / answer.NoiseScale;
                var q = Math.Exp(LaplaceMoments.LogQ(answer.Votes!.Counts.AsSpan(), gamma));
                for (var l = 1; l <= 8; l++)
                {
                    var independent = LaplaceMoments.DataIndependent(2 * gamma, l);
                    var bound = Math.Log(
                        (1 - q) * Math.Pow((1 - q) / (1 - Math.Exp(2 * gamma) * q), l) + q * Math.Exp(2 * gamma * l));
                    totals[l - 1] += q < 0.5 && !double.IsNaN(bound) ? Math.Min(bound, independent) : independent;
                }
            }
            var epsilon = Enumerable.Range(1, 8).Min(l => (totals[l - 1] - Math.Log(target.Delta)) / l);
            return [new EpsilonEntry(Name, epsilon, target.Delta, target.Adjacency, true, false)];
        }
    }

    [Fact]
    public void The_condition_q_below_one_half_is_caught() => Assert.True(Assert.Single(
        AccountantAudit.Run(new HalfIsEnough(), NoiseLaw.Laplace, 1 / 0.7, 5)).Violated);

    /// <summary>Accounts for one side of a moved vote only.</summary>
    private sealed class HalfSensitivity : IPrivacyAccountant
    {
        public string Name => "half-sensitivity";

        public bool Supports(PrivacyEvent privacyEvent) => new LossDistributionAccountant().Supports(privacyEvent);

        public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target) =>
            new LossDistributionAccountant().Account(
                events, new AccountingTarget(target.Delta, Adjacency.HospitalAddedOrRemoved));
    }

    [Fact]
    public void Accounting_for_half_the_sensitivity_is_caught() => Assert.True(Assert.Single(
        AccountantAudit.Run(new HalfSensitivity(), NoiseLaw.Laplace, 2, 20)).Violated);

    [Fact]
    public void The_exact_epsilon_of_bits_is_that_of_the_coin()
    {
        // One coin with odds e: ε(δ) solves e/(1+e) − e^ε/(1+e) = δ.
        double[] p = [-LogSpace.Add(0, -1), -LogSpace.Add(0, 1)], q = [p[1], p[0]];
        Assert.Equal(Math.Log(Math.E - 0.1 * (1 + Math.E)), AccountantAudit.Epsilon(p, q, 1, 0.1), 1e-9);
        Assert.Equal(1, AccountantAudit.Epsilon(p, q, 1, 1e-12), 1e-9);
        Assert.Equal(3, AccountantAudit.Epsilon(p, q, 3, 1e-12), 1e-9);
        Assert.True(AccountantAudit.Epsilon(p, q, 64, 1e-5) < 64);
        Assert.Equal(0, AccountantAudit.Epsilon(p, p, 5, 1e-5));
    }
}
