using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>UCI Heart Disease: four real hospitals.</summary>
public sealed class HeartDisease : IDatasetSource
{
    private const string Address = "https://archive.ics.uci.edu/ml/machine-learning-databases/heart-disease/";

    private static readonly ImmutableArray<string> Hospitals =
        ["Cleveland", "Budapest", "Switzerland", "Long Beach VA"];

    private static readonly ImmutableArray<DatasetFile> Files =
    [
        File("cleveland", "a74b7efa387bc9d108d7d0115d831fe9b414b29ae7124f331b622b4efa0427c8", 303, 139),
        File("hungarian", "d1ad108f785768cd3d7e82dc522e6f5a61eea93cccfb3a46ee8076f73fc3d796", 294, 106),
        File("switzerland", "834a405ccf5b66ab4056bb77794adc8df0b7125186454c0a1d002d33c6c3b314", 123, 115),
        File("va", "e7c93d8d0d2acdadfa4c5e8de768e2191e7f618b952e29623f1f0d5949ff6b8f", 200, 149),
    ];

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "heart-disease", "UCI Heart Disease: coronary disease in patients of four real hospitals.",
            [
                OptionSpec.Choice(
                    "features",
                    "all: 13 features, 920 records, missing values kept; common: the 10 features that all hospitals "
                    + "recorded, 740 records without a missing mark.",
                    "all", "all", "common"),
            ],
            [
                "Disease is num > 0: 139 of 303, 106 of 294, 115 of 123 and 149 of 200 records, by hospital.",
                "all: '?' is missing, and so is a cholesterol or a resting blood pressure of 0, which no living "
                + "patient has: cholesterol in every record of Switzerland and in 49 of Long Beach, blood pressure "
                + "once in Long Beach.",
                "common: without slope, ca and thal, then without records that have a '?'; cholesterol 0 is left as a "
                + "number. This gives 303, 261, 46 and 130 records, the published counts of FLamby (Ogier du Terrail "
                + "et al. 2022).",
                "Four hospitals cannot buy a useful epsilon: this dataset shows real differences between hospitals.",
            ],
            "Janosi, Steinbrunn, Pfisterer and Detrano 1989, doi 10.24432/C52P4X"),
        options => new HeartDisease(options.Text("features") == "common"));

    private readonly bool _common;

    private HeartDisease(bool common)
    {
        _common = common;
        Info = new DatasetInfo(
            "heart-disease",
            "Patients referred for coronary angiography at the Cleveland Clinic, the Hungarian Institute of Cardiology "
            + "in Budapest, the university hospitals of Zurich and Basel, and the V.A. Medical Center in Long Beach.",
            "Predict whether angiography shows coronary disease (a narrowing of more than half of a vessel's "
            + "diameter).",
            Schema(common),
            "CC BY 4.0",
            "Janosi, A., Steinbrunn, W., Pfisterer, M. and Detrano, R. (1989). Heart Disease. UCI Machine Learning "
            + "Repository, doi 10.24432/C52P4X.",
            "https://archive.ics.uci.edu/dataset/45/heart+disease",
            Files,
            [
                "One file for each hospital, without a header; numbers are written in three ways (63.0, 63, .7).",
                "slope, ca and thal are nearly all missing outside Cleveland.",
                "The share of the diseased goes from 36 % (Budapest) to 93 % (Switzerland).",
                "chol is 0 in every record of Switzerland and in 49 of Long Beach, which means missing.",
            ])
        {
            Counts = [.. Hospitals.Zip(Files, PartCount.Of)],
            Targets = [new DatasetTarget("disease", "num is 1, 2, 3 or 4")],
            Hospitals = Hospitals.Length,
            Published =
            [
                .. Files.Select(PublishedFile.Plain),
                new PublishedFile(
                    "heart-disease.zip", ["https://archive.ics.uci.edu/static/public/45/heart+disease.zip"], Files),
            ],
            Accuracies = ReferenceAccuracies.HeartDisease,
        };
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, 920, Hospitals);
        for (var hospital = 0; hospital < Files.Length; hospital++)
        {
            var site = hospital;
            DatasetFiles.Append(
                Info, Files[hospital], new CsvFormat(), access, table,
                (first, count) =>
                {
                    for (var row = first; row < first + count; row++) table.SetSite(row, site);
                },
                cancellation);
        }
        var all = table.Build();
        return _common ? all.CompleteCases() : all;
    }

    private static DatasetFile File(string hospital, string sha256, int rows, int diseased)
    {
        var name = $"processed.{hospital}.data";
        return new DatasetFile(name, Address + name, sha256, rows, [rows - diseased, diseased]);
    }

    private static TableSchema Schema(bool common)
    {
        ImmutableArray<string> zero = common ? ["?"] : ["?", "0", "0.0"];
        var late = new IgnoredColumn("", "nearly always missing outside Cleveland");
        return new TableSchema(
            new NumericColumn("age", "age", "years", 20, 80),
            Category("sex", "sex as recorded", ("female", 0), ("male", 1)),
            Category(
                "cp", "chest pain",
                ("typical-angina", 1), ("atypical-angina", 2), ("non-anginal", 3), ("asymptomatic", 4)),
            new NumericColumn("trestbps", "blood pressure at rest", "mm Hg", 80, 200) { MissingMarks = zero },
            new NumericColumn("chol", "serum cholesterol", "mg/dl", 85, 605) { MissingMarks = zero },
            Category("fbs", "fasting blood sugar above 120 mg/dl", ("no", 0), ("yes", 1)),
            Category(
                "restecg", "electrocardiogram at rest",
                ("normal", 0), ("st-t-abnormal", 1), ("left-ventricular-hypertrophy", 2)),
            new NumericColumn("thalach", "highest heart rate reached", "beats per minute", 60, 210)
            {
                MissingMarks = ["?"],
            },
            Category("exang", "angina by exercise", ("no", 0), ("yes", 1)),
            new NumericColumn("oldpeak", "ST depression by exercise", "mm", -3, 7) { MissingMarks = ["?"] },
            common
                ? late with { Name = "slope" }
                : Category("slope", "slope of the ST segment at peak exercise", ("up", 1), ("flat", 2), ("down", 3)),
            common
                ? late with { Name = "ca" }
                : new NumericColumn("ca", "major vessels coloured by fluoroscopy", "vessels", 0, 3)
                {
                    MissingMarks = ["?"],
                },
            common
                ? late with { Name = "thal" }
                : Category("thal", "thallium scan", ("normal", 3), ("fixed-defect", 6), ("reversible-defect", 7)),
            new LabelColumn(
                "num", "angiographic diagnosis, 0 to 4: more than 0 is disease",
                [new Level("no-disease", "0"), new Level("disease", "1", "2", "3", "4")]));
    }

    // The hospitals write the same code as 1 and as 1.0.
    private static CategoricalColumn Category(
        string name, string meaning, params ReadOnlySpan<(string Name, int Code)> levels)
    {
        var built = ImmutableArray.CreateBuilder<Level>(levels.Length);
        foreach (var level in levels) built.Add(new Level(level.Name, $"{level.Code}", $"{level.Code}.0"));
        return new CategoricalColumn(name, meaning, built.MoveToImmutable()) { MissingMarks = ["?"] };
    }
}
