using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>
/// A generated population of patients with acute breathlessness in many clinics: large enough for PATE to be
/// meaningful, and without any real patient. Specified in docs/datasets/synthetic-clinics.md.
/// </summary>
public sealed class SyntheticClinics : IDatasetSource
{
    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "synthetic-clinics",
            "Generated patients with acute breathlessness in many clinics, each with its own case mix.",
            [
                OptionSpec.Integer("patients", "Number of patients in all clinics together.", 30_000, 2, 10_000_000),
                OptionSpec.Integer("clinics", "Number of clinics.", 120, 1, 100_000),
                OptionSpec.Integer(
                    "diagnoses",
                    $"Number of diagnoses K, the first of: {string.Join(", ", SyntheticPopulation.DiagnosisNames)}.",
                    6, 2, SyntheticPopulation.DiagnosisNames.Length),
                OptionSpec.Real("difficulty", "Divides how far diagnoses lie apart; 1 is the reference.", 1, .1, 10),
                OptionSpec.Real(
                    "case-mix-concentration",
                    "Concentration κ of the Dirichlet distribution of a clinic's case mix around the prevalence; small "
                    + "is unlike.",
                    15, .01, 1_000_000),
                OptionSpec.Real(
                    "measurement-bias", "Standard deviation τ of a clinic's own shift of each measurement, in σ.", .25,
                    0, 5),
                OptionSpec.Real(
                    "size-spread", "Standard deviation of the logarithm of clinic sizes; 0 makes them equal.", .3, 0,
                    3),
                OptionSpec.Real("label-noise", "Probability that the recorded diagnosis is another one.", .04, 0, .9),
                OptionSpec.Real("missing", "Probability that a laboratory or imaging cell is missing.", .08, 0, .9),
            ],
            [
                "Each clinic j draws a case mix π_j ~ Dirichlet(κ·prevalence) and a shift b_j ~ N(0, τ²I) of its "
                + "measurements. Each patient draws a diagnosis y ~ π_j and a severity s = 1.5·exp(0.35 v), v ~ N(0, "
                + "1).",
                "Numeric: u = s·μ_y / difficulty + b_j + e, e ~ N(0, 1), then a monotone map to the unit of the "
                + "measurement and "
                + "rounding as reported. Categorical: probabilities proportional to exp(base + s·w_y / difficulty).",
                "The recorded diagnosis is replaced by another one, all alike, with probability label-noise: in "
                + "hospitals, public set and test alike, so that it bounds every accuracy.",
                "Means and effects are plausible, not estimated from patients: conclusions about medicine do not "
                + "follow.",
                "Every clinic has a stream of its own, so that clinics do not depend on each other's draws.",
            ]),
        Create);

    private readonly SyntheticPopulation _population;

    private SyntheticClinics(SyntheticPopulation population)
    {
        _population = population;
        Info = new DatasetInfo(
            "synthetic-clinics",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{population.Patients} generated patients with acute breathlessness in {population.Clinics} clinics."),
            "Predict the recorded diagnosis from vital signs, laboratory values and findings.",
            SyntheticPopulation.Schema(population.Diagnoses, population.MissingShare > 0),
            "Apache-2.0, as PateSim: no real patient is in it",
            "PateSim, docs/datasets/synthetic-clinics.md",
            "docs/datasets/synthetic-clinics.md",
            [],
            [
                "Generated: measures methods, not medicine.",
                "Recorded diagnoses are noisy in the test too; the accuracy that can be reached is below 1.",
            ])
        {
            Counts = [new PartCount("all patients", population.Patients, [])],
            Targets = [new DatasetTarget("diagnosis", "the diagnosis as recorded: another one with probability label-noise")],
            Hospitals = population.Clinics,
            Accuracies = ReferenceAccuracies.SyntheticClinics,
        };
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation) =>
        _population.Generate(Info.Schema, key, cancellation);

    private static SyntheticClinics Create(OptionValues options)
    {
        var population = new SyntheticPopulation(
            options.Int32("patients"), options.Int32("clinics"), options.Int32("diagnoses"), options.Real("difficulty"),
            options.Real("case-mix-concentration"), options.Real("measurement-bias"), options.Real("size-spread"),
            options.Real("label-noise"), options.Real("missing"));
        if (population.Patients < population.Clinics)
            throw new OptionException(
                "clinics", $"{population.Clinics} clinics cannot share {population.Patients} patients: each needs at "
                + "least one.");
        return new SyntheticClinics(population);
    }
}
