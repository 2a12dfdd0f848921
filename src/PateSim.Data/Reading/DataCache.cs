namespace PateSim.Data.Reading;

/// <summary>Where fetched files are kept unless a folder is named: the user's cache, after the XDG Base Directory
/// Specification.</summary>
public static class DataCache
{
    /// <summary><c>$XDG_CACHE_HOME/patesim/data</c>, else <c>~/.cache/patesim/data</c>, and on Windows
    /// <c>%LOCALAPPDATA%\patesim\data</c>.</summary>
    /// <param name="variable">An environment variable by name, null when it is unset.</param>
    /// <returns>Null where none of the variables is set; the folder need not exist.</returns>
    public static string? Folder(Func<string, string?> variable)
    {
        // The specification: a path that is not absolute is to be ignored.
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache))
            return Path.Combine(cache, "patesim", "data");
        if (variable("HOME") is { Length: > 0 } home) return Path.Combine(home, ".cache", "patesim", "data");
        return variable("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "patesim", "data") : null;
    }
}
