namespace PateSim.Data.Fetching;

/// <summary>One fetch into a folder at a time, over processes: an empty file <c>.fetch.lock</c> that is held open. It is
/// never deleted, since whoever waits for it has it open already.</summary>
internal static class FetchLock
{
    public const string Name = ".fetch.lock";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <param name="waits">Called once when somebody else holds it.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<IDisposable> AcquireAsync(
        string folder, Action waits, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, Name);
        // What cannot be created at all is no matter of waiting.
        if (!File.Exists(path)) await File.AppendAllTextAsync(path, "", cancellation).ConfigureAwait(false);
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
            {
                if (isFirst) waits();
            }
            await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
        }
    }
}
