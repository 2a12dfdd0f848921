using System.IO.Compression;

namespace PateSim.Data.Reading;

/// <summary>How a file is packed; found by its first bytes, whatever its name.</summary>
public enum Packing
{
    None,

    Gzip,

    Zip,
}

/// <summary>A file that is read from its beginning as often as needed, in blocks, and unpacked on the way.</summary>
/// <remarks>What is unpacked is checked against the checksum and length that the packer wrote: a damaged or shortened
/// file ends in a problem, never in fewer records.</remarks>
public sealed class DataFile
{
    // One byte of deflate can stand for at most 1032 bytes, so a header that promises more is not to be believed.
    private const long LargestRatio = 1032;

    private readonly Func<Stream> _open;

    private DataFile(string place, Packing packing, long? length, Func<Stream> open) =>
        (Place, Packing, Length, _open) = (place, packing, length, open);

    /// <summary>How messages name the file.</summary>
    public string Place { get; }

    public Packing Packing { get; }

    /// <summary>Bytes of the unpacked content, where that is known beforehand. An estimate for sizing, no promise.
    /// </summary>
    public long? Length { get; }

    /// <summary>A file at a path. In a zip archive that holds several files, <c>archive.zip!name</c> is one of them.
    /// </summary>
    /// <exception cref="Core.InvalidInputException">There is no such file, or it cannot be read.</exception>
    public static DataFile At(string path)
    {
        var (file, entry) = Divide(path);
        try
        {
            using var stream = OpenPath(file);
            Span<byte> head = stackalloc byte[4];
            var packing = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)] switch
            {
                [0x1F, 0x8B, ..] => Packing.Gzip,
                [(byte)'P', (byte)'K', 3 or 5, 4 or 6] => Packing.Zip,
                _ => Packing.None,
            };
            if (entry is not null && packing != Packing.Zip)
                throw ProblemList.Single(DataProblems.BadZip, path, $"'{file}' is no zip archive.");
            return packing switch
            {
                Packing.Gzip => new DataFile(
                    path, packing, null, () => new UnpackedGzip(path, () => OpenPath(file))),
                Packing.Zip => ZipEntry(file, entry, stream.Length),
                _ => new DataFile(path, packing, stream.Length, () => new UnpackedStream(path, OpenPath(file))),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ProblemList.Single(DataProblems.FileNotFound, path, "There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, path, $"The file cannot be read: {e.Message}");
        }
    }

    /// <summary>Content at hand.</summary>
    public static DataFile Of(SourceFile file) => new(
        file.Place, Packing.None, file.Content.Length,
        () => new UnpackedStream(file.Place, new ContentStream(file.Content)));

    /// <summary>Content from wherever it comes.</summary>
    internal static DataFile From(string place, Func<Stream> open) =>
        new(place, Packing.None, null, () => new UnpackedStream(place, open()));

    /// <summary>The unpacked content from its beginning.</summary>
    /// <exception cref="Core.InvalidInputException">It cannot be read; reading it may raise the same.</exception>
    public Stream Open()
    {
        try
        {
            return _open();
        }
        catch (InvalidDataException e)
        {
            throw ProblemList.Single(DataProblems.BadZip, Place, $"The zip archive is damaged: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, Place, $"The file cannot be read: {e.Message}");
        }
    }

    /// <summary>Path and entry of <c>archive.zip!name</c>; a path that exists as it is has no entry.</summary>
    internal static (string File, string? Entry) Divide(string path)
    {
        var at = path.LastIndexOf('!');
        return at <= 0 || File.Exists(path) ? (path, null) : (path[..at], path[(at + 1)..]);
    }

    private static DataFile ZipEntry(string path, string? name, long packed)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            List<ZipArchiveEntry> files = [.. archive.Entries.Where(e => e.Name.Length > 0)];
            var found = files.Where(e => name is null || e.FullName == name || e.Name == name).ToList();
            if (found.Count != 1)
            {
                var names = string.Join(", ", files.Take(20).Select(e => $"'{path}!{e.FullName}'"));
                throw ProblemList.Single(
                    DataProblems.FileNotFound, name is null ? path : $"{path}!{name}",
                    files.Count == 0 ? "The archive holds no file."
                    : name is null ? $"The archive holds {files.Count} files; name one of them: {names}."
                    : $"The archive has {found.Count} files of that name. It holds {names}.");
            }
            var entry = found[0];
            var place = $"{path}!{entry.FullName}";
            if (entry.IsEncrypted)
                throw ProblemList.Single(
                    DataProblems.BadZip, place, "The file is encrypted; unpack it first.");
            var index = archive.Entries.IndexOf(entry);
            var length = Math.Min(entry.Length, packed * LargestRatio);
            return new DataFile(place, Packing.Zip, length, () => UnpackedZip.Open(place, path, index));
        }
        catch (InvalidDataException e)
        {
            throw ProblemList.Single(DataProblems.BadZip, path, $"The zip archive is damaged: {e.Message}");
        }
    }

    private static FileStream OpenPath(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}
