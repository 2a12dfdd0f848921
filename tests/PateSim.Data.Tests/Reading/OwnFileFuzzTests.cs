using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Inspection;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

/// <summary>
/// Damaged files give tables that a second reader finds as well, or located problems: no crash, no hang, no other value.
/// </summary>
/// <remarks>20,000 files in an ordinary run; PATESIM_FUZZ=100000 gives the number of files.</remarks>
public sealed class OwnFileFuzzTests
{
    private const string Csv = """
        age,sex,clinic,id,outcome
        61,male,north,p1,ill
        ?,"fe""male",south,p2,well
        40.5,NA,"nor,th",p1,ill
        -3,male,south,"p
        3",well
        1e2,female,north,p4,well
        ,female,south,p5,ill
        +7.25,male,north,007,well

        """;

    private const string Arff = """
        % a comment
        @relation patients
        @attribute age numeric
        @attribute sex {male,female,'x y'}
        @attribute clinic string
        @attribute outcome {well,ill}
        @data
        61,male,north,ill
        % another
        ?,'x y',"so\"uth",well
        40.5,?,north,ill
        1e2,female,south,well

        """;

    private const string Alphabet = "0123456789,;\t\"'\\\n\r.?%@{}= -+eEaé\0\uFEFFN";

    // Of the processor: the other tests of the process may take their share of it.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static int Files => int.TryParse(Environment.GetEnvironmentVariable("PATESIM_FUZZ"), out var n) ? n : 20_000;

    [Fact]
    public void Damaged_text_is_read_as_a_second_reader_does_or_refused() => Fuzz(
        "text", Files * 55 / 100, [Csv, Csv.Replace(",", ";", StringComparison.Ordinal).ReplaceLineEndings("\r\n"),
            Csv.Replace("nor,th", "nor", StringComparison.Ordinal).Replace(',', '\t')],
        (bytes, kind, stream, folder) =>
        {
            var (name, mark) = new[] { ("comma", ','), ("semicolon", ';'), ("tab", '\t') }[kind];
            List<(string, object)> options = [("label", "outcome"), ("delimiter", name)];
            if (stream.NextInt(2) == 0) options.AddRange([("hospital", "clinic"), ("patient", "id")]);
            if (stream.NextInt(2) == 0) options.Add(("classes", "well, ill"));
            if (stream.NextInt(3) == 0) options.Add(Declared());
            var table = Load("csv", bytes, folder, options);
            if (stream.NextInt(8) == 0) Inspect(bytes, folder);
            if (table is null) return false;
            var records = PlainReader.Read(bytes, mark);
            Assert.NotNull(records);
            if (records[0] is ["sep=", ""]) records.RemoveAt(0);
            Compare(table, [.. records[0]], records[1..], ["?", "NA", ""]);
            return true;
        });

    [Fact]
    public void Damaged_ARFF_is_read_as_a_second_reader_does_or_refused() => Fuzz(
        "arff", Files * 20 / 100, [Arff], (bytes, _, stream, folder) =>
        {
            List<(string, object)> options = [("label", "outcome")];
            if (stream.NextInt(2) == 0) options.Add(("hospital", "clinic"));
            var table = Load("arff", bytes, folder, options);
            if (stream.NextInt(8) == 0) Inspect(bytes, folder);
            if (table is null) return false;
            var text = Encoding.UTF8.GetString(bytes);
            var data = 0;
            for (var line = text.AsSpan(); ;)
            {
                var end = line.IndexOf('\n');
                data += end + 1;
                if (line[..end].Trim().Trim('\uFEFF').StartsWith("@data", StringComparison.OrdinalIgnoreCase)) break;
                line = line[(end + 1)..];
            }
            var records = PlainReader.Read(Encoding.UTF8.GetBytes(text[data..]), ',', arff: true);
            Assert.NotNull(records);
            Compare(table, [.. table.Schema.Columns.Select(c => c.Name)], records, ["?", "NA", ""]);
            return true;
        });

