using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Folders;

/// <summary><c>SHA256SUMS</c>, as <c>sha256sum -c</c> reads it: digest, two spaces, name; sorted by name.</summary>
internal static class Checksums
{
    private const int DigestLength = 64;

    public static RunFile Of(IEnumerable<RunFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
            text.Append(Digest(file.Content.Span)).Append("  ").Append(file.Name).Append('\n');
        return new RunFile(RunFileNames.Checksums, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Name and digest of each line; null for a line that is none.</summary>
    public static ImmutableArray<(string Name, string Digest)?> Read(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine),
    ];

    private static (string Name, string Digest)? ReadLine(string line)
    {
        line = line.TrimEnd('\r');
        if (line.Length < DigestLength + 3 || line[DigestLength] != ' ' || line[DigestLength + 1] is not (' ' or '*'))
            return null;
        var (digest, name) = (line[..DigestLength], line[(DigestLength + 2)..]);
        var isPlain = name == Path.GetFileName(name) && name is not ("." or "..");
        return isPlain && digest.All(char.IsAsciiHexDigit) ? (name, digest.ToLowerInvariant()) : null;
    }
}
