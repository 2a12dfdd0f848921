using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Splits;

/// <summary>Which records are private to hospitals, which are the public set, and which are held out for the
/// test.</summary>
/// <param name="Private">Rows of the table, ascending: what a partitioner shares out over the hospitals.</param>
/// <param name="Public">Rows in the order in which they become queries.</param>
/// <param name="Test">Rows, ascending.</param>
public sealed record Roles(ImmutableArray<int> Private, ImmutableArray<int> Public, ImmutableArray<int> Test);

/// <summary>Gives every record one role. The component kind <c>split</c>.</summary>
/// <threadsafety>Immutable.</threadsafety>
public interface ISplit
{
    /// <summary>Each row of the table gets exactly one role; none of the three parts is empty. The same table and key
    /// give the same roles.</summary>
    /// <exception cref="Core.Components.OptionException">The table does not permit this split.</exception>
    Roles Assign(RawTable table, RandomKey key);
}
