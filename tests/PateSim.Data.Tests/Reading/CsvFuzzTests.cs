using System.Globalization;
using System.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;

namespace PateSim.Data.Tests.Reading;

public sealed class CsvFuzzTests
{
    private const string Alphabet = "01a,\"\n\r. ?é";

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back_and_CsvHelper_agrees()
    {
        var cell = Gen.Char["ab,\"\n é"].Array[0, 5].Select(c => new string(c));
        cell.Array[2, 4].Array[1, 6].Where(rows => rows.All(r => r.Length == rows[0].Length)).Sample(
            rows =>
            {
                var text = string.Concat(rows.Select(r => string.Join(',', r.Select(Write)) + "\n"));
                var ours = Scan(text);
                return ours is not null && Same(ours, rows) && Same(ours, ReadByCsvHelper(text));
            },
            iter: 5000, seed: "0000KFL1Zsg4");
    }

    [Fact]
    public void Mutated_files_give_records_or_located_problems_and_never_another_outcome()
    {
        var stream = RandomKey.FromSeed(3001).Open();
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder("63.5,male,0\n?,female,2\n\"7\",\"male\",1\n");
            for (var edits = 1 + stream.NextInt(4); edits > 0; edits--)
            {
                var at = stream.NextInt(text.Length);
                switch (stream.NextInt(3))
                {
                    case 0: text.Remove(at, 1); break;
                    case 1: text.Insert(at, Alphabet[stream.NextInt(Alphabet.Length)]); break;
                    default: text[at] = Alphabet[stream.NextInt(Alphabet.Length)]; break;
                }
            }
            try
            {
                var table = Support.Tables.Read(text.ToString());
                accepted++;
                // What is accepted is what a reader that guesses would find as well: no record is lost or merged.
                var oracle = ReadByCsvHelper(text.ToString());
                Assert.Equal(oracle.Length, table.Rows);
                for (var row = 0; row < table.Rows; row++)
                {
                    var expected = oracle[row][0] == "?" ? float.NaN
                        : float.Parse(oracle[row][0], CultureInfo.InvariantCulture);
                    Assert.Equal(expected, table.Numeric(0)[row]);
                }
            }
            catch (InvalidInputException refused)
            {
                Assert.All(refused.Problems, p => Assert.Matches(@"^patients\.csv(\(\d+\))?$", p.Place));
            }
        }
        Assert.InRange(accepted, 200, 19_000);
    }

    private static string Write(string cell) =>
        cell.Length > 0 && cell.AsSpan().IndexOfAny(",\"\n ") < 0 ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool Same(string[][] left, string[][] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second));

    private static string[][]? Scan(string text)
    {
        using var reader = new RecordReader(
            DataFile.Of(SourceFile.FromBytes("x", Encoding.UTF8.GetBytes(text))), new CsvFormat(), 8);
        var rows = new List<string[]>();
        while (reader.Read())
        {
            if (reader.Fault is not null) return null;
            rows.Add(CsvHeader.Names(reader));
        }
        return [.. rows];
    }

    private static string[][] ReadByCsvHelper(string text)
    {
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null });
        var rows = new List<string[]>();
        while (parser.Read())
        {
            if (parser.Record is { } record && !(record.Length == 1 && string.IsNullOrWhiteSpace(record[0])))
                rows.Add(record);
        }
        return [.. rows];
    }
}
