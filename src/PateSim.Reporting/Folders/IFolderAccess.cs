namespace PateSim.Reporting.Folders;

/// <summary>What a run folder needs of a file system; tests fill the disk behind it.</summary>
public interface IFolderAccess
{
    bool Exists(string path);

    /// <summary>Creates the folder and its parents, if they are not there.</summary>
    void CreateFolder(string path);

    /// <summary>Creates an empty file; false when it is there already, made by whomever.</summary>
    bool TryCreateFile(string path);

    /// <summary>Writes a file, down to the disk.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    void Write(string path, ReadOnlySpan<byte> content);

    /// <summary>Renames a folder to a name that must be free.</summary>
    void Rename(string from, string to);

    /// <param name="withContent">False refuses a folder that is not empty.</param>
    void DeleteFolder(string path, bool withContent);
}

/// <summary>The file system itself.</summary>
public sealed class DiskFolderAccess : IFolderAccess
{
    private const int FileExistsUnix = 17; // EEXIST
    private const int FileExistsWindows = unchecked((int)0x80070050); // ERROR_FILE_EXISTS

    public static DiskFolderAccess Instance { get; } = new();

    public bool Exists(string path) => Path.Exists(path);

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public bool TryCreateFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
            return true;
        }
        catch (IOException exception) when (exception.HResult is FileExistsUnix or FileExistsWindows)
        {
            return false;
        }
    }

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    public void Rename(string from, string to) => Directory.Move(from, to);

    public void DeleteFolder(string path, bool withContent) => Directory.Delete(path, withContent);
}
