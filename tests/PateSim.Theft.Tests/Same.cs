namespace PateSim.Theft.Tests;

/// <summary>Equality of sequences by their elements; xunit compares two ImmutableArrays by reference.</summary>
internal static class Same
{
    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray());
}
