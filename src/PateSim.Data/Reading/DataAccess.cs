using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Data.Datasets;

namespace PateSim.Data.Reading;

/// <summary>The folders in which data files are looked for, in order; each holds one folder per dataset.</summary>
/// <param name="Folders">The first that has a file provides it.</param>
public sealed record DataAccess(ImmutableArray<DataFolder> Folders)
{
    /// <summary>The environment variable that names a data folder.</summary>
    public const string Variable = "PATESIM_DATA";

    /// <summary>For generated data: no folder at all.</summary>
    public static DataAccess None { get; } = new(ImmutableArray<DataFolder>.Empty);

    /// <summary>The folder written on the command line, then the environment's, then the cache, then the one that is
    /// shipped.</summary>
    /// <exception cref="InvalidInputException">A folder was named that does not exist.</exception>
    public static DataAccess FromProcess(string? commandLine) => From(
        commandLine,
        Environment.GetEnvironmentVariable(Variable),
        Path.Combine(AppContext.BaseDirectory, "data"),
        DataCache.Folder(Environment.GetEnvironmentVariable));

    /// <summary>The same from given settings; null and empty ones are left out. The cache and the shipped folder need
    /// not exist.</summary>
    /// <exception cref="InvalidInputException">A folder was named that does not exist.</exception>
    public static DataAccess From(string? commandLine, string? environment, string? shipped, string? cache = null)
    {
        var folders = ImmutableArray.CreateBuilder<DataFolder>();
        AddNamed(commandLine, "--data");
        AddNamed(environment, Variable);
        if (!string.IsNullOrEmpty(cache)) folders.Add(new DataFolder(cache, "cache"));
        if (!string.IsNullOrEmpty(shipped)) folders.Add(new DataFolder(shipped, "shipped"));
        return new DataAccess(folders.ToImmutable());

        void AddNamed(string? path, string origin)
        {
            if (string.IsNullOrEmpty(path)) return;
            if (!Directory.Exists(path))
                throw ProblemList.Single(
                    DataProblems.NoDataFolder, path, $"The data folder given by {origin} does not exist.");
            folders.Add(new DataFolder(path, origin));
        }
    }

    /// <summary>Finds a file of the user's own: a path, or a path below a data folder; plain, gzipped or in a zip archive.
    /// </summary>
    /// <exception cref="InvalidInputException">It is nowhere, or cannot be read.</exception>
    public DataFile OpenOwn(string path)
    {
        var candidates = Folders.Select(f => Path.Combine(f.Path, path)).Prepend(path);
        if (candidates.FirstOrDefault(candidate => File.Exists(DataFile.Divide(candidate).File)) is { } found)
            return DataFile.At(found);
        throw ProblemList.Single(
            DataProblems.FileNotFound, path,
            Directory.Exists(path)
                ? "This is a folder; name a file."
                : $"There is no such file in the working folder '{Directory.GetCurrentDirectory()}' nor below a data "
                    + "folder.");
    }

    /// <summary>Reads a file of a dataset, plain, gzipped or in a zip file: see <see cref="FoundFile"/>.</summary>
    /// <exception cref="InvalidInputException">It is nowhere, or cannot be read.</exception>
    public SourceFile Open(string dataset, DatasetFile file, CancellationToken cancellation = default)
    {
        if (Locate(dataset, file) is { } found) return found.File.Read(cancellation);
        var where = Folders.IsEmpty
            ? "no data folder is set"
            : "looked in " + string.Join(
                ", ", Folders.Select(f => $"{Path.Combine(f.Path, dataset)} ({f.Origin})"));
        var also = file.Archive is null ? "" : $" such as {file.Archive}";
        throw ProblemList.Single(
            DataProblems.FileNotFound, $"{dataset}/{file.Name}",
            $"The file is missing, also as {file.Name}.gz and in a zip file{also}: {where}. Try 'patesim data fetch "
            + $"{dataset}', or fetch it from {file.Address} (sha256 of the unpacked file {file.Sha256}) into a folder "
            + $"'{dataset}' of a data folder, and name that by --data or {Variable}.");
    }

    /// <summary>Where a file of a dataset is found first; null when it is nowhere.</summary>
    public (DataFolder Folder, FoundFile File)? Locate(string dataset, DatasetFile file)
    {
        foreach (var folder in Folders)
        {
            if (FoundFile.In(folder.Path, dataset, file) is { } found) return (folder, found);
        }
        return null;
    }

    /// <summary>Who named the folder in which the dataset's first file is found; null when a file is nowhere.</summary>
    public string? OriginOf(DatasetInfo info)
    {
        var folders = info.Files.Select(file => Locate(info.Name, file)?.Folder).ToList();
        return folders.Contains(null) ? null : folders[0]?.Origin;
    }
}

/// <summary>A folder of datasets.</summary>
/// <param name="Origin">Who named it, for messages.</param>
public sealed record DataFolder(string Path, string Origin);
