using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.Partitioners;
using PateSim.Data.Reading;
using PateSim.Data.Splits;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Federation;

public sealed class FederationBuilderTests
{
    private static FederationPlan Plan(
        string dataset, string split, string partitioner, FittedOn fittedOn = FittedOn.Public) => new(
        DataCatalogs.Datasets[dataset].With().Instance, DataCatalogs.Splits[split].With().Instance,
        DataCatalogs.Partitioners[partitioner].With().Instance, EncodingOptions.Default with { FittedOn = fittedOn });

    private static FederatedData Clinics(
        long seed, string partitioner = "natural", FittedOn fittedOn = FittedOn.Public) =>
        FederationBuilder.Build(
            Plan("synthetic-clinics", "shares", partitioner, fittedOn), DataAccess.None, RandomKey.FromSeed(seed));

    [Fact]
    public void Records_are_in_their_places_and_counted()
    {
        var data = Clinics(1);
        Assert.Equal(120, data.Hospitals.Length);
        Assert.Equal(Enumerable.Range(0, 120), data.Hospitals.Select(h => h.Id));
        Assert.Equal("clinic-017", data.Hospitals[16].Name);
        Assert.Equal((6000, 6000, 18_000), (data.Public.Count, data.Test.Count, data.Hospitals.Sum(h => h.Data.Count)));
        Assert.Equal(
            (30_000, 120, 18_000, 6000, 6000, 0, 0),
            (data.Disjointness.Records, data.Disjointness.Hospitals, data.Disjointness.PrivateRecords,
                data.Disjointness.PublicRecords, data.Disjointness.TestRecords, data.Disjointness.InSeveralPlaces,
                data.Disjointness.InNoPlace));
        Assert.Equal(6, data.ClassNames.Length);
        Assert.Equal(data.FeatureNames.Length, data.Public.Features.Columns);
        Assert.Equal("synthetic-clinics", data.Dataset.Name);
    }

    [Fact]
    public void The_same_key_gives_the_same_bytes()
    {
        var (one, same, other) = (Clinics(2), Clinics(2), Clinics(3));
        Assert.Equal(one.Disjointness, same.Disjointness);
        Assert.Equal(one.PublicDigests.AsEnumerable(), same.PublicDigests);
        foreach (var (a, b) in one.Hospitals.Zip(same.Hospitals))
        {
            Assert.True(a.Data.Features.Values.SequenceEqual(b.Data.Features.Values));
            Assert.Equal(a.Data.Labels.AsEnumerable(), b.Data.Labels);
        }
        Assert.True(one.Test.Features.Values.SequenceEqual(same.Test.Features.Values));
        Assert.NotEqual(one.Disjointness.AssignmentDigest, other.Disjointness.AssignmentDigest);
    }

    [Fact]
    public void The_bytes_of_a_key_stay_what_they_were()
    {
        var data = Clinics(20_260_101);
        Assert.Equal(
            "846b30181b77ac772291401444d329d8c0809401ea7826d085651caa080252bc", data.Disjointness.AssignmentDigest);
        Assert.Equal("590ebe2f40fc3c3f84590eff80abc42780b97460aa42a56df98d8ffca8cd29cd", data.PublicDigests[0]);
    }

    [Fact]
    public void Scaling_looks_at_the_public_set_and_never_at_the_test()
    {
        var data = Clinics(4);
        Assert.InRange(Mean(data.Public.Features.Values, data.FeatureNames.Length), -1e-5, 1e-5);
        Assert.Equal(6000, data.Encoding.FitRecords);
        var pooled = Clinics(4, fittedOn: FittedOn.Pooled);
        Assert.Equal(18_000, pooled.Encoding.FitRecords);
        Assert.True(pooled.Encoding.CrossesHospitals);
        Assert.NotEqual(data.Encoding.Columns[0].Centre, pooled.Encoding.Columns[0].Centre);
    }

    [Fact]
    public void Equal_records_are_one_query_and_unequal_ones_are_not()
    {
        Assert.Equal(FederatedData.QueryDigest([1f, 0f]), FederatedData.QueryDigest([1f, -0f]));
        Assert.NotEqual(FederatedData.QueryDigest([1f, 0f]), FederatedData.QueryDigest([0f, 1f]));
        var data = Clinics(5);
        Assert.Equal(data.Public.Count, data.PublicDigests.Length);
        Assert.Equal(FederatedData.QueryDigest(data.Public.Features.Row(7)), data.PublicDigests[7]);
        Assert.Matches("^[0-9a-f]{64}$", data.PublicDigests[0]);
    }

