using System.Security.Cryptography;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>An order of labelled images that does not depend on the order in which they came: ascending by the SHA-256
/// of an image's bytes, row by row, followed by its label as one byte.</summary>
internal static class ImageOrder
{
    /// <param name="first">First record of the part.</param>
    /// <param name="count">Number of records of the part.</param>
    /// <returns>The part's records in order, and the SHA-256 over their hashes in that order, lower-case hex: the same
    /// for the same set of labelled images.</returns>
    public static (int[] Rows, string Sha256) Of(RawTable table, int first, int count)
    {
        var width = table.Schema.Features.Length;
        var pixels = new byte[count * (width + 1)];
        for (var f = 0; f < width; f++)
        {
            var column = table.Numeric(f);
            for (var i = 0; i < count; i++)
                pixels[i * (width + 1) + f] = (byte)MathF.Round(column[first + i] * 255);
        }
        var hashes = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            pixels[i * (width + 1) + width] = (byte)table.Labels[first + i];
            hashes[i] = SHA256.HashData(pixels.AsSpan(i * (width + 1), width + 1));
        }
        int[] rows = [.. Enumerable.Range(0, count)];
        Array.Sort(rows, (a, b) => hashes[a].AsSpan().SequenceCompareTo(hashes[b]) is not 0 and var order ? order : a - b);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows) digest.AppendData(hashes[row]);
        return ([.. rows.Select(row => first + row)], Convert.ToHexStringLower(digest.GetHashAndReset()));
    }
}
