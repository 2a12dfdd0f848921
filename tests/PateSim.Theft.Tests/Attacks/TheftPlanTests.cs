using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Tests.Attacks;

public sealed class TheftPlanTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3).Derive("theft");

    private static readonly Core.Features.LabelledData Pool = Small.Blobs(400, "pool");

    private static readonly Core.Features.LabelledData Evaluation = Small.Blobs(500, "evaluation");

    private static IVictim[] Victims() =>
    [
        new ServedModel(VictimNames.Student, new CentroidModel([[1, 0.3f, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0.4f]])),
        new ServedModel(VictimNames.Pooled, CentroidModel.Default),
        new NoVictim(Pool.Labels, Small.Classes),
    ];

    private static TheftPlan Plan(ILearner learner, params long[] budgets) => TheftPlan.Create(
        "natural-pool", NaturalPoolThiefTests.Thief(budgets),
        [VictimOffer.Served(VictimNames.Student), VictimOffer.Served(VictimNames.Pooled), VictimOffer.NoVictim],
        Pool.Count, learner, Key);

    private static CloneJob[] Jobs(TheftPlan plan)
    {
        var victims = Victims().ToDictionary(victim => victim.Name);
        return
        [
            .. plan.Campaigns.SelectMany(campaign => campaign.CloneJobs(
                CollectionStep.Run(campaign.Begin(Pool.Features), victims[campaign.Victim].Open(campaign.Account())))),
        ];
    }

    private static string[] Describe(IEnumerable<CloneResult> results) =>
        [.. results.OrderBy(r => r.Id).Select(r => $"{r.Id}: {string.Concat(r.EvaluationLabels)}")];

    [Fact]
    public void It_lists_every_victim_with_each_exposure_it_has_and_names_those_it_has_not()
    {
        var plan = Plan(new CentroidLearner(), 10, 20);
        Assert.Equal(
            [
                "natural-pool/student/label", "natural-pool/student/probabilities", "natural-pool/pooled/label",
                "natural-pool/pooled/probabilities", "natural-pool/no-victim/label",
            ],
            plan.Campaigns.Select(campaign => campaign.Id));
        var omitted = Assert.Single(plan.Omitted);
        Assert.Equal((VictimNames.None, Exposure.Probabilities), (omitted.Victim, omitted.Exposure));
        Assert.Equal(10, Jobs(plan).Select(job => job.Id.ToString()).Distinct().Count());
    }

    [Fact]
    public void An_impossible_attack_is_refused_before_any_training()
    {
        var learner = new CentroidLearner();
        var refused = Assert.Throws<OptionException>(() => Plan(learner, 50, 401));
        Assert.Equal("budgets", refused.Option);
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.Contains("400", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, learner.Fits);
        Assert.Equal("exposures", Assert.Throws<OptionException>(() => Plan(new NeighbourLearner(), 50)).Option);
    }

    [Fact]
    public void Victims_have_distinct_names() =>
        Assert.Throws<ArgumentException>(() => TheftPlan.Create(
            "natural-pool", NaturalPoolThiefTests.Thief(5), [VictimOffer.NoVictim, VictimOffer.NoVictim], 100,
            new CentroidLearner(), Key));

    [Fact]
    public void Every_victim_is_asked_the_same_records_and_charges_the_largest_budget_once()
    {
        var plan = Plan(new CentroidLearner(), 20, 80);
        var queries = plan.Campaigns.Select(c => Assert.IsType<AskVictim>(c.Begin(Pool.Features)).Queries.PoolRows);
        Assert.All(queries, rows => Same.Sequence(queries.First(), rows));
        foreach (var campaign in plan.Campaigns.Where(c => c.Victim != VictimNames.None))
        {
            var account = campaign.Account();
            var service = new PredictionService(new Gateway(new PredictionPolicy([account]), CentroidModel.Default));
            var stolen = CollectionStep.Run(
                campaign.Begin(Pool.Features), new GatewayOracle(campaign.Victim, service, account));
            campaign.CloneJobs(stolen).ToList().ForEach(job => job.Run(Evaluation.Features));
            Assert.Equal(80, service.State.UsageOf(campaign.Id).Answered);
            Assert.Equal(80, account.QueryBudget);
        }
        Assert.Equal(5, plan.Campaigns.Select(c => c.Account().Credential).Distinct().Count());
    }

    [Fact]
    public async Task Results_do_not_depend_on_the_order_of_the_work_or_the_number_of_threads()
    {
        var learner = new CentroidLearner(jitter: 0.05);
        var plan = Plan(learner, 10, 50, 200);
        var expected = Describe(Jobs(plan).Select(job => job.Run(Evaluation.Features)));
        for (var seed = 0; seed < 5; seed++)
        {
            var stream = RandomKey.FromSeed(seed).Open();
            var campaigns = plan.Campaigns.ToArray();
            stream.Shuffle<TheftCampaign>(campaigns);
            var jobs = Jobs(plan with { Campaigns = [.. campaigns] });
            stream.Shuffle<CloneJob>(jobs);
            var results = await Task.WhenAll(jobs.Select(job => Task.Run(() => job.Run(Evaluation.Features))));
            Assert.Equal(expected, Describe(results));
        }
    }

    [Fact]
    public void A_clone_is_what_its_budget_alone_gives_whatever_other_budgets_are_tried()
    {
        // A clone that went on from the one before would differ from a clone of the same budget made alone.
        var learner = new CentroidLearner(jitter: 0.05);
        var many = Jobs(Plan(learner, 10, 50, 200)).Where(job => job.Id.Budget == 50);
        var alone = Jobs(Plan(learner, 50));
        Assert.Equal(
            Describe(alone.Select(job => job.Run(Evaluation.Features))),
            Describe(many.Select(job => job.Run(Evaluation.Features))));
    }

    [Fact]
    public void A_job_hands_its_thief_exactly_the_first_answers_of_its_budget()
    {
        foreach (var job in Jobs(Plan(new CentroidLearner(), 10, 50)))
        {
            var spy = new SpyThief(job.Thief);
            (job with { Thief = spy }).Run(Evaluation.Features);
            var used = Assert.Single(spy.Cloned);
            Assert.Equal(job.Id.Budget, used.Count);
            Assert.Equal(
                job.TransferSet.Queries.Values[..(job.Id.Budget * Small.Features)].ToArray(),
                used.Queries.Values.ToArray());
            Same.Sequence(job.TransferSet.Answers.Labels[..job.Id.Budget], used.Answers.Labels);
        }
    }

    [Fact]
    public void Clones_of_one_budget_share_their_randomness_and_those_of_two_do_not()
    {
        var jobs = Jobs(Plan(new CentroidLearner(), 10, 50));
        Assert.All(jobs.GroupBy(job => job.Id.Budget), same => Assert.Single(same.Select(job => job.Key).Distinct()));
        Assert.Equal(2, jobs.Select(job => job.Key).Distinct().Count());
    }

    [Fact]
    public void Too_few_answers_or_answers_of_another_exposure_make_no_clones()
    {
        var campaign = Plan(new CentroidLearner(), 3).Campaigns[0];
        var two = new TransferSet(Pool.Features.Select([0, 1]), new Answers(Exposure.Label, [0, 1], default, 3));
        Assert.Throws<ArgumentException>(() => campaign.CloneJobs(two));
        var scores = new Answers(Exposure.Probabilities, [0, 0, 0], new float[9], 3);
        Assert.Throws<ArgumentException>(
            () => campaign.CloneJobs(new TransferSet(Pool.Features.Select([0, 1, 2]), scores)));
        Assert.Throws<ArgumentException>(() => new TransferSet(Pool.Features, scores));
    }

    [Fact]
    public void Clone_ids_sort_by_attack_victim_exposure_and_number_of_queries()
    {
        CloneId[] sorted =
        [
            new("a", "pooled", Exposure.Label, 1000), new("a", "student", Exposure.Label, 50),
            new("a", "student", Exposure.Label, 1000), new("a", "student", Exposure.Probabilities, 50),
            new("b", "pooled", Exposure.Label, 5),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.Equal("a/student/label/50", sorted[1].ToString());
    }

    [Fact]
    public void An_adaptive_thief_asks_round_by_round_through_the_same_steps()
    {
        var campaign = new TheftCampaign(
            "walk", VictimNames.Student, Exposure.Label, new WalkingThief(), new CentroidLearner(), Key);
        var stolen = CollectionStep.Run(campaign.Begin(Pool.Features), Victims()[0].Open(campaign.Account()));
        Assert.Equal(4, stolen.Count);
        // Each round asks the record whose number is the label just learned plus the round.
        for (var round = 1; round < 4; round++)
        {
            var row = stolen.Answers.Labels[round - 1] + round;
            Assert.Equal(Pool.Features.Row(row).ToArray(), stolen.Queries.Row(round).ToArray());
        }
    }

    private sealed class SpyThief(IThief inner) : WalkingThief
    {
        public List<TransferSet> Cloned { get; } = [];

        public override IClassifier Clone(TransferSet transferSet, ILearner cloneLearner, TrainingContext context)
        {
            Cloned.Add(transferSet);
            return inner.Clone(transferSet, cloneLearner, context);
        }
    }

    private class WalkingThief : IThief
    {
        public ImmutableArray<int> Budgets => [2, 4];

        public ImmutableArray<Exposure> Exposures => [Exposure.Label];

        public ImmutableArray<TheftObstacle> Validate(int poolSize, ILearner cloneLearner) => [];

        public CollectionStep Begin(CollectionContext context) => Step(context, [0], null);

        public virtual IClassifier Clone(TransferSet transferSet, ILearner cloneLearner, TrainingContext context) =>
            cloneLearner.Fit(
                new Core.Features.LabelledData(
                    transferSet.Queries, transferSet.Answers.Labels, transferSet.Answers.ClassCount),
                context);

        private static AskVictim Step(CollectionContext context, int[] rows, Answers? known) =>
            new(Queries.FromPool(context.Pool, [rows[^1]]), answers =>
            {
                var all = known?.Append(answers) ?? answers;
                return rows.Length == context.QueryBudget
                    ? new Collected(new TransferSet(context.Pool.Select(rows), all))
                    : Step(context, [.. rows, all.Labels[^1] + rows.Length], all);
            });
    }
}
