using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;

namespace PateSim.Privacy.Audit;

/// <summary>A data-dependent cost below the exact one.</summary>
public sealed record CostFinding(ImmutableArray<int> Votes, double Order, double Exact, double Claimed);

/// <summary>Audits claimed data-dependent costs against quadrature: no sampling, no failure probability.</summary>
public static class CostAudit
{
    /// <summary>The votes and orders at which the claimed cost is below the exact forward divergence.</summary>
    /// <param name="claimed">Claimed rdp(a) for votes and order.</param>
    /// <param name="tolerance">Relative error allowed for quadrature.</param>
    public static ImmutableArray<CostFinding> Find(
        NoiseLaw law, double noiseScale, IEnumerable<int[]> ensembles, IReadOnlyList<double> orders,
        Func<int[], double, double> claimed, double tolerance = 1e-6)
    {
        var findings = ImmutableArray.CreateBuilder<CostFinding>();
        foreach (var votes in ensembles)
        {
            var exact = new NeighbourRenyi(law, noiseScale, votes, Adjacency.PatientReplaced);
            foreach (var order in orders)
            {
                var (due, given) = (exact.Forward(order), claimed(votes, order));
                // A claim that is not a number is no claim.
                if (!(given >= due * (1 - tolerance) - 1e-12))
                    findings.Add(new CostFinding([.. votes], order, due, given));
            }
        }
        return findings.ToImmutable();
    }
}
