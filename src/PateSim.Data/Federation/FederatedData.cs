using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PateSim.Core.Features;
using PateSim.Data.Datasets;
using PateSim.Data.Encoders;
using PateSim.Data.PublicSets;

namespace PateSim.Data.Federation;

/// <summary>A hospital and its encoded records.</summary>
/// <param name="Id">0, …, N−1.</param>
public sealed record HospitalShard(int Id, string Name, LabelledData Data);

/// <summary>All data of a run, encoded and shared out.</summary>
/// <param name="hospitals">By id.</param>
/// <param name="publicSet">The public set in query order. Its labels are known to the simulation only: for
/// measuring.</param>
/// <param name="test">Held out.</param>
/// <threadsafety>Immutable.</threadsafety>
public sealed class FederatedData(
    DatasetInfo dataset,
    ImmutableArray<string> classNames,
    ImmutableArray<string> featureNames,
    ImmutableArray<HospitalShard> hospitals,
    LabelledData publicSet,
    LabelledData test,
    DisjointnessRecord disjointness,
    EncodingRecord encoding)
{
    private readonly Lazy<ImmutableArray<string>> _digests = new(() => DigestAll(publicSet.Features));

    public DatasetInfo Dataset { get; } = dataset;

    /// <summary>Length c.</summary>
    public ImmutableArray<string> ClassNames { get; } = classNames;

    /// <summary>Length d.</summary>
    public ImmutableArray<string> FeatureNames { get; } = featureNames;

    /// <summary>By id, 0, …, N−1.</summary>
    public ImmutableArray<HospitalShard> Hospitals { get; } = hospitals;

    /// <summary>The public set in query order. Its labels are known to the simulation only: for measuring.</summary>
    public LabelledData Public { get; } = publicSet;

    public LabelledData Test { get; } = test;

    public DisjointnessRecord Disjointness { get; } = disjointness;

    public EncodingRecord Encoding { get; } = encoding;

    /// <summary>Who holds what, and what passed between them.</summary>
    public FederationCertificate Certificate { get; init; } = new(
        disjointness, [.. hospitals.Select(h => new HospitalPlace(h.Name, h.Data.Count, null, ""))],
        new PublicSetRecord(
            "split", PublicSetRecord.OfSplit, publicSet.Count, true,
            new DeidentificationRecord(DeidentificationRules.None, 0, null)),
        [], []);

    /// <summary>The identity of each public record as a query: SHA-256, lower-case hex, over its features as
    /// little-endian single precision, negative zero as zero. Records with equal features are one query.</summary>
    public ImmutableArray<string> PublicDigests => _digests.Value;

    /// <summary>The identity of one feature vector as a query.</summary>
    public static string QueryDigest(ReadOnlySpan<float> features)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Digests need a little-endian machine.");
        Span<float> normal = features.Length <= 512 ? stackalloc float[features.Length] : new float[features.Length];
        for (var i = 0; i < features.Length; i++) normal[i] = features[i] == 0 ? 0 : features[i];
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(normal), hash);
        return Convert.ToHexStringLower(hash);
    }

    private static ImmutableArray<string> DigestAll(FeatureMatrix features)
    {
        var digests = new string[features.Rows];
        for (var row = 0; row < digests.Length; row++) digests[row] = QueryDigest(features.Row(row));
        return ImmutableCollectionsMarshal.AsImmutableArray(digests);
    }
}
