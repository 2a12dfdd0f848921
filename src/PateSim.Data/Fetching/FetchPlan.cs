using System.Collections.Immutable;
using PateSim.Data.Datasets;

namespace PateSim.Data.Fetching;

/// <summary>One address of one form.</summary>
/// <param name="Form">What is to be had there.</param>
internal sealed record FetchSource(PublishedFile Form, Uri Address);

/// <summary>Which addresses may have a file of a dataset, in the order in which they are tried.</summary>
internal static class FetchPlan
{
    /// <param name="mirrors">Addresses of folders that hold a folder for each dataset, as a data folder does; where
    /// there are any, the published addresses are not tried.</param>
    public static IEnumerable<FetchSource> For(DatasetInfo info, DatasetFile file, ImmutableArray<Uri> mirrors)
    {
        var published = info.Published.Where(form => form.ByHand is null && form.Holds.Contains(file));
        if (mirrors.IsEmpty)
            return published.SelectMany(form => form.Addresses.Select(a => new FetchSource(form, new Uri(a))));
        // The single file before an archive: a mirror may have either.
        return mirrors.SelectMany(mirror => published.Where(IsSingle)
            .Append(new PublishedFile(file.Name, [], [file]))
            .Append(new PublishedFile(file.Name + ".gz", [], [file]))
            .Concat(published.Where(form => !IsSingle(form)))
            .DistinctBy(form => form.Name)
            .Select(form => new FetchSource(form, Below(mirror, info.Name, form.Name))));

        static bool IsSingle(PublishedFile form) => !form.IsZip && form.Holds.Length == 1;
    }

    private static Uri Below(Uri mirror, string dataset, string name)
    {
        var folder = new UriBuilder(mirror);
        if (!folder.Path.EndsWith('/')) folder.Path += '/';
        return new Uri(folder.Uri, $"{dataset}/{Uri.EscapeDataString(name)}");
    }
}
