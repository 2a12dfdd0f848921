using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Attacks;

/// <summary>What a thief carries home: its queries and their answers, in the order asked.</summary>
public sealed class TransferSet
{
    /// <exception cref="ArgumentException">There is not one answer for each query.</exception>
    public TransferSet(FeatureMatrix queries, Answers answers)
    {
        if (queries.Rows != answers.Count)
            throw new ArgumentException($"{answers.Count} answers for {queries.Rows} queries.", nameof(answers));
        (Queries, Answers) = (queries, answers);
    }

    /// <summary>Shape [n, d].</summary>
    public FeatureMatrix Queries { get; }

    public Answers Answers { get; }

    public int Count => Queries.Rows;

    /// <summary>What the thief had after its first queries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0 or more than n.</exception>
    public TransferSet First(int count)
    {
        if (count == Count) return this;
        var answers = Answers.First(count);
        var values = Queries.Values[..(count * Queries.Columns)].ToArray();
        return new TransferSet(new FeatureMatrix(count, Queries.Columns, values), answers);
    }
}
