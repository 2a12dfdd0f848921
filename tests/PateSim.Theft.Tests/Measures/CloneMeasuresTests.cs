using PateSim.Core.Features;
using PateSim.Theft.Measures;

namespace PateSim.Theft.Tests.Measures;

public sealed class CloneMeasuresTests
{
    private static readonly LabelledData Evaluation = new(new FeatureMatrix(6, 1, new float[6]), [0, 0, 1, 1, 2, 2], 3);

    private static CloneMeasures Of(int[] clone, int[] victim) => CloneMeasures.Of(clone, victim, Evaluation);

    [Fact]
    public void Each_measure_is_counted_on_the_records()
    {
        var measures = Of(clone: [0, 1, 1, 1, 1, 0], victim: [0, 1, 1, 1, 2, 1]);
        Assert.Equal(new Proportion(3, 6), measures.Accuracy);
        Assert.Equal(new Proportion(4, 6), measures.VictimAccuracy);
        Assert.Equal(new Proportion(4, 6), measures.Fidelity);
        Assert.Equal(new Proportion(1, 2), measures.FidelityOnErrors);
        Assert.Equal(1 / 6.0, measures.Gap, 1e-15);
        Assert.Equal(0.75, measures.RelativeAccuracy!.Value, 1e-15);
        // clone (2, 4, 0), victim (1, 4, 1), n = 6, s = 4: (24 − 18)/(36 − 18).
        Assert.Equal(1 / 3.0, measures.Kappa, 1e-15);
    }

    [Fact]
    public void A_perfect_copy_shares_everything_with_its_victim()
    {
        int[] victim = [0, 1, 1, 0, 2, 2];
        var measures = Of(victim, victim);
        Assert.Equal((1, 0, 1), (measures.Kappa, measures.Gap, measures.RelativeAccuracy));
        Assert.Equal(1, measures.FidelityOnErrors!.Value.Rate);
    }

    [Fact]
    public void A_clone_can_be_better_than_its_victim() =>
        Assert.True(Of([0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 0, 0]).Gap < 0);

    [Fact]
    public void Relative_accuracy_of_a_victim_that_is_never_right_does_not_exist() =>
        Assert.Null(Of([0, 0, 1, 1, 2, 2], [1, 1, 2, 2, 0, 0]).RelativeAccuracy);
}
