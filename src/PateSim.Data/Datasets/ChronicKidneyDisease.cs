using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>UCI Chronic Kidney Disease, an ARFF file.</summary>
public sealed class ChronicKidneyDisease : IDatasetSource
{
    private static readonly DatasetFile File = new(
        "chronic_kidney_disease.arff", "https://archive.ics.uci.edu/dataset/336/chronic+kidney+disease",
        "d59446b2723864f27936e23aa120f93beed23b77cdae4cb2b0500d1521836638", 400, [150, 250]);

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "chronic-kidney-disease",
            "UCI Chronic Kidney Disease: does a patient have chronic kidney disease?",
            [],
            [
                "400 records, 24 features (11 numeric, 13 categories), 250 with the disease; 1,012 cells are missing "
                + "('?').",
                "Any model tells the classes apart: the set shows that a run works, not how good a method is.",
                "No hospitals; a partitioner makes them.",
            ],
            "Rubini, Soundarapandian and Eswaran 2015, doi 10.24432/C5G020"),
        _ => new ChronicKidneyDisease());

    private ChronicKidneyDisease()
    {
    }

    public DatasetInfo Info { get; } = new(
        "chronic-kidney-disease",
        "Records of Apollo Hospitals, Karaikudi, Tamil Nadu, collected over about two months.",
        "Predict whether the patient has chronic kidney disease.",
        new TableSchema(
            Measure("age", "age", "years", 0, 100),
            Measure("bp", "diastolic blood pressure", "mm Hg", 40, 180),
            Category("sg", "specific gravity of the urine", "1.005", "1.010", "1.015", "1.020", "1.025"),
            Category("al", "albumin in the urine, in steps", "0", "1", "2", "3", "4", "5"),
            Category("su", "sugar in the urine, in steps", "0", "1", "2", "3", "4", "5"),
            Category("rbc", "red blood cells in the urine", "normal", "abnormal"),
            Category("pc", "pus cells in the urine", "normal", "abnormal"),
            Category("pcc", "clumps of pus cells", "present", "notpresent"),
            Category("ba", "bacteria", "present", "notpresent"),
            Measure("bgr", "random blood glucose", "mg/dl", 20, 500),
            Measure("bu", "blood urea", "mg/dl", 0, 400),
            Measure("sc", "serum creatinine", "mg/dl", 0, 80),
            Measure("sod", "sodium", "mmol/l", 0, 170),
            Measure("pot", "potassium", "mmol/l", 0, 50),
            Measure("hemo", "haemoglobin", "g/dl", 3, 18),
            Measure("pcv", "packed cell volume", "%", 5, 60),
            Measure("wbcc", "white blood cells", "cells per cubic mm", 2000, 27_000),
            Measure("rbcc", "red blood cells", "millions per cubic mm", 2, 8),
            Category("htn", "hypertension", "yes", "no"),
            Category("dm", "diabetes mellitus", "yes", "no"),
            Category("cad", "coronary artery disease", "yes", "no"),
            Category("appet", "appetite", "good", "poor"),
            Category("pe", "oedema of the feet", "yes", "no"),
            Category("ane", "anaemia", "yes", "no"),
            new LabelColumn(
                "class", "diagnosis", [new Level("no-disease", "notckd"), new Level("disease", "ckd")])),
        "CC BY 4.0",
        "Rubini, L., Soundarapandian, P. and Eswaran, P. (2015). Chronic Kidney Disease. UCI Machine Learning "
        + "Repository, doi 10.24432/C5G020.",
        "https://archive.ics.uci.edu/dataset/336/chronic+kidney+disease",
        [File],
        [
            "Tabs stand before some cells, the missing mark among them; they are not part of the cell.",
            "Sodium of 4.5 and potassium of 39 and 47 are kept as published; they are not plausible.",
            "Any model tells the classes apart: a smoke test, not a measure of a method.",
        ])
    {
        Counts = [PartCount.Of("all", File)],
        Accuracies = ReferenceAccuracies.ChronicKidneyDisease,
        Targets = [new DatasetTarget("disease", "class is ckd")],
        Published =
        [
            new PublishedFile(
                "chronic+kidney+disease.zip",
                ["https://archive.ics.uci.edu/static/public/336/chronic+kidney+disease.zip"], [File])
            {
                ByHand = "The publisher's zip file holds a RAR archive, which PateSim does not unpack: unpack it, and "
                    + "take chronic_kidney_disease.arff from its folder Chronic_Kidney_Disease.",
            },
        ],
    };

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, File.Rows);
        DatasetFiles.AppendArff(Info, File, access, table, cancellation);
        return table.Build();
    }

    private static NumericColumn Measure(string name, string meaning, string unit, double minimum, double maximum) =>
        new(name, meaning, unit, minimum, maximum) { MissingMarks = ["?"] };

    private static CategoricalColumn Category(string name, string meaning, params ReadOnlySpan<string> levels) =>
        new(name, meaning, Level.Named(levels)) { MissingMarks = ["?"] };
}
