using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;

namespace PateSim.Data.Fetching;

/// <summary>Fetches the files of a dataset that are not at hand. A file stands under its name only after its content
/// has been found to be the published one.</summary>
/// <threadsafety>Several fetches, in one process or in several, may go on at once; those into one folder follow each
/// other.</threadsafety>
public sealed class DatasetFetcher(HttpClient http, FetchSettings settings, TimeProvider time)
{
    private readonly Downloader _downloader = new(http, settings, time);

    /// <summary>Fetches what is missing.</summary>
    /// <param name="root">The data folder into which to fetch; it is created.</param>
    /// <param name="access">Where files count as at hand; <paramref name="root"/> is looked at in any case.</param>
    /// <param name="mirrors">In place of the published addresses; empty for those.</param>
    /// <exception cref="OperationCanceledException">Cancelled: what came is kept and gone on from next
    /// time.</exception>
    public async Task<FetchReport> FetchAsync(
        DatasetInfo info, string root, DataAccess access, ImmutableArray<Uri> mirrors,
        IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var job = new Job(
            info, Path.Combine(root, info.Name),
            access with { Folders = access.Folders.Insert(0, new DataFolder(root, "")) }, mirrors, progress);
        try
        {
            Directory.CreateDirectory(job.Folder);
            using var alone = await FetchLock.AcquireAsync(
                job.Folder,
                () => progress?.Report(new FetchProgress(
                    info.Name, 0, null, "Another fetch into this folder goes on: waiting for its end.")),
                time, cancellation).ConfigureAwait(false);
            var files = ImmutableArray.CreateBuilder<FetchedFile>(info.Files.Length);
            foreach (var file in info.Files)
                files.Add(await FetchAsync(job, file, cancellation).ConfigureAwait(false));
            var all = files.MoveToImmutable();
            return new FetchReport(info, job.Folder, all, job.ProblemsOf(all));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FetchReport(
                info, job.Folder,
                [.. info.Files.Select(f => new FetchedFile(f, FetchState.Missing, Path.Combine(job.Folder, f.Name), null))],
                [new Problem(FetchProblems.CannotWrite, job.Folder, "", $"The folder cannot be written: {e.Message}")]);
        }
    }

    private async Task<FetchedFile> FetchAsync(Job job, DatasetFile file, CancellationToken cancellation)
    {
        if (AtHand(job, file, cancellation) is { } place)
        {
            return new FetchedFile(
                file, job.Sources.ContainsKey(place) ? FetchState.Fetched : FetchState.AtHand, place,
                job.Sources.GetValueOrDefault(place));
        }
        foreach (var source in FetchPlan.For(job.Info, file, job.Mirrors))
        {
            if (job.HasNoRoom) break;
            if (job.DeadHosts.Contains(source.Address.Authority) || !job.Tried.Add(source.Address)) continue;
            var part = new PartFile(job.Folder, source.Form.Name);
            if (!await BringAsync(job, file, source, part, cancellation).ConfigureAwait(false)) continue;
            job.Sources[part.Whole] = source.Address.AbsoluteUri;
            return new FetchedFile(file, FetchState.Fetched, part.Whole, source.Address.AbsoluteUri);
        }
        if (job.Info.Published.FirstOrDefault(f => f.Holds.Contains(file)) is { ByHand: { } way } && job.Mirrors.IsEmpty)
            job.Add(file.Name, new Problem(FetchProblems.ByHand, file.Name, "", way));
        return new FetchedFile(file, FetchState.Missing, Path.Combine(job.Folder, file.Name), null);
    }

