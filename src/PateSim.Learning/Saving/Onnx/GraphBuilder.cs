using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using PateSim.Learning.Saving.Onnx.Messages;

namespace PateSim.Learning.Saving.Onnx;

/// <summary>A graph in the making: nodes with one output each, and constant tensors, numbered in their order.</summary>
internal sealed class GraphBuilder
{
    private const int Float = 1, Int64 = 7;

    private readonly GraphProto _graph = new();

    /// <summary>Adds a node and returns the name of its output.</summary>
    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) =>
        Add(operation, inputs, Number("value", _graph.Node.Count), attributes);

    /// <summary>Adds a node whose output has a given name.</summary>
    public string Add(string operation, string[] inputs, string output, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Number(operation, _graph.Node.Count) };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Adds a constant, row-major.</summary>
    public string Tensor(float[] values, params int[] shape)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        return AddTensor(Float, bytes, shape);
    }

    /// <summary>Adds a list of whole numbers, such as a shape.</summary>
    public string Integers(params long[] values)
    {
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * 8), values[i]);
        return AddTensor(Int64, bytes, [values.Length]);
    }

    public GraphProto Build(string name, ValueInfoProto input, ValueInfoProto output)
    {
        _graph.Name = name;
        _graph.Input.Add(input);
        _graph.Output.Add(output);
        return _graph;
    }

    /// <summary>A matrix of any number of records.</summary>
    public static ValueInfoProto Value(string name, int width)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "records" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = width });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = Float, Shape = shape } },
        };
    }

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Real(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private string AddTensor(int type, byte[] bytes, int[] shape)
    {
        var tensor = new TensorProto
        {
            DataType = type,
            Name = Number("constant", _graph.Initializer.Count),
            RawData = ByteString.CopyFrom(bytes),
        };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static string Number(string word, int index) => string.Create(CultureInfo.InvariantCulture, $"{word}{index}");
}