    [Fact]
    public void Ten_thousand_hospitals_are_possible()
    {
        var plan = Plan("synthetic-clinics", "shares", "iid") with
        {
            Partitioner = DataCatalogs.Partitioners["iid"].With(("hospitals", 10_000L)).Instance,
        };
        var data = FederationBuilder.Build(plan, DataAccess.None, RandomKey.FromSeed(6));
        Assert.Equal(10_000, data.Hospitals.Length);
        Assert.All(data.Hospitals, h => Assert.InRange(h.Data.Count, 1, 2));
        Assert.Equal("hospital-10000", data.Hospitals[^1].Name);
    }

    [Fact]
    public void A_cancelled_build_stops() => Assert.Throws<OperationCanceledException>(() => FederationBuilder.Build(
        Plan("synthetic-clinics", "shares", "natural"), DataAccess.None, RandomKey.FromSeed(1),
        new CancellationToken(true)));

    [RequiresDataFact("adult/adult.data")]
    public void Adult_follows_its_published_protocol()
    {
        var data = FederationBuilder.Build(
            Plan("adult", "published", "iid"), TestData.AccessTo("adult/adult.data"), RandomKey.FromSeed(1));
        Assert.Equal((32_561, 8141, 8140), (data.Hospitals.Sum(h => h.Data.Count), data.Public.Count, data.Test.Count));
        Assert.Equal([325, 326], data.Hospitals.Select(h => h.Data.Count).Distinct().Order());
        // 5 numeric, 83 levels, a missing level for three of the categories.
        Assert.Equal(5 + 83 + 3, data.FeatureNames.Length);
    }

    [RequiresDataFact("heart-disease/processed.va.data")]
    public void Heart_disease_has_its_four_hospitals()
    {
        var data = FederationBuilder.Build(
            Plan("heart-disease", "shares", "natural"),
            TestData.AccessTo("heart-disease/processed.va.data"), RandomKey.FromSeed(1));
        Assert.Equal(["Cleveland", "Budapest", "Switzerland", "Long Beach VA"], data.Hospitals.Select(h => h.Name));
        Assert.Equal(920 - 184 - 184, data.Disjointness.PrivateRecords);
    }

    [Fact]
    public void A_partitioner_that_breaks_its_contract_is_found_out()
    {
        ImmutableArray<HospitalRows> Hospitals(params ImmutableArray<int>[] rows) =>
            [.. rows.Select(r => new HospitalRows("h", r))];
        var roles = new Roles([0, 1, 2], [3], [4]);
        Assert.Equal(3, DisjointnessRecord.Check(5, roles, Hospitals([0, 2], [1])).PrivateRecords);
        ImmutableArray<HospitalRows>[] all =
            [Hospitals([0, 1], [1, 2]), Hospitals([0], [1]), Hospitals([0, 1, 2], []), Hospitals([0, 1], [2, 3])];
        foreach (var broken in all)
            Assert.Throws<InvalidOperationException>(() => DisjointnessRecord.Check(5, roles, broken));
    }

    [Fact]
    public void A_patient_in_two_places_is_found_out()
    {
        var roles = new Roles([0, 1, 2], [3], [4]);
        ImmutableArray<HospitalRows> hospitals = [new("a", [0, 2]), new("b", [1])];
        var record = DisjointnessRecord.Check(5, roles, hospitals, [0, 1, 0, 2, 3]);
        Assert.Equal((4, 0), (record.Patients, record.PatientsInSeveralPlaces));
        Assert.Null(DisjointnessRecord.Check(5, roles, hospitals).Patients);
        foreach (var divided in new int[][] { [0, 1, 0, 1, 3], [0, 1, 0, 2, 2], [0, 1, 0, 2, 0] })
        {
            Assert.Contains(
                "1 have records in several places",
                Assert.Throws<InvalidOperationException>(
                    () => DisjointnessRecord.Check(5, roles, hospitals, divided)).Message,
                StringComparison.Ordinal);
        }
    }

