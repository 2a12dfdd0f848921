using System.Collections.Immutable;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Roles;

/// <summary>Where a run stands.</summary>
internal enum RunPhase
{
    Waiting,
    Teachers,

    /// <summary>The votes of a round come in.</summary>
    Votes,

    /// <summary>A student learns from the rounds so far, to be looked at in the next.</summary>
    Learning,

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

    /// <summary>The round that is asked, or was asked last; from 0.</summary>
    public int Round { get; init; }

    /// <summary>What the student so far made of the round's queries; empty where none was asked.</summary>
    public ImmutableArray<double> Predictions { get; init; } = [];

    /// <summary>Hospitals lost since they had their teacher, with the reason; they are not asked in later rounds.
    /// </summary>
    public ImmutableSortedDictionary<int, string> Lost { get; init; } =
        ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Baselines that were trained, or could not be.</summary>
    public ImmutableHashSet<int> EndedBaselines { get; init; } = [];

    /// <summary>The answers of the rounds so far, in order.</summary>
    public IEnumerable<QueryAnswer> Answers => Facts.OfType<AnswersFact>().SelectMany(fact => fact.Answers);

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
