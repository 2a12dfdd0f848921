using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PateSim.Cli.Tests.Support;
using PateSim.Core.Randomness;

namespace PateSim.Cli.Tests.Commands.Datasets;

/// <summary>From a file that nobody here knows to a run, and what inspect proposes for it.</summary>
public sealed class OwnFileTests
{
    // Patients of some hospitals; who is older and of a higher pressure falls ill more often.
    private static string Patients(int records, int hospitals, char delimiter, string part = "")
    {
        var stream = RandomKey.FromSeed(4004).Open();
        var text = new StringBuilder();
        string[] names = ["age", "pressure", "smoker", "ward note", "clinic", "patient-id", "outcome"];
        text.AppendLine(string.Join(delimiter, part.Length > 0 ? [.. names, "set"] : names));
        for (var i = 0; i < records; i++)
        {
            var (age, pressure) = (20 + stream.NextInt(70), 90 + stream.NextInt(80));
            var smoker = stream.NextInt(3) == 0;
            var ill = age + pressure / 2 + (smoker ? 15 : 0) + stream.NextInt(40) > 140;
            string[] cells =
            [
                stream.NextInt(50) == 0 ? "?" : age.ToString(CultureInfo.InvariantCulture),
                stream.NextInt(40) == 0 ? "n/a" : pressure.ToString(CultureInfo.InvariantCulture) + ".5",
                smoker ? "yes" : "no", $"\"note {i}, as \"\"dictated\"\"\"", $"clinic {i % hospitals}",
                $"p{i / (2 * hospitals) * hospitals + i % hospitals}", ill ? "ill" : "well",
            ];
            text.Append(string.Join(delimiter, cells));
            // All records of a patient have one part: patients i and i + hospitals are the same.
            if (part.Length > 0) text.Append(delimiter).Append(part.Split('|')[i / (2 * hospitals) % 3]);
            text.Append('\n');
        }
        return text.ToString();
    }

