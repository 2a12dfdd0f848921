using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Tables;

public sealed class TableSchemaTests
{
    private static readonly NumericColumn Age = new("age", "age", "years", 0, 100);
    private static readonly LabelColumn Label = new("y", "class", Level.Named("a", "b"));

    [Fact]
    public void Features_are_the_numeric_and_categorical_columns_in_order()
    {
        var sex = new CategoricalColumn("sex", "sex", Level.Named("f", "m"));
        var schema = new TableSchema(new IgnoredColumn("id", "a number"), sex, Label, Age);
        Assert.Equal(["sex", "age"], schema.Features.Select(f => f.Name));
        Assert.Same(Label, schema.Label);
        Assert.Null(schema.Hospital);
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        Refuse("stands twice", Age, Age, Label);
        Refuse("at least one feature", Label);
        Refuse("exactly one label", Age);
        Refuse("exactly one label", Age, Label, Label with { Name = "z" });
        Refuse("two or more classes", Age, Label with { Classes = Level.Named("a") });
        Refuse("spelling in 'y' '1' stands twice", Age,
            Label with { Classes = [new Level("a", "1"), new Level("b", "1")] });
        Refuse("spelling in 'c' '?'", new CategoricalColumn("c", "", Level.Named("?")) { MissingMarks = ["?"] }, Label);
        Refuse("its ends must ascend", Age with { Maximum = 0 }, Label);
        Refuse("may not have missing marks", Age, Label with { MissingMarks = ["?"] });
        Refuse("at most one hospital", Age, Label, new HospitalColumn("h", "", []), new HospitalColumn("i", "", []));
    }

    [Fact]
    public void Complete_cases_keep_order_labels_sites_and_say_so_in_the_schema()
    {
        var schema = new TableSchema(
            new HospitalColumn("h", "", []), Support.Tables.Schema.Columns[0], Support.Tables.Schema.Columns[1], Label);
        var table = Support.Tables.Read("s,1,male,a\nr,?,male,b\nr,3,?,b\nr,4,female,b\n", schema).CompleteCases();
        Assert.Equal([1f, 4f], table.Numeric(0).ToArray());
        Assert.Equal([(short)1, (short)0], table.Codes(1).ToArray());
        Assert.Equal([0, 1], table.Labels.ToArray());
        Assert.Equal(["s", "r"], table.Sites.ToArray().Select(s => table.SiteNames[s]));
        Assert.All(table.Schema.Features, f => Assert.False(f.MayBeMissing));
    }

    private static void Refuse(string message, params Column[] columns) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => new TableSchema([.. columns]))
            .Message, StringComparison.Ordinal);
}
