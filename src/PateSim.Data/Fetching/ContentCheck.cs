using System.IO.Compression;
using System.Security.Cryptography;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;

namespace PateSim.Data.Fetching;

/// <summary>Whether a file holds what it should, whatever it is packed in. Reads it in pieces.</summary>
internal static class ContentCheck
{
    /// <summary>Null when a file that was found is the published one; else what is wrong, in a sentence.</summary>
    public static string? Fault(DatasetInfo info, FoundFile found, CancellationToken cancellation)
    {
        var name = Path.GetFileName(found.Path);
        return info.Published.FirstOrDefault(form => form.Name == name && form.Check is not null) is { } form
            ? Fault(form, found.Path, cancellation)
            : Fault(found.Path, found.Entry is not null, [found.File]);
    }

    /// <summary>The same for a file in the form in which it is published.</summary>
    public static string? Fault(PublishedFile form, string path, CancellationToken cancellation) =>
        form.Check is { } check ? check(path, cancellation) : Fault(path, form.IsZip, form.Holds);

    private static string? Fault(string path, bool isZip, IEnumerable<DatasetFile> files)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return isZip ? FaultOfZip(stream, files) : FaultOf(stream, files.Single());
        }
        catch (InvalidDataException e)
        {
            return $"It is damaged: {e.Message}{Page(path)}";
        }
    }

    private static string? FaultOfZip(Stream stream, IEnumerable<DatasetFile> files)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var file in files)
        {
            List<ZipArchiveEntry> entries =
                [.. archive.Entries.Where(e => e.Name == file.Name || e.Name == file.Name + ".gz")];
            if (entries.Count != 1) return $"It is a zip file with {entries.Count} files {file.Name}.";
            using var entry = entries[0].Open();
            using var content = entries[0].Name == file.Name
                ? entry
                : new GZipStream(entry, CompressionMode.Decompress, leaveOpen: true);
            if (Different(content, file) is { } fault) return fault;
        }
        return null;
    }

    private static string? FaultOf(FileStream stream, DatasetFile file)
    {
        var isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        if (!isGzip) return Different(stream, file) is { } fault ? fault + Page(stream.Name) : null;
        using var content = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return Different(content, file);
    }

    private static string? Different(Stream content, DatasetFile file)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        return digest == file.Sha256
            ? null
            : $"The sha256 of {file.Name}, unpacked, is {digest}; that of the file PateSim knows is {file.Sha256}.";
    }

    // What a network's log-in page or a moved file leaves behind.
    private static string Page(string path)
    {
        using var reader = new StreamReader(path);
        var start = new char[64];
        var read = reader.ReadBlock(start);
        return start.AsSpan(0, read).TrimStart() is ['<', ..] ? " It looks like a web page." : "";
    }
}
