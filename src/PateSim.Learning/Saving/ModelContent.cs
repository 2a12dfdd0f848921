using System.Collections.Immutable;
using System.Text.Json;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;

namespace PateSim.Learning.Saving;

/// <summary>What kind a classifier is and of what layers, as JSON, and its numbers.</summary>
internal static class ModelContent
{
    private static readonly FitDiagnostics Loaded = new("none", 0, 0, double.NaN, double.NaN, true, "Loaded from a file.");

    public static bool IsKnown(IClassifier classifier) =>
        classifier is NetworkClassifier or LogisticClassifier or ConstantClassifier;

    /// <summary>Writes the fields of the "model" object.</summary>
    /// <returns>The numbers that belong to it.</returns>
    /// <exception cref="ArgumentException">The classifier is of a kind that cannot be saved.</exception>
    public static float[] Write(IClassifier classifier, Utf8JsonWriter json)
    {
        switch (classifier)
        {
            case ConstantClassifier constant:
                json.WriteString("kind", "constant");
                return [.. constant.Constant];
            case LogisticClassifier logistic:
                json.WriteString("kind", "logistic");
                json.WriteNumber("negative", logistic.Negative);
                json.WriteNumber("positive", logistic.Positive);
                return [.. logistic.Weights, logistic.Intercept];
            case NetworkClassifier network:
                json.WriteString("kind", "network");
                json.WriteStartArray("outputs");
                foreach (var output in network.Classes) json.WriteNumberValue(output);
                json.WriteEndArray();
                json.WriteStartArray("layers");
                foreach (var layer in network.Network.Layers) WriteLayer(layer, json);
                json.WriteEndArray();
                var parameters = network.Parameters.ToArray();
                return [.. network.Network.Layers.SelectMany(LayerValues.Places).Select(place => parameters[place])];
            default:
                throw new ArgumentException(
                    $"A {classifier.GetType().Name} cannot be saved: its learner is no student.", nameof(classifier));
        }
    }

    /// <summary>Makes the classifier again.</summary>
    /// <exception cref="ModelFormatException">The fields do not fit each other or the numbers.</exception>
    public static IClassifier Read(JsonElement model, float[] values, int features, int classes) =>
        model.GetProperty("kind").GetString() switch
        {
            "constant" => Constant(values, features, classes),
            "logistic" => Logistic(model, values, features, classes),
            "network" => ReadNetwork(model, values, features, classes),
            var kind => throw new ModelFormatException($"the kind '{kind}' is unknown"),
        };

    private static ConstantClassifier Constant(float[] values, int features, int classes)
    {
        RequireCount(values, classes);
        return new ConstantClassifier(features, values, Loaded);
    }

    private static LogisticClassifier Logistic(JsonElement model, float[] values, int features, int classes)
    {
        RequireCount(values, features + 1);
        var (negative, positive) = (Class(model.GetProperty("negative"), classes), Class(model.GetProperty("positive"), classes));
        return new LogisticClassifier(values[..features], values[features], negative, positive, classes, Loaded);
    }

    private static NetworkClassifier ReadNetwork(JsonElement model, float[] values, int features, int classes)
    {
        ImmutableArray<int> outputs =
            [.. model.GetProperty("outputs").EnumerateArray().Select(output => Class(output, classes))];
        Network network;
        try
        {
            network = Network.Of(features, model.GetProperty("layers").EnumerateArray().Select(ReadLayer));
        }
        catch (ArgumentException exception)
        {
            throw new ModelFormatException(exception.Message);
        }
        if (network.Layers[0].InputStride != features)
            throw new ModelFormatException(
                $"the first layer takes {network.Layers[0].InputStride} features and there are {features}");
        if (network.Classes != outputs.Length)
            throw new ModelFormatException($"{network.Classes} outputs and {outputs.Length} classes for them");
        var places = network.Layers.SelectMany(LayerValues.Places).ToArray();
        RequireCount(values, places.Length);
        var parameters = new float[network.ParameterCount];
        for (var i = 0; i < places.Length; i++) parameters[places[i]] = values[i];
        return new NetworkClassifier(network, parameters, outputs, classes, Loaded);
    }

