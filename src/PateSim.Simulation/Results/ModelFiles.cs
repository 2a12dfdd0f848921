using System.Collections.Immutable;

namespace PateSim.Simulation.Results;

/// <summary>A published model as files: equal models have equal bytes.</summary>
/// <param name="Model">PateSim's own format, which is read again without loss.</param>
/// <param name="Onnx">Open Neural Network Exchange, for other programs.</param>
public sealed record ModelFiles(ImmutableArray<byte> Model, ImmutableArray<byte> Onnx)
{
    public bool Equals(ModelFiles? other) => other is not null
        && Model.AsSpan().SequenceEqual(other.Model.AsSpan()) && Onnx.AsSpan().SequenceEqual(other.Onnx.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Model.Length, Onnx.Length);
}
