using System.Collections.Immutable;
using System.Globalization;
using PateSim.Cli.Rendering;
using PateSim.Data.Federation;
using PateSim.Reporting.Files;
using PateSim.Simulation.Plan;

namespace PateSim.Cli.Commands.Datasets;

/// <summary>A split in numbers.</summary>
internal static class SplitTable
{
    /// <summary>Of more hospitals the largest and the smallest are listed, half of this each.</summary>
    public const int ListedHospitals = 40;

    private const int ListedClasses = 6;
    private const int NameColumn = 14;

    public static void Print(
        FederatedData data, Heterogeneity measures, Scenario scenario, bool all, CliEnvironment environment)
    {
        foreach (var (name, text) in Lines(data, measures, scenario))
            WrappedText.Write(
                environment.Out, text, environment.Width, name.PadRight(NameColumn), new string(' ', NameColumn));
        environment.Out.WriteLine();
        var hospitals = data.Hospitals.Select(h => (h.Id, h.Name, Counts(data, h))).ToList();
        if (!all && hospitals.Count > ListedHospitals)
        {
            var bySize = hospitals.OrderByDescending(h => h.Item3.Sum()).ToList();
            environment.Out.WriteLine(
                Invariant($"The {ListedHospitals / 2} largest and the {ListedHospitals / 2} smallest of {hospitals.Count:N0} ")
                + "hospitals; --all lists every one.");
            hospitals = [.. bySize.Take(ListedHospitals / 2), .. bySize.TakeLast(ListedHospitals / 2)];
        }
        var shown = Math.Min(ListedClasses, data.ClassNames.Length);
        var rest = data.ClassNames.Length > shown;
        PlainTable.Print(
            environment,
            ["hospital", "records", .. data.ClassNames.Take(shown), .. rest ? ["other classes"] : Array.Empty<string>()],
            [
                .. hospitals.Select(h => (string[])
                [
                    h.Name, Invariant($"{h.Item3.Sum():N0}"),
                    .. h.Item3.Take(shown).Select(c => Percent(c, h.Item3.Sum())),
                    .. rest ? [Percent(h.Item3.Skip(shown).Sum(), h.Item3.Sum())] : Array.Empty<string>(),
                ]),
            ],
            [.. Enumerable.Range(1, 1 + shown + (rest ? 1 : 0))]);
    }

    public static void PrintJson(
        FederatedData data, Heterogeneity measures, Scenario scenario, TextWriter output) =>
        JsonText.Write(output, json =>
        {
            json.WriteString("scenario", scenario.Name);
            json.WriteNumber("seed", scenario.Seed);
            json.WriteString("dataset", scenario.Data.Dataset.Name);
            json.WriteString("partitioner", scenario.Data.Partitioner.Name);
            json.Texts("shifts", scenario.Data.Shifts.Select(s => s.Name));
            json.WriteString("publicSource", data.Certificate.PublicSet.Source);
            json.WriteNumber("privateRecords", data.Disjointness.PrivateRecords);
            json.WriteNumber("publicRecords", data.Public.Count);
            json.WriteNumber("testRecords", data.Test.Count);
            json.WriteString("assignmentDigest", data.Disjointness.AssignmentDigest);
            json.WriteStartObject("heterogeneity");
            foreach (var (name, value) in HeterogeneityNames.Of(measures)) json.Real(name, value);
            json.WriteEndObject();
            json.Texts("classes", data.ClassNames);
            json.Objects("hospitals", data.Hospitals, (writer, hospital) =>
            {
                writer.WriteNumber("index", hospital.Id);
                writer.WriteString("name", hospital.Name);
                writer.WriteStartArray("records");
                foreach (var count in Counts(data, hospital)) writer.WriteNumberValue(count);
                writer.WriteEndArray();
            });
        });

    private static IEnumerable<(string Name, string Text)> Lines(
        FederatedData data, Heterogeneity m, Scenario scenario)
    {
        var disjointness = data.Disjointness;
        var patients = disjointness.Patients is { } known
            ? Invariant($"{known:N0} patients, ") + (disjointness.PatientsInSeveralHospitals == 0
                ? "each in one place"
                : Invariant($"{disjointness.PatientsInSeveralHospitals:N0} of them in several hospitals, at most ")
                    + Invariant($"{disjointness.MostHospitalsOfAPatient} (stated: {disjointness.HospitalsPerPatient})"))
            : "each record counts as a patient, for the dataset does not say";
        yield return ("scenario", Invariant($"{scenario.Name}, seed {scenario.Seed}: {scenario.Data.Dataset.Name} by ")
            + string.Join(" + ", scenario.Data.Shifts.Select(s => s.Name).Prepend(scenario.Data.Partitioner.Name)));
        yield return ("records", Invariant($"{disjointness.PrivateRecords:N0} private in {data.Hospitals.Length:N0} ")
            + Invariant($"hospitals, {data.Public.Count:N0} public ({data.Certificate.PublicSet.Source}), ")
            + Invariant($"{data.Test.Count:N0} test; {patients}"));
        foreach (var line in Anonymity(data)) yield return line;
        yield return ("sizes", Invariant($"{m.SmallestHospital:N0} to {m.LargestHospital:N0} records, median ")
            + Invariant($"{m.MedianHospital:N0}; Gini {m.SizeGini:F3}; as concentrated as {m.EffectiveHospitals:F1} equal ")
            + "hospitals");
        yield return ("labels", Invariant($"{m.MeanClasses:F1} of {data.ClassNames.Length} classes per hospital on average; ")
            + Invariant($"divergence from all records: mean {m.MeanLabelDivergence:F3}, largest ")
            + Invariant($"{m.LargestLabelDivergence:F3} bit (0 alike, 1 disjoint)"));
        yield return ("information", Invariant($"the hospital tells {m.LabelInformation:F3} bit of the class; chance alone ")
            + Invariant($"would look like {m.LabelInformationIfAlike:F3}"));
        foreach (var shift in data.Certificate.Shifts)
            yield return ("shift", Invariant($"{shift.Name}: {shift.ChangedValues:N0} values and {shift.ChangedLabels:N0} ")
                + Invariant($"labels changed in {shift.Hospitals:N0} hospitals; public set and test as recorded"));
        yield return ("all records", string.Join(", ", Shares(data)));
    }

    private static IEnumerable<(string Name, string Text)> Anonymity(FederatedData data)
    {
        var deidentified = data.Certificate.PublicSet.Deidentification;
        if (deidentified.Anonymity is not { } anonymity) yield break;
        yield return ("public set", Invariant($"{anonymity.K}-anonymous in ")
            + string.Join(", ", anonymity.QuasiIdentifiers)
            + Invariant($": {anonymity.Groups:N0} groups, {anonymity.UniqueRecords:N0} records unique, ")
            + Invariant($"{deidentified.Withheld:N0} withheld"));
    }

    private static IEnumerable<string> Shares(FederatedData data)
    {
        var totals = new int[data.ClassNames.Length];
        foreach (var label in data.Hospitals.SelectMany(h => h.Data.Labels)) totals[label]++;
        return data.ClassNames.Select((name, k) => $"{name} {Percent(totals[k], totals.Sum())}");
    }

    private static ImmutableArray<int> Counts(FederatedData data, HospitalShard hospital) =>
        Heterogeneity.ClassCounts(hospital.Data.Labels, data.ClassNames.Length);

    private static string Percent(int part, int whole) => Invariant($"{100.0 * part / whole:F1} %");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
