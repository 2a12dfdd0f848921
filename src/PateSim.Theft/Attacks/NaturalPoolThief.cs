using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Learning;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Attacks;

/// <summary>
/// The thief that holds natural records of the victim's domain: asks a random B of them and trains a clone on the
/// answers.
/// </summary>
/// <remarks>The queries are the first B of one random order of the pool, so that the queries of a budget contain those
/// of every smaller one.</remarks>
public sealed class NaturalPoolThief : IThief
{
    private const string BudgetsOption = "budgets";
    private const string ExposuresOption = "exposures";

    public static Component<IThief> Component { get; } = new(
        new ComponentDescriptor(
            AttackCatalog.Kind, "natural-pool",
            "Asks a random part of a pool of natural records and trains a clone on the answers.",
            [
                OptionSpec.IntegerList(
                    BudgetsOption, "Query budgets B, in records: a clone is made for each; distinct.",
                    [50, 100, 250, 500, 1000], minimum: 1, maximum: int.MaxValue),
                OptionSpec.ChoiceList(
                    ExposuresOption, "What the service reveals to the thief; each is tried.",
                    [.. Exposure.All.Select(level => level.Name)], [.. Exposure.All.Select(level => level.Name)]),
            ],
            [
                "The thief holds unlabelled records of the victim's own domain, disjoint from the records that the "
                + "student was trained on and from the evaluation records. It puts them in one uniformly random order, "
                + "asks the largest budget in one batch, and for each budget B trains a clone from scratch on the "
                + "first B answers: on one-hot labels, or on the probabilities where they are revealed, by "
                + "cross-entropy −Σ a_k ln g_k.",
                "Threat model: data from an in-domain public pool; the victim's features and their encoding are known, "
                + "its architecture is not; one account; one batch, not adaptive; the goal is accuracy and fidelity.",
                "Departures: the published attacks mostly ask records of other domains; here "
                + "the records are of the same domain and are drawn without replacement, which favours the thief. "
                + "Random choice only: no reward-driven policy. Budgets are never warm-started from one another, as "
                + "they are in the reference implementation of Knockoff Nets.",
                "Limits: a budget cannot be larger than the pool; probabilities need a clone learner that takes soft "
                + "targets; one record is one query, also when the pool holds it twice.",
                "Deterministic: queries depend on the key and the size of the pool only, and are the same for every "
                + "victim and exposure; a clone's own randomness depends on the key and its budget only.",
            ],
            "Orekondy, Schiele and Fritz, 'Knockoff Nets: Stealing Functionality of Black-Box Models', CVPR 2019 "
            + "(random strategy); Correia-Silva et al., 'Copycat CNN', IJCNN 2018 (label-only)."),
        options => new NaturalPoolThief(options));

    /// <exception cref="OptionException">A list is empty or holds a value twice.</exception>
    public NaturalPoolThief(OptionValues options)
    {
        var budgets = options.IntegerList(BudgetsOption);
        var exposures = options.TextList(ExposuresOption);
        RequireDistinct(BudgetsOption, budgets);
        RequireDistinct(ExposuresOption, exposures);
        Budgets = [.. budgets.Select(budget => checked((int)budget)).Order()];
        Exposures = [.. Exposure.All.Where(level => exposures.Contains(level.Name))];
    }

    public ImmutableArray<int> Budgets { get; }

    public ImmutableArray<Exposure> Exposures { get; }

    public ImmutableArray<TheftObstacle> Validate(int poolSize, ILearner cloneLearner)
    {
        var obstacles = ImmutableArray.CreateBuilder<TheftObstacle>();
        foreach (var budget in Budgets.Where(budget => budget > poolSize))
        {
            obstacles.Add(new TheftObstacle(
                BudgetsOption,
                $"A budget of {budget} queries needs {budget} records and the thief's pool has {poolSize}; lower the "
                + "budget or enlarge the pool."));
        }
        var revealing = Exposures.FirstOrDefault(exposure => exposure.RevealsProbabilities);
        if (revealing is not null && cloneLearner is not ISoftLabelLearner)
        {
            obstacles.Add(new TheftObstacle(
                ExposuresOption,
                $"The exposure '{revealing}' needs a clone learner that can be trained on probabilities, and the one "
                + $"chosen takes labels only; choose another learner or the exposure '{Exposure.Label}' alone."));
        }
        return obstacles.ToImmutable();
    }

    public CollectionStep Begin(CollectionContext context)
    {
        if (context.QueryBudget > context.Pool.Rows)
            throw new ArgumentException(
                $"A budget of {context.QueryBudget} queries on a pool of {context.Pool.Rows}.", nameof(context));
        var order = context.Key.Open().Permutation(context.Pool.Rows);
        var queries = Queries.FromPool(context.Pool, [.. order.AsSpan(0, context.QueryBudget)]);
        return new AskVictim(queries, answers => new Collected(new TransferSet(queries.Records, answers)));
    }

    public IClassifier Clone(TransferSet transferSet, ILearner cloneLearner, TrainingContext context) =>
        CloneTraining.Fit(transferSet, cloneLearner, context);

    private static void RequireDistinct<T>(string option, ImmutableArray<T> values)
    {
        if (values.IsEmpty) throw new OptionException(option, "The list is empty; it names at least one.");
        var repeated = values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
            throw new OptionException(option, $"{repeated.Key} stands twice; each value stands once.");
    }
}
