using System.Text.Json;
using PateSim.Cli.Rendering.Sheets;
using PateSim.Cli.Tests.Support;
using PateSim.Data;
using PateSim.Data.Datasets;

namespace PateSim.Cli.Tests.Commands.Datasets;

public sealed class DataCatalogCommandTests : IDisposable
{
    private const string Page = "docs/datasets/catalog.md";

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    public static TheoryData<string> Names() => [.. KnownDatasets.All.Select(source => source.Info.Name)];

    [Fact]
    public async Task The_list_has_every_dataset_and_says_where_it_is()
    {
        var result = await _cli.RunAsync("data", "list");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        var lines = result.Out.Split('\n');
        foreach (var info in KnownDatasets.All.Select(source => source.Info))
        {
            var line = Assert.Single(lines, l => l.StartsWith(info.Name + " ", StringComparison.Ordinal));
            Assert.EndsWith(
                info.Name switch { "synthetic-clinics" => "generated", "breast-cancer-wisconsin" => "shipped", _ => "no" },
                line, StringComparison.Ordinal);
        }
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_description_has_all_that_the_catalog_knows(string name)
    {
        var info = KnownDatasets.Find(name)!.Info;
        var result = await _cli.RunAsync("data", "describe", name);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        var text = string.Join(' ', result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in new[] { info.Description, info.Task, info.Licence, info.Citation, info.Address }
            .Concat(info.Notes).Concat(info.Files.Select(file => file.Sha256)).Concat(info.Targets.Select(t => t.Definition))
            .Concat(info.Published.SelectMany(form => form.Addresses)))
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
        // Pixels are told in one row.
        if (info.Schema.Columns.Length < 100)
            Assert.All(info.Schema.Columns, c => Assert.Contains($"\n  {c.Name} ", result.Out, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_json_form_says_the_same(string name)
    {
        var info = KnownDatasets.Find(name)!.Info;
        var result = await _cli.RunAsync("data", "describe", name, "--json");
        var json = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal(name, json.GetProperty("name").GetString());
        Assert.Equal(info.Schema.Columns.Length, json.GetProperty("columns").GetArrayLength());
        Assert.Equal(
            info.Files.Select(file => file.Sha256),
            json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("sha256OfUnpackedContent").GetString()));
        Assert.Equal(
            info.Counts.Sum(count => count.Rows),
            json.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("records").GetInt32()));
        Assert.Equal(
            info.Accuracies.Select(row => row.Accuracy),
            json.GetProperty("accuracies").EnumerateArray().Select(row => (double?)row.GetProperty("accuracy").GetDouble()));
    }

    [Theory]
    [InlineData("Did you mean 'adult'?", "data", "describe", "adutl")]
    [InlineData("Did you mean 'mnist'?", "data", "fetch", "mnits")]
    [InlineData("two forms", "data", "describe", "adult", "--json", "--markdown")]
    [InlineData("--from ftp://example.org", "data", "fetch", "adult", "--from", "ftp://example.org")]
    [InlineData("--from here", "data", "fetch", "adult", "--from", "here")]
    [InlineData("--data names no folder", "data", "fetch", "adult", "--data", "")]
    [InlineData("--attempts 0", "data", "fetch", "adult", "--attempts", "0")]
    [InlineData("--timeout -1", "data", "fetch", "adult", "--timeout", "-1")]
    [InlineData("Required argument missing", "data", "fetch")]
    [InlineData("Required argument missing", "data", "check")]
    [InlineData("Required command", "data")]
    public async Task A_command_line_that_cannot_be_understood_ends_with_1(string hint, params string[] args)
    {
        var result = await _cli.RunAsync(args);
        Assert.Equal((ExitCodes.Usage, ""), (result.ExitCode, result.Out));
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_documentation_is_the_catalog()
    {
        using var page = new StringWriter { NewLine = "\n" };
        await page.WriteAsync(
            "# The dataset catalog\n\nWritten from the catalog by a test "
            + "(`PATESIM_UPDATE=1 dotnet test tests/PateSim.Cli.Tests --filter DataCatalog`);\n"
            + "`patesim data describe NAME` prints the same. How datasets are found, fetched and checked: "
            + "[README.md](README.md).\n");
        foreach (var info in KnownDatasets.All.Select(source => source.Info))
        {
            await page.WriteLineAsync();
            SheetMarkdown.Write(DatasetSheet.Of(info, DataCatalogs.Datasets[info.Name].Descriptor), page, 2);
        }
        var path = Path.Combine(Root(), Page);
        if (Environment.GetEnvironmentVariable("PATESIM_UPDATE") == "1") await File.WriteAllTextAsync(path, page.ToString());
        Assert.Equal(page.ToString(), await File.ReadAllTextAsync(path));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PateSim.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("No folder above the tests holds PateSim.sln.");
    }
}
