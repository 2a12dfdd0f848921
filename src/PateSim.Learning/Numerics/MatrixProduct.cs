using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PateSim.Learning.Numerics;

/// <summary>Where an operand's element (row, depth) or (depth, panel, lane) lies.</summary>
/// <param name="First">Stride of the first index, in floats.</param>
/// <param name="Second">Stride of the second index, in floats.</param>
internal readonly record struct Strides(int First, int Second);

/// <summary>C ← C + A·B in single precision, with the columns of B and C in panels of eight lanes.</summary>
/// <remarks>
/// <para>c(r, p, l) ← fma(a(r, K−1), b(K−1, p, l), … fma(a(r, 0), b(0, p, l), c(r, p, l))): each element is one chain
/// in
/// the order of k. No blocking, vector width or sharing of rows among threads changes that order, so none changes a
/// bit.</para>
/// <para>Weights lie packed in panels of their own ([panel][input][8]); activations are row-major with padded rows,
/// which is the same thing with other strides. One routine therefore serves forward products and both
/// gradients.</para>
/// </remarks>
internal static class MatrixProduct
{
    /// <summary>Depth of a block: two panels of it (16 KiB) and the rows of A stay in the first-level cache.</summary>
    private const int DepthBlock = 256;

    /// <param name="rows">M.</param>
    /// <param name="depth">K.</param>
    /// <param name="panels">Panels of eight columns.</param>
    /// <param name="aStrides">Of A: row, depth.</param>
    /// <param name="bStrides">Of B: depth, panel.</param>
    /// <param name="cStrides">Of C: row, panel.</param>
    public static void Accumulate(
        int rows, int depth, int panels,
        ReadOnlySpan<float> a, Strides aStrides,
        ReadOnlySpan<float> b, Strides bStrides,
        Span<float> c, Strides cStrides)
    {
        if (rows == 0 || depth == 0 || panels == 0) return;
        CheckLength(a.Length, Extent(rows, aStrides.First) + Extent(depth, aStrides.Second) + 1);
        CheckLength(b.Length, Extent(depth, bStrides.First) + Extent(panels, bStrides.Second) + FloatMath.Lanes);
        CheckLength(c.Length, Extent(rows, cStrides.First) + Extent(panels, cStrides.Second) + FloatMath.Lanes);
        for (var k = 0; k < depth; k += DepthBlock)
        {
            Slice(
                rows, 1, Math.Min(DepthBlock, depth - k), panels,
                ref Unsafe.Add(ref MemoryMarshal.GetReference(a), (nint)k * aStrides.Second), aStrides, 0,
                ref Unsafe.Add(ref MemoryMarshal.GetReference(b), (nint)k * bStrides.First), bStrides,
                ref MemoryMarshal.GetReference(c), cStrides);
        }
    }

    /// <summary>The product with a depth of segments · depth, A jumping from segment to segment; the caller has checked
    /// the bounds.</summary>
    public static void Slice(
        int rows, int segments, int depth, int panels,
        ref float a, Strides sa, int aSegment, ref float b, Strides sb, ref float c, Strides sc)
    {
        // Rows in sixes, and the rest in fives and fours where sixes do not come out even: 32 = 4·6 + 2·4.
        var (fives, fours) = (rows % 6) switch
        {
            1 when rows >= 13 => (1, 2),
            2 when rows >= 8 => (0, 2),
            3 when rows >= 9 => (1, 1),
            4 => (0, 1),
            5 => (1, 0),
            _ => (0, 0),
        };
        var sixes = (rows - 5 * fives - 4 * fours) / 6;
        var panel = 0;
        for (; panel + 2 <= panels; panel += 2)
        {
            ref var bp = ref Unsafe.Add(ref b, (nint)panel * sb.Second);
            ref var cp = ref Unsafe.Add(ref c, (nint)panel * sc.Second);
            nint r = 0;
            for (var i = 0; i < sixes; i++, r += 6)
            {
                MatrixTiles.Tile6x2(
                    segments, depth, ref Unsafe.Add(ref a, r * sa.First), sa.First, sa.Second, aSegment,
                    ref bp, sb.First, sb.Second, ref Unsafe.Add(ref cp, r * sc.First), sc.First, sc.Second);
            }
            for (var i = 0; i < fives; i++, r += 5)
            {
                MatrixTiles.Tile5x2(
                    segments, depth, ref Unsafe.Add(ref a, r * sa.First), sa.First, sa.Second, aSegment,
                    ref bp, sb.First, sb.Second, ref Unsafe.Add(ref cp, r * sc.First), sc.First, sc.Second);
            }
            for (var i = 0; i < fours; i++, r += 4)
            {
                MatrixTiles.Tile4x2(
                    segments, depth, ref Unsafe.Add(ref a, r * sa.First), sa.First, sa.Second, aSegment,
                    ref bp, sb.First, sb.Second, ref Unsafe.Add(ref cp, r * sc.First), sc.First, sc.Second);
            }
            for (; r < rows; r++)
            {
                MatrixTiles.Tile1x2(
                    segments, depth, ref Unsafe.Add(ref a, r * sa.First), sa.First, sa.Second, aSegment,
                    ref bp, sb.First, sb.Second, ref Unsafe.Add(ref cp, r * sc.First), sc.First, sc.Second);
            }
        }
        if (panel == panels) return;
        ref var bl = ref Unsafe.Add(ref b, (nint)panel * sb.Second);
        ref var cl = ref Unsafe.Add(ref c, (nint)panel * sc.Second);
        nint row = 0;
        for (; row + 8 <= rows; row += 8)
        {
            MatrixTiles.Tile8x1(
                segments, depth, ref Unsafe.Add(ref a, row * sa.First), sa.First, sa.Second, aSegment,
                ref bl, sb.First, sb.Second, ref Unsafe.Add(ref cl, row * sc.First), sc.First, sc.Second);
        }
        for (; row < rows; row++)
        {
            MatrixTiles.Tile1x1(
                segments, depth, ref Unsafe.Add(ref a, row * sa.First), sa.First, sa.Second, aSegment,
                ref bl, sb.First, sb.Second, ref Unsafe.Add(ref cl, row * sc.First), sc.First, sc.Second);
        }
    }

    private static long Extent(int count, int stride) => (long)(count - 1) * stride;

    private static void CheckLength(int length, long needed)
    {
        if (length < needed) throw new ArgumentException($"An operand of {length} floats; {needed} are needed.");
    }
}
