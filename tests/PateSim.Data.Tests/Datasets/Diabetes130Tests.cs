using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class Diabetes130Tests
{
    private const string File = "diabetes-130/dataset_diabetes.zip";

    private static RawTable Load(string target, bool keepDeceased) => DataCatalogs.Datasets["diabetes-130"]
        .With(("target", target), ("keep-deceased", keepDeceased)).Instance
        .Load(TestData.AccessTo(File), default, default);

    [RequiresDataFact(File)]
    public void Both_targets_have_their_published_counts()
    {
        Assert.Equal([101_766 - 11_357, 11_357], Load("within-30-days", true).ClassCounts().ToArray());
        var any = Load("any", true);
        Assert.Equal([54_864, 46_902], any.ClassCounts().ToArray());
        Assert.Equal(71_518, any.Patients.ToArray().Distinct().Count());
        Assert.Equal(43, any.Schema.Features.Length);
    }

    [RequiresDataFact(File)]
    public void Stays_that_end_in_death_or_hospice_are_left_out()
    {
        var table = Load("within-30-days", false);
        Assert.Equal(101_766 - 2423, table.Rows);
        Assert.True(table.HasPatients);
    }

    [RequiresDataFact(File)]
    public void Levels_mean_what_the_publishers_say()
    {
        var table = Load("any", true);
        // None is a level, and of the 0.02 % of stays without a first diagnosis 21 are missing.
        Assert.Equal((84_748, 0), (Level(table, "A1Cresult", 0), Level(table, "A1Cresult", RawTable.MissingCode)));
        Assert.Equal(21, Level(table, "diag_1", RawTable.MissingCode));
        Assert.Equal(2423, Level(table, "discharge_disposition_id", Diabetes130SchemaDeceased));
        Assert.Equal(3, Level(table, "gender", RawTable.MissingCode));
        // 8,757 first diagnoses are 250 or 250.xx: counted in the file itself.
        Assert.Equal(8757, Level(table, "diag_1", 0));
    }

    [RequiresDataFact(File)]
    public void No_patient_is_in_two_places_of_a_federation()
    {
        var plan = new FederationPlan(
            DataCatalogs.Datasets["diabetes-130"].With().Instance, DataCatalogs.Splits["shares"].With().Instance,
            DataCatalogs.Partitioners["dirichlet-label"].With(("hospitals", 50L), ("alpha", 2.0)).Instance,
            EncodingOptions.Default);
        var data = FederationBuilder.Build(plan, TestData.AccessTo(File), RandomKey.FromSeed(1));
        Assert.Equal(0, data.Disjointness.PatientsInSeveralPlaces);
        Assert.InRange(data.Disjointness.Patients!.Value, 69_000, 71_518);
        Assert.False(data.Encoding.CrossesHospitals);
    }

    private const short Diabetes130SchemaDeceased = 4;

    private static int Level(RawTable table, string column, short code)
    {
        for (var f = 0; f < table.Schema.Features.Length; f++)
        {
            if (table.Schema.Features[f].Name == column) return table.Codes(f).Count(code);
        }
        throw new InvalidOperationException(column);
    }
}
