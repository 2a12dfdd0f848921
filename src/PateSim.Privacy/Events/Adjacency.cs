using System.Globalization;

namespace PateSim.Privacy.Events;

/// <summary>What differs between two datasets that must not be told apart.</summary>
public enum AdjacencyKind
{
    /// <summary>One patient's record replaced, added or removed in the shards that hold it.</summary>
    PatientReplaced,

    /// <summary>One hospital's data replaced.</summary>
    HospitalReplaced,

    /// <summary>One hospital added or removed.</summary>
    HospitalAddedOrRemoved,
}

/// <summary>
/// Whom an ε speaks of, and how far that moves the vote histogram. Shown with every ε.
/// </summary>
/// <remarks>
/// Replacing changes up to k votes, each of which leaves one class and joins another: L1 = 2k, L2 = k√2. Adding or
/// removing makes k votes appear or vanish: L1 = L2 = k. Disjoint shards are assumed: data that teachers share (pooled
/// statistics, common pre-training on private records) breaks every figure.
/// </remarks>
public sealed record Adjacency
{
    /// <param name="teachersTouched">k ≥ 1: hospitals that hold records of one patient, or teachers per
    /// hospital.</param>
    public Adjacency(AdjacencyKind kind, int teachersTouched = 1)
    {
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown adjacency.");
        ArgumentOutOfRangeException.ThrowIfLessThan(teachersTouched, 1);
        (Kind, TeachersTouched) = (kind, teachersTouched);
    }

    /// <summary>One patient, seen in one hospital with one teacher.</summary>
    public static Adjacency PatientReplaced { get; } = new(AdjacencyKind.PatientReplaced);

    /// <summary>One hospital with one teacher, its data replaced.</summary>
    public static Adjacency HospitalReplaced { get; } = new(AdjacencyKind.HospitalReplaced);

    /// <summary>One hospital with one teacher, added or removed.</summary>
    public static Adjacency HospitalAddedOrRemoved { get; } = new(AdjacencyKind.HospitalAddedOrRemoved);

    public AdjacencyKind Kind { get; }

    /// <summary>k: teachers whose vote may change.</summary>
    public int TeachersTouched { get; }

    /// <summary>Whether votes move between classes (true), or appear and vanish (false).</summary>
    public bool MovesVotes => Kind != AdjacencyKind.HospitalAddedOrRemoved;

    /// <summary>Δ₁: the largest L1 distance between the two histograms, in votes.</summary>
    public int L1 => MovesVotes ? 2 * TeachersTouched : TeachersTouched;

    /// <summary>Δ₂: the largest L2 distance between the two histograms, in votes.</summary>
    public double L2 => MovesVotes ? TeachersTouched * Math.Sqrt(2) : TeachersTouched;

    /// <summary>The largest change of one class's count, and so of the largest count, in votes.</summary>
    public int LargestCountChange => TeachersTouched;

    /// <summary>As written in results: "patient-replaced", with "(k=3)" when more than one teacher is
    /// touched.</summary>
    public string Name
    {
        get
        {
            var name = Kind switch
            {
                AdjacencyKind.PatientReplaced => "patient-replaced",
                AdjacencyKind.HospitalReplaced => "hospital-replaced",
                _ => "hospital-added-or-removed",
            };
            return TeachersTouched == 1
                ? name
                : string.Create(CultureInfo.InvariantCulture, $"{name}(k={TeachersTouched})");
        }
    }

    public override string ToString() => Name;
}
