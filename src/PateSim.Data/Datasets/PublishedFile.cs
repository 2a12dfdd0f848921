using System.Collections.Immutable;

namespace PateSim.Data.Datasets;

/// <summary>A form in which files of a dataset are published.</summary>
/// <param name="Name">Under which it is kept in the dataset's folder. A name in <c>.zip</c> is a zip file, one in
/// <c>.gz</c> a gzip file.</param>
/// <param name="Addresses">Where it is published, the first first.</param>
/// <param name="Holds">The files of the dataset that are in it. Their digests are checked; of the packed file itself
/// none is known that the publisher vouches for.</param>
public sealed record PublishedFile(
    string Name, ImmutableArray<string> Addresses, ImmutableArray<DatasetFile> Holds)
{
    /// <summary>What must be done by hand before the files in it can be read; null when nothing must. Such a form is
    /// not fetched.</summary>
    public string? ByHand { get; init; }

    /// <summary>What is wrong with such a file, by its path, in a sentence; null when its content is the published one.
    /// For a form in which the files do not stand as such; otherwise their digests are compared.</summary>
    public Func<string, CancellationToken, string?>? Check { get; init; }

    public bool IsZip => Name.EndsWith(".zip", StringComparison.Ordinal);

    /// <summary>A file that is published by itself, at its own address.</summary>
    public static PublishedFile Plain(DatasetFile file) => new(file.Name, [file.Address], [file]);
}
