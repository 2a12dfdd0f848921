using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PateSim.Learning.Numerics;

/// <summary>
/// The innermost loops of the matrix product: R rows by P panels of eight columns held in registers, so that each
/// element of C is one chain of fused multiply-adds in the order of k.
/// </summary>
/// <remarks>
/// <para>The depth runs over segments of equal length. Inside one, A advances by its depth stride; from one to the next
/// by its segment stride, so that a window of an image is read where it lies. B goes on without a gap.</para>
/// <para>Written out by size, since the run-time keeps only named locals in registers. Callers check the
/// bounds.</para>
/// </remarks>
internal static class MatrixTiles
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x2(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        ref var b1 = ref Unsafe.Add(ref b, bPanel);
        var c00 = Vector256.LoadUnsafe(ref c);
        var c01 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cPanel));
        var c10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow));
        var c11 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        var c20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        var c21 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        var c30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        var c31 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
        var c40 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        var c41 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow + cPanel));
        var c50 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        var c51 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 5 * cRow + cPanel));
        for (nint s = 0; s < segments; s++)
        {
            ref var a1 = ref Unsafe.Add(ref a, aRow);
            ref var a2 = ref Unsafe.Add(ref a, 2 * aRow);
            ref var a3 = ref Unsafe.Add(ref a, 3 * aRow);
            ref var a4 = ref Unsafe.Add(ref a, 4 * aRow);
            ref var a5 = ref Unsafe.Add(ref a, 5 * aRow);
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var v1 = Vector256.LoadUnsafe(ref b1);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, v1, c01);
                x = Vector256.Create(Unsafe.Add(ref a1, ka));
                c10 = Vector256.FusedMultiplyAdd(x, v0, c10);
                c11 = Vector256.FusedMultiplyAdd(x, v1, c11);
                x = Vector256.Create(Unsafe.Add(ref a2, ka));
                c20 = Vector256.FusedMultiplyAdd(x, v0, c20);
                c21 = Vector256.FusedMultiplyAdd(x, v1, c21);
                x = Vector256.Create(Unsafe.Add(ref a3, ka));
                c30 = Vector256.FusedMultiplyAdd(x, v0, c30);
                c31 = Vector256.FusedMultiplyAdd(x, v1, c31);
                x = Vector256.Create(Unsafe.Add(ref a4, ka));
                c40 = Vector256.FusedMultiplyAdd(x, v0, c40);
                c41 = Vector256.FusedMultiplyAdd(x, v1, c41);
                x = Vector256.Create(Unsafe.Add(ref a5, ka));
                c50 = Vector256.FusedMultiplyAdd(x, v0, c50);
                c51 = Vector256.FusedMultiplyAdd(x, v1, c51);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
                b1 = ref Unsafe.Add(ref b1, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref Unsafe.Add(ref c, cPanel));
        c10.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c11.StoreUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c21.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        c31.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
        c40.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        c41.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow + cPanel));
        c50.StoreUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        c51.StoreUnsafe(ref Unsafe.Add(ref c, 5 * cRow + cPanel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile5x2(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        ref var b1 = ref Unsafe.Add(ref b, bPanel);
        var c00 = Vector256.LoadUnsafe(ref c);
        var c01 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cPanel));
        var c10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow));
        var c11 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        var c20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        var c21 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        var c30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        var c31 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
        var c40 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        var c41 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow + cPanel));
        for (nint s = 0; s < segments; s++)
        {
            ref var a1 = ref Unsafe.Add(ref a, aRow);
            ref var a2 = ref Unsafe.Add(ref a, 2 * aRow);
            ref var a3 = ref Unsafe.Add(ref a, 3 * aRow);
            ref var a4 = ref Unsafe.Add(ref a, 4 * aRow);
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var v1 = Vector256.LoadUnsafe(ref b1);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, v1, c01);
                x = Vector256.Create(Unsafe.Add(ref a1, ka));
                c10 = Vector256.FusedMultiplyAdd(x, v0, c10);
                c11 = Vector256.FusedMultiplyAdd(x, v1, c11);
                x = Vector256.Create(Unsafe.Add(ref a2, ka));
                c20 = Vector256.FusedMultiplyAdd(x, v0, c20);
                c21 = Vector256.FusedMultiplyAdd(x, v1, c21);
                x = Vector256.Create(Unsafe.Add(ref a3, ka));
                c30 = Vector256.FusedMultiplyAdd(x, v0, c30);
                c31 = Vector256.FusedMultiplyAdd(x, v1, c31);
                x = Vector256.Create(Unsafe.Add(ref a4, ka));
                c40 = Vector256.FusedMultiplyAdd(x, v0, c40);
                c41 = Vector256.FusedMultiplyAdd(x, v1, c41);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
                b1 = ref Unsafe.Add(ref b1, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref Unsafe.Add(ref c, cPanel));
        c10.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c11.StoreUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c21.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        c31.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
        c40.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        c41.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow + cPanel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        ref var b1 = ref Unsafe.Add(ref b, bPanel);
        var c00 = Vector256.LoadUnsafe(ref c);
        var c01 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cPanel));
        var c10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow));
        var c11 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        var c20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        var c21 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        var c30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        var c31 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
        for (nint s = 0; s < segments; s++)
        {
            ref var a1 = ref Unsafe.Add(ref a, aRow);
            ref var a2 = ref Unsafe.Add(ref a, 2 * aRow);
            ref var a3 = ref Unsafe.Add(ref a, 3 * aRow);
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var v1 = Vector256.LoadUnsafe(ref b1);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, v1, c01);
                x = Vector256.Create(Unsafe.Add(ref a1, ka));
                c10 = Vector256.FusedMultiplyAdd(x, v0, c10);
                c11 = Vector256.FusedMultiplyAdd(x, v1, c11);
                x = Vector256.Create(Unsafe.Add(ref a2, ka));
                c20 = Vector256.FusedMultiplyAdd(x, v0, c20);
                c21 = Vector256.FusedMultiplyAdd(x, v1, c21);
                x = Vector256.Create(Unsafe.Add(ref a3, ka));
                c30 = Vector256.FusedMultiplyAdd(x, v0, c30);
                c31 = Vector256.FusedMultiplyAdd(x, v1, c31);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
                b1 = ref Unsafe.Add(ref b1, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref Unsafe.Add(ref c, cPanel));
        c10.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c11.StoreUnsafe(ref Unsafe.Add(ref c, cRow + cPanel));
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c21.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow + cPanel));
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        c31.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow + cPanel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x2(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        ref var b1 = ref Unsafe.Add(ref b, bPanel);
        var c00 = Vector256.LoadUnsafe(ref c);
        var c01 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cPanel));
        for (nint s = 0; s < segments; s++)
        {
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var v1 = Vector256.LoadUnsafe(ref b1);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, v1, c01);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
                b1 = ref Unsafe.Add(ref b1, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref Unsafe.Add(ref c, cPanel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        var c00 = Vector256.LoadUnsafe(ref c);
        var c10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, cRow));
        var c20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        var c30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        var c40 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        var c50 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        var c60 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 6 * cRow));
        var c70 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 7 * cRow));
        for (nint s = 0; s < segments; s++)
        {
            ref var a1 = ref Unsafe.Add(ref a, aRow);
            ref var a2 = ref Unsafe.Add(ref a, 2 * aRow);
            ref var a3 = ref Unsafe.Add(ref a, 3 * aRow);
            ref var a4 = ref Unsafe.Add(ref a, 4 * aRow);
            ref var a5 = ref Unsafe.Add(ref a, 5 * aRow);
            ref var a6 = ref Unsafe.Add(ref a, 6 * aRow);
            ref var a7 = ref Unsafe.Add(ref a, 7 * aRow);
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                x = Vector256.Create(Unsafe.Add(ref a1, ka));
                c10 = Vector256.FusedMultiplyAdd(x, v0, c10);
                x = Vector256.Create(Unsafe.Add(ref a2, ka));
                c20 = Vector256.FusedMultiplyAdd(x, v0, c20);
                x = Vector256.Create(Unsafe.Add(ref a3, ka));
                c30 = Vector256.FusedMultiplyAdd(x, v0, c30);
                x = Vector256.Create(Unsafe.Add(ref a4, ka));
                c40 = Vector256.FusedMultiplyAdd(x, v0, c40);
                x = Vector256.Create(Unsafe.Add(ref a5, ka));
                c50 = Vector256.FusedMultiplyAdd(x, v0, c50);
                x = Vector256.Create(Unsafe.Add(ref a6, ka));
                c60 = Vector256.FusedMultiplyAdd(x, v0, c60);
                x = Vector256.Create(Unsafe.Add(ref a7, ka));
                c70 = Vector256.FusedMultiplyAdd(x, v0, c70);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
        c10.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        c40.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cRow));
        c50.StoreUnsafe(ref Unsafe.Add(ref c, 5 * cRow));
        c60.StoreUnsafe(ref Unsafe.Add(ref c, 6 * cRow));
        c70.StoreUnsafe(ref Unsafe.Add(ref c, 7 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x1(
        nint segments, nint depth, ref float a, nint aRow, nint aDepth, nint aSegment, ref float b, nint bDepth,
        nint bPanel, ref float c, nint cRow, nint cPanel)
    {
        var c00 = Vector256.LoadUnsafe(ref c);
        for (nint s = 0; s < segments; s++)
        {
            nint ka = 0;
            for (nint k = 0; k < depth; k++)
            {
                var v0 = Vector256.LoadUnsafe(ref b);
                var x = Vector256.Create(Unsafe.Add(ref a, ka));
                c00 = Vector256.FusedMultiplyAdd(x, v0, c00);
                ka += aDepth;
                b = ref Unsafe.Add(ref b, bDepth);
            }
            a = ref Unsafe.Add(ref a, aSegment);
        }
        c00.StoreUnsafe(ref c);
    }
}
