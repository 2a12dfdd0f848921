using System.Collections.Immutable;
using System.Globalization;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>The 50 columns of diabetic_data.csv, with codes grouped by their published meaning.</summary>
internal static class Diabetes130Schema
{
    public const string Discharge = "discharge_disposition_id";

    /// <summary>The level of <see cref="Discharge"/> for death or hospice.</summary>
    public const short DeceasedCode = 4;

    private static readonly ImmutableArray<string> Unknown = ["?"];

    private static readonly ImmutableArray<string> Medicines =
    [
        "metformin", "repaglinide", "nateglinide", "chlorpropamide", "glimepiride", "acetohexamide", "glipizide",
        "glyburide", "tolbutamide", "pioglitazone", "rosiglitazone", "acarbose", "miglitol", "troglitazone",
        "tolazamide", "insulin", "glyburide-metformin", "glipizide-metformin", "glimepiride-pioglitazone",
        "metformin-rosiglitazone", "metformin-pioglitazone",
    ];

    public static TableSchema Of(bool any) => new(
    [
        new IgnoredColumn("encounter_id", "number of the stay"),
        new PatientColumn("patient_nbr", "number of the patient"),
        new CategoricalColumn(
            "race", "race as recorded", Level.Named("Caucasian", "AfricanAmerican", "Hispanic", "Asian", "Other"))
        { MissingMarks = Unknown },
        new CategoricalColumn("gender", "sex as recorded", Level.Named("Female", "Male"))
        {
            MissingMarks = ["Unknown/Invalid"],
        },
        new CategoricalColumn(
            "age", "age in decades",
            [.. Enumerable.Range(0, 10).Select(d => new Level($"{10 * d}-{10 * d + 9}", $"[{10 * d}-{10 * d + 10})"))]),
        new IgnoredColumn("weight", "weight in bands of 25 pounds: missing in 97 % of the stays"),
        new CategoricalColumn(
            "admission_type_id", "kind of admission",
            [
                new Level("emergency", "1", "7"), new Level("urgent", "2"), new Level("elective", "3"),
                new Level("newborn", "4"),
            ])
        { MissingMarks = ["5", "6", "8"] },
        new CategoricalColumn(
            Discharge, "where the patient went",
            [
                new Level("home", "1"), new Level("home-with-care", "6", "8"),
                new Level("another-hospital", "2", "5", "9", "10", "23", "27", "28", "29", "30"),
                new Level("nursing-or-rehabilitation", "3", "4", "15", "22", "24"),
                new Level("died-or-hospice", "11", "13", "14", "19", "20", "21"),
                new Level("against-advice", "7"), new Level("outpatient", "12", "16", "17"),
            ])
        { MissingMarks = ["18", "25", "26"] },
        new CategoricalColumn(
            "admission_source_id", "whence the patient came",
            [
                new Level("referral", "1", "2", "3"), new Level("emergency-room", "7"),
                new Level("transfer", "4", "5", "6", "10", "18", "19", "22", "25", "26"),
                new Level("birth", "11", "12", "13", "14", "23", "24"), new Level("court", "8"),
            ])
        { MissingMarks = ["9", "15", "17", "20", "21"] },
        Count("time_in_hospital", "length of the stay", "days", 14),
        new IgnoredColumn("payer_code", "who pays: 40 % missing and no property of the illness"),
        Specialty(),
        Count("num_lab_procedures", "laboratory tests during the stay", "", 132),
        Count("num_procedures", "other procedures during the stay", "", 6),
        Count("num_medications", "different medicines given", "", 81),
        Count("number_outpatient", "outpatient visits in the year before", "", 42),
        Count("number_emergency", "emergency visits in the year before", "", 76),
        Count("number_inpatient", "stays in hospital in the year before", "", 21),
        Diagnosis("diag_1", "first diagnosis"),
        Diagnosis("diag_2", "second diagnosis"),
        Diagnosis("diag_3", "third diagnosis"),
        Count("number_diagnoses", "diagnoses entered", "", 16),
        new CategoricalColumn(
            "max_glu_serum", "glucose in serum, mg/dl",
            [new Level("not-measured", "None"), new Level("normal", "Norm"), new Level(">200"), new Level(">300")]),
        new CategoricalColumn(
            "A1Cresult", "haemoglobin A1c, %",
            [new Level("not-measured", "None"), new Level("normal", "Norm"), new Level(">7"), new Level(">8")]),
        .. Medicines.Take(15).Select(Medicine),
        new IgnoredColumn("examide", "given to nobody"),
        new IgnoredColumn("citoglipton", "given to nobody"),
        .. Medicines.Skip(15).Select(Medicine),
        new CategoricalColumn(
            "change", "whether diabetes medication was changed", [new Level("no", "No"), new Level("yes", "Ch")]),
        new CategoricalColumn(
            "diabetesMed", "whether diabetes medication was given", [new Level("no", "No"), new Level("yes", "Yes")]),
        new LabelColumn(
            "readmitted", any ? "readmitted at any later time" : "readmitted within 30 days",
            any
                ? [new Level("no", "NO"), new Level("readmitted", "<30", ">30")]
                : [new Level("no", "NO", ">30"), new Level("within-30-days", "<30")]),
    ]);

