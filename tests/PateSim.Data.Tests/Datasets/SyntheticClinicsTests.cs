using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Datasets;

public sealed class SyntheticClinicsTests
{
    private static RawTable Load(long seed, params (string, object)[] options) =>
        DataCatalogs.Datasets["synthetic-clinics"].With(options).Instance
            .Load(DataAccess.None, RandomKey.FromSeed(seed), default);

    [Fact]
    public void It_has_the_patients_clinics_and_diagnoses_asked_for()
    {
        var table = Load(1, ("patients", 2000L), ("clinics", 7L), ("diagnoses", 3L));
        Assert.Equal(2000, table.Rows);
        Assert.Equal(["heart-failure", "copd-exacerbation", "pneumonia"], table.ClassNames.ToArray());
        Assert.Equal(7, table.SiteNames.Length);
        Assert.Equal("clinic-001", table.SiteNames[0]);
        Assert.Equal(Enumerable.Range(0, 7), table.Sites.ToArray().Distinct());
        Assert.Equal(3, table.Labels.ToArray().Distinct().Count());
        Assert.Equal(22, table.Schema.Features.Length);
    }

    [Fact]
    public void The_same_key_gives_the_same_patients_and_another_key_others()
    {
        var (one, same, other) = (Load(5), Load(5), Load(6));
        for (var f = 0; f < one.Schema.Features.Length; f++)
        {
            if (one.Schema.Features[f] is NumericColumn) Assert.Equal(
                one.Numeric(f).ToArray(), same.Numeric(f).ToArray());
            else Assert.Equal(one.Codes(f).ToArray(), same.Codes(f).ToArray());
        }
        Assert.Equal(one.Labels.ToArray(), same.Labels.ToArray());
        Assert.Equal(one.Sites.ToArray(), same.Sites.ToArray());
        Assert.NotEqual(one.Labels.ToArray(), other.Labels.ToArray());
    }

    [Fact]
    public void Every_clinic_has_a_patient_and_equal_sizes_differ_by_at_most_one()
    {
        var spread = Load(2, ("patients", 500L), ("clinics", 400L), ("size-spread", 3.0));
        Assert.Equal(400, spread.Sites.ToArray().Distinct().Count());
        var equal = Load(2, ("patients", 1003L), ("clinics", 100L), ("size-spread", 0.0));
        var sizes = equal.Sites.ToArray().CountBy(s => s).Select(p => p.Value).ToList();
        Assert.Equal([10, 11], sizes.Distinct().Order());
    }

    [Fact]
    public void Missing_cells_occur_at_the_asked_rate_and_only_in_laboratory_and_imaging()
    {
        // 30,000 Bernoulli(.08) draws: a deviation of .012 is beyond 7.6 standard errors, false alarm < 1e-12.
        var table = Load(3);
        for (var f = 0; f < table.Schema.Features.Length; f++)
        {
            var column = table.Schema.Features[f];
            var missing = column is NumericColumn
                ? table.Numeric(f).ToArray().Count(float.IsNaN)
                : table.Codes(f).Count(RawTable.MissingCode);
            if (column.MayBeMissing) Assert.InRange(missing / 30_000.0, .068, .092);
            else Assert.Equal(0, missing);
        }
        Assert.Equal(10, table.Schema.Features.Count(f => f.MayBeMissing));
        Assert.DoesNotContain(Load(3, ("missing", 0.0)).Schema.Features, f => f.MayBeMissing);
    }

    [Fact]
    public void Label_noise_changes_labels_only_and_at_its_rate()
    {
        // 30,000 Bernoulli(.2) draws: a deviation of .02 is beyond 8.6 standard errors, false alarm < 1e-15.
        var (clean, noisy) = (Load(4, ("label-noise", 0.0)), Load(4, ("label-noise", .2)));
        Assert.Equal(clean.Numeric(0).ToArray(), noisy.Numeric(0).ToArray());
        var changed = 0;
        for (var row = 0; row < clean.Rows; row++)
        {
            if (clean.Labels[row] != noisy.Labels[row]) changed++;
        }
        Assert.InRange(changed / 30_000.0, 0.18, 0.22);
    }

    [Fact]
    public void Case_mix_is_the_prevalence_at_high_concentration_and_unlike_at_low()
    {
        // Prevalence of heart failure .22 over 30,000 patients: .02 is beyond 8 standard errors, false alarm < 1e-14.
        var alike = Load(5, ("case-mix-concentration", 1e6), ("label-noise", 0.0));
        Assert.InRange(alike.ClassCounts()[0] / 30_000.0, .20, .24);
        double Spread(RawTable table) => Enumerable.Range(0, 120).Max(clinic => Share(table, clinic));
        Assert.True(Spread(Load(5, ("case-mix-concentration", 1.0))) > Spread(alike) + .3);
    }

    [Fact]
    public void Measurements_are_finite_and_reported_in_their_steps()
    {
        var table = Load(6);
        var ages = table.Numeric(0).ToArray();
        Assert.All(ages, age => Assert.True(age is >= 18 and <= 98 && age == MathF.Round(age)));
        Assert.All(table.Numeric(4).ToArray(), saturation => Assert.True(saturation <= 100));
        Assert.All(table.Schema.Features.OfType<NumericColumn>(), c => Assert.True(c.Minimum < c.Maximum));
    }

    [Fact]
    public void More_clinics_than_patients_and_a_cancelled_load_are_refused()
    {
        var refused = Assert.Throws<OptionException>(() => Load(1, ("patients", 10L), ("clinics", 11L)));
        Assert.Equal("clinics", refused.Option);
        Assert.Throws<OperationCanceledException>(() => DataCatalogs.Datasets["synthetic-clinics"].With().Instance
            .Load(DataAccess.None, RandomKey.FromSeed(1), new CancellationToken(true)));
    }

    private static double Share(RawTable table, int clinic)
    {
        int patients = 0, first = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            if (table.Sites[row] != clinic) continue;
            patients++;
            if (table.Labels[row] == 0) first++;
        }
        return (double)first / patients;
    }
}
