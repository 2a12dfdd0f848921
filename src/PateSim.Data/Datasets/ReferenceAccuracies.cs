using System.Collections.Immutable;

namespace PateSim.Data.Datasets;

/// <summary>What others reach on the datasets: accuracy, balanced accuracy and area under the curve.</summary>
internal static class ReferenceAccuracies
{
    private const string Sklearn =
        "measured with scikit-learn 1.2.1; imputer, scaler and encoder fitted on training folds only",
        FLamby = "FLamby (Ogier du Terrail et al. 2022), its published figures: logistic model, 5 seeds",
        OneSeed = "measured with scikit-learn 1.2.1, one seed; 250 teachers of 240 images, the first 2,000 test images",
        Forest = "random forest, 200 trees", Logistic = "logistic regression", Boosting = "gradient boosting",
        Majority = "majority class";

    public static ImmutableArray<ReferenceAccuracy> HeartDisease { get; } =
    [
        .. Table(
            "Cleveland, 297 records, 13 features, 5 folds",
            (Majority, .539, null, null), (Logistic, .848, .844, .913), (Forest, .832, .828, .909),
            (Boosting, .791, .788, .867)),
        .. Table(
            "features = common: 740 records, 10 features, 5 folds, stratified by hospital and label",
            (Majority, .518, null, null), (Logistic, .807, .807, .882), (Forest, .804, .803, .877),
            (Boosting, .790, .789, .869)),
        .. Table(
            "features = all: 920 records, 13 features, zeros as missing, 5 folds",
            (Majority, .553, null, null), (Logistic, .823, .820, .900), (Forest, .819, .815, .893),
            (Boosting, .815, .812, .886)),
        .. Published(
            "740 records, pooled test of FLamby", FLamby, ("pooled", .795), ("federated averaging", .748),
            ("Cleveland alone", .784), ("Budapest alone", .727), ("Switzerland alone", .483),
            ("Long Beach alone", .611)),
    ];

    public static ImmutableArray<ReferenceAccuracy> Diabetes130 { get; } =
    [
        .. Table(
            "target = within-30-days, 80/20 by patient",
            (Majority, .884, null, null), (Logistic, .884, .510, .670), (Forest, .885, .502, .651),
            (Boosting, .885, .509, .679)),
        .. Table(
            "target = any, the same split",
            (Majority, .538, null, null), (Logistic, .637, .627, .692), (Forest, .637, .629, .691),
            (Boosting, .649, .641, .706)),
    ];

    public static ImmutableArray<ReferenceAccuracy> Adult { get; } = Table(
        "published split, without fnlwgt and education",
        (Majority, .764, null, null), (Logistic, .852, .765, .905), (Forest, .847, .765, .892),
        (Boosting, .873, .797, .928));

    public static ImmutableArray<ReferenceAccuracy> BreastCancerWisconsin { get; } = Table(
        "5 folds",
        (Majority, .627, null, null), (Logistic, .979, .975, .996), (Forest, .963, .957, .992),
        (Boosting, .965, .961, .993));

    public static ImmutableArray<ReferenceAccuracy> ChronicKidneyDisease { get; } = Table(
        "5 folds; missing numbers as the mean, missing categories as a level",
        (Majority, .625, .5, .5), (Logistic, .995, .996, 1), ("random forest, 300 trees", .997, .997, 1),
        ("perceptron, 32 hidden units", 1, 1, 1));

    public static ImmutableArray<ReferenceAccuracy> PneumoniaMnist { get; } = Table(
        "published split",
        (Majority, .625, null, null), (Logistic, .821, null, .917), (Forest, .843, null, .949),
        (Boosting, .841, null, .939));

    public static ImmutableArray<ReferenceAccuracy> Mnist { get; } =
    [
        .. Table("published split", (Majority, .11, null, null), (Forest, .971, null, null)),
        .. Published(
            "teachers: logistic regression, C = .1", OneSeed, ("mean teacher", .769), ("plurality of 250", .844),
            ("noisy vote, Laplace scale 20", .837), ("noisy vote, Laplace scale 40", .798)),
        .. Published(
            "teachers: support vectors, radial kernel, C = 10, gamma = .02", OneSeed, ("mean teacher", .815),
            ("plurality of 250", .885), ("noisy vote, Laplace scale 20", .880),
            ("noisy vote, Laplace scale 40", .837)),
    ];

    public static ImmutableArray<ReferenceAccuracy> SyntheticClinics { get; } = Published(
        "default options, split shares, partitioner natural, seed 1",
        "measured with scikit-learn 1.2.1 on the features that PateSim wrote out; more in "
        + "docs/datasets/synthetic-clinics.md",
        (Majority, .235), ("one clinic alone, logistic regression, mean", .732), ("plurality of the 120 clinics", .872),
        ("pooled logistic regression", .892));

    private static ImmutableArray<ReferenceAccuracy> Table(
        string protocol,
        params ReadOnlySpan<(string Model, double Accuracy, double? Balanced, double? Auc)> rows)
    {
        var built = ImmutableArray.CreateBuilder<ReferenceAccuracy>(rows.Length);
        foreach (var row in rows)
            built.Add(new(protocol, row.Model, row.Accuracy, row.Balanced, row.Auc, Sklearn));
        return built.MoveToImmutable();
    }

    private static ImmutableArray<ReferenceAccuracy> Published(
        string protocol, string source, params ReadOnlySpan<(string Model, double Accuracy)> rows)
    {
        var built = ImmutableArray.CreateBuilder<ReferenceAccuracy>(rows.Length);
        foreach (var (model, accuracy) in rows) built.Add(new(protocol, model, accuracy, null, null, source));
        return built.MoveToImmutable();
    }
}
