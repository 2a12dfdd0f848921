using PateSim.Core.Components;
using PateSim.Data.Encoders;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Encoders;

public sealed class EncoderTests
{
    private static readonly RawTable Patients = Support.Tables.Read("10,female,0\n30,male,1\n?,?,1\n90,female,0\n");

    private static EncodingOptions With(params (string, string)[] options) => EncodingOptions.From(
        OptionValues.From(EncodingOptions.Specs, options.ToDictionary(o => o.Item1, o => (object)o.Item2)));

    [Fact]
    public void By_default_values_are_standardised_on_the_fit_and_missing_is_a_level()
    {
        // Fit on ages 10 and 30: mean 20, σ 10.
        var encoder = Encoder.Fit(Patients, [0, 1], EncodingOptions.Default);
        Assert.Equal(["age", "age=missing", "sex=female", "sex=male", "sex=missing"], encoder.FeatureNames.ToArray());
        var data = encoder.Encode(Patients, [3, 2, 0]);
        Assert.Equal([7, 0, 1, 0, 0, 0, 1, 0, 0, 1, -1, 0, 1, 0, 0], data.Features.Values.ToArray());
        Assert.Equal([0, 1, 0], data.Labels.ToArray());
        Assert.Equal(2, data.ClassCount);
    }

    [Fact]
    public void Missing_cells_may_become_the_mean_of_the_fit()
    {
        var encoder = Encoder.Fit(Patients, [0, 1, 3], With(("missing", "mean"), ("numeric", "none")));
        Assert.Equal(["age", "sex=female", "sex=male"], encoder.FeatureNames.ToArray());
        Assert.Equal([130f / 3, 2f / 3, 1f / 3], encoder.Encode(Patients, [2]).Features.Values.ToArray());
    }

    [Theory]
    [InlineData("standardise", "own-level")]
    [InlineData("min-max", "mean")]
    public void Single_records_as_they_are_written_are_encoded_to_the_same_bits(string numeric, string missing)
    {
        var encoder = Encoder.Fit(Patients, [0, 1, 3], With(("numeric", numeric), ("missing", missing)));
        (string Age, string Sex)[] cells = [("10", "female"), ("30", "male"), ("?", "?"), ("90", "female")];
        var encoding = encoder.ForRecords(Patients.Schema);
        var records = encoding.Encode(
            [.. cells.Select(c => new Dictionary<string, string> { ["age"] = c.Age, ["sex"] = c.Sex })]);
        Assert.Equal(encoder.FeatureNames.ToArray(), encoding.FeatureNames.ToArray());
        Assert.Equal(encoder.Encode(Patients, [0, 1, 2, 3]).Features.Values.ToArray(), records.Values.ToArray());
    }

    [Fact]
    public void Min_max_spans_the_fit_and_values_beyond_are_not_clamped()
    {
        var encoder = Encoder.Fit(Patients, [0, 1], With(("numeric", "min-max")));
        Assert.Equal([0f, 1f, 4f], Column(encoder, 0, [0, 1, 3]));
        Assert.Equal(.5f, Column(encoder, 0, [2])[0]);
    }

    [Fact]
    public void The_schema_alone_can_give_the_constants()
    {
        // Declared range 0 to 100: mean 50, σ 100/√12.
        var encoder = Encoder.Fit(Patients, [], With(("fitted-on", "schema")));
        Assert.Equal((float)(-40 / (100 / Math.Sqrt(12))), Column(encoder, 0, [0])[0]);
        Assert.Equal(0, encoder.Record.FitRecords);
        Assert.False(encoder.Record.CrossesHospitals);
        Assert.Contains("no record was looked at", encoder.Record.Statement, StringComparison.Ordinal);
        var shares = Encoder.Fit(Patients, [], With(("fitted-on", "schema"), ("missing", "mean")));
        Assert.Equal([0f, .5f, .5f], shares.Encode(Patients, [2]).Features.Values.ToArray());
    }

    [Fact]
    public void Pooled_statistics_are_shown_as_crossing_the_hospitals()
    {
        var pooled = Encoder.Fit(Patients, [0, 1], With(("fitted-on", "pooled"))).Record;
        Assert.True(pooled.CrossesHospitals);
        Assert.Contains("2 private records of all hospitals together", pooled.Statement, StringComparison.Ordinal);
        var open = Encoder.Fit(Patients, [0, 1], EncodingOptions.Default).Record;
        Assert.False(open.CrossesHospitals);
        Assert.Contains("2 records of the public set", open.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_columns_and_columns_without_values_are_recorded()
    {
        var constant = Encoder.Fit(Patients, [1], EncodingOptions.Default);
        Assert.Equal((30.0, 1.0, "constant in the fit: scaled by 1"), Constants(constant));
        Assert.Equal([-20f], Column(constant, 0, [0]));
        var empty = Encoder.Fit(Patients, [2], EncodingOptions.Default);
        Assert.Equal(
            (50, 100 / Math.Sqrt(12), "no value in the fit: constants of the declared range"), Constants(empty));
    }

    [Fact]
    public void The_features_follow_from_the_schema_and_not_from_the_rows()
    {
        foreach (var missing in new[] { "own-level", "mean" })
        {
            var names = Encoder.Fit(Patients, [0], With(("missing", missing))).FeatureNames;
            Assert.Equal(names.AsEnumerable(), Encoder.Fit(Patients, [2, 3], With(("missing", missing))).FeatureNames);
            var declared = With(("missing", missing), ("fitted-on", "schema"));
            Assert.Equal(names.AsEnumerable(), Encoder.Fit(Patients, [], declared).FeatureNames);
        }
    }

    [Fact]
    public void Columns_say_which_features_they_became()
    {
        var record = Encoder.Fit(Patients, [0, 1], EncodingOptions.Default).Record;
        Assert.Equal(
            [("age", 0, 2), ("sex", 2, 3)], record.Columns.Select(c => (c.Column, c.FirstFeature, c.Features)));
        Assert.Equal(2, record.FitRecords);
    }

    [Fact]
    public void A_fit_without_records_is_a_programming_error() =>
        Assert.Throws<ArgumentException>(() => Encoder.Fit(Patients, [], EncodingOptions.Default));

    private static (double, double, string) Constants(Encoder encoder) =>
        (encoder.Record.Columns[0].Centre, encoder.Record.Columns[0].Scale, encoder.Record.Columns[0].Note);

    private static float[] Column(Encoder encoder, int feature, int[] rows)
    {
        var features = encoder.Encode(Patients, rows).Features;
        return [.. Enumerable.Range(0, features.Rows).Select(r => features.Row(r)[feature])];
    }
}
