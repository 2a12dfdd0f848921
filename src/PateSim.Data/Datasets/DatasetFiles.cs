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
        CheckDigest(file, source);
    }

    /// <summary>The same for an ARFF file.</summary>
    /// <exception cref="InvalidInputException">See <see cref="ArffTableReader.Append"/>; or the file differs from the
    /// published one.</exception>
    public static void AppendArff(
        DatasetInfo info, DatasetFile file, DataAccess access, RawTableBuilder table, CancellationToken cancellation)
    {
        var source = access.Open(info.Name, file, cancellation);
        var first = table.Rows;
        ArffTableReader.Append(source, table, cancellation);
        CheckCounts(info, file, source.Place, table, first);
        CheckDigest(file, source);
    }

    /// <summary>Appends grey images of bytes, each pixel a feature divided by 255, and their labels.</summary>
    /// <exception cref="InvalidInputException">A file is not IDX, images and labels do not fit each other or the
    /// schema, or a file differs from the published one.</exception>
    public static void AppendImages(
        DatasetInfo info, DatasetFile images, DatasetFile labels, DataAccess access, RawTableBuilder table,
        PublishedPart part, CancellationToken cancellation)
    {
        var (imageFile, labelFile) =
            (access.Open(info.Name, images, cancellation), access.Open(info.Name, labels, cancellation));
        var first = table.Rows;
        AppendImages(
            info, (imageFile.Place, IdxReader.Read(imageFile)), (labelFile.Place, IdxReader.Read(labelFile)), table, part,
            cancellation);
        CheckCounts(info, labels, labelFile.Place, table, first);
        CheckDigest(labels, labelFile);
        CheckDigest(images, imageFile);
    }

    /// <summary>The same for arrays at hand, with the places where they come from; nothing is checked against what was
    /// published.</summary>
    /// <exception cref="InvalidInputException">Images and labels do not fit each other or the schema.</exception>
    public static void AppendImages(
        DatasetInfo info, (string Place, IdxArray Array) imageFile, (string Place, IdxArray Array) labelFile,
        RawTableBuilder table, PublishedPart part, CancellationToken cancellation)
    {
        var (pixels, classes) = (imageFile.Array, labelFile.Array);
        var count = pixels.Dimensions[0];
        var width = table.Schema.Features.Length;
        if (pixels.Values.Length != (long)count * width)
            throw ProblemList.Single(
                DataProblems.BadIdx, imageFile.Place,
                $"The file has {pixels.Values.Length} values for {count} images; an image has {width} pixels.");
        if (classes.Dimensions.Length != 1 || classes.Dimensions[0] != count)
            throw ProblemList.Single(
                DataProblems.BadIdx, labelFile.Place,
                $"The file has {classes.Values.Length} labels; {imageFile.Place} has {count} images.");
        var first = table.AddRows(count);
        var values = pixels.Values.Span;
        var known = classes.Values.Span;
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var label = known[i];
            if (label < 0 || label >= info.ClassNames.Length || label != MathF.Floor(label))
                throw ProblemList.Single(
                    DataProblems.UnknownLabel, labelFile.Place,
                    FormattableString.Invariant(
                        $"Label {i} is {label}; classes are 0 to {info.ClassNames.Length - 1}."));
            table.SetLabel(first + i, (int)label);
            table.SetPart(first + i, part);
            for (var f = 0; f < width; f++) table.SetNumeric(f, first + i, values[i * width + f] / 255);
        }
    }

    private static void CheckDigest(DatasetFile file, SourceFile source)
    {
        var digest = source.Sha256();
        if (digest != file.Sha256)
        {
            throw ProblemList.Single(
                DataProblems.Digest, source.Place,
                $"The file is not the published one: the sha256 of its unpacked content is {digest}, published is "
                + $"{file.Sha256}. Fetch it again from {file.Address}");
        }
    }

    public static void CheckCounts(DatasetInfo info, DatasetFile file, string place, RawTableBuilder table, int first)
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
