using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PateSim.Data.Reading;

/// <summary>
/// Reads NPY, the format of NumPy's arrays, as far as images need it: unsigned bytes in C order. The magic bytes, a
/// version, the length of a header, the header (a Python dictionary of type, order and shape), the values.
/// </summary>
public static partial class NpyReader
{
    /// <summary>The values as they stand, and the array's dimensions.</summary>
    /// <exception cref="Core.InvalidInputException">The file is no such array, or is cut short or too
    /// long.</exception>
    public static (ImmutableArray<int> Dimensions, ReadOnlyMemory<byte> Values) ReadBytes(SourceFile file)
    {
        var bytes = file.Content.Span;
        if (bytes.Length < 10 || !bytes.StartsWith(Magic))
            throw Refuse("The file does not begin as an NPY file does.");
        // Version 1 has a length of two bytes, the later ones of four.
        var start = bytes[6] == 1 ? 10 : 12;
        if (bytes[6] is < 1 or > 3 || bytes.Length < start) throw Refuse($"Its NPY version is {bytes[6]}; known are 1 to 3.");
        var length = start == 10
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > bytes.Length - start) throw Refuse("The file ends within its header.");
        var header = Encoding.Latin1.GetString(bytes.Slice(start, (int)length));
        if (Header().Match(header) is not { Success: true } match)
            throw Refuse($"The header '{header.Trim()}' is not that of an array of unsigned bytes ('|u1') in C order.");
        var dimensions = ImmutableArray.CreateBuilder<int>();
        var count = 1L;
        foreach (var text in match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (text.Length == 0) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
                || (count *= dimension) > Array.MaxLength)
            {
                throw Refuse($"The array of shape ({match.Groups["shape"].Value}) is larger than can be held.");
            }
            dimensions.Add(dimension);
        }
        var values = file.Content[(start + (int)length)..];
        return values.Length == count
            ? (dimensions.ToImmutable(), values)
            : throw Refuse($"The header promises {count} values; {values.Length} follow it.");

        Core.InvalidInputException Refuse(string message) =>
            ProblemList.Single(DataProblems.BadNpy, file.Place, message);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    [GeneratedRegex(
        @"^\{'descr': '\|u1', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\),? *\}\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