    /// <summary>Whether the address gave the published content, which then stands under its name.</summary>
    private async Task<bool> BringAsync(
        Job job, DatasetFile file, FetchSource source, PartFile part, CancellationToken cancellation)
    {
        var place = source.Address.AbsoluteUri;
        while (true)
        {
            var end = await _downloader.DownloadAsync(source.Address, part, job.Progress, cancellation)
                .ConfigureAwait(false);
            switch (end)
            {
                case DownloadEnd.NotHere(var code, var reason):
                    part.Delete();
                    job.Add(file.Name, new Problem(code, place, "", reason));
                    return false;
                case DownloadEnd.GaveUp(var reason, var hostIsDead):
                    if (hostIsDead) job.DeadHosts.Add(source.Address.Authority);
                    job.Add(file.Name, new Problem(FetchProblems.GaveUp, place, "", reason));
                    return false;
                case DownloadEnd.NoRoom(var code, var reason):
                    job.HasNoRoom = true;
                    job.Add(file.Name, new Problem(code, part.PartPath, "", reason));
                    return false;
                case DownloadEnd.Done(var resumed):
                    if (ContentCheck.Fault(source.Form, part.PartPath, cancellation) is not { } fault)
                    {
                        ClearTheWay(job, file, part);
                        part.Finish();
                        return true;
                    }
                    if (resumed)
                    {
                        // Halves of two files, perhaps: a fresh transfer tells.
                        part.Delete();
                        job.Progress?.Report(new FetchProgress(
                            part.Name, 0, null, "The parts do not make the published file; beginning anew."));
                        continue;
                    }
                    part.SetAside();
                    job.Add(file.Name, new Problem(
                        FetchProblems.WrongDigest, place, "",
                        $"What came is not the published file and is refused. {fault} It is kept aside as "
                        + $"{part.Refused}, which nothing reads."));
                    return false;
                default:
                    throw new InvalidOperationException($"A download ended as {end}.");
            }
        }
    }

    /// <summary>Where the file is with its published content; null when it is nowhere so.</summary>
    private static string? AtHand(Job job, DatasetFile file, CancellationToken cancellation)
    {
        foreach (var folder in job.Access.Folders)
        {
            try
            {
                if (FoundFile.In(folder.Path, job.Info.Name, file) is not { } found) continue;
                if (ContentCheck.Fault(job.Info, found, cancellation) is null) return found.Path;
                job.Progress?.Report(new FetchProgress(
                    file.Name, 0, null, $"{found.Place} is not the published file."));
            }
            catch (InvalidInputException e)
            {
                job.Progress?.Report(new FetchProgress(file.Name, 0, null, e.Message));
            }
        }
        return null;
    }

    // A wrong file under another of the names by which it is looked for would hide the right one.
    private static void ClearTheWay(Job job, DatasetFile file, PartFile part)
    {
        foreach (var name in new[] { file.Name, file.Name + ".gz" })
        {
            var path = Path.Combine(job.Folder, name);
            if (path != part.Whole && File.Exists(path)) File.Move(path, path + ".refused", overwrite: true);
        }
    }

    /// <summary>What one fetch knows so far.</summary>
    private sealed class Job(
        DatasetInfo info, string folder, DataAccess access, ImmutableArray<Uri> mirrors,
        IProgress<FetchProgress>? progress)
    {
        private readonly List<(string File, Problem Problem)> _problems = [];

        public DatasetInfo Info => info;

        public string Folder => folder;

        public DataAccess Access => access;

        public ImmutableArray<Uri> Mirrors => mirrors;

        public IProgress<FetchProgress>? Progress => progress;

        public HashSet<Uri> Tried { get; } = [];

        public HashSet<string> DeadHosts { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>The address from which each file on disk came.</summary>
        public Dictionary<string, string> Sources { get; } = new(StringComparer.Ordinal);

        public bool HasNoRoom { get; set; }

        public void Add(string file, Problem problem) => _problems.Add((file, problem));

        public ImmutableArray<Problem> ProblemsOf(ImmutableArray<FetchedFile> files) =>
        [
            .. _problems.Where(p => files.Any(f => f.State == FetchState.Missing && f.File.Name == p.File))
                .Select(p => p.Problem),
        ];
    }
}
