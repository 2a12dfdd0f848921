using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PateSim.Data.Partitioners;
using PateSim.Data.Splits;

namespace PateSim.Data.Federation;

/// <summary>
/// That every record is in exactly one place: one hospital, the public set or the test. The privacy of the method rests
/// on it.
/// </summary>
/// <param name="Records">All records of the table.</param>
/// <param name="InSeveralPlaces">Records found in more than one place; a run is only built when this is 0.</param>
/// <param name="InNoPlace">Records found nowhere; a run is only built when this is 0.</param>
/// <param name="AssignmentDigest">SHA-256, lower-case hex, over the place of each record in table order as
/// little-endian 32-bit integers: −1 public, −2 test, otherwise the hospital's id. Two runs with one digest split the
/// same table alike.</param>
public sealed record DisjointnessRecord(
    int Records, int Hospitals, int PrivateRecords, int PublicRecords, int TestRecords, int InSeveralPlaces,
    int InNoPlace, string AssignmentDigest)
{
    /// <summary>How many patients the dataset tells apart; null when it does not say whose record each is.</summary>
    public int? Patients { get; init; }

    /// <summary>Patients with records in more than one place; a run is only built when this is 0. Always 0 where
    /// <see cref="Patients"/> is null: then every record counts as a patient of its own.</summary>
    public int PatientsInSeveralPlaces { get; init; }

    private const int Nowhere = int.MinValue, PublicPlace = -1, TestPlace = -2;

    /// <summary>Looks at the place of every record.</summary>
    /// <exception cref="InvalidOperationException">A split or partitioner breaks its contract: a record is in several
    /// places or in none, a hospital is empty, or a patient is in several places.</exception>
    /// <param name="patients">The patient of each record; empty when the dataset does not say.</param>
    public static DisjointnessRecord Check(
        int records, Roles roles, ImmutableArray<HospitalRows> hospitals, ReadOnlySpan<int> patients = default)
    {
        var places = new int[records];
        Array.Fill(places, Nowhere);
        var several = Put(roles.Public, PublicPlace, places) + Put(roles.Test, TestPlace, places);
        var held = 0;
        for (var id = 0; id < hospitals.Length; id++)
        {
            if (hospitals[id].Rows.IsEmpty)
                throw new InvalidOperationException($"The hospital '{hospitals[id].Name}' has no record.");
            several += Put(hospitals[id].Rows, id, places);
            held += hospitals[id].Rows.Length;
        }
        var nowhere = places.AsSpan().Count(Nowhere);
        if (several > 0 || nowhere > 0)
            throw new InvalidOperationException(
                $"Of {records} records {several} are in several places and {nowhere} in none; each must be in exactly "
                + "one.");
        var (known, divided) = CountPatients(patients, places);
        if (divided > 0)
            throw new InvalidOperationException(
                $"Of {known} patients {divided} have records in several places; each must be in exactly one.");
        return new DisjointnessRecord(
            records, hospitals.Length, held, roles.Public.Length, roles.Test.Length, several, nowhere, Digest(places))
        {
            Patients = known,
            PatientsInSeveralPlaces = divided,
        };
    }

    private static (int? Known, int Divided) CountPatients(ReadOnlySpan<int> patients, int[] places)
    {
        if (patients.IsEmpty) return (null, 0);
        var placeOf = new Dictionary<int, int>();
        var divided = new HashSet<int>();
        for (var row = 0; row < places.Length; row++)
        {
            if (!placeOf.TryAdd(patients[row], places[row]) && placeOf[patients[row]] != places[row])
                divided.Add(patients[row]);
        }
        return (placeOf.Count, divided.Count);
    }

    private static int Put(ImmutableArray<int> rows, int place, int[] places)
    {
        var taken = 0;
        foreach (var row in rows)
        {
            if (places[row] != Nowhere) taken++;
            places[row] = place;
        }
        return taken;
    }

    private static string Digest(int[] places)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Digests need a little-endian machine.");
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(places.AsSpan())));
    }
}
