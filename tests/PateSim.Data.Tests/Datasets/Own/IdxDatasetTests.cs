using PateSim.Core.Components;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets.Own;

public sealed class IdxDatasetTests
{
    private static readonly byte[] Arrays = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 255];

    private static byte[] Codes(params byte[] codes) => [0, 0, 8, 1, 0, 0, 0, (byte)codes.Length, .. codes];

    private static OwnFiles Files() => new OwnFiles().With("x.idx", Arrays).With("y.idx", TemporaryFolder.Gzip(Codes(1, 0, 1)));

    private static readonly (string, object)[] Options = [("file", "x.idx"), ("labels", "y.idx")];

    [Fact]
    public void Values_labels_hospitals_and_patients_are_read()
    {
        using var files = Files().With("h.idx", Codes(12, 3, 12)).With("p.idx", Codes(9, 9, 7));
        var table = files.Load("idx", [.. Options, ("hospital", "h.idx"), ("patient", "p.idx"), ("classes", "no=0, yes=1")]);
        Assert.Equal([1, 3, 5], table.Numeric(0).ToArray());
        Assert.Equal([2, 4, 255], table.Numeric(1).ToArray());
        Assert.Equal([1, 0, 1], table.Labels.ToArray());
        Assert.Equal(["no", "yes"], table.ClassNames.ToArray());
        Assert.Equal(["03", "12"], table.SiteNames.ToArray());
        Assert.Equal([1, 0, 1], table.Sites.ToArray());
        Assert.Equal([0, 0, 1], table.Patients.ToArray());
        Assert.False(table.Schema.FromRecords);
        Assert.Equal((0, 255), Range(table));
        Assert.True(files.Load("idx", Options).Schema.FromRecords);
    }

    [Fact]
    public void Further_files_are_public_set_and_test()
    {
        using var files = Files();
        var table = files.Load("idx", [
            .. Options, ("public-file", "x.idx"), ("public-labels", "y.idx"), ("test-file", "x.idx"),
            ("test-labels", "y.idx"), ("hospital", "y.idx"),
        ]);
        Assert.Equal(9, table.Rows);
        Assert.Equal((PublishedPart.Training, PublishedPart.Public, PublishedPart.Test),
            (table.Parts[0], table.Parts[3], table.Parts[6]));
        Assert.Equal([1, 0, 1, -1], table.Sites[..4].ToArray());
    }

    [Theory]
    [InlineData("labels", new byte[] { 1, 0 }, "PS3017", "one number for each of the 3 records")]
    [InlineData("labels", new byte[] { 1, 1, 1 }, "PS3021", "1 different labels")]
    [InlineData("hospital", new byte[] { 1 }, "PS3017", "one number for each of the 3 records")]
    public void Companions_that_do_not_fit_are_refused(string option, byte[] codes, string code, string message)
    {
        using var files = Files().With("z.idx", Codes(codes));
        var problem = files.Refusal("idx", [.. Options.Where(o => o.Item1 != option), (option, "z.idx")]);
        Assert.Equal(code, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_and_classes_that_are_declared_are_held()
    {
        using var files = Files();
        Assert.Contains("Value 2 of record 3 is 255, outside of the declared range 0 to 100",
            files.Refusal("idx", [.. Options, ("minimum", 0.0), ("maximum", 100.0)]).Message, StringComparison.Ordinal);
        Assert.Contains("The label of record 1 is 1; declared are 0, 7",
            files.Refusal("idx", [.. Options, ("classes", "0, 7")]).Message, StringComparison.Ordinal);
        Assert.Equal("PS3017", files.Refusal("idx", ("file", "y.idx"), ("labels", "y.idx")).Code);
        string Option(params (string, object)[] options) =>
            Assert.Throws<OptionException>(() => DataCatalogs.Datasets["idx"].With(options)).Option;
        Assert.Equal("labels", Option(("file", "x")));
        Assert.Equal("test-labels", Option([.. Options, ("test-labels", "z")]));
        Assert.Equal("maximum", Option([.. Options, ("minimum", 0.0)]));
    }

    private static (double, double) Range(RawTable table)
    {
        var column = (NumericColumn)table.Schema.Features[0];
        return (column.Minimum, column.Maximum);
    }
}
