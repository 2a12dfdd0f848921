using System.Globalization;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Folders;

/// <summary>A sealed run folder.</summary>
/// <param name="Seal">SHA-256 of the folder's SHA256SUMS, hex: noted elsewhere, it proves that nothing was changed. Two
/// runs with one seal have the same results, byte for byte.</param>
public sealed record SealedRun(string Path, string Seal);

/// <summary>
/// The folder of one run: claimed before the run, so that an unwritable disk shows before hours of work, and sealed
/// after it.
/// </summary>
/// <remarks>
/// <para>It is written as <c>NAME.partial</c>: the scenario at once, everything else at the end, <c>SHA256SUMS</c>
/// last, each file down to the disk. Then it is renamed to <c>NAME</c>. A folder without <c>.partial</c> is therefore
/// complete; one with it never was. Results are never overwritten: where NAME exists, NAME-2, NAME-3 and so on are
/// taken.</para>
/// </remarks>
public sealed class RunFolder : IDisposable
{
    public const string PartialSuffix = ".partial";

    private readonly IFolderAccess _access;
    private readonly string _parent;
    private readonly string _name;
    private readonly RunFile _claim;
    private int _attempt;
    private bool _isClaimed;
    private bool _isDone;
    private string _partial = "";

    private RunFolder(IFolderAccess access, string parent, string name, RunFile claim) =>
        (_access, _parent, _name, _claim) = (access, parent, name, claim);

    /// <summary>The unfinished folder.</summary>
    public string PartialPath => _partial;

    private string FinalPath => Path.Combine(
        _parent, _attempt == 1 ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name}-{_attempt}"));

    /// <summary>Claims a folder.</summary>
    /// <param name="parent">The folder of all runs; created if need be.</param>
    /// <param name="name">See <see cref="RunFolderName"/>.</param>
    /// <param name="claim">The file that is written at once: it makes the claim exclusive.</param>
    /// <exception cref="RunFolderException">The folder cannot be created or written to.</exception>
    public static RunFolder Begin(string parent, string name, RunFile claim, IFolderAccess? access = null)
    {
        var folder = new RunFolder(access ?? DiskFolderAccess.Instance, parent, name, claim);
        try
        {
            do folder._attempt++;
            while (!folder.TryClaim());
            return folder;
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            folder.DeletePartial();
            throw new RunFolderException(
                RunFolderException.CannotBegin, folder.PartialPath,
                FileInTheWay(parent) is { } file
                    ? $"A file stands at '{file}', where a folder is needed. Nothing was run. Choose another folder "
                        + "with --out."
                    : $"The run folder '{folder.PartialPath}' cannot be written: {exception.Message} Nothing was run. "
                        + "Choose another folder with --out.",
                exception);
        }
    }

    /// <summary>Writes all files, seals them and gives the folder its name.</summary>
    /// <param name="results">Covered by the seal; one of them is the claim, unchanged.</param>
    /// <param name="timings">Beside the seal.</param>
    /// <exception cref="RunFolderException">It could not be; what was written is removed, or stays as .partial.
    /// </exception>
    public SealedRun Seal(IReadOnlyList<RunFile> results, RunFile timings)
    {
        ObjectDisposedException.ThrowIf(_isDone, this);
        if (!results.Any(file => file.Name == _claim.Name && file.Content.Span.SequenceEqual(_claim.Content.Span)))
            throw new ArgumentException($"The claim {_claim.Name} must be among the results.", nameof(results));
        var checksums = Checksums.Of(results);
        foreach (var file in results.Where(file => file.Name != _claim.Name).Append(timings).Append(checksums))
            Write(file);
        while (!TryRename()) _attempt++;
        _isDone = true;
        return new SealedRun(FinalPath, Checksums.Digest(checksums.Content.Span));
    }

    /// <summary>Removes the folder, unless it was sealed.</summary>
    public void Dispose()
    {
        if (_isDone) return;
        _isDone = true;
        DeletePartial();
    }

    /// <summary>The nearest part of the path that is there, if it is a file.</summary>
    private static string? FileInTheWay(string? path)
    {
        while (!string.IsNullOrEmpty(path) && !Directory.Exists(path))
        {
            if (File.Exists(path)) return path;
            path = Path.GetDirectoryName(path);
        }
        return null;
    }

    private bool TryClaim()
    {
        _partial = FinalPath + PartialSuffix;
        if (_access.Exists(FinalPath) || _access.Exists(_partial)) return false;
        _access.CreateFolder(PartialPath);
        var claim = Path.Combine(PartialPath, _claim.Name);
        if (!_access.TryCreateFile(claim)) return false;
        _isClaimed = true;
        _access.Write(claim, _claim.Content.Span);
        return true;
    }

    private void Write(RunFile file)
    {
        try
        {
            _access.Write(Path.Combine(PartialPath, file.Name), file.Content.Span);
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            throw Broken(RunFolderException.CannotWrite, $"The file {file.Name} cannot be written", exception);
        }
    }

    private bool TryRename()
    {
        try
        {
            if (_access.Exists(FinalPath)) return false;
            _access.Rename(_partial, FinalPath);
            return true;
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            if (_access.Exists(FinalPath) && _access.Exists(_partial)) return false;
            throw Broken(RunFolderException.CannotSeal, $"The folder cannot be renamed to '{FinalPath}'", exception);
        }
    }

    private RunFolderException Broken(string code, string what, Exception cause)
    {
        Dispose();
        return new RunFolderException(
            code, PartialPath,
            $"{what}: {cause.Message} No sealed folder was made.", cause);
    }

    private void DeletePartial()
    {
        try
        {
            if (_access.Exists(PartialPath)) _access.DeleteFolder(PartialPath, _isClaimed);
        }
        catch (Exception exception) when (IsFileFault(exception))
        {
            // It stays as .partial, which says that it is not complete.
        }
    }

    private static bool IsFileFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException;
}
