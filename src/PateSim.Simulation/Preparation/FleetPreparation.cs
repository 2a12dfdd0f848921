using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Simulation.Plan;

namespace PateSim.Simulation.Preparation;

/// <summary>Which hospital trains what.</summary>
public static class FleetPreparation
{
    private const string Path = "hospitals.fleet";

    /// <summary>The teacher of each hospital, by index.</summary>
    /// <remarks>Hospitals that are named have what is said of them. The others are put in random order by the key, and each
    /// kind in turn gets its share of them: ⌊sharesᵢ m⌋ of m, and one more by the largest remainders until the sum of the
    /// shares is met; who is left has <see cref="HospitalPlan.Teacher"/>.</remarks>
    /// <param name="names">Of the hospitals, by index.</param>
    /// <exception cref="ScenarioException">A named hospital is not there.</exception>
    public static ImmutableArray<Chosen<ILearner>> Assign(
        HospitalPlan plan, ImmutableArray<string> names, RandomKey key)
    {
        if (plan.Fleet is not { } fleet) return [.. names.Select(_ => plan.Teacher)];
        var assigned = new Chosen<ILearner>?[names.Length];
        foreach (var (hospital, kind) in fleet.ByName)
        {
            var index = names.IndexOf(hospital);
            if (index < 0)
            {
                throw new ScenarioException(new ScenarioProblem(
                    $"{Path}.by-name", "PS2301",
                    $"No hospital of this run is called '{hospital}'. "
                    + Suggestion.Describe(hospital, names.Take(1000).ToList())));
            }
            assigned[index] = fleet.Teachers.FirstOrDefault(teacher => teacher.Name == kind) ?? plan.Teacher;
        }
        int[] free = [.. Enumerable.Range(0, names.Length).Where(i => assigned[i] is null)];
        var order = key.Open().Permutation(free.Length);
        var counts = Counts(fleet, free.Length);
        var next = 0;
        for (var kind = 0; kind < counts.Length; kind++)
        {
            for (var i = 0; i < counts[kind]; i++) assigned[free[order[next++]]] = fleet.Teachers[kind];
        }
        return [.. assigned.Select(teacher => teacher ?? plan.Teacher)];
    }

    private static int[] Counts(FleetPlan fleet, int hospitals)
    {
        double[] shares = fleet.Shares.IsEmpty
            ? [.. fleet.Teachers.Select(_ => 1.0 / fleet.Teachers.Length)]
            : [.. fleet.Shares];
        // Sums of decimal shares such as 0.1 + 0.2 + 0.7 may miss 1 by an ulp.
        var total = Math.Min(hospitals, (int)Math.Floor(shares.Sum() * hospitals + 1e-6));
        int[] counts = [.. shares.Select(share => (int)Math.Floor(share * hospitals + 1e-9))];
        var byRemainder = Enumerable.Range(0, counts.Length)
            .OrderByDescending(i => shares[i] * hospitals - counts[i]).ThenBy(i => i).ToList();
        for (var i = 0; counts.Sum() < total; i++) counts[byRemainder[i % counts.Length]]++;
        return counts;
    }
}
