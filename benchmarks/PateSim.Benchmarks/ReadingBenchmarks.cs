using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data;
using PateSim.Data.Datasets;
using PateSim.Data.Inspection;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Benchmarks;

/// <summary>A file of 100,000 records of 50 columns: hospital, 40 numbers, 8 categories, label.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private const int Rows = 100_000, Features = 48;

    private string _path = "";
    private IDatasetSource _inferred = null!, _declared = null!;

    [GlobalSetup]
    public void Write()
    {
        _path = Path.GetTempFileName();
        var stream = RandomKey.FromSeed(1).Open();
        using (var file = new StreamWriter(_path, false, new UTF8Encoding(false)))
        {
            file.Write("hospital," + string.Join(',', Enumerable.Range(0, Features).Select(f => $"x{f}")) + ",outcome\n");
            string[] levels = ["never", "former", "current", "?"];
            for (var row = 0; row < Rows; row++)
            {
                file.Write(string.Create(CultureInfo.InvariantCulture, $"site {stream.NextInt(100)}"));
                for (var f = 0; f < Features; f++)
                {
                    file.Write(',');
                    if (f % 6 == 5) file.Write(levels[stream.NextInt(4)]);
                    else if (f % 2 == 0) file.Write((stream.NextInt(2200) / 10.0 - 20).ToString("F1", CultureInfo.InvariantCulture));
                    else file.Write(stream.NextInt(250).ToString(CultureInfo.InvariantCulture));
                }
                file.Write(stream.NextInt(2) == 0 ? ",well\n" : ",ill\n");
            }
        }
        (string, object)[] named = [("file", _path), ("label", "outcome"), ("hospital", "hospital")];
        _inferred = DataCatalogs.Datasets["csv"].With(named).Instance;
        var specs = DataCatalogs.Datasets["csv"].Descriptor.Options.Single(o => o.Name == "columns").Inner;
        var columns = Enumerable.Range(0, Features).ToDictionary(
            f => $"x{f}",
            f => OptionValues.From(specs, f % 6 == 5
                ? new Dictionary<string, object> { ["levels"] = System.Collections.Immutable.ImmutableArray.Create("never", "former", "current") }
                : new Dictionary<string, object> { ["minimum"] = -20.0, ["maximum"] = 250.0 }));
        _declared = DataCatalogs.Datasets["csv"].With([
            .. named, ("classes", "well, ill"),
            ("columns", System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, columns)),
        ]).Instance;
    }

    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    [Benchmark]
    public RawTable LoadWithoutDeclarations() => _inferred.Load(DataAccess.None, default, default);

    [Benchmark]
    public RawTable LoadWithDeclarations() => _declared.Load(DataAccess.None, default, default);

    [Benchmark]
    public FileReport Inspect() =>
        FileInspector.Inspect(_path, DataAccess.None, new InspectionHints(), default);
}
