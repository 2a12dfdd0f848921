using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PateSim.Core.Tests.Structure;

/// <summary>Holds the shape of the solution: which project may know which, where a file's namespace comes from, how
/// long a file may be, and where package versions and banned symbols stand.</summary>
public sealed partial class StructureTests
{
    private const int LongestFile = 500;

    // An arrow less is as much a change of the architecture as one more: both are made here first.
    private static readonly SortedDictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["PateSim.Core"] = [],
        ["PateSim.Privacy"] = ["PateSim.Core"],
        ["PateSim.Data"] = ["PateSim.Core"],
        ["PateSim.Learning"] = ["PateSim.Core"],
        ["PateSim.Theft"] = ["PateSim.Core", "PateSim.Learning"],
        ["PateSim.Simulation"] =
            ["PateSim.Core", "PateSim.Data", "PateSim.Learning", "PateSim.Privacy", "PateSim.Theft"],
        ["PateSim.Scenarios"] = ["PateSim.Core", "PateSim.Simulation"],
        ["PateSim.Reporting"] = ["PateSim.Simulation"],
        ["PateSim.Actors"] = ["PateSim.Simulation"],
        ["PateSim.Cli"] = ["PateSim.Actors", "PateSim.Reporting", "PateSim.Scenarios"],
    };

    [Fact]
    public void Projects_know_exactly_the_projects_they_may_know()
    {
        var found = Repository.Files("src", ".csproj").Select(path =>
            $"{Path.GetFileNameWithoutExtension(path)} -> " + string.Join(", ", References(path)));
        var allowed = Arrows.Select(arrow => $"{arrow.Key} -> {string.Join(", ", arrow.Value)}");
        Assert.Equal(allowed, found.Order(StringComparer.Ordinal));

        static IEnumerable<string> References(string project) =>
            Elements(Repository.Xml(project), "ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(
                    reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Text("PateSim.sln").Replace('\\', '/');
        var projects = Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj"));
        Assert.DoesNotContain(projects, path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_namespace_is_the_project_and_the_folder()
    {
        var wrong = Repository.Files("src", ".cs").Select(path =>
        {
            var folder = path.Split('/')[1..^1];
            var declared = Namespace().Match(Repository.Text(path));
            // The entry point has top-level statements, which stand in no namespace.
            var holds = path == "src/PateSim.Cli/Program.cs"
                ? !declared.Success
                : declared.Success && declared.Groups["name"].Value == string.Join('.', folder);
            return holds ? null : $"{path}: '{declared.Groups["name"].Value}'";
        });
        Assert.Empty(wrong.OfType<string>());
    }

    [Fact]
    public void No_source_file_is_longer_than_five_hundred_lines() =>
        Assert.DoesNotContain(
            Repository.Files("src", ".cs").Select(path => (path, File.ReadLines(Repository.PathOf(path)).Count())),
            file => file.Item2 > LongestFile);

    [Fact]
    public void Package_versions_stand_in_one_file_alone()
    {
        Assert.Equal("true", Property("Directory.Packages.props", "ManagePackageVersionsCentrally"));
        var projects = Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj"))
            .Append("Directory.Build.props");
        Assert.Empty(projects.SelectMany(path => Elements(Repository.Xml(path), "PackageReference")
            .Where(HasVersion).Select(reference => $"{path}: {reference}")));

        static bool HasVersion(XElement reference) =>
            reference.Attributes().Select(a => a.Name.LocalName)
                .Concat(reference.Elements().Select(e => e.Name.LocalName))
                .Any(name => name is "Version" or "VersionOverride");
    }

    [Fact]
    public void Banned_symbols_and_warnings_as_errors_are_in_force_in_every_product_project()
    {
        const string ProductOnly = "'$(IsTestProject)' != 'true'";
        var build = Repository.Xml("Directory.Build.props");
        Assert.Contains(Elements(build, "AdditionalFiles"), file =>
            file.Attribute("Include")?.Value == "$(MSBuildThisFileDirectory)BannedSymbols.txt" && InForce(file));
        Assert.Contains(Elements(build, "PackageReference"), package =>
            package.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers" && InForce(package));
        Assert.Equal("true", Property("Directory.Build.props", "TreatWarningsAsErrors"));

        static bool InForce(XElement item) =>
            item.Attribute("Condition") is null && item.Parent!.Attribute("Condition")?.Value is null or ProductOnly;
    }

    [Fact]
    public void No_project_takes_the_ban_back()
    {
        var projects = Repository.Files("src", ".csproj");
        Assert.DoesNotContain(projects, path => Repository.Text(path).Contains("RS0030", StringComparison.Ordinal));
        Assert.DoesNotContain(projects, path => Elements(Repository.Xml(path), "AdditionalFiles").Any());
        Assert.DoesNotContain(
            projects, path => Elements(Repository.Xml(path), "TreatWarningsAsErrors").Any());
        // A folder with properties of its own would hide those of the root.
        Assert.Equal([], Repository.Files("src", ".props"));
    }

    [Theory]
    [InlineData("T:System.Random;")]
    [InlineData("P:System.DateTime.Now;")]
    [InlineData("P:System.DateTime.UtcNow;")]
    [InlineData("M:System.Guid.NewGuid;")]
    public void Sources_of_chance_and_clock_are_banned(string symbol) =>
        Assert.Contains(
            Repository.Text("BannedSymbols.txt").Split('\n'),
            line => line.StartsWith(symbol, StringComparison.Ordinal));

    private static string? Property(string file, string name) =>
        Elements(Repository.Xml(file), name).SingleOrDefault()?.Value;

    private static IEnumerable<XElement> Elements(XDocument document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);\r?$", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