    private static void WriteLayer(Layer layer, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        void Put(string type, params ReadOnlySpan<(string Name, int Value)> sizes)
        {
            json.WriteString("type", type);
            foreach (var (name, value) in sizes) json.WriteNumber(name, value);
        }
        switch (layer)
        {
            case DenseLayer dense:
                Put("dense", ("inputs", dense.Inputs), ("stride", dense.InputStride), ("outputs", dense.Outputs));
                break;
            case ConvolutionLayer c:
                Put("convolution", ("side", c.Side), ("channels", c.Channels), ("kernel", c.Kernel), ("filters", c.Filters));
                break;
            case PoolingLayer pooling:
                Put(
                    pooling.Pooling == Pooling.Max ? "max-pooling" : "average-pooling", ("side", pooling.Side),
                    ("channels", pooling.Channels));
                break;
            case ActivationLayer activation:
                Put(NameOf(activation.Activation), ("width", activation.InputStride));
                break;
            case DropoutLayer dropout:
                Put("dropout", ("width", dropout.InputStride));
                json.WriteNumber("rate", dropout.Rate);
                break;
            case BatchNormalisationLayer normal:
                Put(
                    "batch-normalisation", ("units", normal.Units), ("width", normal.Width),
                    ("positions", normal.Positions));
                break;
            case LayerNormalisationLayer normal:
                Put("layer-normalisation", ("units", normal.Units));
                break;
            default:
                throw new ArgumentException($"A {layer.GetType().Name} cannot be saved.", nameof(layer));
        }
        json.WriteEndObject();
    }

    private static Func<int, Layer> ReadLayer(JsonElement layer)
    {
        int Size(string name) => layer.GetProperty(name).TryGetInt32(out var value) && value > 0
            ? value : throw new ModelFormatException($"the {name} of a layer is {layer.GetProperty(name)}");
        var type = layer.GetProperty("type").GetString();
        return type switch
        {
            "dense" => at => new DenseLayer(Size("inputs"), Size("stride"), Size("outputs"), false) { Parameters = at },
            "convolution" => at => new ConvolutionLayer(
                Size("side"), Size("channels"), Size("kernel"), Size("filters"), false)
            { Parameters = at },
            "max-pooling" => _ => new PoolingLayer(Pooling.Max, Size("side"), Size("channels")),
            "average-pooling" => _ => new PoolingLayer(Pooling.Average, Size("side"), Size("channels")),
            "relu" => _ => new ActivationLayer(Activation.Relu, Size("width")),
            "gelu" => _ => new ActivationLayer(Activation.Gelu, Size("width")),
            "tanh" => _ => new ActivationLayer(Activation.Tanh, Size("width")),
            "dropout" => _ => new DropoutLayer(layer.GetProperty("rate").GetDouble(), Size("width")),
            "batch-normalisation" => at => new BatchNormalisationLayer(
                Size("units"), Size("width"), Size("positions"))
            { Parameters = at },
            "layer-normalisation" => at => new LayerNormalisationLayer(Size("units")) { Parameters = at },
            _ => throw new ModelFormatException($"the layer '{type}' is unknown"),
        };
    }

    internal static string NameOf(Activation activation) => activation switch
    {
        Activation.Relu => "relu",
        Activation.Gelu => "gelu",
        _ => "tanh",
    };

    private static int Class(JsonElement element, int classes) =>
        element.TryGetInt32(out var value) && value >= 0 && value < classes
            ? value : throw new ModelFormatException($"the class {element} is not below {classes}");

    private static void RequireCount(float[] values, int count)
    {
        if (values.Length != count)
            throw new ModelFormatException($"there are {values.Length} numbers and the model has {count}");
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) throw new ModelFormatException($"one of its numbers is {value}");
        }
    }
}

/// <summary>What does not fit in the content of a model file.</summary>
internal sealed class ModelFormatException(string message) : Exception(message);
