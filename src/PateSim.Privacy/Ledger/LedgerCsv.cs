using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PateSim.Core;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// <c>ledger.csv</c>: one line per query, chained by SHA-256, closed by a seal, so that an edited, cut or shortened
/// file is recognised and the line named.
/// </summary>
/// <remarks>hash = SHA-256(sequence , query , … , charged , previous_hash) as the line is written. The first previous
/// hash is 64 zeros. The seal is a last line with the query "seal". The chain has no key: whoever rewrites the whole
/// file can make it fit again, so an auditor compares the last hash with one noted elsewhere. The cells of a line say
/// all that accounting anew needs: see <see cref="LedgerCells"/>.</remarks>
public static class LedgerCsv
{
    public const string Header =
        "sequence,query,mechanism,noise_law,noise_scale,noise_origin,threshold,threshold_sigma,classes,teachers,outcome,"
        + "per_answer_epsilon,cumulative_basic_epsilon,charged,previous_hash,hash";

    internal const string Seal = "seal";

    /// <summary>The header of results schema 1, whose lines do not say what a threshold cost.</summary>
    private const string HeaderOfSchema1 =
        "sequence,query,mechanism,noise_scale,per_answer_epsilon,cumulative_basic_epsilon,charged,previous_hash,hash";

    private const int Cells = 16;
    private static readonly string Genesis = new('0', 64);

    /// <summary>The file's text, with LF line ends, and the hash of its last line.</summary>
    /// <exception cref="ArgumentException">A line's worst case is no noisy argmax, with or without a threshold.
    /// </exception>
    public static (string Text, string LastHash) Write(IEnumerable<LedgerRow> rows)
    {
        var text = new StringBuilder(Header).Append('\n');
        var previous = Genesis;
        long last = 0;
        var cumulative = 0.0;
        foreach (var row in rows)
        {
            previous = AppendLine(text, LedgerCells.Of(row), previous);
            (last, cumulative) = (row.Sequence, row.CumulativeBasicEpsilon);
        }
        previous = AppendLine(text, LedgerCells.OfSeal(last + 1, cumulative), previous);
        return (text.ToString(), previous);
    }

    /// <summary>The rows of a file, after checking every line of it.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="place">Its name, for problems.</param>
    /// <param name="lastHash">The hash noted elsewhere, or null.</param>
    /// <exception cref="InvalidInputException">The file was edited, cut off, shortened or is no ledger.</exception>
    public static ImmutableArray<LedgerRow> Read(string text, string place, string? lastHash = null)
    {
        var lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') == HeaderOfSchema1)
            throw Fault("PS3901", place, 1, "", "this ledger is of results schema 1, which does not say what a "
                + "threshold cost: read it with the version that wrote it, or run the scenario again.");
        if (lines[0].TrimEnd('\r') != Header)
            throw Fault("PS3901", place, 1, "", $"this is no ledger: its first line should be '{Header}'.");
        var rows = ImmutableArray.CreateBuilder<LedgerRow>();
        var previous = Genesis;
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (i == lines.Length - 1)
                throw Fault("PS3902", place, line.Length == 0 ? i : i + 1, "", "the file ends here without its seal: "
                    + "it was cut off, or its last lines were removed.");
            var cells = Check(line, place, i + 1, previous, rows.Count + 1);
            previous = cells[^1];
            if (cells[1] != Seal)
            {
                rows.Add(Row(cells, place, i + 1));
                continue;
            }
            if (i != lines.Length - 2 || lines[^1].Length > 0)
                throw Fault("PS3903", place, i + 2, "", "lines follow after the seal.");
            if (lastHash is not null && lastHash != previous)
                throw Fault("PS3903", place, i + 1, "hash", $"the last hash is {previous}, but {lastHash} was noted: "
                    + "the file is another one or was written anew.");
            return rows.ToImmutable();
        }
        throw Fault("PS3902", place, 1, "", "the file has no lines after its header: it was cut off.");
    }

    /// <summary>The cells of a line that stands in its place in the chain.</summary>
    private static string[] Check(string line, string place, int number, string previous, long due)
    {
        var cells = line.Split(',');
        if (cells.Length != Cells)
            throw Fault("PS3902", place, number, "", string.Create(
                CultureInfo.InvariantCulture,
                $"this line has {cells.Length} cells instead of {Cells}: it was cut off or edited."));
        if (!long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence != due)
            throw Fault("PS3903", place, number, "sequence", $"the sequence number is '{cells[0]}', but {due} is due: "
                + "lines were removed, added or exchanged.");
        if (cells[^2] != previous)
            throw Fault("PS3903", place, number, "previous_hash", "the previous hash is not the hash of the line "
                + "above: one of the two was edited.");
        var hash = Hash(line[..line.LastIndexOf(',')]);
        return cells[^1] == hash
            ? cells
            : throw Fault("PS3903", place, number, "hash", $"the hash does not fit the line, which was edited: it is "
                + $"'{cells[^1]}' and should be {hash}.");
    }

    private static LedgerRow Row(string[] cells, string place, int number)
    {
        try
        {
            return LedgerCells.Read(cells);
        }
        catch (FormatException error)
        {
            throw Fault("PS3902", place, number, "", error.Message);
        }
    }

    private static string AppendLine(StringBuilder text, string cells, string previous)
    {
        var body = cells + "," + previous;
        var hash = Hash(body);
        text.Append(body).Append(',').Append(hash).Append('\n');
        return hash;
    }

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static InvalidInputException Fault(string code, string place, int line, string subject, string message) =>
        new(new Problem(code, string.Create(CultureInfo.InvariantCulture, $"{place}({line})"), subject, message));
}
