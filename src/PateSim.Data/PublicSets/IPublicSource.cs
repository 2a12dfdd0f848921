using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>Records that everyone may see, from outside of the hospitals' dataset.</summary>
/// <param name="Table">With the columns of the hospitals' table.</param>
/// <param name="Rows">In the order in which they become queries.</param>
/// <param name="LabelsKnown">Whether their recorded diagnoses are of the hospitals' classes; where not, labels are 0 and
/// mean nothing.</param>
/// <param name="Statement">Where the records come from, in words.</param>
public sealed record PublicPool(RawTable Table, ImmutableArray<int> Rows, bool LabelsKnown, string Statement);

/// <summary>Where the public set comes from. The component kind <c>public-set</c>.</summary>
/// <threadsafety>Immutable.</threadsafety>
public interface IPublicSource
{
    /// <summary>The records; null when the split of the hospitals' dataset says which they are.</summary>
    /// <param name="hospitals">The hospitals' table, without columns that are dropped.</param>
    /// <exception cref="Federation.FederationException">They do not fit the hospitals' table.</exception>
    /// <exception cref="Core.InvalidInputException">A data file cannot be used.</exception>
    PublicPool? Load(
        RawTable hospitals, DatasetInfo info, DataAccess access, RandomKey key, CancellationToken cancellation);
}
