using CsCheck;
using PateSim.Theft.Measures;

namespace PateSim.Theft.Tests.Measures;

public sealed class AgreementTests
{
    private static readonly Gen<(int[] First, int[] Second, int Classes)> Labels =
        Gen.Int[2, 5].SelectMany(classes => Gen.Int[1, 60].SelectMany(count =>
            Gen.Select(
                Gen.Int[0, classes - 1].Array[count], Gen.Int[0, classes - 1].Array[count],
                (first, second) => (first, second, classes))));

    private static double Kappa(int[] first, int[] second, int classes) => Agreement.Kappa(first, second, classes);

    [Fact]
    public void Kappa_of_a_worked_example_is_the_textbook_s()
    {
        // Two raters, 50 proposals: yes/yes 20, yes/no 5, no/yes 10, no/no 15. p_o = .7, p_e = .5, κ = .4.
        int[] first = [.. Enumerable.Repeat(1, 25), .. Enumerable.Repeat(0, 25)];
        int[] second =
        [
            .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(0, 5),
            .. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(0, 15),
        ];
        Assert.Equal(0.4, Kappa(first, second, 2), 1e-15);
        Assert.Equal(0.7, Agreement.Rate(first, second).Rate, 1e-15);
    }

    [Fact]
    public void Kappa_lies_between_minus_1_and_1_and_below_agreement() => Labels.Sample(l =>
    {
        var kappa = Kappa(l.First, l.Second, l.Classes);
        Assert.InRange(kappa, -1, 1);
        Assert.True(kappa <= Agreement.Rate(l.First, l.Second).Rate);
    });

    [Fact]
    public void Both_measures_are_symmetric() => Labels.Sample(l =>
    {
        Assert.Equal(Kappa(l.First, l.Second, l.Classes), Kappa(l.Second, l.First, l.Classes));
        Assert.Equal(Agreement.Rate(l.First, l.Second), Agreement.Rate(l.Second, l.First));
    });

    [Fact]
    public void Renaming_the_classes_or_reordering_the_records_changes_nothing() =>
        Labels.Select(Gen.Int[0, 1000]).Sample((l, seed) =>
        {
            var stream = PateSim.Core.Randomness.RandomKey.FromSeed(seed).Open();
            var names = stream.Permutation(l.Classes);
            var order = stream.Permutation(l.First.Length);
            int[] first = [.. order.Select(i => names[l.First[i]])];
            int[] second = [.. order.Select(i => names[l.Second[i]])];
            Assert.Equal(Kappa(l.First, l.Second, l.Classes), Kappa(first, second, l.Classes));
            Assert.Equal(Agreement.Rate(l.First, l.Second), Agreement.Rate(first, second));
        });

    [Fact]
    public void Classes_that_never_occur_do_not_count() => Labels.Sample(l =>
        Assert.Equal(Kappa(l.First, l.Second, l.Classes), Kappa(l.First, l.Second, l.Classes + 3)));

    [Fact]
    public void A_constant_decider_has_kappa_exactly_0() => Labels.Sample(l =>
    {
        var constant = new int[l.First.Length];
        Assert.Equal(0, Kappa(constant, l.Second, l.Classes));
        Assert.Equal(0, Kappa(l.First, constant, l.Classes));
        Assert.Equal(0, Kappa(constant, constant, l.Classes));
    });

    [Fact]
    public void Equal_deciders_have_kappa_1_unless_constant() => Labels.Sample(l =>
        Assert.Equal(l.First.Distinct().Count() > 1 ? 1 : 0, Kappa(l.First, l.First, l.Classes)));

    [Fact]
    public void Opposite_deciders_of_two_even_classes_have_kappa_minus_1() =>
        Assert.Equal(-1, Kappa([0, 1, 0, 1], [1, 0, 1, 0], 2));

    [Fact]
    public void Agreement_on_errors_counts_only_where_the_reference_is_wrong()
    {
        int[] truth = [0, 0, 1, 1, 2], victim = [0, 1, 1, 0, 0], clone = [0, 1, 0, 1, 0];
        Assert.Equal(new Proportion(2, 3), Agreement.OnErrors(clone, victim, truth));
        Assert.Null(Agreement.OnErrors(clone, truth, truth));
        Assert.Equal(1, Agreement.OnErrors(victim, victim, truth)!.Value.Rate);
    }

    [Fact]
    public void Labels_that_do_not_pair_or_are_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Agreement.Rate([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Agreement.Rate([], []));
        Assert.Throws<ArgumentException>(() => Agreement.OnErrors([1], [1], [1, 2]));
        Assert.Contains("record 1 is 3", Assert.Throws<ArgumentException>(
            () => Agreement.Kappa([1, 3], [1, 2], 3)).Message, StringComparison.Ordinal);
    }
}
