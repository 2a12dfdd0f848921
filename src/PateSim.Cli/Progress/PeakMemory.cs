using System.Diagnostics;

namespace PateSim.Cli.Progress;

/// <summary>The largest resident memory of this process so far.</summary>
internal static class PeakMemory
{
    public static long Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }
}
