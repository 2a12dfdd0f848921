using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>How four neighbours become one value.</summary>
internal enum Pooling
{
    Max,

    Average,
}

/// <summary>Each 2 × 2 square of an image becomes one value; a last odd row or column is left out.</summary>
/// <remarks>The gradient of a maximum goes to the first of equal values, in the order of rows.</remarks>
/// <param name="channels">A multiple of eight.</param>
internal sealed class PoolingLayer(Pooling pooling, int side, int channels) : Layer
{
    public Pooling Pooling { get; } = pooling;

    public int Side { get; } = side;

    public int Channels { get; } = channels;

    public int OutputSide => Side / 2;

    public override int InputStride => Side * Side * Channels;

    public override int OutputStride => OutputSide * OutputSide * Channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerFlow flow, int first, int rows)
    {
        ref var x = ref MemoryMarshal.GetReference(flow.Input.Span.Slice(first * InputStride, rows * InputStride));
        ref var y = ref flow.Output[first * OutputStride];
        nuint line = (nuint)(Side * Channels), channels = (nuint)Channels, target = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var v = 0; v < OutputSide; v++)
            {
                var at = (nuint)(row * InputStride) + (nuint)(2 * v) * line;
                for (var u = 0; u < OutputSide; u++, at += 2 * channels)
                {
                    for (nuint c = 0; c < channels; c += 8, target += 8)
                    {
                        var x0 = Vector256.LoadUnsafe(ref x, at + c);
                        var x1 = Vector256.LoadUnsafe(ref x, at + c + channels);
                        var x2 = Vector256.LoadUnsafe(ref x, at + c + line);
                        var x3 = Vector256.LoadUnsafe(ref x, at + c + line + channels);
                        var value = Pooling == Pooling.Max
                            ? Vector256.Max(Vector256.Max(x0, x1), Vector256.Max(x2, x3))
                            : (x0 + x1 + (x2 + x3)) * Vector256.Create(0.25f);
                        value.StoreUnsafe(ref y, target);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(LayerFlow flow, int first, int rows)
    {
        if (flow.InputError.IsEmpty) return;
        var errors = flow.InputError.Span.Slice(first * InputStride, rows * InputStride);
        if (Side % 2 != 0) errors.Clear();
        ref var target = ref MemoryMarshal.GetReference(errors);
        ref var x = ref MemoryMarshal.GetReference(flow.Input.Span.Slice(first * InputStride, rows * InputStride));
        ref var y = ref flow.Output[first * OutputStride];
        ref var e = ref flow.Error[first * OutputStride];
        nuint line = (nuint)(Side * Channels), channels = (nuint)Channels, source = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var v = 0; v < OutputSide; v++)
            {
                var at = (nuint)(row * InputStride) + (nuint)(2 * v) * line;
                for (var u = 0; u < OutputSide; u++, at += 2 * channels)
                {
                    for (nuint c = 0; c < channels; c += 8, source += 8)
                    {
                        var error = Vector256.LoadUnsafe(ref e, source);
                        if (Pooling == Pooling.Average)
                        {
                            error *= Vector256.Create(0.25f);
                            error.StoreUnsafe(ref target, at + c);
                            error.StoreUnsafe(ref target, at + c + channels);
                            error.StoreUnsafe(ref target, at + c + line);
                            error.StoreUnsafe(ref target, at + c + line + channels);
                            continue;
                        }
                        var value = Vector256.LoadUnsafe(ref y, source);
                        var is0 = Vector256.Equals(Vector256.LoadUnsafe(ref x, at + c), value);
                        var is1 = Vector256.Equals(Vector256.LoadUnsafe(ref x, at + c + channels), value);
                        var is2 = Vector256.Equals(Vector256.LoadUnsafe(ref x, at + c + line), value);
                        var is3 = Vector256.Equals(Vector256.LoadUnsafe(ref x, at + c + line + channels), value);
                        var seen = is0;
                        (error.AsInt32() & is0.AsInt32()).AsSingle().StoreUnsafe(ref target, at + c);
                        (error.AsInt32() & Vector256.AndNot(is1, seen).AsInt32()).AsSingle()
                            .StoreUnsafe(ref target, at + c + channels);
                        seen |= is1;
                        (error.AsInt32() & Vector256.AndNot(is2, seen).AsInt32()).AsSingle()
                            .StoreUnsafe(ref target, at + c + line);
                        seen |= is2;
                        (error.AsInt32() & Vector256.AndNot(is3, seen).AsInt32()).AsSingle()
                            .StoreUnsafe(ref target, at + c + line + channels);
                    }
                }
            }
        }
    }
}
