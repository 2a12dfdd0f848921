using MathNet.Numerics.Integration;

namespace PateSim.Privacy.Numerics;

/// <summary>Nodes and weights of Gauss-Legendre quadrature on [0, 1].</summary>
internal static class GaussLegendre
{
    /// <summary>20 nodes: exact for polynomials up to degree 39.</summary>
    public static readonly (double Node, double Weight)[] Twenty = OnUnitInterval(20);

    /// <summary>5 nodes, for intervals that are short against the integrand's scale.</summary>
    public static readonly (double Node, double Weight)[] Five = OnUnitInterval(5);

    private static (double Node, double Weight)[] OnUnitInterval(int order)
    {
        var rule = new GaussLegendreRule(0, 1, order);
        return [.. rule.Abscissas.Zip(rule.Weights)];
    }
}
