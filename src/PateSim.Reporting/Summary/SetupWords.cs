using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>What was run, in one line.</summary>
public static class SetupWords
{
    /// <summary>"400 hospitals, 400 queries; lnmax with scale 40 (gamma 0.025), epsilon 0.05 per answer"</summary>
    internal static string Line(RunRecord record)
    {
        var (hospitals, queries) = (record.Counts.Hospitals, record.Counts.Queries);
        return $"{Words.Count(hospitals)} {(hospitals == 1 ? "hospital" : "hospitals")}, "
            + $"{Words.Count(queries)} {(queries == 1 ? "query" : "queries")}; {Mechanism(record.Mechanism)}"
            + (record.Encoding.CrossesHospitals ? ", the encoding not counted" : "");
    }

    /// <summary>"lnmax with scale 40 (gamma 0.025), epsilon 0.05 per answer"</summary>
    public static string Mechanism(MechanismRecord mechanism)
    {
        if (mechanism.NoiseScale == 0) return $"{mechanism.Name} without noise, epsilon infinite per answer";
        var gamma = mechanism.Gamma is { } value ? $" (gamma {PrivacyNumbers.Parameter(value)})" : "";
        var cost = double.IsPositiveInfinity(mechanism.PerAnswerEpsilon)
            ? "no pure epsilon per answer"
            : $"epsilon {PrivacyNumbers.Epsilon(mechanism.PerAnswerEpsilon)} per answer";
        return $"{mechanism.Name} with scale {PrivacyNumbers.Parameter(mechanism.NoiseScale)}{gamma}, {cost}";
    }
}
