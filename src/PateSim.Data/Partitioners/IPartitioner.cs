using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>A hospital and the records that it alone holds.</summary>
/// <param name="Rows">Rows of the table, in the order in which the hospital keeps them; never empty.</param>
public sealed record HospitalRows(string Name, ImmutableArray<int> Rows);

/// <summary>Shares the private records out over hospitals. The component kind <c>partitioner</c>.</summary>
/// <threadsafety>Immutable.</threadsafety>
public interface IPartitioner
{
    /// <summary>Each private row goes to exactly one hospital and no hospital is empty. The same table, rows and key
    /// give the same hospitals.</summary>
    /// <param name="privateRows">Rows of the table, ascending.</param>
    /// <exception cref="Core.Components.OptionException">The rows cannot be shared out so.</exception>
    ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation);
}
