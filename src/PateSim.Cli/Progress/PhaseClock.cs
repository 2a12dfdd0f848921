using System.Collections.Immutable;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Progress;

/// <summary>How long each phase takes, from its beginning to the beginning of the next.</summary>
internal sealed class PhaseClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly List<(string Phase, long Entered)> _entered = [];

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public double TotalSeconds => time.GetElapsedTime(_start).TotalSeconds;

    public string Current
    {
        get
        {
            lock (_lock) return _entered.Count == 0 ? "" : _entered[^1].Phase;
        }
    }

    /// <summary>Begins a phase, unless it is the current one.</summary>
    public void Enter(string phase)
    {
        lock (_lock)
        {
            if (_entered.Count > 0 && _entered[^1].Phase == phase) return;
            _entered.Add((phase, time.GetTimestamp()));
        }
    }

    /// <summary>All phases up to now; one entered several times counts once, with its time summed.</summary>
    public ImmutableArray<PhaseTiming> Finish()
    {
        lock (_lock)
        {
            var ends = _entered.Skip(1).Select(phase => phase.Entered).Append(time.GetTimestamp());
            return
            [
                .. _entered.Zip(ends).GroupBy(pair => pair.First.Phase, StringComparer.Ordinal).Select(group =>
                    new PhaseTiming(
                        group.Key,
                        group.Sum(pair => time.GetElapsedTime(pair.First.Entered, pair.Second).TotalSeconds))),
            ];
        }
    }
}
