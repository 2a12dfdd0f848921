using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Audit;

/// <summary>
/// Audits accountants against exact laws: the ε that they claim for k answers on given votes, and the ε(δ) that the same
/// k answers really have against a neighbour one vote away. No sampling, no failure probability.
/// </summary>
/// <remarks>Two classes, so that k answers are k independent bits and their law is binomial:
/// δ(ε) = Σ_i C(k,i) max(0, p^i (1−p)^{k−i} − e^ε q^i (1−q)^{k−i}). Data-dependent claims are one-sided and are compared in
/// their direction, D(M(D)‖M(D′)), only. Conditions such as q ≤ 1/(e^ε₀+1) are misused most where votes nearly
/// tie.</remarks>
public static class AccountantAudit
{
    private static readonly int[] Answers = [1, 8, 64];
    private static readonly double[] Deltas = [1e-5, 0.01, 0.2];

    /// <summary>The clearest finding for each method of the accountant, over ensembles from a tie to consensus.
    /// </summary>
    /// <param name="law">Law of the noise.</param>
    /// <param name="noiseScale">b or σ &gt; 0, in votes.</param>
    /// <param name="teacherCount">M ≥ 1.</param>
    public static ImmutableArray<AuditFinding> Run(
        IPrivacyAccountant accountant, NoiseLaw law, double noiseScale, int teacherCount,
        CancellationToken cancellation = default)
    {
        var findings = new List<(string Method, AuditFinding Finding)>();
        foreach (var votes in Ensembles(teacherCount))
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = new NoisyArgmaxEvent(law, noiseScale, 2, teacherCount, PrivateVotes.From(votes));
            if (!accountant.Supports(answer)) return [];
            var here = OutcomeProbabilities.Log(law, noiseScale, votes);
            (int[] Votes, double[] Law)[] neighbours =
                [.. Neighbours(votes).Select(n => (n, OutcomeProbabilities.Log(law, noiseScale, n)))];
            foreach (var count in Answers)
            {
                foreach (var delta in Deltas)
                    findings.AddRange(Compare(accountant, answer, votes, here, neighbours, count, delta));
            }
        }
        return
        [
            .. findings.GroupBy(f => f.Method, StringComparer.Ordinal)
                .Select(method => method.Select(f => f.Finding).MaxBy(f => (f.Violated, Share(f)))!),
        ];
    }

    // How much of the claim is reached.
    private static double Share(AuditFinding finding) =>
        finding.Claimed > 0 ? finding.LowerBound / finding.Claimed : finding.LowerBound;

    /// <summary>The exact ε(δ) of k answers with two outcomes.</summary>
    /// <param name="logP">ln Pr[j | D], shape [2].</param>
    /// <param name="logQ">ln Pr[j | D′], shape [2].</param>
    public static double Epsilon(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ, int answers, double delta)
    {
        var (log, losses) = (new double[answers + 1], new double[answers + 1]);
        var logChoose = 0.0;
        for (var i = 0; i <= answers; i++)
        {
            if (i > 0) logChoose += Math.Log((answers - i + 1.0) / i);
            log[i] = logChoose + Power(logP[0], i) + Power(logP[1], answers - i);
            losses[i] = Power(logP[0], i) + Power(logP[1], answers - i) - Power(logQ[0], i) - Power(logQ[1], answers - i);
        }
        if (Delta(0) <= delta) return 0;
        var high = losses.Where((_, i) => log[i] > -700).Max();
        if (double.IsPositiveInfinity(high) || Delta(high) > delta) return double.PositiveInfinity;
        return RootFinding.FirstTrue(0, high, epsilon => Delta(epsilon) <= delta);

        double Delta(double epsilon)
        {
            var sum = 0.0;
            for (var i = 0; i <= answers; i++)
            {
                if (losses[i] > epsilon) sum += Math.Exp(log[i]) * -LogSpace.ExpM1(epsilon - losses[i]);
            }
            return sum;
        }

        static double Power(double logarithm, int exponent) => exponent == 0 ? 0 : exponent * logarithm;
    }

    private static IEnumerable<(string, AuditFinding)> Compare(
        IPrivacyAccountant accountant, PrivacyEvent answer, int[] votes, double[] here,
        (int[] Votes, double[] Law)[] neighbours, int count, double delta)
    {
        var entries = accountant.Account(
            Enumerable.Repeat(answer, count), new AccountingTarget(delta, Adjacency.PatientReplaced));
        foreach (var (moved, there) in neighbours)
        {
            var forward = Epsilon(here, there, count, delta);
            var larger = Math.Max(forward, Epsilon(there, here, count, delta));
            // The ε of one answer claims nothing about several.
            foreach (var entry in entries.Where(entry => count == 1 || entry.Method != "per-answer"))
            {
                var name = FormattableString.Invariant(
                    $"{entry.Method}: {count} answers on {votes[0]}/{votes[1]} against {moved[0]}/{moved[1]}");
                // Quadrature and root finding are good to 9 digits. What is not a number claims nothing.
                var exact = entry.DataDependent ? forward : larger;
                yield return (entry.Method, new AuditFinding(
                    name, delta, Math.Max(0, exact * (1 - 1e-7) - 1e-9),
                    double.IsNaN(entry.Epsilon) ? double.NegativeInfinity : entry.Epsilon));
            }
        }
    }

    private static IEnumerable<int[]> Ensembles(int teachers) =>
        new[] { 0.5, 0.52, 0.55, 0.6, 0.7, 0.8, 0.9, 1.0 }
            .Select(share => (int)Math.Ceiling(share * teachers)).Distinct()
            .Select(first => (int[])[first, teachers - first]);

    private static IEnumerable<int[]> Neighbours(int[] votes)
    {
        if (votes[0] > 0) yield return [votes[0] - 1, votes[1] + 1];
        if (votes[1] > 0) yield return [votes[0] + 1, votes[1] - 1];
    }
}
