using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Data.Datasets;

namespace PateSim.Data.Fetching;

/// <summary>What became of a file of a dataset.</summary>
public enum FetchState
{
    /// <summary>It was at hand and is the published one.</summary>
    AtHand,

    /// <summary>It came now and is the published one.</summary>
    Fetched,

    /// <summary>It is not there.</summary>
    Missing,
}

/// <param name="Place">Where it is, or where it belongs.</param>
/// <param name="Address">Where it came from; null unless it was fetched.</param>
public sealed record FetchedFile(DatasetFile File, FetchState State, string Place, string? Address);

/// <summary>What a fetch of a dataset came to.</summary>
/// <param name="Folder">The dataset's folder, into which files were fetched.</param>
/// <param name="Problems">Why files are missing: one for each address that was tried, without what another address made
/// good.</param>
public sealed record FetchReport(
    DatasetInfo Dataset, string Folder, ImmutableArray<FetchedFile> Files, ImmutableArray<Problem> Problems)
{
    public bool IsComplete => Files.All(file => file.State != FetchState.Missing);
}
