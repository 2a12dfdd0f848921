using System.Collections.Immutable;
using System.Text;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Finds the code of a cell among declared spellings, on the bytes of the file.</summary>
/// <remarks>Open addressing over FNV-1a, at most half full; no allocation per look-up.</remarks>
internal sealed class SpellingTable
{
    public const int NotFound = int.MinValue;

    private readonly byte[][] _keys;
    private readonly int[] _codes;
    private readonly int _mask;

    /// <param name="levels">Level k gives code k.</param>
    /// <param name="missingMarks">Cells that give <see cref="RawTable.MissingCode"/>.</param>
    public SpellingTable(ImmutableArray<Level> levels, ImmutableArray<string> missingMarks)
    {
        var count = levels.Sum(l => l.Written.Length) + missingMarks.Length;
        var size = 4;
        while (size < 2 * count) size *= 2;
        (_keys, _codes, _mask) = (new byte[size][], new int[size], size - 1);
        for (var code = 0; code < levels.Length; code++)
        {
            foreach (var spelling in levels[code].Written) Add(spelling, code);
        }
        foreach (var mark in missingMarks) Add(mark, RawTable.MissingCode);
    }

    /// <summary>The code of the cell, or <see cref="NotFound"/>.</summary>
    public int Find(ReadOnlySpan<byte> cell)
    {
        for (var slot = Hash(cell) & _mask; _keys[slot] is { } key; slot = (slot + 1) & _mask)
        {
            if (cell.SequenceEqual(key)) return _codes[slot];
        }
        return NotFound;
    }

    private void Add(string spelling, int code)
    {
        var key = Encoding.UTF8.GetBytes(spelling);
        var slot = Hash(key) & _mask;
        while (_keys[slot] is not null) slot = (slot + 1) & _mask;
        (_keys[slot], _codes[slot]) = (key, code);
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        return (int)(hash ^ (hash >> 15));
    }
}
