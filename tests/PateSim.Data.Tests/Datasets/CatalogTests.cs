namespace PateSim.Data.Tests.Datasets;

public sealed class CatalogTests
{
    [Fact]
    public void Every_component_describes_itself()
    {
        var descriptors = DataCatalogs.Datasets.All.Select(c => c.Descriptor)
            .Concat(DataCatalogs.Splits.All.Select(c => c.Descriptor))
            .Concat(DataCatalogs.Partitioners.All.Select(c => c.Descriptor))
            .Concat(DataCatalogs.Shifts.All.Select(c => c.Descriptor))
            .Concat(DataCatalogs.PublicSources.All.Select(c => c.Descriptor)).ToList();
        // Each dataset is a possible public set, beside the split's and the uniform one.
        Assert.Equal(30 + 3 + 2 + DataCatalogs.Datasets.All.Count(), descriptors.Count);
        Assert.All(descriptors, d =>
        {
            Assert.Matches(@"[.?]$", d.Summary);
            Assert.NotEmpty(d.Details);
            Assert.All(d.Options, o => Assert.NotEmpty(o.Summary));
        });
    }

    [Fact]
    public void Every_dataset_says_what_it_is()
    {
        Assert.All(DataCatalogs.Datasets.All, component =>
        {
            var info = (component.Name switch
            {
                "csv" or "arff" => component.With(("file", "x.csv"), ("label", "y")),
                "idx" => component.With(("file", "x.idx"), ("labels", "y.idx")),
                _ => component.With(),
            })
                .Instance.Info;
            Assert.Equal(component.Name, info.Name);
            Assert.All(
                new[] { info.Description, info.Task, info.Licence, info.Citation, info.Address },
                text => Assert.NotEmpty(text));
            Assert.NotEmpty(info.Notes);
            Assert.All(info.Schema.Columns, c => Assert.NotEmpty(c.Meaning));
            Assert.All(info.Files, f =>
            {
                Assert.Matches("^[0-9a-f]{64}$", f.Sha256);
                Assert.Equal(f.Rows, f.ClassCounts.Sum());
                Assert.Equal(info.ClassNames.Length, f.ClassCounts.Length);
            });
        });
    }
}
