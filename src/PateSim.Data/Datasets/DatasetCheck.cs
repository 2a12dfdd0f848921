using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>Whether the files of a dataset that lie in a folder are the published ones and can be loaded.</summary>
public abstract record DatasetCheck
{
    private DatasetCheck()
    {
    }

    /// <summary>None of its files is there.</summary>
    public sealed record NotThere : DatasetCheck;

    /// <summary>Every file has its digest; rows and classes are the published ones.</summary>
    /// <param name="Records">That a run would see, which may be fewer than published.</param>
    /// <param name="Seen">What bites, as found in these records.</param>
    public sealed record Passed(int Records, ImmutableArray<string> Seen) : DatasetCheck;

    public sealed record Failed(ImmutableArray<Problem> Problems) : DatasetCheck;

    /// <summary>Loads the dataset with its default options.</summary>
    public static DatasetCheck Of(IDatasetSource source, DataAccess access, CancellationToken cancellation)
    {
        try
        {
            if (source.Info.Files.All(file => access.Locate(source.Info.Name, file) is null)) return new NotThere();
            var table = source.Load(access, default(RandomKey), cancellation);
            return new Passed(table.Rows, Bites(source.Info, table));
        }
        catch (InvalidInputException e)
        {
            return new Failed([.. e.Problems]);
        }
    }

    private static ImmutableArray<string> Bites(DatasetInfo info, RawTable table)
    {
        var seen = ImmutableArray.CreateBuilder<string>();
        var published = info.Counts.Sum(count => count.Rows);
        if (table.Rows != published) Add($"{published - table.Rows:N0} of {published:N0} records are left out");
        var (cells, columns, records) = Missing(table);
        if (cells > 0) Add($"{cells:N0} cells are missing, in {columns} columns and {records:N0} records");
        if (table.HasPatients)
        {
            var stays = new Dictionary<int, int>();
            foreach (var patient in table.Patients) stays[patient] = stays.GetValueOrDefault(patient) + 1;
            Add($"{stays.Count:N0} patients, {stays.Values.Count(n => n > 1):N0} of them with several records");
        }
        var counts = table.ClassCounts();
        Add($"the largest class, {table.ClassNames[counts.IndexOf(counts.Max())]}, is {(double)counts.Max() / table.Rows:P1}");
        if (table.HasSites)
        {
            var shares = Shares(table, counts).ToList();
            Add($"its share in hospitals goes from {shares.Min():P0} to {shares.Max():P0}");
        }
        if (Constant(table) is > 0 and var constant) Add($"{constant} features have one value in all records");
        return seen.ToImmutable();

        void Add(FormattableString text) => seen.Add(text.ToString(English));
    }

    // The invariant culture writes a percentage as people do not.
    private static readonly CultureInfo English = Percent();

    private static CultureInfo Percent()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.PercentPositivePattern = 0;
        return CultureInfo.ReadOnly(culture);
    }

    private static (long Cells, int Columns, int Records) Missing(RawTable table)
    {
        var (cells, columns) = (0L, 0);
        var lacks = new bool[table.Rows];
        for (var f = 0; f < table.Schema.Features.Length; f++)
        {
            var before = cells;
            if (table.Schema.Features[f] is NumericColumn)
            {
                var values = table.Numeric(f);
                for (var row = 0; row < values.Length; row++) Count(row, float.IsNaN(values[row]));
            }
            else
            {
                var codes = table.Codes(f);
                for (var row = 0; row < codes.Length; row++) Count(row, codes[row] == RawTable.MissingCode);
            }
            if (cells > before) columns++;
        }
        return (cells, columns, lacks.Count(l => l));

        void Count(int row, bool isMissing)
        {
            if (!isMissing) return;
            cells++;
            lacks[row] = true;
        }
    }

    private static IEnumerable<double> Shares(RawTable table, ImmutableArray<int> counts)
    {
        var largest = counts.IndexOf(counts.Max());
        var (all, of) = (new int[table.SiteNames.Length], new int[table.SiteNames.Length]);
        for (var row = 0; row < table.Rows; row++)
        {
            all[table.Sites[row]]++;
            if (table.Labels[row] == largest) of[table.Sites[row]]++;
        }
        return of.Zip(all, (part, whole) => (double)part / whole);
    }

    private static int Constant(RawTable table)
    {
        var constant = 0;
        for (var f = 0; f < table.Schema.Features.Length; f++)
        {
            var isConstant = table.Schema.Features[f] is NumericColumn
                ? !table.Numeric(f).ContainsAnyExcept(table.Numeric(f)[0])
                : !table.Codes(f).ContainsAnyExcept(table.Codes(f)[0]);
            if (isConstant) constant++;
        }
        return constant;
    }
}
