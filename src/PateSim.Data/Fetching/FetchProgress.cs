namespace PateSim.Data.Fetching;

/// <summary>How far a download is, or what happens to it.</summary>
/// <param name="File">The name under which it will be kept.</param>
/// <param name="Bytes">Of the file that are on disk.</param>
/// <param name="Total">Of the whole file; null when the server does not say.</param>
/// <param name="Event">What is out of the ordinary, in one sentence; null for mere progress.</param>
public sealed record FetchProgress(string File, long Bytes, long? Total, string? Event = null);
