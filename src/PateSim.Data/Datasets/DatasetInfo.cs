using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>One file of a dataset, as published.</summary>
/// <param name="Name">Below the dataset's folder; <c>NAME.gz</c> is found as well.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Sha256">Of its unpacked content, lower-case hex.</param>
/// <param name="Rows">How many records it holds.</param>
/// <param name="ClassCounts">How many records of each class it holds.</param>
public sealed record DatasetFile(string Name, string Address, string Sha256, int Rows, ImmutableArray<int> ClassCounts)
{
    /// <summary>The zip file in which it was published, and in which it is found as well; null when it was published by
    /// itself.</summary>
    public string? Archive { get; init; }

    /// <summary>Another form of the same records, taken where this one is not; null when there is none.</summary>
    public DatasetFile? Instead { get; init; }
}

/// <summary>What a reader must know of a dataset before trusting a result on it.</summary>
/// <param name="Name">As in scenarios; also the name of its folder.</param>
/// <param name="Description">What was collected, where, from whom.</param>
/// <param name="Task">What is predicted from what.</param>
/// <param name="Schema">Columns with meaning, unit, levels and missing marks, as the options chose them.</param>
/// <param name="Licence">Terms of use.</param>
/// <param name="Citation">Whom to cite.</param>
/// <param name="Address">The dataset's page.</param>
/// <param name="Files">Empty for generated data.</param>
/// <param name="Notes">What bites, and what was done about it.</param>
public sealed record DatasetInfo(
    string Name,
    string Description,
    string Task,
    TableSchema Schema,
    string Licence,
    string Citation,
    string Address,
    ImmutableArray<DatasetFile> Files,
    ImmutableArray<string> Notes)
{
    /// <summary>The records of each published part.</summary>
    public ImmutableArray<PartCount> Counts { get; init; } = [];

    /// <summary>What can be predicted; the first unless an option says otherwise.</summary>
    public ImmutableArray<DatasetTarget> Targets { get; init; } = [];

    /// <summary>How many hospitals of its own the dataset has; 0 where a partitioner must make them.</summary>
    public int Hospitals { get; init; }

    /// <summary>How its files are published, the form that is fetched first first; none where it is generated.</summary>
    public ImmutableArray<PublishedFile> Published { get; init; } = [];

    /// <summary>What others reach on it.</summary>
    public ImmutableArray<ReferenceAccuracy> Accuracies { get; init; } = [];

    public ImmutableArray<string> ClassNames => [.. Schema.Label.Classes.Select(c => c.Name)];
}

/// <summary>A source of records: files or a generator. The component kind <c>dataset</c>.</summary>
/// <threadsafety>Immutable.</threadsafety>
public interface IDatasetSource
{
    DatasetInfo Info { get; }

    /// <summary>Reads or generates all records; the same files and key give the same table.</summary>
    /// <param name="access">Where data folders are; generated data needs none.</param>
    /// <param name="key">Address of the randomness of generated data; files need none.</param>
    /// <exception cref="Core.InvalidInputException">A file is missing, does not fit its schema, or is not the published
    /// one.</exception>
    RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation);
}
