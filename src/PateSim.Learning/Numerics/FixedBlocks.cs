namespace PateSim.Learning.Numerics;

/// <summary>Cuts rows into blocks whose number and borders depend on the row count alone, never on the
/// threads.</summary>
/// <param name="Rows">n ≥ 0.</param>
/// <param name="BlockRows">Rows of each block but the last; a multiple of eight.</param>
/// <param name="Count">Number of blocks.</param>
internal readonly record struct FixedBlocks(int Rows, int BlockRows, int Count)
{
    /// <summary>Blocks of at least <paramref name="smallest"/> rows, at most <paramref name="most"/> of them.</summary>
    public static FixedBlocks Over(int rows, int smallest, int most)
    {
        var wanted = Math.Clamp(rows / smallest, 1, most);
        var blockRows = Math.Max(FloatMath.Lanes, FloatMath.Pad((rows + wanted - 1) / wanted));
        return new FixedBlocks(rows, blockRows, Math.Max(1, (rows + blockRows - 1) / blockRows));
    }

    /// <summary>First row of a block.</summary>
    public int Start(int block) => block * BlockRows;

    /// <summary>Rows of a block.</summary>
    public int Length(int block) => Math.Min(BlockRows, Rows - Start(block));

    /// <summary>Does the work of every index below <paramref name="count"/>, on at most so many threads.</summary>
    /// <remarks>The work of an index may write only what belongs to that index.</remarks>
    public static void Run(int count, int threads, Action<int> work)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++) work(i);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
    }
}
