using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PateSim.Core;
using PateSim.Core.Features;

namespace PateSim.Learning.Saving;

/// <summary>The format of saved models, version 1; described in docs/model-format.md. Equal models give equal
/// bytes.</summary>
/// <remarks>Eight bytes <c>PATEMODL</c>; version and length of the header, 32 bits each; the header, JSON in UTF-8; the
/// number of numbers, 32 bits; the numbers, single precision; SHA-256 of all before. Little-endian.</remarks>
public static class ModelFile
{
    public const int Version = 1;

    public const string NotAModel = "PS4050";
    public const string OtherVersion = "PS4051";
    public const string CutShort = "PS4052";
    public const string Changed = "PS4053";
    public const string BadContent = "PS4054";

    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Magic => "PATEMODL"u8;

    /// <exception cref="ArgumentException">The classifier is of a kind that cannot be saved, or the names do not fit
    /// it.</exception>
    public static byte[] Write(SavedModel model)
    {
        if (model.Features.Length != model.Classifier.FeatureCount || model.Classes.Length != model.Classifier.ClassCount)
            throw new ArgumentException(
                $"{model.Features.Length} features and {model.Classes.Length} classes are named; the classifier has "
                + $"{model.Classifier.FeatureCount} and {model.Classifier.ClassCount}.", nameof(model));
        using var buffer = new MemoryStream();
        float[] values;
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("learner", model.Learner);
            WriteNames(json, "features", model.Features);
            WriteNames(json, "classes", model.Classes);
            json.WriteStartObject("model");
            values = ModelContent.Write(model.Classifier, json);
            json.WriteEndObject();
            if (model.Encoding is not null) EncodingJson.Write(json, model.Encoding);
            json.WriteEndObject();
        }
        var header = buffer.ToArray();
        var start = Magic.Length + 8 + header.Length;
        var file = new byte[start + 4 + values.Length * 4 + HashLength];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Magic.Length), Version);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Magic.Length + 4), header.Length);
        header.CopyTo(file, Magic.Length + 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(start), values.Length);
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(start + 4 + i * 4), values[i]);
        SHA256.HashData(file.AsSpan(0, file.Length - HashLength), file.AsSpan(file.Length - HashLength));
        return file;
    }

    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="InvalidInputException">The file is none, of another version, cut short or edited.</exception>
    public static SavedModel Read(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < Magic.Length || !file[..Magic.Length].SequenceEqual(Magic))
            throw Refuse(NotAModel, name, "this is no saved model: it does not begin with PATEMODL.");
        if (file.Length < Magic.Length + 8) throw Short(name, file.Length, Magic.Length + 8);
        var version = BinaryPrimitives.ReadInt32LittleEndian(file[Magic.Length..]);
        if (version != Version)
            throw Refuse(
                OtherVersion, name, $"the file is of version {version} of the format; this program reads {Version}.");
        long headerLength = BinaryPrimitives.ReadUInt32LittleEndian(file[(Magic.Length + 4)..]);
        var start = Magic.Length + 8 + headerLength;
        if (file.Length < start + 4 + HashLength) throw Short(name, file.Length, start + 4 + HashLength);
        long count = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)start..]);
        var length = start + 4 + count * 4 + HashLength;
        if (file.Length < length) throw Short(name, file.Length, length);
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(file[..^HashLength], hash);
        if (file.Length != length || !hash.SequenceEqual(file[^HashLength..]))
            throw Refuse(Changed, name, "the file is not as it was written: its SHA-256 does not match.");
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(file[((int)start + 4 + i * 4)..]);
        return Parse(file.Slice(Magic.Length + 8, (int)headerLength), values, name);
    }

    private static SavedModel Parse(ReadOnlySpan<byte> header, float[] values, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(header));
            var root = document.RootElement;
            var (features, classes) = (Names(root, "features"), Names(root, "classes"));
            var classifier = ModelContent.Read(root.GetProperty("model"), values, features.Length, classes.Length);
            RecordEncoding? encoding = root.TryGetProperty("encoding", out var element) ? EncodingJson.Read(element) : null;
            if (encoding is not null && !encoding.FeatureNames.SequenceEqual(features))
                throw new ModelFormatException("the encoding makes other features than the model takes");
            return new SavedModel(classifier, root.GetProperty("learner").GetString()!, features, classes, encoding);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ModelFormatException or ArgumentException or OverflowException)
        {
            throw Refuse(BadContent, name, $"the content does not fit together: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static void WriteNames(Utf8JsonWriter json, string property, ImmutableArray<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static ImmutableArray<string> Names(JsonElement root, string property) =>
        [.. root.GetProperty(property).EnumerateArray().Select(element => element.GetString()!)];

    private static InvalidInputException Short(string name, long length, long needed) => Refuse(
        CutShort, name, $"the file was cut short: it has {length} bytes of at least {needed}.");

    private static InvalidInputException Refuse(string code, string name, string message) =>
        new(new Problem(code, name, "", message));
}
