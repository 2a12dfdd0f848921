namespace PateSim.Theft.Measures;

/// <summary>How far two deciders say the same of the same records.</summary>
public static class Agreement
{
    /// <summary>The share of records with equal labels. Fidelity when one is the clone and the other the victim,
    /// accuracy when the other is the truth.</summary>
    /// <param name="first">Shape [n], n ≥ 1.</param>
    /// <param name="second">Shape [n].</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static Proportion Rate(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        RequireSameLength(first, second);
        var equal = 0;
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] == second[i]) equal++;
        }
        return new Proportion(equal, first.Length);
    }

    /// <summary>Cohen's κ: agreement beyond what the two distributions of labels would give by chance.</summary>
    /// <remarks>
    /// κ = (p_o − p_e)/(1 − p_e), p_o the share of equal labels, p_e = Σ_k p_k q_k; computed in whole numbers as
    /// (n·s − Σ_k a_k b_k)/(n² − Σ_k a_k b_k). In [−1, 1]; exactly 0 when either decider is constant, including the
    /// case 0/0 of two equal constants: agreeing with a constant proves nothing. Symmetric. Source: Cohen, Educational
    /// and Psychological Measurement 20 (1960) 37–46.
    /// </remarks>
    /// <param name="first">Shape [n], n ≥ 1, labels in 0, …, classCount−1.</param>
    /// <param name="second">Shape [n].</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a label is outside its range.</exception>
    public static double Kappa(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int classCount)
    {
        RequireSameLength(first, second);
        var (ofFirst, ofSecond) = (new long[classCount], new long[classCount]);
        long equal = 0;
        for (var i = 0; i < first.Length; i++)
        {
            RequireLabel(first[i], classCount, i);
            RequireLabel(second[i], classCount, i);
            ofFirst[first[i]]++;
            ofSecond[second[i]]++;
            if (first[i] == second[i]) equal++;
        }
        long chance = 0;
        for (var k = 0; k < classCount; k++) chance += ofFirst[k] * ofSecond[k];
        var count = (long)first.Length;
        var possible = count * count - chance;
        return possible == 0 ? 0 : (double)(count * equal - chance) / possible;
    }

    /// <summary>The share of records with equal labels among those where the reference is wrong; null when it never is.
    /// </summary>
    /// <remarks>A clone that learned independently makes mistakes of its own; one that copies makes its
    /// victim's.</remarks>
    /// <param name="truth">Shape [n].</param>
    public static Proportion? OnErrors(ReadOnlySpan<int> clone, ReadOnlySpan<int> reference, ReadOnlySpan<int> truth)
    {
        RequireSameLength(clone, reference);
        RequireSameLength(clone, truth);
        var (errors, copied) = (0, 0);
        for (var i = 0; i < clone.Length; i++)
        {
            if (reference[i] == truth[i]) continue;
            errors++;
            if (clone[i] == reference[i]) copied++;
        }
        return errors == 0 ? null : new Proportion(copied, errors);
    }

    private static void RequireSameLength(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length || first.IsEmpty)
            throw new ArgumentException(
                $"{first.Length} and {second.Length} labels cannot be compared.", nameof(second));
    }

    private static void RequireLabel(int label, int classCount, int record)
    {
        if ((uint)label >= (uint)classCount)
            throw new ArgumentException($"The label of record {record} is {label}; labels are 0 to {classCount - 1}.");
    }
}
