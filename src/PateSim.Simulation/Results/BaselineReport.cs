using PateSim.Simulation.Baselines;

namespace PateSim.Simulation.Results;

/// <summary>What became of a baseline. Its accuracy stands in the accuracy table under its name.</summary>
/// <param name="Name">Of the component.</param>
/// <param name="Detail">Its parameters in words; empty where it was not trained.</param>
/// <param name="Privacy">What its training costs; null for no guarantee, or where it was not trained.</param>
/// <param name="Failure">Why there is none; null when all went well.</param>
public sealed record BaselineReport(string Name, string Detail, BaselinePrivacy? Privacy, string? Failure);
