using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Federation;

/// <summary>Over how many places the records of patients are spread.</summary>
/// <param name="Patients">How many patients there are; null where the dataset does not say.</param>
/// <param name="OnSeveralSides">Patients that are in several of hospitals, public set and test.</param>
/// <param name="InSeveralHospitals">Patients in more than one hospital.</param>
/// <param name="MostHospitals">The most hospitals of one patient, at least 1.</param>
/// <param name="Widest">A patient of the most hospitals: its hospitals, ascending.</param>
/// <param name="Row">A row of that patient beyond the first hospital; −1 where none is spread.</param>
internal sealed record PatientSpread(
    int? Patients, int OnSeveralSides, int InSeveralHospitals, int MostHospitals, ImmutableArray<int> Widest, int Row)
{
    private const int NamedHospitals = 5;

    /// <param name="patients">The patient of each row; empty where unknown.</param>
    /// <param name="places">The hospital of each row, or a negative number for another place.</param>
    public static PatientSpread Of(ReadOnlySpan<int> patients, ReadOnlySpan<int> places)
    {
        if (patients.IsEmpty) return new PatientSpread(null, 0, 0, 1, [], -1);
        var first = new Dictionary<int, int>();
        var all = new Dictionary<int, SortedSet<int>>();
        var (widest, widestRow) = (1, -1);
        ImmutableArray<int> widestPlaces = [];
        for (var row = 0; row < places.Length; row++)
        {
            if (first.TryAdd(patients[row], places[row]) || first[patients[row]] == places[row]) continue;
            if (!all.TryGetValue(patients[row], out var met))
                all.Add(patients[row], met = [first[patients[row]]]);
            met.Add(places[row]);
            var hospitals = met.Count(place => place >= 0);
            if (hospitals <= widest) continue;
            (widest, widestRow) = (hospitals, row);
            widestPlaces = [.. met.Where(place => place >= 0)];
        }
        return new PatientSpread(
            first.Count, all.Values.Count(p => p.Any(place => place < 0)),
            all.Values.Count(p => p.Count(place => place >= 0) > 1), widest, widestPlaces, widestRow);
    }

    /// <summary>The error where a patient is in more than k hospitals.</summary>
    public FederationException Refusal(ImmutableArray<HospitalRows> hospitals, int allowed)
    {
        var names = string.Join(", ", Widest.Take(NamedHospitals).Select(h => $"'{hospitals[h].Name}'"))
            + (Widest.Length > NamedHospitals ? ", ..." : "");
        return new FederationException(
            "privacy.hospitals-per-patient", FederationException.DividedPatient, string.Create(
                CultureInfo.InvariantCulture,
                $"Of {Patients} patients {InSeveralHospitals} have records in several hospitals, one of them in ")
            + string.Create(
                CultureInfo.InvariantCulture, $"{MostHospitals}: {names} (record {Row + 1} of the table is such a one); ")
            + string.Create(CultureInfo.InvariantCulture, $"the scenario states {allowed}. Write {MostHospitals}, which ")
            + "every epsilon then counts, or join these hospitals, or give each patient one of them.");
    }
}
