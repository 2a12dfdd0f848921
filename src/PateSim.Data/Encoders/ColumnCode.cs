using PateSim.Data.Tables;

namespace PateSim.Data.Encoders;

/// <summary>The constants of one column, and the loops that apply them.</summary>
/// <param name="Feature">Index of the column among the table's features.</param>
/// <param name="First">Index of its first encoded feature.</param>
/// <param name="MissingAt">Index of the encoded feature that is 1 where the value is missing; −1 for none.</param>
/// <param name="Fill">Numeric: the encoded value of a missing cell.</param>
/// <param name="Shares">Categorical without own level: the encoded values of a missing cell.</param>
internal sealed record ColumnCode(
    int Feature, int First, int MissingAt, double Centre, double Scale, float Fill, float[]? Shares)
{
    public bool IsNumeric(RawTable table) => table.Schema.Features[Feature] is NumericColumn;

    public void EncodeNumeric(ReadOnlySpan<float> values, ReadOnlySpan<int> rows, Span<float> encoded, int width)
    {
        for (int i = 0, at = 0; i < rows.Length; i++, at += width)
        {
            var value = values[rows[i]];
            if (!float.IsNaN(value)) encoded[at + First] = (float)((value - Centre) / Scale);
            else
            {
                encoded[at + First] = Fill;
                if (MissingAt >= 0) encoded[at + MissingAt] = 1;
            }
        }
    }

    public void EncodeCategory(ReadOnlySpan<short> codes, ReadOnlySpan<int> rows, Span<float> encoded, int width)
    {
        for (int i = 0, at = 0; i < rows.Length; i++, at += width)
        {
            var code = codes[rows[i]];
            if (code != RawTable.MissingCode) encoded[at + First + code] = 1;
            else if (MissingAt >= 0) encoded[at + MissingAt] = 1;
            else Shares.CopyTo(encoded[(at + First)..]);
        }
    }
}
