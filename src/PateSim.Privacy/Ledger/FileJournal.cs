using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PateSim.Core;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// A ledger's records in an append-only file, one line each, chained by SHA-256 and forced to the disk before
/// <see cref="Append"/> returns.
/// </summary>
/// <remarks>
/// <para>Line: kind,query,mechanism,noise_scale,event,outcome,label,text,hash; 
/// hash = SHA-256(previous hash , line).</para>
/// <para>A crash in the middle of a write leaves a last line without its end. That record was never durable, so no
/// noise was drawn and no answer given on it: opening cuts it off. Any other fault is refused with its line.</para>
/// <para>A file cut at the end of a line is a shorter journal that fits its chain: no file can show that by itself. Who
/// fears it notes <see cref="LastHash"/> elsewhere after each answer and opens the journal with it.</para>
/// </remarks>
public sealed class FileJournal : ILedgerJournal, IDisposable
{
    private static readonly string Genesis = new('0', 64);
    private readonly FileStream _file;
    private string _previous;

    private FileJournal(FileStream file, string previous) => (_file, _previous) = (file, previous);

    /// <summary>The hash of the last record: noted elsewhere, it tells a journal that lost its last lines.</summary>
    public string LastHash => _previous;

    /// <summary>Opens or makes the file; gives the records in it.</summary>
    /// <param name="notedHash">A <see cref="LastHash"/> that was noted elsewhere, or null. The journal may have grown since;
    /// that record must still be in it.</param>
    /// <exception cref="InvalidInputException">The file was edited, or was cut below the noted record.</exception>
    public static (FileJournal Journal, ImmutableArray<LedgerRecord> Records) Open(string path, string? notedHash = null)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var complete = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            var records = ImmutableArray.CreateBuilder<LedgerRecord>();
            var previous = Genesis;
            var lines = Encoding.UTF8.GetString(bytes, 0, complete).Split('\n');
            var noted = notedHash is null || notedHash == previous;
            for (var i = 0; i < lines.Length - 1; i++)
            {
                records.Add(ReadLine(lines[i], ref previous, FormattableString.Invariant($"{path}({i + 1})")));
                noted |= previous == notedHash;
            }
            if (!noted)
                throw new InvalidInputException(new Problem(
                    "PS3904", path, "", $"no record has the noted hash {notedHash}: the last lines were removed, or the "
                    + "file is another one."));
            // Nothing is cut off a file that is refused.
            file.SetLength(complete);
            file.Position = complete;
            return (new FileJournal(file, previous), records.ToImmutable());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(LedgerRecord record)
    {
        var body = Body(record);
        var hash = Hash(_previous, body);
        _file.Write(Encoding.UTF8.GetBytes(body + "," + hash + "\n"));
        _file.Flush(true);
        _previous = hash;
    }

    public void Dispose() => _file.Dispose();

    private static string Body(LedgerRecord record) => record switch
    {
        LedgerRecord.Reserved r => Request("reserved", r.Request) + ",,,",
        LedgerRecord.Refused r => Request("refused", r.Request) + ",,," + Plain(r.Reason),
        LedgerRecord.Answered r => FormattableString.Invariant(
            $"answered,{r.Query},,,{PrivacyEventText.Write(r.Cost)},{r.Answer.Outcome},{r.Answer.Label},"),
        LedgerRecord.Lost r => $"lost,{r.Query},,,,,,",
        _ => throw new ArgumentException($"No line for {record}.", nameof(record)),
    };

    private static string Request(string kind, LedgerRequest request) => FormattableString.Invariant(
        $"{kind},{request.Query},{request.Mechanism},{request.NoiseScale:R},")
        + PrivacyEventText.Write(request.WorstCase);

    private static string Plain(string text) => text.IndexOfAny([',', '\n', '\r']) < 0
        ? text
        : throw new ArgumentException($"'{text}' has a comma or a line end.", nameof(text));

    private static LedgerRecord ReadLine(string line, ref string previous, string place)
    {
        var cut = line.LastIndexOf(',');
        var body = cut < 0 ? "" : line[..cut];
        var hash = Hash(previous, body);
        if (cut < 0 || line[(cut + 1)..] != hash)
            throw new InvalidInputException(new Problem(
                "PS3904", place, "", "the line does not fit the chain of hashes: it or a line above was edited, "
                + "removed or "
                + "added."));
        previous = hash;
        var cells = body.Split(',');
        try
        {
            return cells[0] switch
            {
                "reserved" => new LedgerRecord.Reserved(ReadRequest(cells)),
                "refused" => new LedgerRecord.Refused(ReadRequest(cells), cells[7]),
                "answered" => new LedgerRecord.Answered(
                    cells[1],
                    new VoteAnswer(
                        Enum.Parse<VoteOutcome>(cells[5]), int.Parse(cells[6], CultureInfo.InvariantCulture)),
                    PrivacyEventText.Read(cells[4])),
                "lost" => new LedgerRecord.Lost(cells[1]),
                _ => throw new FormatException($"'{cells[0]}' is no kind of record."),
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidInputException(new Problem("PS3905", place, "", "no ledger record: " + error.Message));
        }
    }

    private static LedgerRequest ReadRequest(string[] cells) => new(
        cells[1], cells[2], double.Parse(cells[3], CultureInfo.InvariantCulture), PrivacyEventText.Read(cells[4]));

    private static string Hash(string previous, string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + "," + body)));
}
