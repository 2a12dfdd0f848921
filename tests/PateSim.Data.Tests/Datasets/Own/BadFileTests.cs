using System.Text;
using PateSim.Core;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets.Own;

/// <summary>Files as they come out of real systems: read right, or refused with file, line, column, value and remedy.
/// </summary>
public sealed class BadFileTests
{
    private static readonly (string, object)[] Named = [("file", "own.csv"), ("label", "y")];

    private static Problem Refusal(byte[] content, params (string, object)[] options)
    {
        using var files = new OwnFiles();
        return files.With("own.csv", content).Refusal("csv", [.. Named, .. options]);
    }

    private static void Check(Problem problem, string place, string code, string message)
    {
        Assert.Equal(code, problem.Code);
        Assert.EndsWith("own.csv" + place, problem.Place, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.ToString().Length, 20, 700);
    }

    [Theory]
    [InlineData("x,y\n1,a\n\"1.234,5\",b\n", "(3)", "PS3021", "decimal comma")]
    [InlineData("x,y\n1,a\n\"1,234\",b\n", "(3)", "PS3021", "marks of thousands")]
    [InlineData("x,y\n1,a\n1 234,b\n", "(3)", "PS3021", "'1 234' is no number")]
    [InlineData("x,y\n1,a\n1e99,b\n", "(3)", "PS3021", "'1e99' is not a finite number")]
    [InlineData("x,y\n1,a\n1e-60,b\n", "(3)", "PS3021", "closer to zero than single precision")]
    [InlineData("x,y\n1,a\n2024-01-31,b\n", "(3)", "PS3021", "'2024-01-31' is no number")]
    [InlineData("x,y\n1,a\n-inf,b\n", "(3)", "PS3021", "'-inf' is no number")]
    [InlineData("x,y\n12,a\n007,b\n", "(3)", "PS3136", "'007' begins with a zero")]
    [InlineData("x,y\n1,a\n=\"007\",b\n", "(3)", "PS3008", "Excel's form")]
    [InlineData("x,y\r1,a\r2,b\r", "(1)", "PS3008", "carriage return stands without a line feed")]
    [InlineData("x,y\n1,a\r2,b\n", "(2)", "PS3008", "carriage return")]
    [InlineData("sep=;\nx;y\n1;a\n2;b\n", "(1)", "PS3132", "write delimiter = semicolon")]
    [InlineData("x;y\n1;a\n2;b\n", "(1)", "PS3132", "write delimiter = semicolon")]
    [InlineData("x\ty\n1\ta\n2\tb\n", "(1)", "PS3132", "write delimiter = tab")]
    [InlineData("3,b\n1,a\n2,b\n", "(1)", "PS3014", "write header = false")]
    [InlineData("x,y\n1,a\n\n2,b\n", "(3)", "PS3007", "1 cells")]
    [InlineData("x,y\n1,a,\n2,b\n", "(2)", "PS3007", "3 cells")]
    [InlineData("x,y\n1,\"a\nb\"\n2,\"c\n", "(4)", "PS3008", "not closed")]
    public void A_file_is_refused_where_its_fault_is(string text, string place, string code, string message) =>
        Check(Refusal(Encoding.UTF8.GetBytes(text)), place, code, message);

