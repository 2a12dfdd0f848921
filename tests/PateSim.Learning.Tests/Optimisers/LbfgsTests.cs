using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Tests.Optimisers;

public sealed class LbfgsTests
{
    [Fact]
    public void An_ill_conditioned_quadratic_is_minimised()
    {
        var point = new float[16];
        var report = new Lbfgs(new Quadratic(16), 10).Minimise(point, 1e-4, 500, default);
        Assert.Equal(DescentEnd.Converged, report.End);
        for (var i = 0; i < point.Length; i++) Assert.Equal(i - 3, point[i], 1e-3);
    }

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_end()
    {
        float[] point = [-1.2f, 1];
        var report = new Lbfgs(new Rosenbrock(), 5).Minimise(point, 1e-3, 500, default);
        Assert.Equal(DescentEnd.Converged, report.End);
        Assert.Equal(1, point[0], 5e-3);
        Assert.Equal(1, point[1], 5e-3);
        Assert.InRange(report.Iterations, 5, 100);
    }

    [Fact]
    public void What_is_not_finite_is_reported()
    {
        var report = new Lbfgs(new NotANumber(), 5).Minimise([1f], 1e-3, 50, default);
        Assert.Equal(DescentEnd.NotFinite, report.End);
    }

    [Fact]
    public void A_gradient_that_precision_cannot_reach_ends_the_descent()
    {
        var report = new Lbfgs(new Quadratic(16), 10).Minimise(new float[16], 1e-30, 100_000, default);
        Assert.True(report.End is DescentEnd.PrecisionLimit or DescentEnd.Converged);
        Assert.InRange(report.GradientNorm, 0, 1);
    }

    /// <summary>½ Σ cᵢ (xᵢ − i + 3)², c from 1 to 1000.</summary>
    private sealed class Quadratic(int dimension) : IObjective
    {
        public int Dimension => dimension;

        public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
        {
            var value = 0.0;
            for (var i = 0; i < dimension; i++)
            {
                var curvature = Math.Pow(1000, (double)i / (dimension - 1));
                var offset = point[i] - (i - 3.0);
                value += 0.5 * curvature * offset * offset;
                gradient[i] = (float)(curvature * offset);
            }
            return value;
        }

        public void Precondition(Span<float> vector)
        {
        }
    }

    private sealed class Rosenbrock : IObjective
    {
        public int Dimension => 2;

        public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
        {
            double x = point[0], y = point[1];
            gradient[0] = (float)(-2 * (1 - x) - 400 * x * (y - x * x));
            gradient[1] = (float)(200 * (y - x * x));
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
        }

        public void Precondition(Span<float> vector)
        {
        }
    }

    private sealed class NotANumber : IObjective
    {
        public int Dimension => 1;

        public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
        {
            gradient[0] = 1;
            return double.NaN;
        }

        public void Precondition(Span<float> vector)
        {
        }
    }
}
