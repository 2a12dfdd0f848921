using System.Collections.Immutable;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Work;

namespace PateSim.Simulation.Audit;

/// <summary>What every hospital's teacher votes on every query; private.</summary>
/// <param name="Hospitals">What each hospital trained on.</param>
/// <param name="Votes">Shape [hospitals][queries]; null for a hospital whose teacher could not be trained.</param>
public sealed record EnsembleBallots(
    ImmutableArray<HospitalSetup> Hospitals, ImmutableArray<ImmutableArray<byte>?> Votes)
{
    public int Voters => Votes.Count(votes => votes is not null);

    /// <summary>Trains every teacher and lets it vote, by the work that a run does.</summary>
    /// <param name="queries">Positions in the public set, shape [q].</param>
    /// <param name="known">Ballots at hand: a teacher is a function of its hospital's setup, so one that trains on the
    /// same records votes the same and is not trained again.</param>
    public static EnsembleBallots Cast(
        ImmutableArray<HospitalSetup> hospitals, ImmutableArray<int> queries, EnsembleBallots? known,
        CancellationToken cancellation)
    {
        var votes = new ImmutableArray<byte>?[hospitals.Length];
        Parallel.For(0, hospitals.Length, new ParallelOptions { CancellationToken = cancellation }, h =>
        {
            votes[h] = known is not null && h < known.Hospitals.Length && IsSame(hospitals[h], known.Hospitals[h])
                ? known.Votes[h]
                : Vote(hospitals[h], queries, cancellation);
        });
        return new EnsembleBallots(hospitals, [.. votes]);
    }

    /// <summary>n_j of each query, shape [queries][classes].</summary>
    public ImmutableArray<ImmutableArray<int>> Histograms(int queries, int classCount)
    {
        var counts = new int[queries][];
        for (var q = 0; q < queries; q++) counts[q] = new int[classCount];
        foreach (var votes in Votes)
        {
            for (var q = 0; votes is { } cast && q < queries; q++) counts[q][cast[q]]++;
        }
        return [.. counts.Select(ImmutableArray.Create)];
    }

    private static ImmutableArray<byte>? Vote(
        HospitalSetup hospital, ImmutableArray<int> queries, CancellationToken cancellation)
    {
        if (WorkExecution.Execute(new FitTeacher(hospital), cancellation) is not TeacherFitted fitted) return null;
        var work = new CountVotes(hospital, fitted.Teacher, 0, queries);
        return WorkExecution.Execute(work, cancellation) is VotesReady ready ? ready.Votes.Votes : null;
    }

    private static bool IsSame(HospitalSetup one, HospitalSetup other) =>
        one.Key == other.Key
        && one.Learner == other.Learner
        && one.PublicRecords.All == other.PublicRecords.All
        && one.Records.Labels.AsSpan().SequenceEqual(other.Records.Labels.AsSpan())
        && one.Records.Features.Values.SequenceEqual(other.Records.Features.Values);
}
