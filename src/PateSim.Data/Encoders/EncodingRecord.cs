using System.Collections.Immutable;

namespace PateSim.Data.Encoders;

/// <summary>The constants by which one column became features.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="FirstFeature">Index of its first feature.</param>
/// <param name="Features">How many features it became.</param>
/// <param name="Centre">Numeric: subtracted from the value; categorical: 0.</param>
/// <param name="Scale">Numeric: divides the difference, &gt; 0; categorical: 1.</param>
/// <param name="Note">Why the constants are not those of the fit (a column constant or without values there), or
/// empty.</param>
public sealed record ColumnEncoding(
    string Column, int FirstFeature, int Features, double Centre, double Scale, string Note);

/// <summary>What was done to make features of records, and what every hospital therefore has to know.</summary>
/// <param name="FitRecords">How many records the constants were computed from; 0 for the schema.</param>
/// <param name="CrossesHospitals">True when the constants depend on private records: a patient then influences every
/// hospital's features, and a privacy claim that assumes disjoint hospitals does not cover that.</param>
/// <param name="Statement">In words: what every hospital knows, and where it came from.</param>
/// <param name="Columns">In the order of the features.</param>
public sealed record EncodingRecord(
    EncodingOptions Options,
    int FitRecords,
    bool CrossesHospitals,
    string Statement,
    ImmutableArray<ColumnEncoding> Columns);
