using System.Collections.Immutable;

namespace PateSim.Data.Datasets;

/// <summary>How many records a published part of a dataset has; checked whenever it is loaded.</summary>
/// <param name="Part">As the publisher names it, or the hospital.</param>
/// <param name="ClassCounts">Of each class in the schema's order; empty for generated data, where they vary.</param>
public sealed record PartCount(string Part, int Rows, ImmutableArray<int> ClassCounts)
{
    /// <summary>A part that is one file.</summary>
    public static PartCount Of(string part, DatasetFile file) => new(part, file.Rows, file.ClassCounts);
}

/// <summary>What is predicted.</summary>
/// <param name="Name">In results.</param>
/// <param name="Definition">By which rule it follows from what was recorded.</param>
/// <param name="Setting">The option that chooses it, such as <c>target = any</c>; empty where there is no choice.</param>
public sealed record DatasetTarget(string Name, string Definition, string Setting = "");

/// <summary>What somebody reached on a dataset, to be compared with.</summary>
/// <param name="Protocol">Which records, features and folds.</param>
/// <param name="Model">What was trained.</param>
/// <param name="Accuracy">Share of right answers; null where it was not measured.</param>
/// <param name="BalancedAccuracy">Mean over the classes of the share of right answers.</param>
/// <param name="Auc">Area under the receiver operating characteristic.</param>
/// <param name="Source">Who measured it, with what.</param>
public sealed record ReferenceAccuracy(
    string Protocol, string Model, double? Accuracy, double? BalancedAccuracy, double? Auc, string Source);