    [Theory]
    [InlineData("1,5", "PS3009", "write a decimal comma as a point")]
    [InlineData("1,234,567", "PS3009", "no marks of thousands")]
    [InlineData("1'234", "PS3009", "no marks of thousands")]
    [InlineData("31/12/2024", "PS3009", "looks like a date")]
    [InlineData("2024-01-31T10:00", "PS3009", "looks like a date")]
    [InlineData("12%", "PS3009", "sign of per cent")]
    [InlineData("1e39", "PS3010", "not a finite number")]
    [InlineData("-1e-40", "PS3133", "write 0, or use another unit")]
    public void A_cell_of_a_column_of_numbers_is_refused_with_what_would_be_right(
        string cell, string code, string message)
    {
        var problem = Refusal(Encoding.UTF8.GetBytes($"x,y\n1,a\n\"{cell}\",b\n"), ("numeric", "x"));
        Check(problem, "(3)", code, message);
        Assert.Equal("column 'x'", problem.Subject);
        Assert.Contains(cell, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_encodings_are_refused_with_their_name()
    {
        const string Text = "x,y\n1,a\n2,é\n";
        Check(
            Refusal([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)]), "(1)", "PS3006", "begins as UTF-16 text does");
        Check(
            Refusal([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)]), "(1)", "PS3006", "begins as UTF-16");
        Check(Refusal(Encoding.Unicode.GetBytes(Text)), "(1)", "PS3006", "NUL byte");
        Check(Refusal(Encoding.Latin1.GetBytes(Text)), "(3)", "PS3006", "in Latin-1 and Windows-1252 it is 'é'");
        Check(Refusal([.. "x,y\n1,a\n2,"u8, 0xE2, 0x82, .. "\n"u8]), "(3)", "PS3006", "0xE2");
        Check(Refusal([.. "x,y\n1,a\n2,b"u8, 0xE2, 0x82]), "(3)", "PS3006", "0xE2");
        Check(Refusal("x,y\n1,a\n2,\0b\n"u8.ToArray()), "(3)", "PS3006", "NUL byte");
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_refused_where_it_opens_before_the_file_is_read_whole()
    {
        var text = Encoding.UTF8.GetBytes("x,y\n1,a\n2,\"b\n" + new string('z', 40_000_000));
        Check(Refusal(text), "(3)", "PS3131", "longer than 16 MiB; often a quote");
    }

    [Fact]
    public void A_line_of_ten_megabytes_of_cells_is_refused_in_a_short_message()
    {
        var line = string.Join(',', Enumerable.Repeat("12345", 1_700_000));
        Check(Refusal(Encoding.UTF8.GetBytes($"x,y\n1,a\n{line}\n2,b\n")), "(3)", "PS3007", "1700000 cells");
        Check(Refusal(Encoding.UTF8.GetBytes($"{line}\n1,a\n")), "(1)", "PS3018", "1700000 columns");
        Check(Refusal(Encoding.UTF8.GetBytes($"x,y\n1,a\n{new string('9', 10_000_000)}x,b\n")), "(3)", "PS3021", "999…'");
    }

    [Fact]
    public void Byte_order_mark_line_ends_of_two_kinds_separator_line_and_line_breaks_in_cells_are_read()
    {
        using var files = new OwnFiles();
        var table = files.With("own.csv", "\uFEFFsep=;\r\nx;z;y\r\n1;\"a\r\nb\";u\n2;\"c;\"\"d\"\"\";v\r\n\r\n \n")
            .Load("csv", [.. Named, ("delimiter", "semicolon")]);
        Assert.Equal([1, 2], table.Numeric(0).ToArray());
        var levels = ((Data.Tables.CategoricalColumn)table.Schema.Features[1]).Levels.Select(l => l.Name).ToList();
        Assert.Equal(["a\r\nb", "c;\"d\""], levels);
    }

    [Fact]
    public void A_last_line_of_tabs_alone_is_a_record()
    {
        using var files = new OwnFiles();
        var problem = files.With("own.csv", "x\tz\ty\n1\t2\ta\n3\t4\tb\n\t\t\n")
            .Refusal("csv", [.. Named, ("delimiter", "tab")]);
        Assert.Equal("PS3012", problem.Code);
        Assert.EndsWith("own.csv(4)", problem.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_are_read_by_name_and_refused_when_they_leave_a_choice()
    {
        using var files = new OwnFiles();
        byte[] Zip(params string[] names)
        {
            using var memory = new MemoryStream();
            using (var archive = new System.IO.Compression.ZipArchive(
                memory, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var name in names)
                {
                    using var stream = archive.CreateEntry(name).Open();
                    stream.Write("x,y\n1,a\n2,b\n"u8);
                }
            }
            return memory.ToArray();
        }
        files.With("one.zip", Zip("in/a.csv")).With("two.zip", Zip("a.csv", "b.csv"))
            .With("x.csv.gz", TemporaryFolder.Gzip("x,y\n1,a\n2,b\n"u8.ToArray())).With("no.csv", "x,y\n1,a\n2,b\n");
        foreach (var file in new[] { "one.zip", "two.zip!b.csv", "x.csv.gz" })
            Assert.Equal(2, files.Load("csv", ("file", file), ("label", "y")).Rows);
        Assert.Contains("name one of them", files.Refusal("csv", ("file", "two.zip"), ("label", "y")).Message,
            StringComparison.Ordinal);
        Assert.Contains("It holds", files.Refusal("csv", ("file", "two.zip!c.csv"), ("label", "y")).Message,
            StringComparison.Ordinal);
        Assert.Contains("is no zip archive", files.Refusal("csv", ("file", "no.csv!a"), ("label", "y")).Message,
            StringComparison.Ordinal);
        Assert.Equal("PS3002", files.Refusal("csv", ("file", "absent.zip!a"), ("label", "y")).Code);
    }
}
