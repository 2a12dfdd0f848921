using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>The disjointness certificate for a person.</summary>
internal static class DisjointnessWords
{
    private const int DigitsShown = 8;

    /// <summary>"each of 71,518 patients has all records in one of 250 hospitals, the public set or the test"</summary>
    public static string Sentence(RunRecord record)
    {
        var certificate = record.Certificate.Disjointness;
        var hospitals = certificate.Hospitals == 1 ? "the hospital" : $"one of {Words.Count(certificate.Hospitals)} hospitals";
        var publicSet = certificate.PublicRecords > 0 ? ", the public set or the test" : " or the test";
        var digest = certificate.AssignmentDigest;
        var end = $" Certificate: disjointness.json, assignment {digest[..Math.Min(DigitsShown, digest.Length)]}.";
        if (certificate.WithheldRecords > 0)
        {
            end = $" {Words.Count(certificate.WithheldRecords)} records that de-identification withheld from the public set "
                + "are nowhere." + end;
        }
        if (certificate.Patients is not { } patients)
        {
            return $"Disjointness: each of {Words.Count(certificate.Records)} records is in exactly {hospitals}{publicSet}; "
                + "the dataset does not say whose record each is, so that every record counts as a patient." + end;
        }
        if (certificate.PatientsInSeveralHospitals == 0)
        {
            return $"Disjointness: each of {Words.Count(patients)} patients has all records in {hospitals}{publicSet}."
                + end;
        }
        return $"Disjointness: {Words.Count(certificate.PatientsInSeveralHospitals)} of {Words.Count(patients)} patients "
            + $"have records in several hospitals, at most {Words.Count(certificate.MostHospitalsOfAPatient)}; the scenario "
            + $"states {Words.Count(certificate.HospitalsPerPatient)}, and every epsilon is computed for that. No patient is "
            + "both in a hospital and outside of them." + end;
    }
}
