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
/// <remarks>hash = SHA-256(previous_hash , sequence , query , … , charged) as the line is written. The first previous
/// hash is 64 zeros. The seal is a last line with the query "seal". The chain has no key: whoever rewrites the whole
/// file can make it fit again, so an auditor compares the last hash with one noted elsewhere.</remarks>
public static class LedgerCsv
{
    public const string Header =
        "sequence,query,mechanism,noise_scale,per_answer_epsilon,cumulative_basic_epsilon,charged,previous_hash,hash";

    internal const string Seal = "seal";
    private static readonly string Genesis = new('0', 64);

    /// <summary>The file's text, with LF line ends, and the hash of its last line.</summary>
    public static (string Text, string LastHash) Write(IEnumerable<LedgerRow> rows)
    {
        var text = new StringBuilder(Header).Append('\n');
        var previous = Genesis;
        long last = 0;
        var cumulative = 0.0;
        foreach (var row in rows)
        {
            previous = AppendLine(text, row, previous);
            (last, cumulative) = (row.Sequence, row.CumulativeBasicEpsilon);
        }
        var seal = new LedgerRow(last + 1, Seal, Seal, 0, 0, cumulative, false);
        return (text.ToString() + Line(seal, previous, out var hash) + "\n", hash);
    }

    /// <summary>The rows of a file, after checking every line of it.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="place">Its name, for problems.</param>
    /// <param name="lastHash">The hash noted elsewhere, or null.</param>
    /// <exception cref="InvalidInputException">The file was edited, cut off, shortened or is no ledger.</exception>
    public static ImmutableArray<LedgerRow> Read(string text, string place, string? lastHash = null)
    {
        var lines = text.Split('\n');
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
            var (row, hash) = Parse(line, place, i + 1, previous, rows.Count + 1);
            previous = hash;
            if (row.Query != Seal)
            {
                rows.Add(row);
                continue;
            }
            if (i != lines.Length - 2 || lines[^1].Length > 0)
                throw Fault("PS3903", place, i + 2, "", "lines follow after the seal.");
            if (lastHash is not null && lastHash != hash)
                throw Fault("PS3903", place, i + 1, "hash", $"the last hash is {hash}, but {lastHash} was noted: the "
                    + "file is another one or was written anew.");
            return rows.ToImmutable();
        }
        throw Fault("PS3902", place, 1, "", "the file has no lines after its header: it was cut off.");
    }

    private static (LedgerRow Row, string Hash) Parse(string line, string place, int number, string previous, long due)
    {
        var cells = line.Split(',');
        if (cells.Length != 9)
            throw Fault("PS3902", place, number, "", $"this line has {cells.Length} cells instead of 9: it was cut off "
                + "or edited.");
        if (!long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence != due)
            throw Fault("PS3903", place, number, "sequence", $"the sequence number is '{cells[0]}', but {due} is due: "
                + "lines were removed, added or exchanged.");
        if (cells[7] != previous)
            throw Fault("PS3903", place, number, "previous_hash", "the previous hash is not the hash of the line "
                + "above: "
                + "one of the two was edited.");
        var body = line[..line.LastIndexOf(',')];
        var hash = Hash(body);
        if (cells[8] != hash)
            throw Fault("PS3903", place, number, "hash", $"the hash does not fit the line, which was edited: it is "
                + $"'{cells[8]}' and should be {hash}.");
        var row = new LedgerRow(
            sequence, cells[1], cells[2], Number(cells[3]), Number(cells[4]), Number(cells[5]), cells[6] == "true");
        return cells[6] is "true" or "false"
            ? (row, hash)
            : throw Fault("PS3902", place, number, "charged", $"'{cells[6]}' is neither true nor false.");

        double Number(string cell) =>
            double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
                ? value
                : throw Fault("PS3902", place, number, "", $"'{cell}' is no number, at least 0.");
    }

    private static string AppendLine(StringBuilder text, LedgerRow row, string previous)
    {
        text.Append(Line(row, previous, out var hash)).Append('\n');
        return hash;
    }

    private static string Line(LedgerRow row, string previous, out string hash)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Sequence},{row.Query},{row.Mechanism},{row.NoiseScale:R},{row.PerAnswerEpsilon:R},"
            + $"{row.CumulativeBasicEpsilon:R},{(row.Charged ? "true" : "false")},{previous}");
        hash = Hash(body);
        return body + "," + hash;
    }

    private static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static InvalidInputException Fault(string code, string place, int line, string subject, string message) =>
        new(new Problem(code, string.Create(CultureInfo.InvariantCulture, $"{place}({line})"), subject, message));
}
