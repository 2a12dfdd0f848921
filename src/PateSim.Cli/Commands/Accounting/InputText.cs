using System.Text;
using PateSim.Core;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>Whole files as text.</summary>
internal static class InputText
{
    private const long MostBytes = 256 << 20;
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <exception cref="InvalidInputException">It is missing, cannot be read, or is not UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } file)
                throw new InvalidInputException(new Problem("PS3920", path, "", FormattableString.Invariant(
                    $"the file has {file.Length:N0} bytes; at most {MostBytes:N0} are read.")));
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error is DecoderFallbackException ? "it is not UTF-8 text." : error.Message;
            throw new InvalidInputException(new Problem("PS3920", path, "", "the file cannot be read: " + reason));
        }
    }
}
