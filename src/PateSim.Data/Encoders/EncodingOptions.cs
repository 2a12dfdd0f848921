using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Data.Encoders;

/// <summary>From where the constants of the encoding come.</summary>
public enum FittedOn
{
    /// <summary>Statistics of the public set.</summary>
    Public,

    /// <summary>The declared ranges and levels alone.</summary>
    Schema,

    /// <summary>Statistics of all hospitals' private records: they cross the hospitals' boundaries.</summary>
    Pooled,
}

/// <summary>How numeric values are scaled.</summary>
public enum NumericScaling
{
    Standardise,

    MinMax,

    None,
}

/// <summary>What becomes of cells without a value.</summary>
public enum MissingEncoding
{
    /// <summary>A level of its own: a further one-hot column, or an indicator beside the mean.</summary>
    OwnLevel,

    /// <summary>The mean of the fit.</summary>
    Mean,
}

/// <summary>The section of a scenario that says how records become features.</summary>
public sealed record EncodingOptions(FittedOn FittedOn, NumericScaling Numeric, MissingEncoding Missing)
{
    public static ImmutableArray<OptionSpec> Specs { get; } =
    [
        OptionSpec.Choice(
            "fitted-on",
            "Where scaling constants come from: the public set, the declared schema, or all hospitals' private records "
            + "pooled (which breaks disjointness and is shown in the results).",
            "public", "public", "schema", "pooled"),
        OptionSpec.Choice(
            "numeric", "Numeric features: (x − mean)/σ, (x − min)/(max − min), or as they are.",
            "standardise", "standardise", "min-max", "none"),
        OptionSpec.Choice(
            "missing", "Cells without a value: a level or indicator of their own, or the mean of the fit.",
            "own-level", "own-level", "mean"),
    ];

    public static EncodingOptions Default { get; } = From(OptionValues.From(Specs));

    public static EncodingOptions From(OptionValues values) => new(
        values.Text("fitted-on") switch
        {
            "schema" => FittedOn.Schema,
            "pooled" => FittedOn.Pooled,
            _ => FittedOn.Public,
        },
        values.Text("numeric") switch
        {
            "min-max" => NumericScaling.MinMax,
            "none" => NumericScaling.None,
            _ => NumericScaling.Standardise,
        },
        values.Text("missing") == "mean" ? MissingEncoding.Mean : MissingEncoding.OwnLevel);
}
