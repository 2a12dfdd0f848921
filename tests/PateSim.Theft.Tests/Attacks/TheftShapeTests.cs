using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;
using PateSim.Theft.Measures;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Tests.Attacks;

/// <summary>What a theft curve must look like where the right answer is known.</summary>
public sealed class TheftShapeTests
{
    private static readonly Core.Features.LabelledData Pool = Small.Blobs(2000, "pool", spread: 0.7);

    private static readonly Core.Features.LabelledData Evaluation = Small.Blobs(4000, "evaluation", spread: 0.7);

    // Two centroids are displaced, so that this victim errs where the truth does not.
    private static readonly CentroidModel Skewed = new([[1, 0.8f, 0, 0], [0, 1, 0, 0.5f], [0, 0, 1, 0]]);

    private static Dictionary<CloneId, CloneMeasures> Steal(IVictim victim, ILearner learner, params long[] budgets)
    {
        var thief = NaturalPoolThiefTests.Thief(budgets);
        var plan = TheftPlan.Create(
            "natural-pool", thief, [new VictimOffer(victim.Name, victim.Exposures)], Pool.Count, learner,
            RandomKey.FromSeed(5).Derive("theft"));
        var reference = victim.Decide(Evaluation);
        return plan.Campaigns
            .SelectMany(c => c.CloneJobs(CollectionStep.Run(c.Begin(Pool.Features), victim.Open(c.Account()))))
            .Select(job => job.Run(Evaluation.Features))
            .ToDictionary(
                result => result.Id,
                result => CloneMeasures.Of(result.EvaluationLabels.AsSpan(), reference.AsSpan(), Evaluation));
    }

    private static CloneMeasures At(Dictionary<CloneId, CloneMeasures> stolen, Exposure exposure, int budget) =>
        stolen.Single(pair => pair.Key.Exposure == exposure && pair.Key.Budget == budget).Value;

    [Fact]
    public void More_answers_give_a_more_faithful_clone()
    {
        var stolen = Steal(new ServedModel(VictimNames.Student, Skewed), new CentroidLearner(), 6, 60, 2000);
        var kappa = new[] { 6, 60, 2000 }.Select(budget => At(stolen, Exposure.Label, budget).Kappa).ToArray();
        Assert.True(kappa[0] < kappa[1] - 0.02 && kappa[1] < kappa[2] + 0.02, string.Join(' ', kappa));
        Assert.True(kappa[2] > 0.85, string.Join(' ', kappa));
    }

    [Fact]
    public void A_clone_copies_its_victim_s_mistakes_and_a_model_of_true_labels_does_not()
    {
        var skewed = new ServedModel(VictimNames.Student, Skewed);
        var clone = At(Steal(skewed, new CentroidLearner(), 2000), Exposure.Label, 2000);
        var nobody = new NoVictim(Pool.Labels, Small.Classes);
        var labels = At(Steal(nobody, new CentroidLearner(), 2000), Exposure.Label, 2000);
        Assert.True(clone.FidelityOnErrors!.Value.Rate > 0.75, $"{clone.FidelityOnErrors}");
        Assert.True(clone.Gap < 0.05, $"{clone}");
        Assert.Null(labels.FidelityOnErrors);
        Assert.Equal(1, labels.VictimAccuracy.Rate);
        Assert.Equal(labels.Accuracy, labels.Fidelity);
        // The victim errs, so its thief does worse than one who pays for labels.
        Assert.True(TheftSurplus.At(clone.Accuracy, labels.Accuracy) < 0);
    }

    [Fact]
    public void A_victim_that_is_always_right_gives_what_true_labels_give()
    {
        // Records far apart: the model behind the service knows every true label.
        var pool = Small.Blobs(300, "far", spread: 0.01);
        var served = new ServedModel(VictimNames.Pooled, CentroidModel.Default);
        Same.Sequence(pool.Labels, served.Decide(pool));
        var key = RandomKey.FromSeed(5);
        var results = new IVictim[] { served, new NoVictim(pool.Labels, Small.Classes) }.Select(victim =>
        {
            var campaign = new TheftCampaign(
                "natural-pool", victim.Name, Exposure.Label, NaturalPoolThiefTests.Thief(40),
                new CentroidLearner(0.5), key);
            var stolen = CollectionStep.Run(campaign.Begin(pool.Features), victim.Open(campaign.Account()));
            return campaign.CloneJobs(stolen).Single().Run(Evaluation.Features).EvaluationLabels;
        }).ToList();
        Same.Sequence(results[0], results[1]);
    }

    [Fact]
    public void A_constant_clone_has_kappa_0_and_no_area_though_its_agreement_is_high()
    {
        // Known trap: on a set whose victim says one class nine times in ten, the clone that says it always agrees in
        // 90 %.
        var rare = new FunctionModel(Small.Features, 2, record => record[0] > 1.3f ? [0, 1] : [1, 0]);
        var victim = new ServedModel(VictimNames.Student, rare);
        var truth = new Core.Features.LabelledData(Evaluation.Features, [.. Evaluation.Labels.Select(l => l / 2)], 2);
        var reference = victim.Decide(truth);
        var constant = new int[truth.Count];
        var measures = CloneMeasures.Of(constant, reference.AsSpan(), truth);
        Assert.True(measures.Fidelity.Rate > 0.8, $"{measures.Fidelity}");
        Assert.Equal(0, measures.Kappa);
        var curve = new TheftCurve([new TheftPoint(50, measures.Kappa), new TheftPoint(1000, measures.Kappa)]);
        Assert.Equal(0, curve.AreaUnderCurve);
        Assert.Equal(1, curve.TheftResistance);
    }

    [Fact]
    public void Probabilities_give_more_away_than_labels_at_few_queries()
    {
        var differences = new List<double>();
        foreach (var budget in new long[] { 6, 9, 12, 15 })
        {
            var stolen = Steal(new ServedModel(VictimNames.Student, Skewed), new CentroidLearner(), budget);
            differences.Add(
                At(stolen, Exposure.Probabilities, (int)budget).Kappa - At(stolen, Exposure.Label, (int)budget).Kappa);
        }
        Assert.True(differences.Average() > 0, string.Join(' ', differences));
    }
}
