using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.PublicSets;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.PublicSets;

public sealed class PublicSetTests
{
    private static readonly DeidentificationRules None = DeidentificationRules.None;

    private static FederationPlan Plan(
        DeidentificationRules? rules = null, string? source = null, params (string, object)[] options) => new(
            DataCatalogs.Datasets["synthetic-clinics"].With(("patients", 3000L), ("clinics", 10L)).Instance,
            DataCatalogs.Splits["shares"].With().Instance, DataCatalogs.Partitioners["natural"].With().Instance,
            EncodingOptions.Default)
        {
            Deidentification = rules ?? None,
            PublicSource = source is null ? null : DataCatalogs.PublicSources[source].With(options),
        };

    private static FederatedData Build(FederationPlan plan) =>
        FederationBuilder.Build(plan, DataAccess.None, RandomKey.FromSeed(1));

    private static FederationException Refusal(FederationPlan plan) =>
        Assert.Throws<FederationException>(() => Build(plan));

    [Fact]
    public void Another_draw_of_the_same_clinics_is_a_public_set_with_labels()
    {
        var data = Build(Plan(null, "synthetic-clinics", ("patients", 1000L), ("records", 400L)));
        Assert.Equal(400, data.Public.Count);
        Assert.True(data.Certificate.PublicSet.LabelsKnown);
        // What the split sets aside for the public measures with the test; none is lost.
        Assert.Equal((1800, 0, 1200), (
            data.Disjointness.PrivateRecords, data.Disjointness.PublicRecords, data.Disjointness.TestRecords));
        Assert.Equal(1200, data.Test.Count);
        Assert.Equal(400, data.Encoding.FitRecords);
    }

    [Fact]
    public void Uniform_records_are_about_nobody_and_lie_within_the_declared_ranges()
    {
        var data = Build(Plan(null, "uniform", ("records", 500L)));
        Assert.Equal(500, data.Public.Count);
        Assert.False(data.Certificate.PublicSet.LabelsKnown);
        var age = data.Encoding.Columns.First(c => c.Column == "age");
        var schema = (NumericColumn)data.Dataset.Schema.Features.First(c => c.Name == "age");
        for (var r = 0; r < 500; r++)
        {
            var value = data.Public.Features.Row(r)[age.FirstFeature] * age.Scale + age.Centre;
            Assert.InRange(value, schema.Minimum - 1e-3, schema.Maximum + 1e-3);
        }
    }

