using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>Reads the published files of a dataset and checks that they are the published ones.</summary>
internal static class DatasetFiles
{
    /// <summary>Appends one file to the table, then checks row count, class counts and digest, in this order: a located
    /// problem says more than a digest.</summary>
    /// <param name="place">Called with (first row, number of rows).</param>
    /// <exception cref="InvalidInputException">See <see cref="CsvTableReader.Append"/>; or the file differs from the
    /// published one.</exception>
    public static void Append(
        DatasetInfo info, DatasetFile file, CsvFormat format, DataAccess access, RawTableBuilder table,
        Action<int, int>? place, CancellationToken cancellation)
    {
        var source = access.Open(info.Name, file, cancellation);
        var first = table.Rows;
        CsvTableReader.Append(source, format, table, place, cancellation);
        CheckCounts(info, file, source.Place, table, first);
        var digest = source.Sha256();
        if (digest != file.Sha256)
        {
            throw ProblemList.Single(
                DataProblems.Digest, source.Place,
                $"The file is not the published one: the sha256 of its unpacked content is {digest}, published is "
                + $"{file.Sha256}. Fetch it again from {file.Address}");
        }
    }

    private static void CheckCounts(DatasetInfo info, DatasetFile file, string place, RawTableBuilder table, int first)
    {
        var counts = table.ClassCounts(first);
        if (table.Rows - first == file.Rows && counts.SequenceEqual(file.ClassCounts)) return;
        throw ProblemList.Single(
            DataProblems.Counts, place,
            $"The file has {table.Rows - first} records ({Describe(info, counts)}); published are {file.Rows} "
            + $"({Describe(info, file.ClassCounts)}). Fetch it again from {file.Address}");
    }

    private static string Describe(DatasetInfo info, ImmutableArray<int> counts) => string.Join(
        ", ", counts.Select((count, k) => $"{info.ClassNames[k]} {count}"));
}
