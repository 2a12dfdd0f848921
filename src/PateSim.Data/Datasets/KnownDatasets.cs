using System.Collections.Immutable;

namespace PateSim.Data.Datasets;

/// <summary>The datasets of the catalog that are known before any file is read: all but files of the user's own. Each
/// as its options' defaults make it.</summary>
public static class KnownDatasets
{
    /// <summary>In the order of the catalog.</summary>
    public static ImmutableArray<IDatasetSource> All { get; } =
    [
        .. DataCatalogs.Datasets.All.Where(component => component.Descriptor.Options.All(o => o.Name != "file"))
            .Select(component => component.With().Instance),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static IDatasetSource? Find(string name) => All.FirstOrDefault(source => source.Info.Name == name);
}