    [Fact]
    public void A_dataset_without_the_columns_is_refused_with_the_first_that_lacks()
    {
        var table = Support.Tables.Random(50, 3, 1);
        var other = Support.Tables.Numbered(50);
        var refused = Assert.Throws<FederationException>(() => TableAlignment.To(other, table, "clinic"));
        Assert.Equal("PS2261", refused.Code);
        Assert.Contains("has no column 'sex'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_are_matched_by_name_and_labels_where_the_classes_are_the_same()
    {
        var theirs = new TableSchema(
            new CategoricalColumn("sex", "sex", Level.Named("male", "female")),
            new NumericColumn("weight", "not theirs", "kg", 0, 200), new NumericColumn("age", "age", "years", 0, 100),
            new LabelColumn("diagnosis", "diagnosis", [new Level("ill", "1"), new Level("well", "0")]));
        var other = Support.Tables.Read("male,80,30,1\nfemale,60,40,0\n", theirs);
        var (table, known) = TableAlignment.To(Support.Tables.Numbered(4), other, "other");
        Assert.True(known);
        Assert.Equal([30, 40], table.Numeric(0).ToArray());
        Assert.Equal([1, 0], table.Codes(1).ToArray());
        Assert.Equal([1, 0], table.Labels.ToArray());
        Assert.Equal(2, table.Schema.Features.Length);
        var alien = Support.Tables.Read(
            "male,80,30,x\nfemale,60,40,y\n",
            new TableSchema([.. theirs.Columns[..3], new LabelColumn("diagnosis", "d", Level.Named("x", "y"))]));
        Assert.False(TableAlignment.To(Support.Tables.Numbered(4), alien, "other").LabelsKnown);
    }

    [Fact]
    public void A_dropped_column_is_a_feature_of_nobody()
    {
        var (all, without) = (Build(Plan()), Build(Plan(None with { Drop = ["age", "sex"] })));
        Assert.Contains("age", all.FeatureNames);
        Assert.DoesNotContain(without.FeatureNames, f => f == "age" || f.StartsWith("sex=", StringComparison.Ordinal));
        Assert.Equal(all.Disjointness, without.Disjointness);
        Assert.Contains(without.Certificate.Crossings, c => c.Why.Contains("ropped: age, sex", StringComparison.Ordinal));
    }

    [Fact]
    public void Generalised_values_are_the_middles_of_intervals_in_the_public_set_alone()
    {
        var rules = None with { Generalise = None.Generalise.Add("age", 20) };
        var (plain, data) = (Build(Plan()), Build(Plan(rules)));
        var age = data.Encoding.Columns.First(c => c.Column == "age");
        for (var r = 0; r < 100; r++)
        {
            var value = data.Public.Features.Row(r)[age.FirstFeature] * age.Scale + age.Centre;
            Assert.Equal(0, Math.Abs((value - 10) / 20 - Math.Round((value - 10) / 20)), 1e-4);
        }
        var before = plain.Encoding.Columns.First(c => c.Column == "age");
        var raw = plain.Hospitals[0].Data.Features.Row(0)[before.FirstFeature] * before.Scale + before.Centre;
        var kept = data.Hospitals[0].Data.Features.Row(0)[age.FirstFeature] * age.Scale + age.Centre;
        Assert.Equal(raw, kept, 1e-3);
    }

    [Fact]
    public void K_is_the_size_of_the_smallest_group_that_is_alike()
    {
        var table = Support.Tables.Read("30,female,0\n30,female,1\n30,male,0\n?,male,0\n?,male,1\n30,male,1\n-0,male,0\n0,male,0\n");
        var rows = ImmutableArray.CreateRange(Enumerable.Range(0, 8));
        KAnonymity Of(params ImmutableArray<string> columns) =>
            KAnonymity.Of(KAnonymity.Divide(table, rows, columns), columns);
        var both = Of("age", "sex");
        Assert.Equal((2, 4, 0), (both.K, both.Groups, both.UniqueRecords));
        rows = [0, 1, 2, 3];
        both = Of("age", "sex");
        Assert.Equal((1, 3, 2), (both.K, both.Groups, both.UniqueRecords));
    }

    [Fact]
    public void A_public_set_below_the_minimum_is_an_error_or_loses_the_small_groups()
    {
        var rules = None with { QuasiIdentifiers = ["age", "sex"], MinimumK = 5 };
        var refused = Refusal(Plan(rules));
        Assert.Equal(("PS2264", "data.public.deidentify.minimum-k"), (refused.Code, refused.Path));
        var data = Build(Plan(rules with { Withhold = true, Generalise = None.Generalise.Add("age", 5) }));
        var record = data.Certificate.PublicSet.Deidentification;
        Assert.True(record.Anonymity!.K >= 5);
        Assert.True(record.Withheld > 0);
        Assert.Equal(600, data.Public.Count + record.Withheld);
        Assert.Equal(record.Withheld, data.Disjointness.WithheldRecords);
        Assert.Equal(3000, data.Disjointness.PrivateRecords + data.Disjointness.PublicRecords
            + data.Disjointness.TestRecords + data.Disjointness.WithheldRecords);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("generalise")]
    [InlineData("quasi-identifiers")]
    [InlineData("minimum-k")]
    public void Rules_that_do_not_fit_the_columns_are_refused_with_their_path(string rule)
    {
        var rules = rule switch
        {
            "drop" => None with { Drop = ["agee"] },
            "generalise" => None with { Generalise = None.Generalise.Add("sex", 2) },
            "quasi-identifiers" => None with { Drop = ["age"], QuasiIdentifiers = ["age"] },
            _ => None with { MinimumK = 2 },
        };
        var refused = Refusal(Plan(rules));
        Assert.Equal(("PS2263", "data.public.deidentify." + rule), (refused.Code, refused.Path));
    }

    [Support.RequiresDataFact("pneumonia-mnist/train-images-idx3-ubyte")]
    public void Images_of_another_kind_are_an_out_of_domain_pool()
    {
        var plan = Plan(null, "pneumonia-mnist", ("records", 100L)) with
        {
            Dataset = DataCatalogs.Datasets["mnist"].With().Instance,
            Split = DataCatalogs.Splits["published"].With().Instance,
            Partitioner = DataCatalogs.Partitioners["iid"].With().Instance,
        };
        var access = Support.TestData.AccessTo("pneumonia-mnist/train-images-idx3-ubyte");
        var data = FederationBuilder.Build(plan, access, RandomKey.FromSeed(1));
        Assert.False(data.Certificate.PublicSet.LabelsKnown);
        Assert.Equal((100, 784), (data.Public.Count, data.Public.Features.Columns));
        var own = plan with { PublicSource = DataCatalogs.PublicSources["mnist"].With() };
        Assert.Equal(
            "PS2262",
            Assert.Throws<FederationException>(() => FederationBuilder.Build(own, access, RandomKey.FromSeed(1))).Code);
    }
}
