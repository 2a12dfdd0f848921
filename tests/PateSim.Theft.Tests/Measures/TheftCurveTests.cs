using CsCheck;
using PateSim.Theft.Measures;

namespace PateSim.Theft.Tests.Measures;

public sealed class TheftCurveTests
{
    private static readonly Gen<TheftPoint[]> Points =
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[-1, 1], (budget, kappa) => new TheftPoint(budget, kappa))
            .Array[1, 12].Select(points => points.DistinctBy(point => point.Budget).ToArray());

    private static double Area(params (int Budget, double Kappa)[] points) =>
        new TheftCurve(points.Select(p => new TheftPoint(p.Budget, p.Kappa))).AreaUnderCurve;

    [Fact]
    public void The_area_is_the_trapezoid_over_the_logarithm_of_the_budget()
    {
        Assert.Equal(0.5, Area((10, 0), (1000, 1)), 1e-15);
        Assert.Equal((0.3 + 0.55) / 2, Area((10, 0.2), (100, 0.4), (1000, 0.7)), 1e-15);
        // ln 50 → ln 100 → ln 1000 with κ = .2, .6, .8.
        var expected = (Math.Log(2) * 0.4 + Math.Log(10) * 0.7) / Math.Log(20);
        Assert.Equal(expected, Area((1000, 0.8), (50, 0.2), (100, 0.6)), 1e-15);
    }

    [Fact]
    public void Worse_than_chance_counts_as_nothing_stolen()
    {
        Assert.Equal(0, Area((10, -0.9), (100, -0.1)));
        Assert.Equal(0.25, Area((10, -0.5), (100, 0.5)), 1e-15);
    }

    [Fact]
    public void A_single_budget_counts_as_it_is()
    {
        Assert.Equal(0.6, Area((100, 0.6)));
        Assert.Equal(0, Area((100, -0.6)));
    }

    [Fact]
    public void The_area_lies_between_0_and_1_and_resistance_is_the_rest() => Points.Sample(points =>
    {
        var curve = new TheftCurve(points);
        Assert.InRange(curve.AreaUnderCurve, 0, 1);
        Assert.Equal(1, curve.AreaUnderCurve + curve.TheftResistance, 1e-15);
    });

    [Fact]
    public void A_level_curve_has_the_area_of_its_level_and_order_does_not_matter() =>
        Points.Select(Gen.Double[0, 1]).Sample((points, level) =>
        {
            var flat = points.Select(p => p with { Kappa = level }).ToArray();
            Assert.Equal(level, new TheftCurve(flat).AreaUnderCurve, 1e-12);
            Assert.Equal(
                new TheftCurve(points).AreaUnderCurve, new TheftCurve(points.Reverse()).AreaUnderCurve);
        });

    [Fact]
    public void A_better_clone_anywhere_never_lowers_the_area() =>
        Points.Select(Gen.Double[0, 1]).Sample((points, more) =>
        {
            var better = points.ToArray();
            better[0] = better[0] with { Kappa = Math.Min(1, better[0].Kappa + more) };
            Assert.True(new TheftCurve(better).AreaUnderCurve >= new TheftCurve(points).AreaUnderCurve - 1e-12);
        });

    [Fact]
    public void The_unit_of_the_budget_does_not_matter() => Points.Sample(points =>
        Assert.Equal(
            new TheftCurve(points).AreaUnderCurve,
            new TheftCurve(points.Select(p => p with { Budget = 7 * p.Budget })).AreaUnderCurve, 1e-9));

    [Fact]
    public void Against_several_attacks_the_best_one_counts()
    {
        TheftCurve[] attacks =
        [
            new([new(10, 0.1), new(100, 0.2)]), new([new(10, 0.6), new(100, 0.8)]), new([new(10, 0), new(100, 0)]),
        ];
        Assert.Equal(0.3, TheftCurve.WorstCaseResistance(attacks), 1e-15);
        Assert.Throws<ArgumentException>(() => TheftCurve.WorstCaseResistance([]));
        Assert.Throws<ArgumentException>(
            () => TheftCurve.WorstCaseResistance([attacks[0], new TheftCurve([new(10, 1), new(200, 1)])]));
    }

    [Fact]
    public void Points_that_make_no_curve_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Area());
        Assert.Throws<ArgumentException>(() => Area((10, 0.5), (10, 0.6)));
        Assert.Throws<ArgumentException>(() => Area((0, 0.5)));
        Assert.Throws<ArgumentException>(() => Area((10, 1.5)));
        Assert.Throws<ArgumentException>(() => Area((10, double.NaN)));
    }
}
