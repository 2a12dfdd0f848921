using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>IDX files of the user's own: arrays such as images, and their labels.</summary>
public sealed class IdxDataset : IDatasetSource
{
    private const string Name = "idx";

    private static readonly ImmutableArray<string> LabelOptions =
        ["labels", "public-labels", "test-labels", "held-out-labels"];

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", Name, "IDX files of your own (the format of MNIST): arrays such as images, and their labels.",
            [
                .. OwnOptions.FileSpecs("The arrays: dimensions [records, …]; every further value is a feature"),
                .. LabelOptions.Select(option => OptionSpec.Text(
                    option, $"The labels of the records of {FileOf(option)}: whole numbers, dimensions [records].", null)),
                OptionSpec.Text("hospital", "Which hospital holds each record of file: whole numbers, [records].", null),
                OptionSpec.Text("patient", "Whose record each record of file is: whole numbers, [records].", null),
                OptionSpec.Text(
                    "classes", "The classes as name=label|label, separated by commas, such as \"well=0, ill=1|2\"; unset "
                    + "means that the files say which there are, in ascending order.", null),
                OptionSpec.Real(
                    "minimum", "Lower end of the range of the values, known to everyone; a value below is refused.", null),
                OptionSpec.Real(
                    "maximum", "Upper end of the range of the values, known to everyone; a value above is refused.", null),
            ],
            [
                "Features are called value-1, value-2, … in the order of the file. Unsigned bytes have the range 0 to 255 "
                + "by their type; the range of other types is read from the records of all hospitals unless it is "
                + "declared, and every run says so. So are classes.",
                "Hospitals and patients are of the private records alone: with public-file and test-file (split "
                + "'declared') or held-out-file (split 'published') the others have none.",
            ]),
        options => new IdxDataset(options));

    private readonly ImmutableArray<OwnFile> _files;
    private readonly ImmutableArray<string> _labels;
    private readonly ImmutableArray<Level> _classes;
    private readonly string? _hospital;
    private readonly string? _patient;
    private readonly (double Minimum, double Maximum)? _range;

    private IdxDataset(OptionValues values)
    {
        _files = OwnOptions.OwnFiles(Name, values);
        _labels = [.. _files.Select(f => OwnOptions.Required(Name, values, LabelsOf(f.Option), "\"labels.idx\""))];
        foreach (var option in LabelOptions.Where(o => values.Has(o) && _files.All(f => LabelsOf(f.Option) != o)))
            throw new OptionException(option, $"There is no {FileOf(option)} whose labels these could be.");
        _classes = values.Has("classes") ? OwnOptions.ParseClasses(OwnOptions.List(values.Text("classes"))) : [];
        (_hospital, _patient) = (OwnOptions.Optional(values, "hospital"), OwnOptions.Optional(values, "patient"));
        if (_files.Length > 1 && _patient is not null)
            throw new OptionException(
                "patient", "With further files it cannot be told whether their records are of the same patients.");
        if (values.Has("minimum") != values.Has("maximum"))
            throw new OptionException(
                values.Has("minimum") ? "maximum" : "minimum", "A range has a minimum and a maximum; write both.");
        if (values.Has("minimum")) _range = (values.Real("minimum"), values.Real("maximum"));
        if (_range is { } range && !((float)range.Minimum < (float)range.Maximum))
            throw new OptionException("maximum", "It must be above minimum.");
        Info = OwnTable.Info(Name, _files[0].Path, "label", _classes);
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        ImmutableArray<DataFile> files = [.. _files.Select(f => access.OpenOwn(f.Path))];
        ImmutableArray<DataFile> labelFiles = [.. _labels.Select(access.OpenOwn)];
        var (schema, width) = IdxSchema.Find(
            files, labelFiles, _classes, _range, _hospital is not null, _patient is not null, cancellation);
        var table = new RawTableBuilder(
            schema with { PartsAreBinding = files.Length > 1 }, publishedParts: files.Length > 1);
        for (var i = 0; i < files.Length; i++)
        {
            var first = table.Rows;
            AppendValues(files[i], width, table, cancellation);
            AppendLabels(labelFiles[i], table, first, files[i].Place);
            for (var row = first; row < table.Rows && _files[i].Part is { } part; row++) table.SetPart(row, part);
        }
        if (_hospital is not null) AppendHospitals(access.OpenOwn(_hospital), table, files[0].Place);
        if (_patient is not null) AppendPatients(access.OpenOwn(_patient), table, files[0].Place);
        return table.Build();
    }

    private void AppendValues(DataFile file, int width, RawTableBuilder table, CancellationToken cancellation)
    {
        using var reader = new IdxReader(file);
        IdxSchema.RequireWidth(reader, width, file.Place);
        var values = new float[width];
        var (low, high) = _range is { } range ? ((float)range.Minimum, (float)range.Maximum) : (float.MinValue, float.MaxValue);
        for (var record = 0; record < reader.Dimensions[0]; record++)
        {
            if (record % 256 == 0) cancellation.ThrowIfCancellationRequested();
            reader.Read(values);
            var row = table.AddRows(1);
            for (var f = 0; f < width; f++)
            {
                if (values[f] < low || values[f] > high)
                    throw ProblemList.Single(
                        DataProblems.OutsideRange, file.Place, string.Create(
                            CultureInfo.InvariantCulture,
                            $"Value {f + 1} of record {record + 1} is {values[f]}, outside of the declared range {low} to "
                            + $"{high}; correct it or widen the range."));
                table.SetNumeric(f, row, values[f]);
            }
        }
        reader.End();
    }

    private static void AppendLabels(DataFile file, RawTableBuilder table, int first, string arrays)
    {
        var classOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var classes = table.Schema.Label.Classes;
        for (var k = 0; k < classes.Length; k++)
        {
            foreach (var spelling in classes[k].Written) classOf.Add(spelling, k);
        }
        IdxSchema.ReadCodes(file, table.Rows - first, arrays, (record, label) =>
        {
            if (!classOf.TryGetValue(label.ToString(CultureInfo.InvariantCulture), out var k))
                throw ProblemList.Single(
                    DataProblems.UnknownLabel, file.Place,
                    $"The label of record {record + 1} is {label}; declared are {string.Join(", ", classOf.Keys)}.");
            table.SetLabel(first + record, k);
        });
    }

    private void AppendHospitals(DataFile file, RawTableBuilder table, string arrays)
    {
        var count = PrivateRows(table);
        for (var row = count; row < table.Rows; row++) table.SetSite(row, RawTable.NoSite);
        var met = new Dictionary<int, int>();
        IdxSchema.ReadCodes(file, count, arrays, (record, hospital) =>
        {
            if (!met.TryGetValue(hospital, out var site)) met.Add(hospital, site = met.Count);
            table.SetSite(record, site);
        });
        // Names of one length, so that their ordinal order is that of the numbers.
        var digits = met.Keys.Max(h => h.ToString(CultureInfo.InvariantCulture).Length);
        table.SetDiscoveredSites([.. met.Keys.Select(h => h.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'))]);
    }

    private void AppendPatients(DataFile file, RawTableBuilder table, string arrays)
    {
        var met = new Dictionary<int, int>();
        IdxSchema.ReadCodes(file, PrivateRows(table), arrays, (record, patient) =>
        {
            if (!met.TryGetValue(patient, out var number)) met.Add(patient, number = met.Count);
            table.SetPatient(record, number);
        });
    }

    // The first file's records are the private ones where there are others.
    private int PrivateRows(RawTableBuilder table) =>
        _files.Length == 1 ? table.Rows : table.CountOf(PublishedPart.Training);

    private static string LabelsOf(string fileOption) =>
        fileOption == "file" ? "labels" : fileOption.Replace("-file", "-labels", StringComparison.Ordinal);

    private static string FileOf(string labelOption) =>
        labelOption == "labels" ? "file" : labelOption.Replace("-labels", "-file", StringComparison.Ordinal);
}
