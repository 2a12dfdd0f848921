namespace PateSim.Simulation.Preparation;

/// <summary>How the queries of a run are cut into rounds: in their order, all of one length but the last.</summary>
/// <param name="Queries">Queries of the run, ≥ 1.</param>
/// <param name="PerRound">Queries of a round, ≥ 1; the last round has what is left.</param>
public sealed record QueryRounds(int Queries, int PerRound)
{
    public int Count => (Queries + PerRound - 1) / PerRound;

    /// <summary>Position in the run of a round's first query.</summary>
    public int First(int round) => round * PerRound;

    public int Length(int round) => Math.Min(PerRound, Queries - First(round));

    /// <summary>The round in which the query at this position is asked.</summary>
    public int Of(int position) => position / PerRound;
}
