using System.IO.Compression;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

/// <summary>Every dataset of files is read plain, gzipped and out of a zip file, and gives the same records.</summary>
public sealed class DatasetFormsTests
{
    public enum Form
    {
        Plain,

        Gzipped,

        /// <summary>All in one zip file of any name, in a folder of it.</summary>
        Zipped,

        /// <summary>Gzipped, and these in a zip file that stands beside the dataset's folder.</summary>
        GzippedInZip,
    }

    public static TheoryData<string, Form> Cases()
    {
        var cases = new TheoryData<string, Form>();
        foreach (var source in KnownDatasets.All.Where(s => !s.Info.Files.IsEmpty))
        {
            foreach (var form in new[] { Form.Plain, Form.Gzipped, Form.Zipped }) cases.Add(source.Info.Name, form);
        }
        cases.Add("heart-disease", Form.GzippedInZip);
        cases.Add("pneumonia-mnist", Form.GzippedInZip);
        return cases;
    }

    [RequiresDatasetsTheory]
    [MemberData(nameof(Cases))]
    public void The_records_do_not_depend_on_the_form(string name, Form form)
    {
        var source = KnownDatasets.Find(name)!;
        using var folder = new TemporaryFolder();
        Write(
            folder, name, form,
            source.Info.Files.Select(f => (f.Name, RequiresDatasetsTheoryAttribute.Access.Open(name, f).Content)));
        var access = DataAccess.From(folder.Path, null, null);
        Assert.Equal("--data", access.OriginOf(source.Info));
        // Loads, which checks the digest of every file, the rows and the classes.
        var check = Assert.IsType<DatasetCheck.Passed>(DatasetCheck.Of(source, access, default));
        var leftOut = name == "diabetes-130" ? 2423 : 0;
        Assert.Equal(source.Info.Counts.Sum(count => count.Rows) - leftOut, check.Records);
    }

    // Loading compares every file with the catalog's counts; here these are compared with what was published.
    [Theory]
    [InlineData("adult", 48_842, 37_155, 11_687)]
    [InlineData("breast-cancer-wisconsin", 569, 357, 212)]
    [InlineData("chronic-kidney-disease", 400, 150, 250)]
    [InlineData("diabetes-130", 101_766, 90_409, 11_357)]
    [InlineData("heart-disease", 920, 411, 509)]
    [InlineData("mnist", 70_000, 6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958)]
    [InlineData("pneumonia-mnist", 5856, 1583, 4273)]
    public void The_published_counts_are_those_of_the_catalog(
        string name, int rows, params int[] classes)
    {
        var source = KnownDatasets.Find(name)!;
        Assert.Equal(rows, source.Info.Counts.Sum(count => count.Rows));
        Assert.Equal(
            classes, Enumerable.Range(0, classes.Length).Select(k => source.Info.Counts.Sum(c => c.ClassCounts[k])));
    }

    private static void Write(
        TemporaryFolder folder, string dataset, Form form,
        IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                switch (form)
                {
                    case Form.Plain:
                        folder.Write($"{dataset}/{name}", content.ToArray());
                        break;
                    case Form.Gzipped:
                        folder.Write($"{dataset}/{name}.gz", TemporaryFolder.Gzip(content.ToArray()));
                        break;
                    case Form.Zipped:
                        using (var entry = zip.CreateEntry($"some folder/{name}", CompressionLevel.Fastest).Open())
                            entry.Write(content.Span);
                        break;
                    default:
                        using (var entry = zip.CreateEntry($"{name}.gz", CompressionLevel.NoCompression).Open())
                            entry.Write(TemporaryFolder.Gzip(content.ToArray()));
                        break;
                }
            }
        }
        if (form == Form.Zipped) folder.Write($"{dataset}/from the publisher.zip", memory.ToArray());
        if (form == Form.GzippedInZip) folder.Write($"{dataset}.zip", memory.ToArray());
    }
}

/// <summary>A theory on all datasets, skipped with a reason where one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresDatasetsTheoryAttribute : TheoryAttribute
{
    public static readonly DataAccess Access = DataAccess.From(
        null, Environment.GetEnvironmentVariable(DataAccess.Variable) is { } folder && Directory.Exists(folder)
            ? folder
            : null, null);

    public RequiresDatasetsTheoryAttribute()
    {
        string[] absent =
        [
            .. KnownDatasets.All.Select(s => s.Info).Where(i => !i.Files.IsEmpty && Access.OriginOf(i) is null)
                .Select(i => i.Name),
        ];
        if (absent.Length > 0) Skip = $"Not in PATESIM_DATA: {string.Join(", ", absent)}.";
    }
}
