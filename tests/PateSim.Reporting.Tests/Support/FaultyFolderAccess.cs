using PateSim.Reporting.Folders;

namespace PateSim.Reporting.Tests.Support;

/// <summary>A disk that has room for a number of writes, and fails at renaming or deleting when told to.</summary>
internal sealed class FaultyFolderAccess(int room) : IFolderAccess
{
    private int _writes;

    public bool FailsToRename { get; init; }

    public bool FailsToDelete { get; init; }

    /// <summary>Called before a rename, as where another process is faster.</summary>
    public Action<string>? BeforeRename { get; init; }

    public bool Exists(string path) => DiskFolderAccess.Instance.Exists(path);

    public void CreateFolder(string path) => DiskFolderAccess.Instance.CreateFolder(path);

    public bool TryCreateFile(string path) => DiskFolderAccess.Instance.TryCreateFile(path);

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        if (++_writes <= room)
        {
            DiskFolderAccess.Instance.Write(path, content);
            return;
        }
        // As a full disk does it: a part of the file is there.
        File.WriteAllBytes(path, content[..(content.Length / 2)].ToArray());
        throw new IOException("No space left on device");
    }

    public void Rename(string from, string to)
    {
        BeforeRename?.Invoke(to);
        if (FailsToRename) throw new IOException("Input/output error");
        DiskFolderAccess.Instance.Rename(from, to);
    }

    public void DeleteFolder(string path, bool withContent)
    {
        if (FailsToDelete) throw new IOException("Input/output error");
        DiskFolderAccess.Instance.DeleteFolder(path, withContent);
    }
}
