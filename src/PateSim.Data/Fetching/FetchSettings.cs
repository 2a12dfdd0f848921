namespace PateSim.Data.Fetching;

/// <summary>How patient a fetch is.</summary>
/// <param name="Attempts">How often in a row an address may fail without a byte more, at least 1.</param>
/// <param name="FirstPause">Before the second attempt; every further one is twice as long.</param>
/// <param name="LongestPause">No pause is longer, whatever the server asks for.</param>
/// <param name="Silence">How long the server may send nothing.</param>
/// <param name="LargestBytes">A file that grows beyond it is given up.</param>
public sealed record FetchSettings(
    int Attempts, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan Silence, long LargestBytes)
{
    /// <summary>Five attempts, 1 s, 30 s, 60 s, 1 GiB: the largest file of the catalog is below 20 MB.</summary>
    public static FetchSettings Default { get; } = new(
        5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), 1L << 30);

    /// <summary>The pause after the given number of failures in a row, from 1 on.</summary>
    /// <param name="asked">What the server asked for by Retry-After.</param>
    public TimeSpan PauseAfter(int failures, TimeSpan? asked)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        if (asked > pause) pause = asked.Value;
        return pause < LongestPause ? pause : LongestPause;
    }
}
