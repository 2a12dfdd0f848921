using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>Draws the patients of <see cref="SyntheticClinics"/>, clinic by clinic.</summary>
internal sealed record SyntheticPopulation(
    int Patients, int Clinics, int Diagnoses, double Difficulty, double Concentration, double MeasurementBias,
    double SizeSpread, double LabelNoise, double MissingShare)
{
    private const double SeveritySpread = .35;

    // Chosen so that the population at difficulty 1 has the reference accuracies of docs/datasets/synthetic-clinics.md.
    private const double Separation = 1.5;

    public static ImmutableArray<string> DiagnosisNames { get; } = [.. SyntheticTables.Diagnoses.Select(d => d.Name)];

    public static TableSchema Schema(int diagnoses, bool missing)
    {
        ImmutableArray<string> marks = ["?"];
        return new TableSchema(
        [
            new LabelColumn(
                "diagnosis", "recorded diagnosis", Level.Named(DiagnosisNames.AsSpan()[..diagnoses])),
            .. SyntheticTables.Measurements.Select(m =>
                new NumericColumn(m.Name, m.Meaning, m.Unit, m.Minimum, m.Maximum)
            {
                MissingMarks = missing && !m.Always ? marks : [],
            }),
            .. SyntheticTables.Findings.Select(f =>
                new CategoricalColumn(f.Name, f.Meaning, Level.Named(f.Levels.AsSpan()))
            {
                MissingMarks = missing && !f.Always ? marks : [],
            }),
        ]);
    }

    public RawTable Generate(TableSchema schema, RandomKey key, CancellationToken cancellation)
    {
        var digits = Math.Max(3, Clinics.ToString(CultureInfo.InvariantCulture).Length);
        var names = Enumerable.Range(1, Clinics)
            .Select(j => "clinic-" + j.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));
        var table = new RawTableBuilder(schema, Patients, [.. names]);
        var row = table.AddRows(Patients);
        var sizes = Sizes(key.Derive("sizes").Open());
        var clinicKey = key.Derive("clinic");
        for (var clinic = 0; clinic < Clinics; clinic++)
        {
            cancellation.ThrowIfCancellationRequested();
            GenerateClinic(table, clinic, row, sizes[clinic], clinicKey.Derive(clinic).Open());
            row += sizes[clinic];
        }
        return table.Build();
    }

    private void GenerateClinic(RawTableBuilder table, int clinic, int firstRow, int size, RandomStream stream)
    {
        var caseMix = CaseMix(stream);
        var measurements = SyntheticTables.Measurements;
        var bias = new double[measurements.Length];
        for (var m = 0; m < bias.Length; m++) bias[m] = MeasurementBias * stream.NextGaussian();
        Span<double> weights = stackalloc double[8];
        for (var row = firstRow; row < firstRow + size; row++)
        {
            var diagnosis = stream.NextIndex(caseMix);
            var effect = Separation * Math.Exp(SeveritySpread * stream.NextGaussian()) / Difficulty;
            for (var m = 0; m < measurements.Length; m++)
            {
                var measurement = measurements[m];
                var u = effect * measurement.Effects[diagnosis] + bias[m] + stream.NextGaussian();
                var missing = !measurement.Always && stream.NextUnit() < MissingShare;
                table.SetNumeric(m, row, missing ? float.NaN : measurement.Report(u));
            }
            for (var f = 0; f < SyntheticTables.Findings.Length; f++)
            {
                var finding = SyntheticTables.Findings[f];
                var effects = finding.Effects[diagnosis];
                for (var l = 0; l < effects.Length; l++) weights[l] = Math.Exp(finding.Base[l] + effect * effects[l]);
                var level = stream.NextIndex(weights[..effects.Length]);
                var missing = !finding.Always && stream.NextUnit() < MissingShare;
                table.SetCode(measurements.Length + f, row, missing ? RawTable.MissingCode : (short)level);
            }
            // Both are drawn always, so that populations of other label noise differ in nothing else.
            var misrecorded = stream.NextUnit() < LabelNoise;
            var other = (diagnosis + 1 + stream.NextInt(Diagnoses - 1)) % Diagnoses;
            table.SetLabel(row, misrecorded ? other : diagnosis);
            table.SetSite(row, clinic);
        }
    }

    // Each clinic has one patient; the others go in proportion to log-normal weights, by largest remainder.
    private int[] Sizes(RandomStream stream)
    {
        var weights = new double[Clinics];
        for (var j = 0; j < weights.Length; j++) weights[j] = Math.Exp(SizeSpread * stream.NextGaussian());
        var total = weights.Sum();
        var sizes = new int[Clinics];
        var remainders = new double[Clinics];
        var left = Patients - Clinics;
        for (var j = 0; j < sizes.Length; j++)
        {
            var due = (Patients - Clinics) * (weights[j] / total);
            sizes[j] = 1 + (int)due;
            remainders[j] = due - (int)due;
            left -= (int)due;
        }
        var byRemainder = Enumerable.Range(0, Clinics).OrderByDescending(j => remainders[j]).ThenBy(j => j);
        foreach (var j in byRemainder.Take(left)) sizes[j]++;
        return sizes;
    }

    private double[] CaseMix(RandomStream stream)
    {
        var prevalence = SyntheticTables.Diagnoses.Take(Diagnoses).Select(d => d.Prevalence).ToArray();
        var total = prevalence.Sum();
        return Dirichlet.Draw(Array.ConvertAll(prevalence, p => Concentration * p / total), stream);
    }
}
