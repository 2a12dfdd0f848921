using System.Collections.Immutable;
using PateSim.Data.PublicSets;
using PateSim.Data.Shifts;

namespace PateSim.Data.Federation;

/// <summary>What the run folder's disjointness certificate states: who holds which records, and what passed between
/// those who hold them.</summary>
/// <param name="Hospitals">By id.</param>
/// <param name="Shifts">In the order in which they were applied.</param>
/// <param name="Crossings">Everything that one party learned from records of another before the first query.</param>
public sealed record FederationCertificate(
    DisjointnessRecord Disjointness,
    ImmutableArray<HospitalPlace> Hospitals,
    PublicSetRecord PublicSet,
    ImmutableArray<ShiftRecord> Shifts,
    ImmutableArray<BoundaryCrossing> Crossings);

/// <summary>What one hospital holds.</summary>
/// <param name="Patients">Patients with records in it; null where the dataset does not say.</param>
/// <param name="RowsDigest">SHA-256, lower-case hex, over its rows of the table, ascending, as little-endian 32-bit
/// integers.</param>
public sealed record HospitalPlace(string Name, int Records, int? Patients, string RowsDigest);

/// <summary>The public set as it was published to the hospitals.</summary>
/// <param name="Source">As in the scenario: split, uniform, or a dataset.</param>
/// <param name="Statement">Where the records come from, in words.</param>
/// <param name="LabelsKnown">Whether the votes can be measured on recorded diagnoses.</param>
public sealed record PublicSetRecord(
    string Source, string Statement, int Records, bool LabelsKnown, DeidentificationRecord Deidentification)
{
    public const string OfSplit = "Records of the hospitals' own dataset that the split set aside; no patient of them is "
        + "in a hospital or in the test.";
}

/// <summary>Something computed from records that was made known beyond those who hold them.</summary>
/// <param name="What">What passed.</param>
/// <param name="From">Whose records it was computed from.</param>
/// <param name="Covered">Whether it is no loss of privacy; where not, no ε of the run covers it.</param>
/// <param name="Why">Why it is allowed, or what follows.</param>
public sealed record BoundaryCrossing(string What, string From, bool Covered, string Why);
