using System.Buffers;
using System.Text.Unicode;

namespace PateSim.Scenarios.Hocon;

/// <summary>Bytes of a file to text: strict UTF-8, with or without a byte order mark.</summary>
internal static class Decoder
{
    /// <summary>The text, or null after raising a problem.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, SourceFile file, ProblemCollector problems)
    {
        if (bytes.Length > Limits.FileBytes)
        {
            problems.Add(
                SourcePlace.Whole(file), ProblemCodes.TooLarge, "",
                $"The file has {bytes.Length} bytes; at most {Limits.FileBytes} are read. Is it a scenario?");
            return null;
        }
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        var chars = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
        var text = new string(chars, 0, written);
        if (status == OperationStatus.Done) return text;

        var utf16 = bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF);
        var hint = utf16 ? " It looks like UTF-16." : "";
        problems.Add(
            PlaceAfter(text, file), ProblemCodes.BadCharacter, "",
            $"The byte 0x{bytes[read]:X2} is not UTF-8. Save the file as UTF-8.{hint}");
        return null;
    }

    private static SourcePlace PlaceAfter(string text, SourceFile file)
    {
        var line = 1 + text.AsSpan().Count('\n');
        return new SourcePlace(file, line, text.Length - (text.LastIndexOf('\n') + 1) + 1);
    }
}
