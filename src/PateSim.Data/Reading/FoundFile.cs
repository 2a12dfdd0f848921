using PateSim.Data.Datasets;

namespace PateSim.Data.Reading;

/// <summary>A file of a dataset where it lies: by itself, gzipped, or in a zip file.</summary>
/// <param name="Path">Of the file, or of the zip file.</param>
/// <param name="Entry">The name in the zip file; null for a file by itself.</param>
/// <param name="File">Which it is: the one looked for, or the other form of it.</param>
public sealed record FoundFile(string Path, string? Entry, DatasetFile File)
{
    /// <summary>How messages name it.</summary>
    public string Place => Entry is null ? Path : $"{Path}!{Entry}";

    /// <summary>Looks below one data folder, in this order: <c>dataset/NAME</c>; <c>dataset/NAME.gz</c>; the zip file
    /// in which it was published; a zip file in the dataset's folder, in ordinal order of names, that has an entry
    /// NAME or NAME.gz; <c>dataset.zip</c>; the same for the other form of the file. Null when it is in none.</summary>
    /// <exception cref="Core.InvalidInputException">A zip file that was to be searched is damaged.</exception>
    public static FoundFile? In(string folder, string dataset, DatasetFile file)
    {
        var own = System.IO.Path.Combine(folder, dataset);
        var plain = System.IO.Path.Combine(own, file.Name);
        if (System.IO.File.Exists(plain)) return new FoundFile(plain, null, file);
        if (System.IO.File.Exists(plain + ".gz")) return new FoundFile(plain + ".gz", null, file);
        if (file.Archive is { } archive && System.IO.Path.Combine(own, archive) is var published
            && System.IO.File.Exists(published))
        {
            return new FoundFile(published, file.Name, file);
        }
        foreach (var zip in Archives(own).Append(own + ".zip").Where(System.IO.File.Exists))
        {
            if (ZipFileReader.EntryOf(zip, file.Name) is { } entry) return new FoundFile(zip, entry, file);
        }
        return file.Instead is { } other ? In(folder, dataset, other) : null;
    }

    /// <summary>Its unpacked content.</summary>
    /// <exception cref="Core.InvalidInputException">It cannot be read, or is damaged.</exception>
    public SourceFile Read(CancellationToken cancellation) =>
        Entry is null ? SourceFile.Read(Path, cancellation) : ZipFileReader.Read(Path, Entry, cancellation);

    private static IEnumerable<string> Archives(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.zip").Order(StringComparer.Ordinal)
            : [];
}