    private static FederatedData TwoSites(int hospitalsPerPatient, string partitioner = "natural")
    {
        var schema = new TableSchema(
            new NumericColumn("age", "age", "years", 0, 100), new PatientColumn("id", "patient"),
            new HospitalColumn("site", "site", []), new LabelColumn("y", "y", Level.Named("a", "b")));
        // p is in two hospitals, s in three; the others in one.
        var table = Support.Tables.Read(
            string.Concat("1,p,north,a\n2,q,south,b\n3,p,south,a\n4,r,north,b\n5,s,north,a\n6,s,south,a\n7,s,west,b\n",
                string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},t{i},{(i % 3) switch { 0 => "north", 1 => "south", _ => "west" }},a\n"))),
            schema);
        var plan = Plan("synthetic-clinics", "shares", partitioner) with
        {
            Split = new PrivateFirst(),
            HospitalsPerPatient = hospitalsPerPatient,
        };
        return FederationBuilder.Build(plan, table, DataAccess.None, RandomKey.FromSeed(1));
    }

    /// <summary>The last ten rows are public and test.</summary>
    private sealed class PrivateFirst : ISplit
    {
        public Roles Assign(RawTable table, RandomKey key) => new(
            [.. Enumerable.Range(0, table.Rows - 10)], [.. Enumerable.Range(table.Rows - 10, 5)],
            [.. Enumerable.Range(table.Rows - 5, 5)]);
    }

    [Theory]
    [InlineData("natural")]
    [InlineData("grouped-natural")]
    public void A_patient_in_more_hospitals_than_stated_is_refused_with_the_number_that_would_do(string partitioner)
    {
        var refused = Assert.Throws<FederationException>(() => TwoSites(1, partitioner));
        Assert.Equal(("privacy.hospitals-per-patient", "PS2260"), (refused.Path, refused.Code));
        Assert.Contains("44 patients", refused.Message, StringComparison.Ordinal);
        if (partitioner == "grouped-natural") return;
        Assert.StartsWith(
            "Of 44 patients 2 have records in several hospitals, one of them in 3: 'north', 'south', 'west' (record 7 of "
            + "the table is such a one); the scenario states 1. Write 3,", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FederationException>(() => TwoSites(2));
    }

    [Fact]
    public void Patients_in_several_hospitals_are_counted_where_the_scenario_states_how_many()
    {
        var record = TwoSites(3).Disjointness;
        Assert.Equal((44, 0, 2, 3, 3), (record.Patients!.Value, record.PatientsInSeveralPlaces,
            record.PatientsInSeveralHospitals, record.MostHospitalsOfAPatient, record.HospitalsPerPatient));
        Assert.Equal(3, TwoSites(5).Disjointness.MostHospitalsOfAPatient);
        // Partitioners that make their own hospitals keep patients whole, whatever is stated.
        var whole = FederationBuilder.Build(
            Plan("synthetic-clinics", "shares", "iid") with { HospitalsPerPatient = 2 }, DataAccess.None,
            RandomKey.FromSeed(1));
        Assert.Equal((1, 2), (whole.Disjointness.MostHospitalsOfAPatient, whole.Disjointness.HospitalsPerPatient));
    }

    [Fact]
    public void The_certificate_lists_what_each_hospital_holds_and_what_crossed()
    {
        var data = Clinics(1);
        Assert.Equal(data.Hospitals.Select(h => (h.Name, h.Data.Count)), data.Certificate.Hospitals.Select(h => (h.Name, h.Records)));
        Assert.Equal(120, data.Certificate.Hospitals.Select(h => h.RowsDigest).Distinct().Count());
        Assert.All(data.Certificate.Crossings, c => Assert.True(c.Covered));
        Assert.Equal(3, data.Certificate.Crossings.Length);
        var pooled = Clinics(1, fittedOn: FittedOn.Pooled);
        Assert.Contains("18000 private records", Assert.Single(pooled.Certificate.Crossings, c => !c.Covered).From,
            StringComparison.Ordinal);
    }

    private static double Mean(ReadOnlySpan<float> values, int width)
    {
        double sum = 0;
        for (var i = 0; i < values.Length; i += width) sum += values[i];
        return sum / (values.Length / width);
    }
}
