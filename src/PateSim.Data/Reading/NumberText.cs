using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PateSim.Data.Reading;

/// <summary>Numbers as cells write them: digits with a decimal point, a sign and an exponent where wanted.</summary>
internal static partial class NumberText
{
    private const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Smallest normal number; below it single precision loses digits, and at last all of them.
    private const float Smallest = 1.17549435e-38f;

    private static ReadOnlySpan<float> PowersOfTen => [1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f];

    /// <summary>Reads the nearest number of single precision.</summary>
    /// <returns>Null, or the code of the problem.</returns>
    public static string? Read(ReadOnlySpan<byte> cell, out float value)
    {
        if (TryReadShort(cell, out value)) return null;
        if (!float.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value)) return DataProblems.NotANumber;
        if (!float.IsFinite(value)) return DataProblems.NotFinite;
        return MathF.Abs(value) < Smallest && HasDigitsAboveZero(cell) ? DataProblems.TooSmall : null;
    }

    /// <summary>What is wrong with a cell that is not read, and what to write instead.</summary>
    public static string Explain(string code, ReadOnlySpan<byte> cell)
    {
        var shown = CellParser.Show(cell);
        if (code == DataProblems.NotFinite) return $"'{shown}' is not a finite number.";
        if (code == DataProblems.TooSmall)
            return $"'{shown}' is closer to zero than single precision can tell (1.2e-38); write 0, or use another unit.";
        return $"'{shown}' is not a number{Hint(cell)}";
    }

    /// <summary>Whether a decimal comma or marks of thousands stand where digits do.</summary>
    public static bool HasComma(ReadOnlySpan<byte> cell) => cell.Length <= 40 && Comma().IsMatch(Encoding.UTF8.GetString(cell));

    /// <summary>Whether a number is written with zeros before it, as codes are and quantities are not.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > 0 && cell[0] is (byte)'-' or (byte)'+') cell = cell[1..];
        return cell is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];
    }

    private static string Hint(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is 0 or > 40) return ";";
        var text = Encoding.UTF8.GetString(cell);
        if (Comma().IsMatch(text)) return ": write a decimal comma as a point, and no marks of thousands;";
        if (Thousands().IsMatch(text)) return ": write no marks of thousands;";
        if (Date().IsMatch(text)) return ": it looks like a date; turn it into a number such as an age, or ignore the column;";
        if (text.EndsWith('%')) return ": write it without the sign of per cent;";
        return ";";
    }

    // Up to seven digits and a power of ten are exact in single precision, so one division rounds once, as it should;
    // most cells are such.
    private static bool TryReadShort(ReadOnlySpan<byte> cell, out float value)
    {
        value = 0;
        var negative = !cell.IsEmpty && cell[0] == (byte)'-';
        if (negative) cell = cell[1..];
        if (cell.Length is 0 or > 8) return false;
        var (number, digits, decimals) = (0, 0, -1);
        foreach (var b in cell)
        {
            var digit = b - '0';
            if ((uint)digit <= 9)
            {
                number = 10 * number + digit;
                digits++;
                if (decimals >= 0) decimals++;
            }
            else if (b == (byte)'.' && decimals < 0) decimals = 0;
            else return false;
        }
        if (digits is 0 or > 7) return false;
        value = decimals > 0 ? number / PowersOfTen[decimals] : number;
        if (negative) value = -value;
        return true;
    }

    private static bool HasDigitsAboveZero(ReadOnlySpan<byte> cell)
    {
        var exponent = cell.IndexOfAny((byte)'e', (byte)'E');
        return (exponent < 0 ? cell : cell[..exponent]).IndexOfAnyInRange((byte)'1', (byte)'9') >= 0;
    }

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+\z|^[+-]?\d{1,3}(,\d{3})+(\.\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^[+-]?\d{1,3}([ '’_\u00A0\u2009\u202F]\d{3})+([.,]\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
