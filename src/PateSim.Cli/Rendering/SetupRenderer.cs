using System.Globalization;
using PateSim.Privacy.Mechanisms;
using PateSim.Reporting.Summary;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;

namespace PateSim.Cli.Rendering;

/// <summary>What would run, in lines.</summary>
internal static class SetupRenderer
{
    private const int NameColumn = 11;
    private const int DigestShown = 8;

    public static void Print(RunSetup setup, TextWriter output)
    {
        foreach (var (name, text) in Data(setup).Concat(Method(setup)))
            output.WriteLine(name.PadRight(NameColumn) + text.ToString(CultureInfo.InvariantCulture));
        foreach (var warning in setup.Warnings) output.WriteLine("warning".PadRight(NameColumn) + warning);
        output.WriteLine("Valid; nothing was run.");
    }

    private static IEnumerable<(string Name, FormattableString Text)> Data(RunSetup setup)
    {
        var (scenario, data) = (setup.Scenario, setup.Data);
        var digest = scenario.Digest[..Math.Min(DigestShown, scenario.Digest.Length)];
        var dataset = scenario.Data.Dataset.Name;
        var classes = string.Join(", ", data.ClassNames);
        var sizes = data.Hospitals.Select(hospital => hospital.Data.Count).ToList();
        var (smallest, largest, total) = (sizes.Min(), sizes.Max(), sizes.Sum());
        var distinct = setup.QueryIdentities.Distinct(StringComparer.Ordinal).Count();
        var (queries, pool, quorum) = (setup.Queries.Length, setup.Pool.Length, setup.MinimumHospitals);
        yield return ("scenario", $"{scenario.Name}, seed {scenario.Seed}, digest {digest}");
        yield return ("data",
            $"{dataset}: {data.FeatureNames.Length} features, {data.ClassNames.Length} classes ({classes})");
        yield return ("hospitals",
            $"{sizes.Count:N0} with {smallest:N0} to {largest:N0} records, {total:N0} in all; quorum {quorum:N0}");
        yield return ("public",
            $"{data.Public.Count:N0} records: {queries:N0} queries ({distinct:N0} distinct), {pool:N0} for thieves");
        yield return ("test", $"{data.Test.Count:N0} records");
    }

    private static IEnumerable<(string Name, FormattableString Text)> Method(RunSetup setup)
    {
        var scenario = setup.Scenario;
        var privacy = scenario.Privacy;
        var (mechanism, noise) = (scenario.Aggregation.Mechanism.Name, scenario.Aggregation.Mechanism.Instance);
        var delta = PrivacyNumbers.Delta(privacy.Delta);
        var budget = Budget(privacy.Budget);
        var accountants = string.Join(", ", privacy.Accountants.Select(accountant => accountant.Name));
        var attacks = string.Join(", ", scenario.Theft.Attacks.Select(attack => attack.Name));
        yield return ("teachers", $"{scenario.Hospitals.Teacher.Name}");
        var record = new MechanismRecord(mechanism, noise.NoiseScale, Gamma(noise), noise.PerAnswerEpsilon);
        yield return ("mechanism", $"{SetupWords.Mechanism(record)}");
        yield return ("privacy", $"delta {delta}, {privacy.Adjacency.Name}, budget {budget}; {accountants}");
        yield return ("student", $"{scenario.Student.Name}; pooled: {scenario.Pooled.Name}");
        yield return ("theft", $"{attacks} with {scenario.Theft.CloneLearner.Name}, {setup.ExpectedClones:N0} clones");
    }

    /// <summary>1/b of Laplace noise, as a run's record has it.</summary>
    private static double? Gamma(IAggregationMechanism mechanism) =>
        mechanism is NoisyArgmax argmax && !double.IsPositiveInfinity(argmax.PerAnswerEpsilon) ? argmax.Gamma : null;

    private static string Budget(BudgetPlan? budget)
    {
        if (budget is null) return "none";
        var then = budget.OnExhaustion == ExhaustionRule.Fail ? "the run fails" : "fewer labels";
        return $"epsilon {PrivacyNumbers.Exact(budget.Epsilon)} ({Measure(budget.Measure)}), then {then}";
    }

    private static string Measure(BudgetMeasure measure) => measure switch
    {
        BudgetMeasure.GaussianDp => "gdp at that delta",
        BudgetMeasure.Renyi => "rdp at that delta",
        _ => "pure",
    };
}
