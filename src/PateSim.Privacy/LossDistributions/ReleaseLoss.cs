using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.LossDistributions;

/// <summary>
/// The privacy loss ln(dP/dQ) under P of one release whose pair (P, Q) dominates all neighbours in both directions.
/// </summary>
public abstract record ReleaseLoss
{
    private ReleaseLoss()
    {
    }

    /// <summary>About the standard deviation of the loss; decides the step of the grid, not the result.</summary>
    internal abstract double Spread { get; }

    /// <summary>A loss on which the grid should fall exactly, or 0.</summary>
    internal virtual double Anchor => 0;

    /// <summary>Puts the loss on a grid, rounded so that it can only look worse.</summary>
    internal abstract void AddTo(LossGridBuilder grid);

    /// <summary>The smallest and largest loss kept; beyond the largest lies infinity.</summary>
    internal abstract (double Low, double High) Range { get; }

    /// <summary>Laplace noise on one count that moves by at most one unit: ε = 1/b.</summary>
    /// <remarks>L = ε with probability 1/2, −ε with e^{−ε}/2, and density e^{−(ε−L)/2}/4 between.</remarks>
    public sealed record Laplace : ReleaseLoss
    {
        public Laplace(double epsilon) => Epsilon = LossGridBuilder.CheckPositive(epsilon, nameof(epsilon));

        public double Epsilon { get; }

        internal override double Spread => Epsilon;

        internal override double Anchor => Epsilon;

        internal override (double Low, double High) Range => (-Epsilon, Epsilon);

        internal override void AddTo(LossGridBuilder grid)
        {
            grid.AddAtom(Epsilon, 0.5);
            grid.AddAtom(-Epsilon, 0.5 * Math.Exp(-Epsilon));
            grid.AddDensity(-Epsilon, Epsilon, loss => 0.25 * Math.Exp((loss - Epsilon) / 2));
        }
    }

    /// <summary>Any ε-DP release: the coin that dominates them all (Kairouz, Oh, Viswanath 2015). For discrete Laplace
    /// noise on one count, ε = Δ/t, it is exact for Δ = 1.</summary>
    public sealed record PureEpsilon : ReleaseLoss
    {
        public PureEpsilon(double epsilon) => Epsilon = LossGridBuilder.CheckPositive(epsilon, nameof(epsilon));

        public double Epsilon { get; }

        internal override double Spread => Epsilon;

        internal override double Anchor => Epsilon;

        internal override (double Low, double High) Range => (-Epsilon, Epsilon);

        internal override void AddTo(LossGridBuilder grid)
        {
            grid.AddAtom(Epsilon, 1 / (1 + Math.Exp(-Epsilon)));
            grid.AddAtom(-Epsilon, 1 / (1 + Math.Exp(Epsilon)));
        }
    }

    /// <summary>Gaussian noise, μ = Δ₂/σ: L is normal with mean μ²/2 and variance μ².</summary>
    public sealed record Gaussian : ReleaseLoss
    {
        public Gaussian(double mu) => Mu = LossGridBuilder.CheckPositive(mu, nameof(mu));

        public double Mu { get; }

        internal override double Spread => Mu;

        internal override (double Low, double High) Range => (Mu * Mu / 2 - 12 * Mu, Mu * Mu / 2 + 12 * Mu);

        internal override void AddTo(LossGridBuilder grid)
        {
            var (low, high) = Range;
            var factor = 1 / (Mu * Math.Sqrt(2 * Math.PI));
            grid.AddDensity(low, high, loss =>
            {
                var z = (loss - Mu * Mu / 2) / Mu;
                return factor * Math.Exp(-z * z / 2);
            });
            grid.AddAtom(low, Math.Exp(Normal.LogCdf(-12)));
            grid.AddInfinity(Math.Exp(Normal.LogSurvival(12)));
        }
    }

    /// <summary>Discrete Gaussian noise on one count that moves by at most one: L = (1−2x)/(2σ²), x ~ N_ℤ(0, σ²).
    /// </summary>
    public sealed record DiscreteGaussian : ReleaseLoss
    {
        public DiscreteGaussian(double sigma) => Sigma = LossGridBuilder.CheckPositive(sigma, nameof(sigma));

        public double Sigma { get; }

        internal override double Spread => 1 / Sigma;

        internal override (double Low, double High) Range => (Loss(Reach), Loss(-Reach));

        private double Reach => Math.Ceiling(12 * Sigma) + 12;

        internal override void AddTo(LossGridBuilder grid)
        {
            var total = 0.0;
            for (var x = -Reach; x <= Reach; x++) total += Mass(x);
            for (var x = -Reach; x <= Reach; x++) grid.AddAtom(Loss(x), Mass(x) / total);
            // Each tail beyond the reach is below e^(−Reach²/(2σ²)) · (σ+1) / total.
            grid.AddInfinity(Mass(Reach) * (Sigma + 1) / total);
        }

        private double Loss(double x) => (1 - 2 * x) / (2 * Sigma * Sigma);

        private double Mass(double x) => Math.Exp(-x * x / (2 * Sigma * Sigma));
    }
}
