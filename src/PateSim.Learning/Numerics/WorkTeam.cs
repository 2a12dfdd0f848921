using System.Runtime.ExceptionServices;

namespace PateSim.Learning.Numerics;

/// <summary>
/// The threads of one fit: the caller and its helpers take the indices of a piece of work until none is left. A round
/// allocates nothing and costs about a microsecond while the helpers are awake.
/// </summary>
/// <remarks>
/// <para>The work of an index may write only what belongs to that index, so that who takes it changes nothing.</para>
/// <para>Helpers start with the first round that can use them, wait for the next round in a short loop and then asleep:
/// on a busy machine the caller does their part.</para>
/// </remarks>
/// <threadsafety>For one caller at a time.</threadsafety>
internal sealed class WorkTeam : IDisposable
{
    private const int Spins = 400, MostCount = (1 << 24) - 1;

    private readonly Lock _start = new();
    private readonly object _gate = new();
    private readonly Thread[] _helpers;

    /// <summary>Round (16 bits), count (24), next index (24), so that one comparison claims an index of one
    /// round.</summary>
    private long _ticket;
    private Action<int> _work = static _ => { };
    private Exception? _failure;
    private int _done, _sleepers, _running;
    private volatile bool _stopped;

    /// <param name="threads">The caller and threads − 1 helpers, ≥ 1.</param>
    public WorkTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (Threads, _helpers) = (threads, new Thread[threads - 1]);
    }

    /// <summary>The caller without helpers; any number of callers may share it, since it keeps nothing.</summary>
    public static WorkTeam Alone { get; } = new(1);

    public int Threads { get; }

    /// <summary>Does the work of every index below <paramref name="count"/>.</summary>
    public void Run(int count, Action<int> work)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostCount);
        if (_helpers.Length == 0 || count <= 1)
        {
            for (var i = 0; i < count; i++) work(i);
            return;
        }
        if (_running == 0) StartHelpers();
        (_work, _failure) = (work, null);
        Volatile.Write(ref _done, 0);
        var round = ((ulong)Volatile.Read(ref _ticket) >> 48) + 1;
        Interlocked.Exchange(ref _ticket, (long)((round << 48) | ((ulong)(uint)count << 24)));
        if (Volatile.Read(ref _sleepers) > 0)
        {
            lock (_gate) Monitor.PulseAll(_gate);
        }
        while (TryTake()) { }
        var wait = new SpinWait();
        while (Volatile.Read(ref _done) < count) wait.SpinOnce();
        if (_failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        _stopped = true;
        lock (_gate) Monitor.PulseAll(_gate);
        foreach (var helper in _helpers) helper?.Join();
    }

    private void StartHelpers()
    {
        lock (_start)
        {
            for (var i = 0; i < _helpers.Length; i++)
            {
                _helpers[i] = new Thread(Help) { IsBackground = true, Name = "fit helper" };
                _helpers[i].Start();
            }
            _running = _helpers.Length;
        }
    }

    private bool TryTake()
    {
        while (true)
        {
            var ticket = Volatile.Read(ref _ticket);
            var (index, count) = ((int)(ticket & MostCount), (int)((ticket >> 24) & MostCount));
            if (index >= count) return false;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket) continue;
            try
            {
                // The claimed index holds its round open, so that the work is the round's own.
                _work(index);
            }
#pragma warning disable CA1031 // Thrown again on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = exception;
            }
            Interlocked.Increment(ref _done);
            return true;
        }
    }

    private bool IsIdle()
    {
        var ticket = Volatile.Read(ref _ticket);
        return (ticket & MostCount) >= ((ticket >> 24) & MostCount);
    }

    private void Help()
    {
        while (!_stopped)
        {
            while (TryTake()) { }
            for (var i = 0; i < Spins && IsIdle(); i++) Thread.SpinWait(10);
            if (!IsIdle()) continue;
            lock (_gate)
            {
                Interlocked.Increment(ref _sleepers);
                while (IsIdle() && !_stopped) Monitor.Wait(_gate);
                Interlocked.Decrement(ref _sleepers);
            }
        }
    }
}
