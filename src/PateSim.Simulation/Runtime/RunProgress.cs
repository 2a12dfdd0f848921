namespace PateSim.Simulation.Runtime;

/// <summary>How far a run is, in units that a person understands.</summary>
/// <param name="Phase">Such as "teachers", "votes", "student", "theft".</param>
/// <param name="Done">Units finished in the phase.</param>
/// <param name="Total">Units of the phase; at least 1.</param>
/// <param name="Fraction">Share of the whole run, in [0, 1], weighted by the expected cost of the phases.</param>
public readonly record struct RunProgress(string Phase, int Done, int Total, double Fraction);
