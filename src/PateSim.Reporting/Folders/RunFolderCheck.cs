using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PateSim.Core;
using PateSim.Privacy.Ledger;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Folders;

/// <summary>What a check of a run folder found.</summary>
/// <param name="Seal">SHA-256 of SHA256SUMS, hex, to compare with a noted one; empty when there is none.</param>
/// <param name="Files">How many files the seal covers.</param>
/// <param name="Problems">Empty when the folder is as it was sealed.</param>
public sealed record FolderCheck(string Seal, int Files, ImmutableArray<Problem> Problems)
{
    public bool IsIntact => Problems.IsEmpty;
}

/// <summary>Checks a run folder against its seal, the ledger against its own chain, and the disjointness certificate
/// against itself and the other files.</summary>
/// <remarks>The ledger's last hash stands in the manifest, so that a ledger which was edited or shortened and chained anew
/// is recognised even where the seal was written anew, too. Neither chain nor seal has a key: whoever rewrites ledger,
/// manifest and seal alike is recognised only by a <see cref="FolderCheck.Seal"/> that was noted elsewhere.</remarks>
public static class RunFolderCheck
{
    public const string NotSealed = "PS4011";
    public const string FileMissing = "PS4012";
    public const string FileChanged = "PS4013";
    public const string FileUnknown = "PS4014";
    public const string BadSeal = "PS4015";
    public const string Unreadable = "PS4016";
    public const string OtherSeal = "PS4041";

    private static readonly ImmutableArray<string> Outside = [RunFileNames.Checksums, RunFileNames.Timings];

    /// <param name="notedSeal">The folder's seal as it was noted elsewhere, or null.</param>
    public static FolderCheck Verify(string folder, string? notedSeal = null)
    {
        var check = Verify(folder);
        return notedSeal is null || check.Seal.Length == 0 || string.Equals(check.Seal, notedSeal, StringComparison.OrdinalIgnoreCase)
            ? check
            : check with
            {
                Problems = check.Problems.Add(new Problem(
                    OtherSeal, folder, "", $"the seal is {check.Seal}, but {notedSeal} was noted: the folder is another "
                    + "one or was sealed anew.")),
            };
    }

    private static FolderCheck Verify(string folder)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var sums = Path.Combine(folder, RunFileNames.Checksums);
        if (!File.Exists(sums))
        {
            var what = Directory.Exists(folder)
                ? $"the folder has no {RunFileNames.Checksums}: it was never sealed, or is no run folder."
                : "there is no such folder.";
            return new FolderCheck("", 0, [new Problem(NotSealed, folder, "", what)]);
        }
        if (Path.TrimEndingDirectorySeparator(folder).EndsWith(RunFolder.PartialSuffix, StringComparison.Ordinal))
            problems.Add(new Problem(NotSealed, folder, "", "the folder is called .partial: its run never finished."));
        try
        {
            return Check(folder, File.ReadAllBytes(sums), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(Unreadable, folder, "", $"the folder cannot be read: {exception.Message}"));
            return new FolderCheck("", 0, problems.ToImmutable());
        }
    }

    private static FolderCheck Check(string folder, byte[] seal, ImmutableArray<Problem>.Builder problems)
    {
        var sums = Path.Combine(folder, RunFileNames.Checksums);
        var known = new HashSet<string>(Outside, StringComparer.Ordinal);
        var lines = Checksums.Read(Encoding.UTF8.GetString(seal));
        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)))
        {
            if (line is not { } entry)
                problems.Add(new Problem(BadSeal, $"{sums}({number})", "", "the line is no digest with a plain name."));
            else if (!known.Add(entry.Name))
                problems.Add(new Problem(BadSeal, $"{sums}({number})", entry.Name, "the file is listed twice."));
            else CheckFile(folder, entry.Name, entry.Digest, problems);
        }
        foreach (var required in new[]
        {
            RunFileNames.Manifest, RunFileNames.Summary, RunFileNames.Ledger, RunFileNames.Disjointness,
        })
        {
            if (known.Contains(required)) continue;
            problems.Add(new Problem(BadSeal, sums, required, "the seal leaves out this file, which every run has."));
        }
        var unknown = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)
            .Where(name => !known.Contains(name)).Order(StringComparer.Ordinal);
        foreach (var name in unknown)
            problems.Add(new Problem(FileUnknown, Path.Combine(folder, name), "", "the seal does not know this file."));
        return new FolderCheck(Checksums.Digest(seal), lines.Count(line => line is not null), problems.ToImmutable());
    }

    private static void CheckFile(
        string folder, string name, string digest, ImmutableArray<Problem>.Builder problems)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            problems.Add(new Problem(FileMissing, path, "", "the file is in the seal and not in the folder."));
            return;
        }
        var content = File.ReadAllBytes(path);
        var found = Checksums.Digest(content);
        if (found != digest)
        {
            problems.Add(new Problem(
                FileChanged, path, "", $"the file was changed: its SHA-256 is {found}, sealed was {digest}."));
        }
        if (name == RunFileNames.Ledger) CheckLedger(path, content, problems);
        if (name == RunFileNames.Disjointness) problems.AddRange(CertificateCheck.Check(path, content, Other));

        byte[]? Other(string file) =>
            Path.Combine(folder, file) is var other && File.Exists(other) ? File.ReadAllBytes(other) : null;
    }

    /// <summary>The last hash of the ledger as the manifest notes it; null where it does not, which the seal then shows.
    /// </summary>
    private static string? NotedHash(string folder)
    {
        var manifest = Path.Combine(folder, RunFileNames.Manifest);
        if (!File.Exists(manifest)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(ManifestFile.LedgerLastHash, out var hash)
                && hash.ValueKind == JsonValueKind.String ? hash.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CheckLedger(string path, byte[] content, ImmutableArray<Problem>.Builder problems)
    {
        try
        {
            LedgerCsv.Read(Encoding.UTF8.GetString(content), path, NotedHash(Path.GetDirectoryName(path)!));
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
        }
    }
}
