using System.Collections.Immutable;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Roles;

/// <summary>Where a run stands.</summary>
internal enum RunPhase
{
    Waiting,
    Teachers,
    Votes,

    /// <summary>The student is trained; thieves attack each victim as soon as it stands.</summary>
    Models,
    Sealed,
}

/// <summary>What the coordinator knows.</summary>
/// <param name="Facts">All that was found out, in the order of arrival.</param>
/// <param name="Reports">What became of each hospital, by index.</param>
/// <param name="Victims">Served models that stand.</param>
/// <param name="Attacked">Names of victims that thieves were sent against.</param>
/// <param name="Clones">Clones that the recorder was told of.</param>
/// <param name="EndedAttacks">Attack and victim of the attacks that ended.</param>
internal sealed record CoordinatorState(
    RunPhase Phase,
    ImmutableList<RunFact> Facts,
    ImmutableSortedDictionary<int, HospitalReport> Reports,
    ImmutableSortedDictionary<ModelKind, Victim> Victims,
    ImmutableHashSet<string> Attacked,
    ImmutableHashSet<TheftEntry> Clones,
    ImmutableHashSet<(int Attack, string Victim)> EndedAttacks)
{
    public static CoordinatorState Initial { get; } = new(
        RunPhase.Waiting,
        [],
        ImmutableSortedDictionary<int, HospitalReport>.Empty,
        ImmutableSortedDictionary<ModelKind, Victim>.Empty,
        [],
        [],
        []);

    public CoordinatorState Note(RunFact fact) => this with { Facts = Facts.Add(fact) };

    /// <summary>Notes the clones that were not noted before.</summary>
    public CoordinatorState NoteClones(ImmutableArray<TheftEntry> entries)
    {
        var state = this;
        foreach (var entry in entries.Where(e => !Clones.Contains(e)))
            state = state.Note(new CloneFact(entry)) with { Clones = state.Clones.Add(entry) };
        return state;
    }
}
