using System.Collections.Immutable;
using CsCheck;
using PateSim.Data.Federation;

namespace PateSim.Data.Tests.Federation;

public sealed class HeterogeneityTests
{
    private static readonly Gen<ImmutableArray<ImmutableArray<int>>> Counts =
        from classes in Gen.Int[2, 6]
        from counts in Gen.Int[0, 50].Array[classes].Where(c => c.Sum() > 0).Array[1, 30]
        select counts.Select(c => c.ToImmutableArray()).ToImmutableArray();

    [Fact]
    public void Hospitals_alike_diverge_by_nothing_and_count_in_full()
    {
        var m = Heterogeneity.Of([[10, 30], [10, 30], [10, 30], [10, 30]]);
        Assert.Equal((0, 0, 0, 0, 4), (m.MeanLabelDivergence, m.LargestLabelDivergence, m.LabelInformation, m.SizeGini,
            m.EffectiveHospitals));
        Assert.Equal(3 * 1 / (2 * 160 * Math.Log(2)), m.LabelInformationIfAlike, 1e-15);
        Assert.Equal((40, 40.0, 40, 2.0), (m.SmallestHospital, m.MedianHospital, m.LargestHospital, m.MeanClasses));
    }

    [Fact]
    public void Two_hospitals_of_one_class_each_tell_the_class()
    {
        // JS((1, 0), (½, ½)) = H(¾, ¼) − ½ = 0.811278124459 − 0.5.
        var m = Heterogeneity.Of([[20, 0], [0, 20]]);
        Assert.Equal(1, m.LabelInformation, 1e-12);
        Assert.Equal(0.311278124459133, m.MeanLabelDivergence, 1e-12);
        Assert.Equal(1, m.MeanClasses);
    }

    [Fact]
    public void Unequal_sizes_have_the_published_measures()
    {
        // Gini of 1, 2, 3, 4 is 1/4; (1 + 2 + 3 + 4)²/(1 + 4 + 9 + 16) = 100/30.
        var m = Heterogeneity.Of([[1, 0], [2, 0], [3, 0], [4, 0]]);
        Assert.Equal(.25, m.SizeGini, 1e-12);
        Assert.Equal(100.0 / 30, m.EffectiveHospitals, 1e-12);
        Assert.Equal(2.5, m.MedianHospital);
    }

    [Fact]
    public void Measures_stay_in_their_ranges_and_do_not_depend_on_the_order() => Counts.Sample(
        counts =>
        {
            var m = Heterogeneity.Of(counts);
            var reversed = Heterogeneity.Of([.. counts.Reverse()]);
            var n = counts.Length;
            return m.MeanLabelDivergence is >= 0 and <= 1 && m.MeanLabelDivergence <= m.LargestLabelDivergence
                && m.LabelInformation >= 0
                && m.LabelInformation <= Math.Log2(Math.Min(n, counts[0].Length)) + 1e-9
                && m.SizeGini >= -1e-12 && m.SizeGini <= 1 - 1.0 / n + 1e-12
                && m.EffectiveHospitals >= 1 - 1e-12 && m.EffectiveHospitals <= n + 1e-9
                && Math.Abs(m.LabelInformation - reversed.LabelInformation) < 1e-9
                && Math.Abs(m.SizeGini - reversed.SizeGini) < 1e-12;
        },
        iter: 300);

    [Fact]
    public void An_empty_hospital_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Heterogeneity.Of([]));
        Assert.Throws<ArgumentException>(() => Heterogeneity.Of([[1, 1], [0, 0]]));
    }
}