    [Fact]
    public async Task An_unknown_file_with_a_hospital_column_runs_with_five_lines()
    {
        using var cli = new CliRun();
        var file = cli.Write("unknown.csv", Patients(1500, 20, ',').Replace("n/a", "NA", StringComparison.Ordinal));
        var scenario = $$"""
            name = mine
            data.dataset { kind = csv, csv { file = {{Json(file)}}, label = outcome, hospital = clinic, ignore = ward note } }
            data.dataset.csv.patient = patient-id
            aggregation.queries = 100
            theft.attacks.natural-pool.budgets = [20]
            """;
        Assert.InRange(scenario.Split('\n').Length, 1, 5);
        var run = await cli.RunAsync("run", cli.Write("mine.conf", scenario), "--out", cli.Runs, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        using var summary = JsonDocument.Parse(run.Out);
        Assert.Contains("hospitals", run.Out, StringComparison.Ordinal);
        Assert.Single(cli.RunNames);
    }

    /// <summary>Each pair of hospitals shares its patients.</summary>
    [Fact]
    public async Task Patients_in_two_hospitals_are_refused_unless_the_scenario_counts_them()
    {
        using var cli = new CliRun();
        var text = new StringBuilder("age,clinic,person,outcome\n");
        var stream = RandomKey.FromSeed(5).Open();
        for (var i = 0; i < 1500; i++)
        {
            var age = 20 + stream.NextInt(70);
            text.Append(CultureInfo.InvariantCulture,
                $"{age},clinic {i % 10},p{i / 10 * 5 + i % 10 / 2},{(age + stream.NextInt(30) > 70 ? "ill" : "well")}\n");
        }
        var scenario = cli.Write("shared.conf", $$"""
            name = shared
            data.dataset { kind = csv, csv { file = {{Json(cli.Write("shared.csv", text.ToString()))}}, label = outcome, hospital = clinic, patient = person } }
            aggregation.queries = 100
            theft.attacks.natural-pool.budgets = [20]
            """);

        var refused = await cli.RunAsync("run", scenario, "--out", cli.Runs);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("PS2260", refused.Error, StringComparison.Ordinal);

        var run = await cli.RunAsync(
            "run", scenario, "--out", cli.Runs, "--set", "privacy.hospitals-per-patient=2", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var folder = Path.Combine(cli.Runs, Assert.Single(cli.RunNames)!);
        Assert.Contains("patient-replaced(k=2)", run.Out, StringComparison.Ordinal);
        using var certificate = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "disjointness.json")));
        Assert.Contains("\"mostHospitalsOfAPatient\": 2", certificate.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await cli.RunAsync("verify", folder)).ExitCode);
    }

    [Theory]
    [InlineData("plain.csv", ',', "")]
    [InlineData("packed.tsv.gz", '\t', "")]
    [InlineData("packed.zip", ';', "")]
    [InlineData("parts.csv", ',', "train|pool|test")]
    [InlineData("train-test.csv", ',', "train|train|test")]
    public async Task What_inspect_proposes_validates_and_runs_as_pasted(string name, char delimiter, string part)
    {
        using var cli = new CliRun();
        var path = Write(cli, name, Patients(1500, 20, delimiter, part));
        var inspect = await cli.RunAsync("data", "inspect", path);
        Assert.True(inspect.ExitCode == 0, inspect.Error);
        var scenario = inspect.Out[inspect.Out.IndexOf("name = ", StringComparison.Ordinal)..];
        Assert.Contains("hospital = \"clinic\"", scenario, StringComparison.Ordinal);
        Assert.Contains("patient = \"patient-id\"", scenario, StringComparison.Ordinal);
        Assert.Contains("label = \"outcome\"", scenario, StringComparison.Ordinal);
        Assert.Contains("\"ward note\" { type = ignored }", scenario, StringComparison.Ordinal);
        Assert.Contains("missing = \"?, NA, n/a\"", scenario, StringComparison.Ordinal);
        var conf = cli.Write("pasted.conf", scenario);
        var validate = await cli.RunAsync("validate", conf);
        Assert.True(validate.ExitCode == 0, validate.Error);
        Assert.DoesNotContain("was not declared", validate.Out + validate.Error, StringComparison.Ordinal);
        if (name != "plain.csv") return;
        var run = await cli.RunAsync("run", conf, "--out", cli.Runs);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task Inspect_shows_types_missing_counts_classes_and_candidates()
    {
        using var cli = new CliRun();
        var path = cli.Write(
            "x.csv", "Sex,Height,Visit,Code,Centre,Empty,Diagnosis\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i =>
                $"{(i % 2 == 0 ? "f" : "m")},\"1,{i + 10}\",2024-01-0{1 + i % 9},00{i % 7},{"ABC"[i % 3]},,{(i % 4 == 0 ? "yes" : "no")}\n")));
        var text = (await cli.RunAsync("data", "inspect", path)).Out;
        foreach (var line in new[]
        {
            "text, delimiter comma, with a header, 60 records", "Could be the label: Diagnosis",
            "Could be the hospital: Centre", "Height: decimal commas", "Visit: dates", "Code: numbers with zeros before them",
            "no 45, yes 15",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
        using var json = JsonDocument.Parse((await cli.RunAsync("data", "inspect", path, "--json", "--label", "Sex")).Out);
        var columns = json.RootElement.GetProperty("columns").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal("label", columns["Sex"].GetProperty("role").GetString());
        Assert.Equal(60, columns["Empty"].GetProperty("missing").GetInt64());
        Assert.Equal("ignored", columns["Height"].GetProperty("role").GetString());
        Assert.Equal(7, columns["Code"].GetProperty("distinct").GetInt32());
        Assert.Contains("label = \"Sex\"", json.RootElement.GetProperty("scenario").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARFF_and_IDX_are_known_by_their_content()
    {
        using var cli = new CliRun();
        var arff = cli.Write(
            "a.data", "@relation r\n@attribute x numeric\n@attribute clinic {a,b}\n@attribute class {u,v}\n@data\n"
            + string.Concat(Enumerable.Range(0, 400).Select(i => $"{i % 90},{"ab"[i % 2]},{"uv"[i / 7 % 2]}\n")));
        var proposed = (await cli.RunAsync("data", "inspect", arff)).Out;
        Assert.Contains("kind = arff", proposed, StringComparison.Ordinal);
        var conf = cli.Write("arff.conf", proposed[proposed.IndexOf("name = ", StringComparison.Ordinal)..]);
        var validate = await cli.RunAsync("validate", conf);
        Assert.True(validate.ExitCode == 0, validate.Error);

        var images = Path.Combine(cli.Folder, "some-images-idx3-ubyte");
        await File.WriteAllBytesAsync(images, [0, 0, 8, 3, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 2048).Select(i => (byte)i)]);
        await File.WriteAllBytesAsync(
            Path.Combine(cli.Folder, "some-labels-idx1-ubyte"),
            [0, 0, 8, 1, 0, 0, 2, 0, .. Enumerable.Range(0, 512).Select(i => (byte)(i / 3 % 2))]);
        var idx = (await cli.RunAsync("data", "inspect", images)).Out;
        Assert.Contains("IDX of 512 × 2 × 2", idx, StringComparison.Ordinal);
        var idxConf = cli.Write("idx.conf", idx[idx.IndexOf("name = ", StringComparison.Ordinal)..]);
        validate = await cli.RunAsync("validate", idxConf);
        Assert.True(validate.ExitCode == 0, validate.Error);
        Assert.Contains("u 203, v 197", proposed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", 2, "PS3007")]
    [InlineData("a,a\n1,2\n", 2, "PS3014")]
    [InlineData("", 2, "PS3005")]
    public async Task A_bad_file_is_refused_with_its_place(string content, int exit, string code)
    {
        using var cli = new CliRun();
        var result = await cli.RunAsync("data", "inspect", cli.Write("bad.csv", content));
        Assert.Equal(exit, result.ExitCode);
        Assert.Contains("bad.csv", result.Error, StringComparison.Ordinal);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_arguments_are_usage_errors()
    {
        using var cli = new CliRun();
        var path = cli.Write("x.csv", "a,b\n1,u\n2,v\n");
        Assert.Equal(1, (await cli.RunAsync("data", "inspect", path, "--delimiter", "dot")).ExitCode);
        var label = await cli.RunAsync("data", "inspect", path, "--label", "bb");
        Assert.Equal(2, label.ExitCode);
        Assert.Contains("Did you mean 'b'?", label.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await cli.RunAsync("data", "inspect", path + ".absent")).ExitCode);
    }

    [Fact]
    public void Ranges_are_rounded_outwards_to_few_digits()
    {
        Assert.Equal((10, 100), Rendering.ScenarioProposal.RoundOutwards(18.2, 97));
        Assert.Equal((0, 1), Rendering.ScenarioProposal.RoundOutwards(0, 1));
        Assert.Equal((-0.4, 0.3), Rendering.ScenarioProposal.RoundOutwards(-.33, .21));
        foreach (var (low, high) in new[] { (5.0, 5.0), (0, 0), (1e30, 2e30), (-3e-9, 1e-9), (1e7, 1e7 + 1), (-1e38, 1e38) })
        {
            var (from, to) = Rendering.ScenarioProposal.RoundOutwards(low, high);
            Assert.True((float)from < (float)to && (float)from <= (float)low && (float)to >= (float)high, $"{low} {high}: {from} {to}");
        }
    }

    private static string Write(CliRun cli, string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var packed = new MemoryStream();
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
            bytes = packed.ToArray();
        }
        else if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
            {
                using var stream = archive.CreateEntry("stays.csv").Open();
                stream.Write(bytes);
            }
            bytes = packed.ToArray();
        }
        var path = Path.Combine(cli.Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
