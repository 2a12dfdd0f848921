namespace PateSim.Theft.Gateways;

/// <summary>The decision that belongs to a row of probabilities.</summary>
internal static class Argmax
{
    /// <summary>The index of the largest of the values; ties go to the lowest index.</summary>
    public static int Of(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
        {
            if (values[k] > values[best]) best = k;
        }
        return best;
    }

    /// <summary>The decision of each row by itself.</summary>
    /// <param name="probabilities">Shape [n, c], row-major.</param>
    /// <param name="labels">Shape [n].</param>
    public static void OfRows(ReadOnlySpan<float> probabilities, int classCount, Span<int> labels)
    {
        for (var i = 0; i < labels.Length; i++) labels[i] = Of(probabilities.Slice(i * classCount, classCount));
    }
}
