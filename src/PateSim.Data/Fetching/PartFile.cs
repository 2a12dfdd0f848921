namespace PateSim.Data.Fetching;

/// <summary>A file that is being fetched: <c>NAME.part</c> holds what came so far, <c>NAME.part.from</c> where from and
/// by what the server will know that it is still the same.</summary>
internal sealed class PartFile(string folder, string name)
{
    private readonly string _from = Path.Combine(folder, name + ".part.from");

    public string Name => name;

    /// <summary>Where the file stands when it is whole and right.</summary>
    public string Whole { get; } = Path.Combine(folder, name);

    public string PartPath { get; } = Path.Combine(folder, name + ".part");

    /// <summary>Where a file that is not the published one is kept aside; nothing reads it.</summary>
    public string Refused { get; } = Path.Combine(folder, name + ".refused");

    public long Length => new FileInfo(PartPath) is { Exists: true } info ? info.Length : 0;

    /// <summary>Whether the part is of this address, and by which header the server can tell that its file has not
    /// changed since; null when it gave none.</summary>
    public bool IsOf(Uri address, out string? validator)
    {
        validator = null;
        try
        {
            var lines = File.ReadAllLines(_from);
            if (lines.Length != 2 || lines[0] != address.AbsoluteUri) return false;
            validator = lines[1].Length > 0 ? lines[1] : null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Remember(Uri address, string? validator) =>
        File.WriteAllLines(_from, [address.AbsoluteUri, validator ?? ""]);

    /// <summary>Unbuffered: a write that returned is with the system, so that a cancelled download loses
    /// nothing.</summary>
    public FileStream Open(bool append) =>
        new(PartPath, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>The part becomes the whole in one step.</summary>
    public void Finish()
    {
        File.Move(PartPath, Whole, overwrite: true);
        File.Delete(_from);
    }

    public void SetAside()
    {
        File.Move(PartPath, Refused, overwrite: true);
        File.Delete(_from);
    }

    public void Delete()
    {
        File.Delete(PartPath);
        File.Delete(_from);
    }
}
