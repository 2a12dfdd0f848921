using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PateSim.Core;
using PateSim.Core.Features;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Saving;
using PateSim.Learning.Saving.Onnx;
using PateSim.Learning.Tests.Networks;
using PateSim.Learning.Tests.Support;
using PateSim.Learning.Trees;

namespace PateSim.Learning.Tests.Saving;

public sealed class SavedModelTests
{
    public static TheoryData<string> Students =>
    [
        "softmax 2", "softmax 3", "softmax 2 of 4", "softmax 3 of 5", "softmax 1 of 3", "mlp relu none", "mlp gelu layer",
        "mlp tanh batch", "mlp dropout", "cnn max none", "cnn average batch gelu",
    ];

    [Theory]
    [MemberData(nameof(Students))]
    public void A_model_read_again_gives_the_same_bytes(string name)
    {
        var (model, probe) = Fit(name);
        var file = ModelFile.Write(model);
        var again = ModelFile.Read(file, "student.model");
        Assert.Equal(model.Classifier.Probabilities(probe), again.Classifier.Probabilities(probe));
        Assert.Equal(file, ModelFile.Write(again));
        Assert.Equal(model.Features.AsEnumerable(), again.Features.AsEnumerable());
        Assert.Equal(model.Classes.AsEnumerable(), again.Classes.AsEnumerable());
        Assert.Equal((model.Learner, model.Encoding?.Columns.Length), (again.Learner, again.Encoding?.Columns.Length));
    }