    private static NumericColumn Count(string name, string meaning, string unit, double maximum) =>
        new(name, meaning, unit, 0, maximum);

    private static CategoricalColumn Medicine(string name) =>
        new(name, "dose during the stay", Level.Named("No", "Down", "Steady", "Up"));

    private static CategoricalColumn Specialty() => new(
        "medical_specialty", "specialty of the admitting physician",
        [
            new Level("internal-medicine", "InternalMedicine", "Hospitalist"),
            new Level("emergency", "Emergency/Trauma", "Pediatrics-EmergencyMedicine"),
            new Level("family-practice", "Family/GeneralPractice"),
            new Level("cardiology", "Cardiology", "Cardiology-Pediatric"),
            new Level(
                "surgery", "Surgeon", "Surgery-Cardiovascular", "Surgery-Cardiovascular/Thoracic",
                "Surgery-Colon&Rectal",
                "Surgery-General", "Surgery-Maxillofacial", "Surgery-Neuro", "Surgery-Pediatric", "Surgery-Plastic",
                "Surgery-PlasticwithinHeadandNeck", "Surgery-Thoracic", "Surgery-Vascular", "SurgicalSpecialty",
                "Orthopedics", "Orthopedics-Reconstructive", "Otolaryngology", "Ophthalmology", "Proctology",
                "Urology"),
            new Level(
                "other", "AllergyandImmunology", "Anesthesiology", "Anesthesiology-Pediatric", "DCPTEAM", "Dentistry",
                "Dermatology", "Endocrinology", "Endocrinology-Metabolism", "Gastroenterology", "Gynecology",
                "Hematology",
                "Hematology/Oncology", "InfectiousDiseases", "Nephrology", "Neurology", "Neurophysiology",
                "Obsterics&Gynecology-GynecologicOnco", "Obstetrics", "ObstetricsandGynecology", "Oncology",
                "Osteopath",
                "OutreachServices", "Pathology", "Pediatrics", "Pediatrics-AllergyandImmunology",
                "Pediatrics-CriticalCare", "Pediatrics-Endocrinology", "Pediatrics-Hematology-Oncology",
                "Pediatrics-InfectiousDiseases", "Pediatrics-Neurology", "Pediatrics-Pulmonology", "Perinatology",
                "PhysicalMedicineandRehabilitation", "Podiatry", "Psychiatry", "Psychiatry-Addictive",
                "Psychiatry-Child/Adolescent", "Psychology", "Pulmonology", "Radiologist", "Radiology", "Resident",
                "Rheumatology", "Speech", "SportsMedicine"),
        ])
    { MissingMarks = ["?", "PhysicianNotFound"] };

    // The groups of Strack et al. 2014, table 2; all else is "other".
    private static CategoricalColumn Diagnosis(string name, string meaning)
    {
        ImmutableArray<(string Name, int First, int Last, int Symptom)> groups =
        [
            ("circulatory", 390, 459, 785), ("respiratory", 460, 519, 786), ("digestive", 520, 579, 787),
            ("injury", 800, 999, 0), ("musculoskeletal", 710, 739, 0), ("genitourinary", 580, 629, 788),
            ("neoplasm", 140, 239, 0),
        ];
        const int Diabetes = 250;
        HashSet<int> grouped =
        [
            Diabetes,
            .. groups.SelectMany(g => Enumerable.Range(g.First, g.Last - g.First + 1).Append(g.Symptom)),
        ];
        return new CategoricalColumn(
            name, meaning + ", ICD-9 group",
            [
                new Level("diabetes", [.. Codes(Diabetes)]),
                .. groups.Select(g => new Level(
                    g.Name,
                    [
                        .. Enumerable.Range(g.First, g.Last - g.First + 1).SelectMany(Codes),
                        .. g.Symptom > 0 ? Codes(g.Symptom) : [],
                    ])),
                new Level(
                    "other",
                    [
                        .. Enumerable.Range(1, 999).Where(c => !grouped.Contains(c)).SelectMany(Codes),
                        .. Enumerable.Range(1, 99).Select(c => $"V{c:00}"),
                        .. Enumerable.Range(800, 200).Select(c => $"E{c}"),
                    ]),
            ])
        { MissingMarks = Unknown };
    }

    // A code of the first three digits, alone and with one or two more behind a point.
    private static IEnumerable<string> Codes(int code)
    {
        var text = code.ToString(CultureInfo.InvariantCulture);
        yield return text;
        for (var i = 0; i < 10; i++) yield return string.Create(CultureInfo.InvariantCulture, $"{text}.{i}");
        for (var i = 0; i < 100; i++) yield return string.Create(CultureInfo.InvariantCulture, $"{text}.{i:00}");
    }
}