    [Fact]
    public void Damaged_IDX_is_read_as_its_bytes_say_or_refused()
    {
        byte[] arrays = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 255];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1];
        FuzzBytes("idx", Files * 10 / 100, [arrays, labels], (bytes, kind, stream, folder) =>
        {
            folder.With("other", kind == 0 ? labels : arrays);
            var table = Load("idx", bytes, folder, kind == 0 ? [("labels", "other")] : [("labels", "own")], kind == 0 ? "own" : "other");
            if (stream.NextInt(8) == 0) Inspect(bytes, folder);
            if (table is null) return false;
            if (kind == 0 && bytes[2] == 8)
            {
                var body = bytes.AsSpan(4 + 4 * bytes[3]).ToArray();
                var width = table.Schema.Features.Length;
                for (var i = 0; i < body.Length; i++) Assert.Equal(body[i], table.Numeric(i % width)[i / width]);
                Assert.Equal(body.Length, table.Rows * width);
            }
            else if (kind == 1 && bytes[2] == 8)
            {
                for (var row = 0; row < table.Rows; row++)
                    Assert.Equal(bytes[8 + row].ToString(), table.ClassNames[table.Labels[row]]);
            }
            return true;
        });
    }

    [Fact]
    public void Damaged_archives_give_what_was_packed_or_are_refused()
    {
        var plain = Encoding.UTF8.GetBytes(Csv);
        byte[] twice = [.. TemporaryFolder.Gzip(plain[..100]), .. TemporaryFolder.Gzip(plain[100..])];
        FuzzBytes(
            "packed", Files * 15 / 100,
            [TemporaryFolder.Gzip(plain), twice, Zip(plain, CompressionLevel.Optimal), Zip(plain, CompressionLevel.NoCompression)],
            (bytes, _, stream, folder) =>
            {
                var table = Load("csv", bytes, folder, [("label", "outcome"), ("categorical", "id")]);
                if (stream.NextInt(8) == 0) Inspect(bytes, folder);
                if (table is null) return false;
                var records = PlainReader.Read(plain, ',')!;
                Compare(table, [.. records[0]], records[1..], ["?", "NA", ""]);
                return true;
            });
    }

    private delegate bool Look(byte[] bytes, int kind, RandomStream stream, OwnFiles folder);

    private static void Fuzz(string purpose, int files, string[] seeds, Look look) =>
        FuzzBytes(purpose, files, [.. seeds.Select(Encoding.UTF8.GetBytes)], look);

    private static void FuzzBytes(string purpose, int files, byte[][] seeds, Look look)
    {
        using var folder = new OwnFiles();
        var key = RandomKey.FromSeed(3004).Derive(purpose);
        var accepted = 0;
        for (var i = 0; i < files; i++)
        {
            var stream = key.Derive(i).Open();
            var kind = stream.NextInt(seeds.Length);
            var bytes = Damage(seeds[kind], stream);
            var begin = Environment.CpuUsage.TotalTime;
            try
            {
                if (look(bytes, kind, stream, folder)) accepted++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"{purpose} {i}: {Convert.ToHexString(bytes)} {Encoding.UTF8.GetString(bytes)}", e);
            }
            Assert.InRange(Environment.CpuUsage.TotalTime - begin, TimeSpan.Zero, Longest);
        }
        // Some of either kind, or the test would look at one half of the matter alone.
        Assert.InRange(accepted, files / 100, files - files / 100);
    }

    private static byte[] Damage(byte[] seed, RandomStream stream)
    {
        List<byte> bytes = [.. seed];
        for (var edits = stream.NextInt(4); edits >= 0; edits--)
        {
            if (bytes.Count == 0) break;
            var at = stream.NextInt(bytes.Count);
            var some = Math.Min(1 + stream.NextInt(12), bytes.Count - at);
            switch (stream.NextInt(10))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.RemoveRange(at, some); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, some)); break;
                case 3: bytes[at] = (byte)stream.NextInt(256); break;
                case 4 when stream.NextInt(8) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5:
                    var from = stream.NextInt(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(some, bytes.Count - from)));
                    break;
                case 6: bytes[at] ^= (byte)(1 << stream.NextInt(8)); break;
                case 7: bytes[at] = Encoding.UTF8.GetBytes(Alphabet)[stream.NextInt(30)]; break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Alphabet[stream.NextInt(Alphabet.Length)].ToString())); break;
            }
        }
        return [.. bytes];
    }

    // The table, or null where the file is refused with located problems.
    private static RawTable? Load(
        string dataset, byte[] bytes, OwnFiles folder, IEnumerable<(string, object)> options, string file = "own")
    {
        folder.With("own", bytes);
        try
        {
            return folder.Load(dataset, [("file", file), .. options]);
        }
        catch (InvalidInputException refused)
        {
            CheckPlaces(refused, folder);
            return null;
        }
    }

    private static void Inspect(byte[] bytes, OwnFiles folder)
    {
        folder.With("own", bytes);
        try
        {
            Assert.True(FileInspector.Inspect("own", folder.Access, new InspectionHints(), default).Records >= 0);
        }
        catch (InvalidInputException refused)
        {
            CheckPlaces(refused, folder);
        }
    }

    private static void CheckPlaces(InvalidInputException refused, OwnFiles folder) => Assert.All(refused.Problems, p =>
    {
        Assert.StartsWith(folder.Path, p.Place, StringComparison.Ordinal);
        Assert.InRange(p.ToString().Length, 20, 3000);
    });

    private static (string, object) Declared()
    {
        OptionValues Block(params (string, object)[] written) =>
            OptionValues.From(ColumnDeclaration.Specs, written.ToDictionary(w => w.Item1, w => w.Item2));
        return ("columns", ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new[]
        {
            KeyValuePair.Create("age", Block(("minimum", -10.0), ("maximum", 120.0))),
            KeyValuePair.Create("sex", Block(("levels", ImmutableArray.Create("male", "female", "fe\"male")))),
        }));
    }

    // Every cell of the table is what the second reader read: nothing lost, merged, moved or changed.
    private static void Compare(RawTable table, List<string> names, List<string[]> records, string[] marks)
    {
        Assert.Equal(records.Count, table.Rows);
        Assert.Equal(names, table.Schema.Columns.Select(c => c.Name));
        var patients = new Dictionary<int, string>();
        for (var row = 0; row < records.Count; row++)
        {
            Assert.Equal(names.Count, records[row].Length);
            for (var c = 0; c < names.Count; c++)
            {
                var (column, cell) = (table.Schema.Columns[c], records[row][c]);
                switch (column)
                {
                    case NumericColumn:
                        var value = table.Numeric(table.Schema.Features.IndexOf(column))[row];
                        if (marks.Contains(cell)) Assert.Equal(float.NaN, value);
                        else Assert.Equal(PlainReader.Number(cell), value);
                        break;
                    case CategoricalColumn category:
                        var code = table.Codes(table.Schema.Features.IndexOf(column))[row];
                        Assert.Equal(marks.Contains(cell) ? null : cell, code < 0 ? null : category.Levels[code].Name);
                        break;
                    case LabelColumn: Assert.Equal(cell, table.ClassNames[table.Labels[row]]); break;
                    case HospitalColumn: Assert.Equal(cell, table.SiteNames[table.Sites[row]]); break;
                    case PatientColumn:
                        Assert.Equal(cell, patients.GetValueOrDefault(table.Patients[row], cell));
                        patients[table.Patients[row]] = cell;
                        break;
                }
            }
        }
        Assert.Equal(patients.Count, patients.Values.Distinct().Count());
    }

    private static byte[] Zip(byte[] content, CompressionLevel level)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry("own.csv", level).Open();
            stream.Write(content);
        }
        return memory.ToArray();
    }
}
