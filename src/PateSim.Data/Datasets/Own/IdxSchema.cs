using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>What IDX files of one's own hold.</summary>
internal static class IdxSchema
{
    private const int MostClasses = 256, MostFeatures = 65_536;

    // Larger whole numbers are not exact in the single precision that arrays are read in.
    private const float MostExact = 16_777_216;

    /// <summary>The schema, and how many features a record has.</summary>
    /// <exception cref="Core.InvalidInputException">A file is no such array.</exception>
    public static (TableSchema Schema, int Width) Find(
        ImmutableArray<DataFile> files, ImmutableArray<DataFile> labels, ImmutableArray<Level> classes,
        (double Minimum, double Maximum)? range, bool hasHospital, bool hasPatient, CancellationToken cancellation)
    {
        int width;
        bool isByte;
        using (var first = new IdxReader(files[0]))
        {
            if (first.Dimensions.Length < 2 || first.Dimensions[0] == 0)
                throw ProblemList.Single(
                    DataProblems.BadIdx, files[0].Place,
                    $"The array has the dimensions {Shape(first)}; due are [records, features, …].");
            var features = first.Count / first.Dimensions[0];
            if (features is 0 or > MostFeatures)
                throw ProblemList.Single(
                    DataProblems.TooLarge, files[0].Place,
                    $"A record has {features} values; 1 to {MostFeatures} are possible.");
            (width, isByte) = ((int)features, first.Type == IdxReader.UnsignedByte);
        }
        var isLimit = range is not null;
        range ??= isByte ? (0, 255) : Extent(files, width, cancellation);
        var fromRecords = !isLimit && !isByte || classes.IsEmpty;
        if (classes.IsEmpty) classes = Classes(labels);
        var columns = Enumerable.Range(0, width).Select(Column (f) => new NumericColumn(
            string.Create(CultureInfo.InvariantCulture, $"value-{f + 1}"), "a value of the array", "",
            range.Value.Minimum, range.Value.Maximum)
        {
            IsLimit = isLimit,
        });
        columns = columns.Append(new LabelColumn("label", "the label", classes));
        if (hasHospital) columns = columns.Append(new HospitalColumn("hospital", "which hospital holds the record", []));
        if (hasPatient) columns = columns.Append(new PatientColumn("patient", "whose record it is"));
        return (new TableSchema([.. columns]) { FromRecords = fromRecords }, width);
    }

    /// <exception cref="Core.InvalidInputException">The records have another number of values.</exception>
    public static void RequireWidth(IdxReader reader, int width, string place)
    {
        if (reader.Dimensions.Length < 2 || reader.Dimensions[0] == 0
            || reader.Count / reader.Dimensions[0] != width)
            throw ProblemList.Single(
                DataProblems.BadIdx, place,
                $"The array has the dimensions {Shape(reader)}; due are records of {width} values.");
    }

    /// <summary>Reads one whole number for each record.</summary>
    /// <exception cref="Core.InvalidInputException">The file is no array of whole numbers, or of another number of
    /// records.</exception>
    public static void ReadCodes(DataFile file, int? count, string arrays, Action<int, int> use)
    {
        using var reader = new IdxReader(file);
        if (reader.Dimensions.Length != 1 || count is { } due && reader.Count != due)
            throw ProblemList.Single(
                DataProblems.BadIdx, file.Place,
                $"The array has the dimensions {Shape(reader)}; due is one number for each "
                + (count is null ? $"record of {arrays}." : $"of the {count} records of {arrays}."));
        Span<float> value = stackalloc float[1];
        for (var i = 0; i < reader.Count; i++)
        {
            reader.Read(value);
            if (value[0] != MathF.Floor(value[0]) || MathF.Abs(value[0]) >= MostExact)
                throw ProblemList.Single(
                    DataProblems.BadIdx, file.Place, string.Create(
                        CultureInfo.InvariantCulture,
                        $"Value {i + 1} is {value[0]}; due are whole numbers between −{MostExact} and {MostExact}."));
            use(i, (int)value[0]);
        }
        reader.End();
    }

    private static (double, double) Extent(ImmutableArray<DataFile> files, int width, CancellationToken cancellation)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        var values = new float[width];
        foreach (var file in files)
        {
            using var reader = new IdxReader(file);
            RequireWidth(reader, width, file.Place);
            for (var record = 0; record < reader.Dimensions[0]; record++)
            {
                cancellation.ThrowIfCancellationRequested();
                reader.Read(values);
                foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }
        // A constant array needs a range, too.
        return (low, low < high ? high : low + Math.Max(1, Math.Abs(low)));
    }

    private static ImmutableArray<Level> Classes(ImmutableArray<DataFile> labels)
    {
        var met = new SortedSet<int>();
        foreach (var file in labels)
        {
            ReadCodes(file, null, "the array", (_, label) =>
            {
                if (met.Add(label) && met.Count > MostClasses)
                    throw ProblemList.Single(
                        DataProblems.Ambiguous, file.Place,
                        $"There are more than {MostClasses} different labels: no labels of classes.");
            });
        }
        if (met.Count < 2)
            throw ProblemList.Single(
                DataProblems.Ambiguous, labels[0].Place, $"There are {met.Count} different labels; due are two or more.");
        return [.. met.Select(label => new Level(label.ToString(CultureInfo.InvariantCulture)))];
    }

    private static string Shape(IdxReader reader) =>
        "[" + string.Join(", ", reader.Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture))) + "]";
}
