using System.IO.Compression;
using System.IO.Hashing;

namespace PateSim.Data.Reading;

/// <summary>Reads one file out of a zip archive.</summary>
internal static class ZipFileReader
{
    /// <summary>The name of the entry that is the file or its gzipped form; null when there is none.</summary>
    /// <exception cref="Core.InvalidInputException">The archive cannot be read or is damaged.</exception>
    public static string? EntryOf(string path, string name)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var names = archive.Entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
            return names.Contains(name) ? name : names.Contains(name + ".gz") ? name + ".gz" : null;
        }
        catch (InvalidDataException e)
        {
            throw ProblemList.Single(DataProblems.BadZip, path, $"The zip archive is damaged: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, path, $"The archive cannot be read: {e.Message}");
        }
    }

    /// <param name="name">The entry's name without its folders.</param>
    /// <exception cref="Core.InvalidInputException">The archive cannot be read, is damaged, or has no such entry, or
    /// several.</exception>
    public static SourceFile Read(string path, string name, CancellationToken cancellation)
    {
        var place = $"{path}!{name}";
        try
        {
            cancellation.ThrowIfCancellationRequested();
            using var archive = ZipFile.OpenRead(path);
            List<ZipArchiveEntry> found = [.. archive.Entries.Where(e => e.Name == name)];
            if (found.Count != 1)
                throw ProblemList.Single(
                    DataProblems.FileNotFound, place,
                    found.Count == 0 ? "The archive has no such file." : $"The archive has {found.Count} such files.");
            if (found[0].Length > Array.MaxLength)
                throw ProblemList.Single(DataProblems.TooLarge, place, "The unpacked file exceeds 2 GiB.");
            using var stream = found[0].Open();
            var content = new byte[found[0].Length];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length < content.Length || stream.ReadByte() >= 0)
                throw ProblemList.Single(
                    DataProblems.BadZip, place, "The content is shorter or longer than the archive says.");
            if (Crc32.HashToUInt32(content) != found[0].Crc32)
                throw ProblemList.Single(
                    DataProblems.BadZip, place, "The content is not the one that was packed: the checksum differs.");
            return SourceFile.FromBytes(place, content, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw ProblemList.Single(DataProblems.BadZip, place, $"The zip archive is damaged: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, place, $"The archive cannot be read: {e.Message}");
        }
    }
}
