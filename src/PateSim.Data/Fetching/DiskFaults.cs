namespace PateSim.Data.Fetching;

/// <summary>Which failure of writing is a lack of room.</summary>
internal static class DiskFaults
{
    // ENOSPC; EDQUOT of Linux and of macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] Full =
        [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool IsOne(Exception exception) =>
        exception is IOException or UnauthorizedAccessException || IsTooLarge(exception);

    public static bool IsFull(Exception exception) =>
        (exception is IOException && Full.Contains(exception.HResult)) || IsTooLarge(exception);

    // What the runtime makes of EFBIG, the limit on the size of a process's files.
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" };
}
