using System.Globalization;
using System.IO.Compression;
using PateSim.Core.Features;

namespace PateSim.Learning.Tests.Support;

/// <summary>A test that reads a published dataset from the folder that PATESIM_DATA names.</summary>
public sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute()
    {
        if (RealData.Folder is null)
            Skip = "The environment variable PATESIM_DATA names no folder of datasets.";
    }
}

/// <summary>A small reader of its own for two datasets, standardised and one-hot encoded on the training
/// part.</summary>
internal static class RealData
{
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("PATESIM_DATA") is { Length: > 0 } folder && Directory.Exists(folder)
            ? Path.GetFullPath(folder) : null;

    /// <summary>UCI Breast Cancer Wisconsin: id, M or B, 30 numbers.</summary>
    public static (string[][] Cells, int[] Labels) BreastCancer()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder!, "breast-cancer-wisconsin", "wdbc.data"))
            .Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        return (lines.Select(c => c[2..]).ToArray(), lines.Select(c => c[1] == "M" ? 1 : 0).ToArray());
    }

    /// <summary>UCI Adult without fnlwgt and education: numbers first, then categories.</summary>
    public static (string[][] Cells, int[] Labels) Adult(string file)
    {
        int[] columns = [0, 4, 10, 11, 12, 1, 5, 6, 7, 8, 9, 13];
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(Folder!, "adult", file)), CompressionMode.Decompress));
        var rows = reader.ReadToEnd().Split('\n')
            .Select(line => line.Trim().TrimEnd('.').Split(", ")).Where(cells => cells.Length == 15).ToArray();
        return (
            rows.Select(cells => columns.Select(j => cells[j]).ToArray()).ToArray(),
            rows.Select(cells => cells[14] == ">50K" ? 1 : 0).ToArray());
    }

    /// <summary>Encodes both parts by the means, spreads and levels of the first.</summary>
    public static (LabelledData Train, LabelledData Test) Encode(
        (string[][] Cells, int[] Labels) train, (string[][] Cells, int[] Labels) test, int numeric)
    {
        var width = train.Cells[0].Length;
        var means = new double[numeric];
        var spreads = new double[numeric];
        for (var j = 0; j < numeric; j++)
        {
            var values = train.Cells.Select(c => double.Parse(c[j], CultureInfo.InvariantCulture)).ToArray();
            means[j] = values.Average();
            spreads[j] = Math.Sqrt(values.Average(v => (v - means[j]) * (v - means[j])));
        }
        var levels = Enumerable.Range(numeric, width - numeric).Select(
            j => train.Cells.Select(c => c[j]).Distinct().Order(StringComparer.Ordinal).ToArray()).ToArray();
        LabelledData Part((string[][] Cells, int[] Labels) part)
        {
            var columns = numeric + levels.Sum(l => l.Length);
            var values = new float[part.Cells.Length * columns];
            for (var i = 0; i < part.Cells.Length; i++)
            {
                for (var j = 0; j < numeric; j++)
                {
                    var value = double.Parse(part.Cells[i][j], CultureInfo.InvariantCulture);
                    values[i * columns + j] = (float)((value - means[j]) / spreads[j]);
                }
                var offset = i * columns + numeric;
                for (var k = 0; k < levels.Length; k++)
                {
                    var level = Array.IndexOf(levels[k], part.Cells[i][numeric + k]);
                    if (level >= 0) values[offset + level] = 1;
                    offset += levels[k].Length;
                }
            }
            return new LabelledData(new FeatureMatrix(part.Cells.Length, columns, values), [.. part.Labels], 2);
        }
        return (Part(train), Part(test));
    }
}
