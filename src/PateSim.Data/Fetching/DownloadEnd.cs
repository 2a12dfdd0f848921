namespace PateSim.Data.Fetching;

/// <summary>How a download ended.</summary>
internal abstract record DownloadEnd
{
    /// <summary>The part file is as long as the server said, or as it sent.</summary>
    /// <param name="Resumed">Whether it was put together from several transfers.</param>
    public sealed record Done(bool Resumed) : DownloadEnd;

    /// <summary>This address will not give the file, however often it is asked.</summary>
    public sealed record NotHere(string Code, string Reason) : DownloadEnd;

    /// <summary>The address could not be reached, or broke off, in all attempts.</summary>
    /// <param name="HostIsDead">No answer of any kind came.</param>
    public sealed record GaveUp(string Reason, bool HostIsDead) : DownloadEnd;

    /// <summary>The folder does not take the file: no other address will help.</summary>
    public sealed record NoRoom(string Code, string Reason) : DownloadEnd;
}
