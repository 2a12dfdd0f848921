using PateSim.Core;
using PateSim.Data.Datasets;

namespace PateSim.Cli.Commands.Datasets;

/// <summary>A dataset by its name on the command line.</summary>
internal static class DatasetName
{
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static IDatasetSource Find(string name) =>
        KnownDatasets.Find(name) ?? throw new UsageException($"No dataset is called '{name}'. "
            + Suggestion.Describe(name, [.. KnownDatasets.All.Select(source => source.Info.Name)]));
}
