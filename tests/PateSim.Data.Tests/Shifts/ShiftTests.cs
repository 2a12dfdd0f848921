using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.Reading;
using PateSim.Data.Shifts;

namespace PateSim.Data.Tests.Shifts;

public sealed class ShiftTests
{
    private const int Hospitals = 11;

    private static Chosen<IShift> Shift(string name, params (string, object)[] options) =>
        DataCatalogs.Shifts[name].With(options);

    private static FederatedData Build(params ImmutableArray<Chosen<IShift>> shifts) => Build(shifts, Hospitals);

    private static FederatedData Build(ImmutableArray<Chosen<IShift>> shifts, long hospitals) =>
        FederationBuilder.Build(
            new FederationPlan(
                DataCatalogs.Datasets["synthetic-clinics"].With(("patients", 6000L), ("clinics", 20L)).Instance,
                DataCatalogs.Splits["shares"].With().Instance,
                DataCatalogs.Partitioners["iid"].With(("hospitals", hospitals)).Instance, EncodingOptions.Default)
            {
                Shifts = shifts,
            },
            DataAccess.None, RandomKey.FromSeed(1));

    private static double Changed(FederatedData before, FederatedData after, int hospital) =>
        before.Hospitals[hospital].Data.Labels.Zip(after.Hospitals[hospital].Data.Labels, (a, b) => a != b ? 1.0 : 0)
            .Average();

    [Fact]
    public void Public_set_and_test_stay_as_recorded_and_no_record_moves()
    {
        var plain = Build();
        var shifted = Build(
            Shift("feature-noise", ("level", 2.0)), Shift("label-noise", ("rate", .5)),
            Shift("label-flip", ("hospitals-share", 1.0)));
        Assert.True(plain.Public.Features.Values.SequenceEqual(shifted.Public.Features.Values));
        Assert.True(plain.Test.Features.Values.SequenceEqual(shifted.Test.Features.Values));
        Assert.Equal(plain.Public.Labels.AsEnumerable(), shifted.Public.Labels);
        Assert.Equal(plain.Test.Labels.AsEnumerable(), shifted.Test.Labels);
        Assert.Equal(plain.Disjointness, shifted.Disjointness);
        Assert.Equal(["feature-noise", "label-noise", "label-flip"], shifted.Certificate.Shifts.Select(s => s.Name));
        Assert.Empty(plain.Certificate.Shifts);
    }

    [Fact]
    public void Graded_noise_grows_from_none_to_all_and_leaves_categories_alone()
    {
        var (plain, noisy) = (Build(), Build(Shift("feature-noise", ("level", .5))));
        var numeric = plain.Encoding.Columns.Where(c => c.Column == "age").Select(c => c.FirstFeature).Single();
        double Deviation(int hospital)
        {
            var (a, b) = (plain.Hospitals[hospital].Data.Features, noisy.Hospitals[hospital].Data.Features);
            return Math.Sqrt(Enumerable.Range(0, a.Rows).Average(r => Math.Pow(a.Row(r)[numeric] - b.Row(r)[numeric], 2)));
        }
        Assert.Equal(0, Deviation(0));
        // 327 records: the estimated deviation is within a fifth (6 standard errors) of the true one.
        Assert.InRange(Deviation(5), .25 * .76, .25 * 1.24);
        Assert.InRange(Deviation(10), .5 * .76, .5 * 1.24);
        foreach (var column in plain.Encoding.Columns.Where(c => c.Column == "sex"))
        {
            for (var r = 0; r < 50; r++)
                Assert.Equal(
                    plain.Hospitals[10].Data.Features.Row(r)[column.FirstFeature],
                    noisy.Hospitals[10].Data.Features.Row(r)[column.FirstFeature]);
        }
        Assert.Equal(10, noisy.Certificate.Shifts[0].Hospitals);
        Assert.Equal(0, noisy.Certificate.Shifts[0].ChangedLabels);
    }

    [Fact]
    public void A_missing_value_keeps_its_place_holder()
    {
        var (plain, noisy) = (Build(), Build(Shift("feature-noise", ("profile", "equal"))));
        var column = plain.Encoding.Columns.First(c => c.Features == 2 && c.Scale != 1);
        var met = 0;
        for (var r = 0; r < plain.Hospitals[3].Data.Count; r++)
        {
            var a = plain.Hospitals[3].Data.Features.Row(r);
            var b = noisy.Hospitals[3].Data.Features.Row(r);
            Assert.Equal(a[column.FirstFeature + 1], b[column.FirstFeature + 1]);
            var isMissing = a[column.FirstFeature + 1] == 1;
            Assert.Equal(isMissing, a[column.FirstFeature] == b[column.FirstFeature]);
            if (isMissing) met++;
        }
        Assert.True(met > 0);
    }

    [Fact]
    public void A_band_of_features_is_each_hospitals_own()
    {
        var (plain, noisy) = (Build(), Build(Shift("feature-noise", ("region", "band"), ("profile", "equal"))));
        HashSet<int> Touched(int hospital)
        {
            var (a, b) = (plain.Hospitals[hospital].Data.Features, noisy.Hospitals[hospital].Data.Features);
            return [.. Enumerable.Range(0, a.Columns).Where(f => Enumerable.Range(0, a.Rows).Any(r => a.Row(r)[f] != b.Row(r)[f]))];
        }
        List<HashSet<int>> all = [.. Enumerable.Range(0, Hospitals).Select(Touched)];
        Assert.Equal(all.Sum(t => t.Count), all.SelectMany(t => t).Distinct().Count());
        Assert.True(all.Sum(t => t.Count) > 0);
    }

    [Fact]
    public void Label_noise_replaces_at_its_rate_and_never_by_the_same_class()
    {
        var (plain, noisy) = (Build(), Build(Shift("label-noise", ("rate", .3))));
        // About 327 labels a hospital: 6 standard deviations are 0.15.
        for (var j = 0; j < Hospitals; j++) Assert.InRange(Changed(plain, noisy, j), .15, .45);
        var all = Build(Shift("label-noise", ("rate", 1.0)));
        Assert.All(Enumerable.Range(0, Hospitals), j => Assert.Equal(1, Changed(plain, all, j)));
        Assert.Equal(plain.Disjointness.PrivateRecords, all.Certificate.Shifts[0].ChangedLabels);
    }

    [Fact]
    public void A_flip_touches_its_share_of_hospitals_and_turns_every_class_alike()
    {
        var (plain, flipped) = (Build(), Build(Shift("label-flip", ("hospitals-share", .3), ("offset", 2L))));
        var touched = Enumerable.Range(0, Hospitals).Where(j => Changed(plain, flipped, j) > 0).ToList();
        Assert.Equal(3, touched.Count);
        Assert.All(touched, j => Assert.Equal(
            plain.Hospitals[j].Data.Labels.Select(k => (k + 2) % 6), flipped.Hospitals[j].Data.Labels));
        Assert.Equal(3, flipped.Certificate.Shifts[0].Hospitals);
    }

    [Fact]
    public void An_offset_that_changes_nothing_is_refused_with_its_path()
    {
        var refused = Assert.Throws<FederationException>(() => Build(Shift("label-flip", ("offset", 6L))));
        Assert.Equal(("data.shifts.label-flip.offset", "PS2265"), (refused.Path, refused.Code));
    }

    [Fact]
    public void One_hospital_alone_has_all_of_a_graded_strength()
    {
        var (plain, noisy) = (Build([], 1), Build([Shift("label-noise", ("rate", 1.0), ("profile", "graded"))], 1));
        Assert.Equal(1, Changed(plain, noisy, 0));
    }
}
