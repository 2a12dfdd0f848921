namespace PateSim.Privacy.Mechanisms;

/// <summary>The winner of a vote. Ties go to the lowest class index, everywhere.</summary>
public static class Argmax
{
    public static int Of(ReadOnlySpan<int> values)
    {
        var best = 0;
        for (var j = 1; j < values.Length; j++)
        {
            if (values[j] > values[best]) best = j;
        }
        return best;
    }

    public static int Of(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var j = 1; j < values.Length; j++)
        {
            if (values[j] > values[best]) best = j;
        }
        return best;
    }
}
