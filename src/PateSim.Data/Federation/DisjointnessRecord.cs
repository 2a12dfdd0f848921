using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PateSim.Data.Partitioners;
using PateSim.Data.Splits;

namespace PateSim.Data.Federation;

/// <summary>
/// That every record is in exactly one place: one hospital, the public set or the test; and every patient, unless the
/// scenario states in how many hospitals. The privacy of the method rests on it.
/// </summary>
/// <param name="Records">All records of the table.</param>
/// <param name="InSeveralPlaces">Records found in more than one place; a run is only built when this is 0.</param>
/// <param name="InNoPlace">Records found nowhere; a run is only built when this is 0.</param>
/// <param name="AssignmentDigest">SHA-256, lower-case hex, over the place of each record in table order as
/// little-endian 32-bit integers: −1 public, −2 test, −3 withheld, otherwise the hospital's id. Two runs with one digest split the
/// same table alike.</param>
public sealed record DisjointnessRecord(
    int Records, int Hospitals, int PrivateRecords, int PublicRecords, int TestRecords, int InSeveralPlaces,
    int InNoPlace, string AssignmentDigest)
{
    /// <summary>Public records that de-identification withheld: they are in no hospital and not in the test.</summary>
    public int WithheldRecords { get; init; }

    /// <summary>How many patients the dataset tells apart; null when it does not say whose record each is.</summary>
    public int? Patients { get; init; }

    /// <summary>Patients with records in more than one of hospitals, public set and test; a run is only built when this
    /// is 0. Always 0 where <see cref="Patients"/> is null: then every record counts as a patient of its own.</summary>
    public int PatientsInSeveralPlaces { get; init; }

    /// <summary>Patients with records in more than one hospital.</summary>
    public int PatientsInSeveralHospitals { get; init; }

    /// <summary>The most hospitals that hold records of one patient, at least 1.</summary>
    public int MostHospitalsOfAPatient { get; init; } = 1;

    /// <summary>The k that the scenario states and the accounting uses; never below
    /// <see cref="MostHospitalsOfAPatient"/>.</summary>
    public int HospitalsPerPatient { get; init; } = 1;

    private const int Nowhere = int.MinValue, PublicPlace = -1, TestPlace = -2, WithheldPlace = -3;

    /// <summary>Looks at the place of every record.</summary>
    /// <exception cref="InvalidOperationException">A split or partitioner breaks its contract: a record is in several
    /// places or in none, a hospital is empty, or a patient is on several sides.</exception>
    /// <exception cref="FederationException">A patient is in more hospitals than stated.</exception>
    /// <param name="patients">The patient of each record; empty when the dataset does not say.</param>
    /// <param name="hospitalsPerPatient">k ≥ 1.</param>
    /// <param name="withheld">Rows that were to be public and are not.</param>
    public static DisjointnessRecord Check(
        int records, Roles roles, ImmutableArray<HospitalRows> hospitals, ReadOnlySpan<int> patients = default,
        int hospitalsPerPatient = 1, ImmutableArray<int> withheld = default)
    {
        var places = new int[records];
        Array.Fill(places, Nowhere);
        var several = Put(roles.Public, PublicPlace, places) + Put(roles.Test, TestPlace, places);
        if (!withheld.IsDefault) several += Put(withheld, WithheldPlace, places);
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
        var spread = PatientSpread.Of(patients, places);
        if (spread.OnSeveralSides > 0)
            throw new InvalidOperationException(
                $"Of {spread.Patients} patients {spread.OnSeveralSides} have records in several places of hospitals, "
                + "public set and test; each must be in exactly one.");
        if (spread.MostHospitals > hospitalsPerPatient)
            throw spread.Refusal(hospitals, hospitalsPerPatient);
        return new DisjointnessRecord(
            records, hospitals.Length, held, roles.Public.Length, roles.Test.Length, several, nowhere, Digest(places))
        {
            WithheldRecords = withheld.IsDefault ? 0 : withheld.Length,
            Patients = spread.Patients,
            PatientsInSeveralPlaces = spread.OnSeveralSides,
            PatientsInSeveralHospitals = spread.InSeveralHospitals,
            MostHospitalsOfAPatient = spread.MostHospitals,
            HospitalsPerPatient = hospitalsPerPatient,
        };
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

    /// <summary>SHA-256, lower-case hex, over numbers as little-endian 32-bit integers.</summary>
    internal static string Digest(ReadOnlySpan<int> places)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Digests need a little-endian machine.");
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(places)));
    }
}
