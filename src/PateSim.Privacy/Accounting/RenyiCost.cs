using PateSim.Privacy.Events;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Accounting;

/// <summary>Rényi cost of one release for any votes.</summary>
internal static class RenyiCost
{
    public static bool Knows(ReleaseKind kind) => !kind.IsThreshold || kind.IsGaussian;

    /// <summary>
    /// Gaussian, also discrete (Canonne, Kamath, Steinke 2020, Theorem 4): a Δ₂²/(2σ²). Laplace: one exact Laplace
    /// release for each side of a moved vote (Mironov 2017, Table II); where k votes move, and for discrete noise, the
    /// k/b-DP coin that dominates each side.
    /// </summary>
    /// <returns>rdp(a) ≥ 0 in nats; ∞ without noise.</returns>
    public static double DataIndependent(ReleaseKind kind, Adjacency adjacency, double order)
    {
        if (kind.Scale == 0) return double.PositiveInfinity;
        if (kind.IsGaussian)
        {
            var sensitivity = kind.IsThreshold ? adjacency.LargestCountChange : adjacency.L2;
            return GaussianRenyi.DataIndependent(kind.Scale, order, sensitivity);
        }
        var epsilon = adjacency.TeachersTouched / kind.Scale;
        var one = kind.Law == NoiseLaw.Laplace && adjacency.TeachersTouched == 1
            ? Laplace(epsilon, order)
            : Coin(epsilon, order);
        return adjacency.MovesVotes ? 2 * one : one;
    }

    // ln[a/(2a−1) e^{(a−1)ε} + (a−1)/(2a−1) e^{−aε}]/(a−1)
    private static double Laplace(double epsilon, double order) => Math.Max(0, LogSpace.Add(
        Math.Log(order / (2 * order - 1)) + (order - 1) * epsilon,
        Math.Log((order - 1) / (2 * order - 1)) - order * epsilon)) / (order - 1);

    private static double Coin(double epsilon, double order)
    {
        var (high, low) = (-LogSpace.Add(0, -epsilon), -LogSpace.Add(0, epsilon));
        return OutcomeRenyi.Divergence([high, low], [low, high], order);
    }
}
