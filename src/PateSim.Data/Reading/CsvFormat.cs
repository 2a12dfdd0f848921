namespace PateSim.Data.Reading;

/// <summary>How a delimited text file is written. Cells may be quoted with <c>"</c>, doubled inside (RFC
/// 4180).</summary>
/// <param name="Delimiter">One ASCII character between cells.</param>
/// <param name="Header">Whether the first line names the columns; they may then stand in any order.</param>
/// <param name="TrimSpaces">Whether spaces and tabs around a cell are not part of it.</param>
/// <param name="CommentMark">Lines that begin with it are skipped; null when there are none.</param>
public sealed record CsvFormat(
    char Delimiter = ',', bool Header = false, bool TrimSpaces = false, char? CommentMark = null)
{
    /// <summary>Whether cells are quoted as in ARFF: with <c>"</c> or <c>'</c>, and a backslash before a quote
    /// inside.</summary>
    public bool Backslashes { get; init; }
}
