using PateSim.Data.Federation;
using PateSim.Reporting.Summary;
using PateSim.Reporting.Tests.Support;

namespace PateSim.Reporting.Tests.Summary;

public class DisjointnessWordsTests
{
    private static readonly DisjointnessRecord Plain =
        new(1000, 4, 800, 100, 100, 0, 0, "0123456789abcdef") { Patients = 1700 };

    private static string Words(DisjointnessRecord record) => DisjointnessWords.Sentence(
        SampleRecords.Completed with { Certificate = SampleRecords.Completed.Certificate with { Disjointness = record } });

    [Fact]
    public void A_dataset_with_patients_speaks_of_them() => Assert.Equal(
        "Disjointness: each of 1,700 patients has all records in one of 4 hospitals, the public set or the test. "
        + "Certificate: disjointness.json, assignment 01234567.",
        Words(Plain));

    [Fact]
    public void A_dataset_without_says_what_is_assumed() => Assert.StartsWith(
        "Disjointness: each of 1,000 records is in exactly one of 4 hospitals or the test; the dataset does not say whose "
        + "record each is, so that every record counts as a patient.",
        Words(Plain with { Patients = null, PublicRecords = 0 }), StringComparison.Ordinal);

    [Fact]
    public void Shared_patients_and_withheld_records_are_told()
    {
        var words = Words(Plain with
        {
            PatientsInSeveralHospitals = 40,
            MostHospitalsOfAPatient = 2,
            HospitalsPerPatient = 3,
            WithheldRecords = 12,
        });
        Assert.StartsWith(
            "Disjointness: 40 of 1,700 patients have records in several hospitals, at most 2; the scenario states 3, and "
            + "every epsilon is computed for that.", words, StringComparison.Ordinal);
        Assert.Contains("12 records that de-identification withheld", words, StringComparison.Ordinal);
    }
}
