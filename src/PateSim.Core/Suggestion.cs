namespace PateSim.Core;

/// <summary>"Did you mean": the known name nearest to an unknown one.</summary>
public static class Suggestion
{
    /// <summary>
    /// The known name with the smallest edit distance (insert, delete, replace, swap neighbours; case ignored), if it
    /// is at most a third of the longer name's length, or one; otherwise null. Ties go to the first in ordinal order.
    /// </summary>
    public static string? Nearest(string unknown, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in known.Order(StringComparer.Ordinal))
        {
            var distance = Distance(unknown.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance <= Math.Max(1, Math.Max(unknown.Length, name.Length) / 3) && distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }
        return best;
    }

    /// <summary>"Known: a, b, c." and, where one is near, " Did you mean 'b'?".</summary>
    public static string Describe(string unknown, IReadOnlyCollection<string> known)
    {
        var nearest = Nearest(unknown, known);
        var list = known.Count == 0 ? "nothing may stand here" : string.Join(", ", known.Order(StringComparer.Ordinal));
        return nearest is null ? $"Known: {list}." : $"Known: {list}. Did you mean '{nearest}'?";
    }

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
