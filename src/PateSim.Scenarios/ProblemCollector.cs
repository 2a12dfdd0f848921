using PateSim.Core;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios;

/// <summary>Gathers the problems of one reading, so that the user sees all of them at once, in file order.</summary>
/// <threadsafety>Not safe for several threads; lives as long as one reading.</threadsafety>
public sealed class ProblemCollector
{
    private readonly List<(SourcePlace Place, Problem Problem)> _found = [];
    private int _omitted;

    public bool Any => _found.Count > 0;

    public int Count => _found.Count + _omitted;

    /// <param name="subject">The setting path it is about; may be empty.</param>
    public void Add(SourcePlace place, string code, string subject, string message)
    {
        if (_found.Count >= Limits.Problems) _omitted++;
        else _found.Add((place, new Problem(code, place.ToString(), subject, message)));
    }

    internal void Take(ProblemCollector other)
    {
        foreach (var found in other._found)
        {
            if (_found.Count >= Limits.Problems) _omitted++;
            else _found.Add(found);
        }
        _omitted += other._omitted;
    }

    /// <summary>All problems by place; of several at one place the first raised comes first.</summary>
    public IReadOnlyList<Problem> Sorted()
    {
        var sorted = _found.OrderBy(found => found.Place).Select(found => found.Problem).Distinct().ToList();
        if (_omitted > 0)
            sorted.Add(sorted[^1] with { Subject = "", Message = $"{_omitted} more problems are not shown." });
        return sorted;
    }

    /// <exception cref="InvalidInputException">At least one problem was added.</exception>
    public void ThrowIfAny()
    {
        if (Any) throw new InvalidInputException(Sorted());
    }
}
