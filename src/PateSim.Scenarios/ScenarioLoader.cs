using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Data;
using PateSim.Data.Encoders;
using PateSim.Learning;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Theft.Attacks;

namespace PateSim.Scenarios;

/// <summary>A scenario as it was read.</summary>
/// <param name="ResolvedJson">Canonical: every default filled in. Its digest is <see cref="Scenario.Digest"/>.</param>
/// <param name="SourceText">The main file as it lies on disk.</param>
public sealed record LoadedScenario(Scenario Scenario, string ResolvedJson, string SourceText, BoundSection Bound)
{
    /// <summary>The problem with its place in the file; a path below a default gets the nearest place that is written.
    /// </summary>
    public Problem At(ScenarioProblem problem)
    {
        var path = problem.Path;
        while (!Bound.IsWritten(path) && path.LastIndexOf('.') is var dot && dot > 0) path = path[..dot];
        var place = Bound.IsWritten(path) ? Bound.PlaceOf(path) : Bound.PlaceOf(problem.Path);
        return new Problem(problem.Code, place.ToString(), problem.Path, problem.Message);
    }
}

/// <summary>From a scenario file to the typed scenario.</summary>
public static class ScenarioLoader
{
    /// <param name="overlays">Texts path=value laid over the file, in order.</param>
    /// <param name="seed">Seed in place of the file's; null to keep that.</param>
    /// <exception cref="InvalidInputException">All problems found, with their places.</exception>
    public static LoadedScenario Load(string path, IReadOnlyList<string>? overlays = null, long? seed = null) =>
        Bind(HoconReader.ReadFile(path, WithSeed(overlays, seed)));

    /// <summary>The same for a text; its includes are relative to the folder of its name.</summary>
    /// <exception cref="InvalidInputException">All problems found, with their places.</exception>
    public static LoadedScenario LoadText(
        string text, string name = "scenario.conf", IReadOnlyList<string>? overlays = null, long? seed = null) =>
        Bind(HoconReader.ReadText(text, name, WithSeed(overlays, seed)));

    private static IReadOnlyList<string> WithSeed(IReadOnlyList<string>? overlays, long? seed) => seed is { } value
        ? [.. overlays ?? [], string.Create(CultureInfo.InvariantCulture, $"seed={value}")]
        : overlays ?? [];

    private static LoadedScenario Bind(HoconDocument document)
    {
        var root = Binder.Bind(ScenarioSchema.Root, document);
        var problems = new ProblemCollector();
        var (data, hospitals, privacy) = (root.Section("data"), root.Section("hospitals"), root.Section("privacy"));
        var (aggregation, theft) = (root.Section("aggregation"), root.Section("theft"));

        var dataset = data.Slot("dataset").Create(DataCatalogs.Datasets, problems);
        var split = data.Slot("split").Create(DataCatalogs.Splits, problems);
        var partitioner = data.Slot("partitioner").Create(DataCatalogs.Partitioners, problems);
        var shifts = data.Slot("shifts").CreateAll(DataCatalogs.Shifts, problems);
        var publicSource = data.Section("public").Slot("source").Create(DataCatalogs.PublicSources, problems);
        var deidentification = DeidentificationReader.Read(data.Section("public").Section("deidentify"), problems);
        var teacher = hospitals.Slot("teacher").Create(LearnerCatalogs.Teachers, problems);
        var mechanism = aggregation.Slot("mechanism").Create(MechanismCatalog.Default, problems);
        var accountants = privacy.Slot("accountants").CreateAll(AccountantCatalog.Default, problems);
        if (mechanism is not null) accountants = Supporting(mechanism.Instance, accountants, privacy, problems);
        var student = root.Slot("student").Create(LearnerCatalogs.Students, problems);
        var pooled = root.Slot("pooled").Create(LearnerCatalogs.Students, problems);
        var clone = theft.Slot("clone").Create(LearnerCatalogs.Clones, problems);
        var attacks = theft.Slot("attacks").CreateAll(AttackCatalog.Attacks, problems);
        var baselines = root.Slot("baselines").CreateAll(BaselineCatalog.Default, problems);
        var fleet = HospitalBinding.Fleet(hospitals, problems);
        CheckBudget(privacy, problems);
        problems.ThrowIfAny();

        var scenario = new Scenario(
            root.Options.Text("name"),
            root.Options.Text("description"),
            root.Options.Integer("seed"),
            ResolvedScenario.Digest(root),
            new DataPlan(dataset!, split!, partitioner!, EncodingOptions.From(data.Section("encoding").Options))
            {
                PublicSource = publicSource,
                Deidentification = deidentification,
                Shifts = shifts,
            },
            HospitalBinding.Plan(hospitals, teacher!, fleet),
            new AggregationPlan(
                mechanism!, aggregation.Options.Int32("queries"),
                aggregation.Options.Has("queries-per-round") ? aggregation.Options.Int32("queries-per-round") : null),
            new PrivacyPlan(
                privacy.Options.Real("delta"),
                AdjacencyOf(privacy),
                Budget(privacy),
                accountants,
                privacy.Options.Flag("individual-ledger")),
            student!,
            pooled!,
            new TheftPlanning(clone!, attacks))
        {
            Baselines = baselines,
        };
        return new LoadedScenario(
            scenario, ResolvedScenario.Render(root), document.Files[0].Text, root);
    }