    [Theory]
    [MemberData(nameof(Students))]
    public void Onnx_runtime_gives_our_probabilities(string name)
    {
        var (model, probe) = Fit(name);
        var file = OnnxFile.Write(model);
        Assert.Equal(file, OnnxFile.Write(model));
        using var session = new InferenceSession(file);
        var input = new DenseTensor<float>(probe.Values.ToArray(), [probe.Rows, probe.Columns]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, input)]);
        var output = results.Single().AsTensor<float>();
        Assert.Equal([probe.Rows, model.Classes.Length], output.Dimensions.ToArray());
        var expected = model.Classifier.Probabilities(probe);
        var actual = output.ToArray();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6f);
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(model.Learner, metadata["patesim.learner"]);
        Assert.Contains($"\"{model.Features[^1]}\"", metadata["patesim.features"], StringComparison.Ordinal);
        Assert.Contains(model.Classes[0], metadata["patesim.classes"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_takes_raw_records()
    {
        var encoding = Encoding();
        var features = encoding.Encode([Record("40", "f"), Record("?", "?"), Record("61.5", "male")]);
        Assert.Equal(["age", "age=missing", "sex=female", "sex=male"], encoding.FeatureNames.ToArray());
        Assert.Equal([0f, 0, 1, 0, 0.25f, 1, 0.5f, 0.5f, 2.15f, 0, 0, 1], features.Values.ToArray());
        var classifier = SoftmaxRegressionLearner.Component("student").With().Instance
            .Fit(Records.Along(80, 4, 2, 3), Records.Context());
        var saved = new SavedModel(classifier, "softmax-regression", encoding.FeatureNames, ["no", "yes"], encoding);
        var again = ModelFile.Read(ModelFile.Write(saved), "student.model");
        Assert.Equal(
            classifier.Probabilities(features),
            again.Probabilities([Record("40", "f"), Record("?", "?"), Record("61.5", "male")]));
        using var session = new InferenceSession(OnnxFile.Write(saved));
        Assert.Contains("\"centre\":40", session.ModelMetadata.CustomMetadataMap["patesim.encoding"], StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_do_not_fit_are_refused_with_their_place_and_column()
    {
        var error = Assert.Throws<InvalidInputException>(() => Encoding().Encode(
            [Record("40", "f"), Record("old", "x"), new Dictionary<string, string> { ["age"] = "1" }]));
        Assert.Equal(
            [("record 2", "age"), ("record 2", "sex"), ("record 3", "sex")],
            error.Problems.Select(problem => (problem.Place, problem.Subject)));
        Assert.All(error.Problems, problem => Assert.Equal("PS4055", problem.Code));
        Assert.Contains("female, male", error.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_of_another_version_cut_or_edited_is_refused()
    {
        var file = ModelFile.Write(Fit("softmax 3").Model);
        Assert.Equal("PS4050", CodeOf("not a model at all"u8.ToArray()));
        Assert.Equal("PS4050", CodeOf([]));
        Assert.Equal("PS4051", CodeOf(Edited(file, 8, 2)));
        for (var length = 8; length < file.Length; length += 7) Assert.Equal("PS4052", CodeOf(file[..length]));
        Assert.Equal("PS4053", CodeOf([.. file, 0]));
        // Every byte behind the lengths: the first edit that is not noticed fails.
        for (var at = 16; at < file.Length; at += 5)
            Assert.Contains(CodeOf(Edited(file, at, (byte)(file[at] ^ 1))), new[] { "PS4052", "PS4053" });
        var error = Assert.Throws<InvalidInputException>(() => ModelFile.Read(Edited(file, 8, 2), "a.model"));
        Assert.Equal(
            "a.model: error PS4051: the file is of version 2 of the format; this program reads 1.", error.Message);
    }

    [Theory]
    [InlineData("\"kind\":\"network\"", "\"kind\":\"forests\"")]
    [InlineData("\"outputs\":[0,1,2]", "\"outputs\":[0,1,9]")]
    [InlineData("\"inputs\":6", "\"inputs\":5")]
    [InlineData("\"type\":\"dense\"", "\"type\":\"dents\"")]
    [InlineData("\"learner\"", "\"lerners\"")]
    public void Content_that_does_not_fit_together_is_refused_though_its_checksum_is_right(string from, string to)
    {
        var file = ModelFile.Write(Fit("softmax 3").Model);
        var text = System.Text.Encoding.Latin1.GetString(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var edited = System.Text.Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        SHA256.HashData(edited.AsSpan(0, edited.Length - 32), edited.AsSpan(edited.Length - 32));
        Assert.Equal("PS4054", CodeOf(edited));
    }

    [Fact]
    public void What_is_no_student_cannot_be_saved()
    {
        var trees = LightGbmLearner.Component("teacher").With().Instance
            .Fit(Records.Clouds(100, 4, 2, 1), Records.Context());
        Assert.False(SavedModel.CanSave(trees));
        var model = new SavedModel(trees, "lightgbm", ["a", "b", "c", "d"], ["0", "1"], null);
        Assert.Throws<ArgumentException>(() => ModelFile.Write(model));
        Assert.Throws<ArgumentException>(() => OnnxFile.Write(model));
    }

    private static byte[] Edited(byte[] file, int at, byte value)
    {
        var edited = (byte[])file.Clone();
        edited[at] = value;
        return edited;
    }

    private static string CodeOf(byte[] file) =>
        Assert.Throws<InvalidInputException>(() => ModelFile.Read(file, "x")).Problems.Single().Code;

    private static Dictionary<string, string> Record(string age, string sex) => new() { ["age"] = age, ["sex"] = sex };

    private static RecordEncoding Encoding() => new(
    [
        new RecordColumn("age", "years", [], ["?"], true, 40, 10, 0.25f, []),
        new RecordColumn(
            "sex", "", [new RecordLevel("female", ["female", "f"]), new RecordLevel("male", ["male"])], ["?"], false, 0,
            1, 0, [0.5f, 0.5f]),
    ]);

    private static (SavedModel Model, FeatureMatrix Probe) Fit(string name)
    {
        var words = name.Split(' ');
        if (words[0] == "cnn")
        {
            var images = CnnLearnerTests.Bars(60);
            var cnn = CnnLearner.Component("student").With(
                ("filters", ImmutableArray.Create(8L, 16L)), ("kernel", 3L), ("hidden", ImmutableArray.Create(12L)),
                ("epochs", 2L), ("pooling", words[1]), ("normalisation", words[2]),
                ("activation", words.Contains("gelu") ? "gelu" : "relu"));
            return (Named(cnn.Instance.Fit(images, Records.Context()), "cnn"), images.Features);
        }
        var probe = Records.Matrix(33, 6, 4);
        if (words[0] == "mlp")
        {
            (string, object)[] options = words[1] == "dropout"
                ? [("dropout", 0.3)] : [("activation", words[1]), ("normalisation", words[2])];
            var mlp = MlpLearner.Component("student").With([("hidden", ImmutableArray.Create(11L, 5L)), .. options]);
            return (Named(mlp.Instance.Fit(Records.Along(90, 6, 3, 8), Records.Context()), "mlp"), probe);
        }
        var present = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        var classes = words.Length > 2
            ? int.Parse(words[3], System.Globalization.CultureInfo.InvariantCulture) : present;
        var data = Records.Along(90, 6, Math.Max(2, present), 8);
        var labels = data.Labels.Select(y => present == 1 ? classes - 1 : classes == present ? y : classes - 1 - y);
        var learner = SoftmaxRegressionLearner.Component("student").With().Instance;
        var fitted = learner.Fit(new LabelledData(data.Features, [.. labels], classes), Records.Context());
        return (Named(fitted, "softmax-regression"), probe);
    }

    private static SavedModel Named(IClassifier classifier, string learner) => new(
        classifier, learner, [.. Enumerable.Range(0, classifier.FeatureCount).Select(j => $"x{j}")],
        [.. Enumerable.Range(0, classifier.ClassCount).Select(k => $"class {k}")], null);
}
