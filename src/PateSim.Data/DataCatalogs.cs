using PateSim.Core.Components;
using PateSim.Data.Datasets;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Partitioners;
using PateSim.Data.PublicSets;
using PateSim.Data.Shifts;
using PateSim.Data.Splits;

namespace PateSim.Data;

/// <summary>The components of this project by kind.</summary>
public static class DataCatalogs
{
    public static Catalog<IDatasetSource> Datasets { get; } = new(
        "dataset", "Where records come from.",
        Adult.Component,
        ArffDataset.Component,
        BreastCancerWisconsin.Component,
        ChronicKidneyDisease.Component,
        CsvDataset.Component,
        Diabetes130.Component,
        HeartDisease.Component,
        IdxDataset.Component,
        Mnist.Component,
        PneumoniaMnist.Component,
        SyntheticClinics.Component);

    public static Catalog<ISplit> Splits { get; } = new(
        "split", "Which records are private, public, or held out for the test.",
        DeclaredSplit.Component,
        PublishedSplit.Component,
        SharesSplit.Component);

    public static Catalog<IPartitioner> Partitioners { get; } = new(
        "partitioner", "How the private records are shared out over the hospitals.",
        ContinuousFeaturePartitioner.Component,
        DirichletLabelPartitioner.Component,
        DistributionMatrixPartitioner.Component,
        ExplicitSizesPartitioner.Component,
        GroupedNaturalPartitioner.Component,
        GrowingSizesPartitioner.Exponential,
        GrowingSizesPartitioner.Linear,
        GrowingSizesPartitioner.Square,
        IidPartitioner.Component,
        InnerDirichletPartitioner.Component,
        MixedPartitioner.Component,
        NaturalPartitioner.Component,
        PathologicalPartitioner.Component,
        QuantityPartitioner.ByDirichlet,
        QuantityPartitioner.ByLogNormal,
        ShardsPartitioner.Component);

    public static Catalog<IShift> Shifts { get; } = new(
        "shift", "How hospitals record the same patients differently.",
        FeatureNoiseShift.Component,
        LabelFlipShift.Component,
        LabelNoiseShift.Component);

    public static Catalog<IPublicSource> PublicSources { get; } = new(
        "public-set", "Where the public, de-identified records come from.",
        [
            SplitPublicSource.Component,
            UniformPublicSource.Component,
            .. Datasets.All.Select(OtherDatasetSource.Of),
        ]);
}
