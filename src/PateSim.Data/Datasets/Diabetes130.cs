using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>UCI Diabetes 130-US hospitals: stays of patients with diabetes, several of some patients.</summary>
public sealed class Diabetes130 : IDatasetSource
{
    private const string Address = "https://doi.org/10.24432/C5230J", Hash =
        "0689e7ec031237dc63031b938805c48377748761a3b26acab621567afa24df97";

    private const int Rows = 101_766, Within30Days = 11_357, Later = 35_545;

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "diabetes-130",
            "UCI Diabetes 130-US hospitals: is a patient with diabetes readmitted after a stay in hospital?",
            [
                OptionSpec.Choice(
                    "target", "within-30-days: readmitted within 30 days or not; any: readmitted ever or not.",
                    "within-30-days", "within-30-days", "any"),
                OptionSpec.Flag(
                    "keep-deceased",
                    "Keep the 2,423 stays that ended in death or hospice: their patients cannot be readmitted.", false),
            ],
            [
                "101,766 stays of 71,518 patients; all stays of a patient are kept in one place by every split and "
                + "partitioner.",
                "11,357 stays are followed by a readmission within 30 days, 35,545 by a later one. Within 30 days is "
                + "11 %: accuracy says nothing there, read balanced accuracy.",
                "Missing is '?'; 'None' in max_glu_serum and A1Cresult means not measured and is a level. Diagnoses "
                + "are grouped by their ICD-9 codes as in the paper. Left out: encounter_id, weight (97 % missing), "
                + "payer_code, and examide and citoglipton, which nobody was given.",
                "130 hospitals took part; the data do not say which. A partitioner makes hospitals.",
            ],
            "Strack et al. 2014, doi 10.1155/2014/781670; data doi 10.24432/C5230J"),
        options => new Diabetes130(options.Text("target") == "any", options.Flag("keep-deceased")));

    private readonly bool _keepDeceased;

    private Diabetes130(bool any, bool keepDeceased)
    {
        _keepDeceased = keepDeceased;
        var positive = any ? Within30Days + Later : Within30Days;
        var file = new DatasetFile("diabetic_data.csv", Address, Hash, Rows, [Rows - positive, positive])
        {
            Archive = "dataset_diabetes.zip",
        };
        Info = new DatasetInfo(
            "diabetes-130",
            "Stays of 1 to 14 days in 130 US hospitals and care networks, 1999 to 2008, with diabetes among the "
            + "diagnoses, laboratory tests and medication given.",
            any
                ? "Predict whether the patient is readmitted at any later time."
                : "Predict whether the patient is readmitted within 30 days.",
            Diabetes130Schema.Of(any),
            "CC BY 4.0",
            "Strack, B., DeShazo, J. P., Gennings, C., Olmo, J. L., Ventura, S., Cios, K. J. and Clore, J. N. (2014). "
            + "Impact of HbA1c measurement on hospital readmission rates. BioMed Research International 2014, 781670.",
            "https://archive.ics.uci.edu/dataset/296/diabetes+130-us+hospitals+for+years+1999-2008",
            [file],
            [
                "Several stays are of one patient: a model could recognise a patient over a split that ignores it.",
                "Stays that end in death or hospice (discharge codes 11, 13, 14, 19, 20, 21) are left out unless asked "
                + "for; row and class counts are checked before.",
                "Discharge, admission type and source have several codes for unknown, which are missing here. Three "
                + "patients of unknown sex are missing values too.",
                "race is as recorded; a model may serve groups unequally.",
                "11 % are readmitted within 30 days: accuracy says nothing there; read the area under the curve or "
                + "balanced accuracy.",
            ])
        {
            Counts = [PartCount.Of("all stays", file)],
            Targets =
            [
                new DatasetTarget("readmitted within 30 days", "readmitted is <30", "target = within-30-days"),
                new DatasetTarget("readmitted ever", "readmitted is <30 or >30", "target = any"),
            ],
            Published =
            [
                new PublishedFile(
                    "dataset_diabetes.zip",
                    [
                        "https://archive.ics.uci.edu/static/public/296/diabetes+130-us+hospitals+for+years+1999-2008"
                        + ".zip",
                        "https://archive.ics.uci.edu/ml/machine-learning-databases/00296/dataset_diabetes.zip",
                    ],
                    [file]),
            ],
            Accuracies = ReferenceAccuracies.Diabetes130,
        };
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, Rows);
        DatasetFiles.Append(Info, Info.Files[0], new CsvFormat(Header: true), access, table, null, cancellation);
        var all = table.Build();
        if (_keepDeceased) return all;
        var feature = Info.Schema.Features.Select(c => c.Name).ToImmutableArray().IndexOf(Diabetes130Schema.Discharge);
        return all.Where(row => all.Codes(feature)[row] != Diabetes130Schema.DeceasedCode);
    }
}
