using System.Globalization;
using PateSim.Core;

namespace PateSim.Data.Reading;

/// <summary>Collects the problems of a file: the first <see cref="Limit"/> as they are, then their number.</summary>
internal sealed class ProblemList(string file)
{
    public const int Limit = 20;

    private readonly List<Problem> _problems = [];
    private long _more;

    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Whether a further problem would only be counted: its message need not be made.</summary>
    public bool IsFull => _problems.Count >= Limit;

    public void Add(string code, string place, string subject, string message)
    {
        if (IsFull) _more++;
        else _problems.Add(new Problem(code, place, subject, message));
    }

    public void CountOneMore() => _more++;

    /// <exception cref="InvalidInputException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (IsEmpty) return;
        if (_more > 0)
        {
            _problems.Add(new Problem(DataProblems.More, file, "", string.Create(
                CultureInfo.InvariantCulture, $"{_more} more problems in this file are not listed.")));
        }
        throw new InvalidInputException(_problems);
    }

    public static InvalidInputException Single(string code, string place, string message, string subject = "") =>
        new(new Problem(code, place, subject, message));
}
