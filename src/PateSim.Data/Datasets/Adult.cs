using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>UCI Adult (Census Income): the tabular set of the 2017 PATE paper.</summary>
public sealed class Adult : IDatasetSource
{
    private static readonly CsvFormat Format = new(TrimSpaces: true, CommentMark: '|');

    private const string Address = "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/";

    private static readonly DatasetFile Training = new(
        "adult.data", Address + "adult.data",
        "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d", 32561, [24720, 7841]);

    private static readonly DatasetFile HeldOut = new(
        "adult.test", Address + "adult.test",
        "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05", 16281, [12435, 3846]);

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "adult", "UCI Adult: does a person of the 1994 US census earn more than 50,000 dollars a year?",
            [
                OptionSpec.Flag(
                    "survey-weight", "Keep fnlwgt, the survey weight: not a property of the person.", false),
                OptionSpec.Flag("education-name", "Keep education, which repeats education-num in words.", false),
            ],
            [
                "48,842 records in two published parts (32,561 and 16,281), 14 features, 24 % in the upper class.",
                "Missing cells ('?') occur in workclass, occupation and native-country only; levels are those of "
                + "adult.names.",
                "No hospitals: a partitioner makes them. Exact repeats of records occur in the published files and are "
                + "kept.",
            ],
            "Becker and Kohavi 1996, doi 10.24432/C5XW20"),
        options => new Adult(options.Flag("survey-weight"), options.Flag("education-name")));

    private Adult(bool surveyWeight, bool educationName)
    {
        Info = new DatasetInfo(
            "adult",
            "Records of the 1994 census of the United States, selected by B. Becker.",
            "Predict whether a person's income exceeds 50,000 dollars a year.",
            Schema(surveyWeight, educationName),
            "CC BY 4.0",
            "Becker, B. and Kohavi, R. (1996). Adult. UCI Machine Learning Repository, doi 10.24432/C5XW20.",
            "https://archive.ics.uci.edu/dataset/2/adult",
            [Training, HeldOut],
            [
                "The first line of adult.test is a comment and its labels end in a full stop.",
                "fnlwgt is a survey weight and education repeats education-num; both are left out unless asked for.",
                "capital-gain has 99,999 as its highest recorded value, which stands for 'at least'.",
            ])
        {
            Counts = [PartCount.Of("training", Training), PartCount.Of("held out", HeldOut)],
            Targets = [new DatasetTarget("income above 50,000 dollars", "income is >50K, or >50K. in adult.test")],
            Published =
            [
                PublishedFile.Plain(Training), PublishedFile.Plain(HeldOut),
                new PublishedFile(
                    "adult.zip", ["https://archive.ics.uci.edu/static/public/2/adult.zip"], [Training, HeldOut]),
            ],
            Accuracies = ReferenceAccuracies.Adult,
        };
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, Training.Rows + HeldOut.Rows, publishedParts: true);
        Append(Training, PublishedPart.Training);
        Append(HeldOut, PublishedPart.HeldOut);
        return table.Build();

        void Append(DatasetFile file, PublishedPart part) => DatasetFiles.Append(
            Info, file, Format, access, table,
            (first, count) =>
            {
                for (var row = first; row < first + count; row++) table.SetPart(row, part);
            },
            cancellation);
    }

    private static TableSchema Schema(bool surveyWeight, bool educationName) => new(
        new NumericColumn("age", "age", "years", 17, 90),
        new CategoricalColumn(
            "workclass", "kind of employer",
            Level.Named(
                "Private", "Self-emp-not-inc", "Self-emp-inc", "Federal-gov", "Local-gov", "State-gov", "Without-pay",
                "Never-worked"))
        { MissingMarks = ["?"] },
        surveyWeight
            ? new NumericColumn(
                "fnlwgt", "survey weight: how many people the record stands for", "people", 0, 1_500_000)
            : new IgnoredColumn("fnlwgt", "survey weight: not a property of the person"),
        educationName
            ? new CategoricalColumn(
                "education", "highest education",
                Level.Named(
                    "Bachelors", "Some-college", "11th", "HS-grad", "Prof-school", "Assoc-acdm", "Assoc-voc", "9th",
                    "7th-8th", "12th", "Masters", "1st-4th", "10th", "Doctorate", "5th-6th", "Preschool"))
            : new IgnoredColumn("education", "highest education in words: repeats education-num"),
        new NumericColumn("education-num", "highest education, in steps", "", 1, 16),
        new CategoricalColumn(
            "marital-status", "marital status",
            Level.Named(
                "Married-civ-spouse", "Divorced", "Never-married", "Separated", "Widowed", "Married-spouse-absent",
                "Married-AF-spouse")),
        new CategoricalColumn(
            "occupation", "occupation",
            Level.Named(
                "Tech-support", "Craft-repair", "Other-service", "Sales", "Exec-managerial", "Prof-specialty",
                "Handlers-cleaners", "Machine-op-inspct", "Adm-clerical", "Farming-fishing", "Transport-moving",
                "Priv-house-serv", "Protective-serv", "Armed-Forces"))
        { MissingMarks = ["?"] },
        new CategoricalColumn(
            "relationship", "relation to the head of the household",
            Level.Named("Wife", "Own-child", "Husband", "Not-in-family", "Other-relative", "Unmarried")),
        new CategoricalColumn(
            "race", "race as recorded",
            Level.Named("White", "Asian-Pac-Islander", "Amer-Indian-Eskimo", "Other", "Black")),
        new CategoricalColumn("sex", "sex as recorded", Level.Named("Female", "Male")),
        new NumericColumn("capital-gain", "capital gain in the year", "US dollars", 0, 99_999),
        new NumericColumn("capital-loss", "capital loss in the year", "US dollars", 0, 4356),
        new NumericColumn("hours-per-week", "hours of work in a week", "hours", 1, 99),
        new CategoricalColumn(
            "native-country", "country of birth",
            Level.Named(
                "United-States", "Cambodia", "England", "Puerto-Rico", "Canada", "Germany",
                "Outlying-US(Guam-USVI-etc)", "India", "Japan", "Greece", "South", "China", "Cuba", "Iran", "Honduras",
                "Philippines", "Italy", "Poland",
                "Jamaica", "Vietnam", "Mexico", "Portugal", "Ireland", "France", "Dominican-Republic", "Laos",
                "Ecuador", "Taiwan", "Haiti", "Columbia", "Hungary", "Guatemala", "Nicaragua", "Scotland", "Thailand",
                "Yugoslavia",
                "El-Salvador", "Trinadad&Tobago", "Peru", "Hong", "Holand-Netherlands"))
        { MissingMarks = ["?"] },
        new LabelColumn(
            "income", "income in the year",
            [new Level("<=50K", "<=50K", "<=50K."), new Level(">50K", ">50K", ">50K.")]));
}
