using PateSim.Core.Features;

namespace PateSim.Core.Tests.Features;

public sealed class LabelledDataTests
{
    private static readonly FeatureMatrix Features = new(3, 2, [1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(2, "label of record 1 is 2; labels are 0 to 1")]
    [InlineData(-1, "label of record 1 is -1; labels are 0 to 1")]
    [InlineData(int.MinValue, "label of record 1 is -2147483648")]
    public void A_label_outside_its_range_is_refused_with_its_record(int label, string saying)
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelledData(Features, [0, label, 1], 2));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
        Assert.Equal("labels", error.ParamName);
    }

    [Fact]
    public void Lengths_that_differ_and_missing_parts_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelledData(Features, [0, 1], 2));
        Assert.Contains("2 labels for 3 records", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LabelledData(Features, default, 2));
        Assert.Throws<ArgumentNullException>(() => new LabelledData(null!, [0, 1, 0], 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fewer_than_two_classes_are_refused(int classes)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new LabelledData(Features, [0, 0, 0], classes));
        Assert.Equal(classes, error.ActualValue);
    }

    [Fact]
    public void Select_keeps_features_and_labels_together()
    {
        var selected = new LabelledData(Features, [0, 2, 1], 4).Select([1, 2, 1, 0]);
        Assert.Equal((4, 4), (selected.Count, selected.ClassCount));
        Assert.Equal([2, 1, 2, 0], selected.Labels.AsEnumerable());
        Assert.Equal([3, 4, 5, 6, 3, 4, 1, 2], selected.Features.Values.ToArray());
    }

    [Fact]
    public void Select_of_nothing_is_empty_and_keeps_the_number_of_classes()
    {
        var selected = new LabelledData(Features, [0, 2, 1], 4).Select([]);
        Assert.Equal((0, 4), (selected.Count, selected.ClassCount));
    }

    [Fact]
    public void Select_of_a_record_that_is_not_there_is_refused_with_its_number()
    {
        var data = new LabelledData(Features, [0, 2, 1], 4);
        Assert.Equal(3, Assert.Throws<ArgumentOutOfRangeException>(() => data.Select([0, 3])).ActualValue);
    }
}