    private static BudgetPlan? Budget(BoundSection privacy) => !privacy.Options.Has("budget") ? null : new BudgetPlan(
        privacy.Options.Real("budget"),
        ScenarioSchema.BudgetMeasureNamed(privacy.Options.Text("budget-measure")),
        ScenarioSchema.ExhaustionRuleNamed(privacy.Options.Text("on-exhaustion")),
        privacy.Options.Has("budget-order") ? privacy.Options.Real("budget-order") : null);

    /// <summary>Settings that would be without effect are refused; written defaults are not, as resolved scenarios have
    /// them.</summary>
    private static void CheckBudget(BoundSection privacy, ProblemCollector problems)
    {
        var options = privacy.Options;
        var named = new[] { ("budget-measure", "pure-epsilon"), ("on-exhaustion", "fewer-labels") };
        if (!options.Has("budget"))
        {
            foreach (var (name, _) in named.Where(option => options.Text(option.Item1) != option.Item2))
                privacy.Report(problems, name, ProblemCodes.DoNotFit, "There is no privacy.budget that it could speak of.");
        }
        if (options.Has("budget-order") && !(options.Has("budget") && options.Text("budget-measure") == "rdp"))
        {
            privacy.Report(
                problems, "budget-order", ProblemCodes.DoNotFit,
                "Only a privacy.budget in the measure rdp has a Rényi order.");
        }
    }

    /// <summary>The accountants that know what the mechanism does: of those named all must. Whether an event is known does
    /// not depend on how many classes and teachers there are.</summary>
    private static ImmutableArray<Chosen<IPrivacyAccountant>> Supporting(
        IAggregationMechanism mechanism, ImmutableArray<Chosen<IPrivacyAccountant>> accountants, BoundSection privacy,
        ProblemCollector problems)
    {
        const string Kinds = "accountants.kinds";
        var adjacency = AdjacencyOf(privacy);
        // With votes, since a run has them, and some accountants need them.
        double[] student = mechanism.UsesStudent ? [0.5, 0.5] : [];
        var privacyEvent = mechanism.Event([1, 0], VoteAnswer.Of(0), student);
        if (privacy.Slot("accountants").IsAll)
            return [.. accountants.Where(a => !a.Instance.IsCostly && Knows(a.Instance))];
        foreach (var accountant in accountants.Where(a => !Knows(a.Instance)))
        {
            var known = AccountantCatalog.Default.All.Where(c => Knows(c.With().Instance)).Select(c => c.Name);
            privacy.Report(
                problems, Kinds, ProblemCodes.DoNotFit,
                $"'{accountant.Name}' cannot account for {mechanism.Name}{(adjacency.TeachersTouched == 1 ? "" : $" at {adjacency}")}. "
                + $"Those that can: {string.Join(", ", known)}.");
        }
        return accountants;

        // Whether it knows the event at this adjacency shows only when it is asked.
        bool Knows(IPrivacyAccountant accountant)
        {
            if (!accountant.Supports(privacyEvent) || adjacency.TeachersTouched == 1)
                return accountant.Supports(privacyEvent);
            try
            {
                return !accountant.Account([privacyEvent], new AccountingTarget(1e-5, adjacency)).IsEmpty;
            }
            catch (UnsupportedPrivacyEventException)
            {
                return false;
            }
        }
    }

    private static Adjacency AdjacencyOf(BoundSection privacy) => new(
        ScenarioSchema.AdjacencyNamed(privacy.Options.Text("adjacency")),
        privacy.Options.Int32("hospitals-per-patient"));
}
