using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Saving.Onnx.Messages;

namespace PateSim.Learning.Saving.Onnx;

/// <summary>Writes classifiers in the Open Neural Network Exchange format: IR version 8, operators of version 17. Equal
/// models give equal bytes.</summary>
/// <remarks>
/// <para>Input <c>features</c>, single precision, shape [records, d]; output <c>probabilities</c>, shape [records, c]. The
/// names of features and classes and the encoding of raw records stand in the metadata as JSON.</para>
/// <para>Another program sums in another order: probabilities agree to about 1e-6, not to the bit.</para>
/// </remarks>
public static class OnnxFile
{
    public const string Input = "features", Output = "probabilities";

    private const int IrVersion = 8, OperatorVersion = 17;

    /// <exception cref="ArgumentException">The classifier is of a kind that cannot be exported.</exception>
    public static byte[] Write(SavedModel model)
    {
        var graph = new GraphBuilder();
        var probabilities = model.Classifier switch
        {
            ConstantClassifier constant => Constant(graph, constant),
            LogisticClassifier logistic => Logistic(graph, logistic),
            NetworkClassifier network => NetworkGraph.Add(graph, network),
            var other => throw new ArgumentException(
                $"A {other.GetType().Name} cannot be exported: its learner is no student.", nameof(model)),
        };
        graph.Add("Identity", [probabilities], Output);
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "patesim",
            DocString = $"A classifier trained by the learner {model.Learner}.",
            Graph = graph.Build(
                "classifier", GraphBuilder.Value(Input, model.Features.Length),
                GraphBuilder.Value(Output, model.Classes.Length)),
        };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorVersion });
        AddMetadata(file, "learner", model.Learner);
        AddMetadata(file, "features", Json(json => WriteNames(json, model.Features)));
        AddMetadata(file, "classes", Json(json => WriteNames(json, model.Classes)));
        if (model.Encoding is { } encoding)
        {
            AddMetadata(file, "encoding", Json(json =>
            {
                json.WriteStartObject();
                EncodingJson.Write(json, encoding);
                json.WriteEndObject();
            }));
        }
        return file.ToByteArray();
    }

    private static string Constant(GraphBuilder graph, ConstantClassifier constant)
    {
        var (features, classes) = (constant.FeatureCount, constant.ClassCount);
        var weights = graph.Tensor(new float[features * classes], features, classes);
        return graph.Add("Gemm", [Input, weights, graph.Tensor(constant.Constant.ToArray(), classes)]);
    }

    /// <summary>The softmax of (0, z) is that of the two classes.</summary>
    private static string Logistic(GraphBuilder graph, LogisticClassifier logistic)
    {
        var weights = new float[logistic.FeatureCount * 2];
        for (var j = 0; j < logistic.FeatureCount; j++) weights[2 * j + 1] = logistic.Weights[j];
        var logits = graph.Add(
            "Gemm",
            [
                Input, graph.Tensor(weights, logistic.FeatureCount, 2),
                graph.Tensor([0, logistic.Intercept], 2),
            ]);
        return Place(graph, logits, [logistic.Negative, logistic.Positive], logistic.ClassCount);
    }

    /// <summary>Probabilities of logits, each in its class's place.</summary>
    internal static string Place(GraphBuilder graph, string logits, ImmutableArray<int> outputs, int classes)
    {
        var known = graph.Add("Softmax", [logits], GraphBuilder.Int("axis", 1));
        if (outputs.SequenceEqual(Enumerable.Range(0, classes))) return known;
        var places = new float[outputs.Length * classes];
        for (var k = 0; k < outputs.Length; k++) places[k * classes + outputs[k]] = 1;
        return graph.Add("MatMul", [known, graph.Tensor(places, outputs.Length, classes)]);
    }

    private static void AddMetadata(ModelProto file, string key, string value) =>
        file.MetadataProps.Add(new StringStringEntryProto { Key = "patesim." + key, Value = value });

    private static void WriteNames(Utf8JsonWriter json, ImmutableArray<string> names)
    {
        json.WriteStartArray();
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
