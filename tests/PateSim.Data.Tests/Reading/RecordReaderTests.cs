using System.Text;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class RecordReaderTests
{
    // Gives a few bytes at a time, as a pipe does.
    private sealed class Trickle(byte[] content, RandomStream stream, int most) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => content.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, 1 + stream.NextInt(most)), content.Length - _position);
            content.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private static List<string[]> Read(DataFile file, CsvFormat format)
    {
        using var reader = new RecordReader(file, format, 64);
        var records = new List<string[]>();
        while (reader.Read())
        {
            Assert.Null(reader.Fault);
            records.Add(CsvHeader.Names(reader));
        }
        return records;
    }

    private static string Text(int records, RandomStream stream)
    {
        var text = new StringBuilder();
        for (var r = 0; r < records; r++)
        {
            for (var c = 0; c < 5; c++)
            {
                if (c > 0) text.Append(',');
                var length = stream.NextInt(20) == 0 ? stream.NextInt(3000) : stream.NextInt(12);
                if (stream.NextInt(3) == 0)
                    text.Append('"').Append(Cell("ab \"\"\r\n,é€𝄞", length).Replace("\"", "\"\"", StringComparison.Ordinal))
                        .Append('"');
                else text.Append(Cell("0123456789.xé€𝄞", length));
            }
            text.Append(stream.NextInt(2) == 0 ? "\n" : "\r\n");
        }
        return text.ToString();

        string Cell(string alphabet, int length)
        {
            var runes = alphabet.EnumerateRunes().ToArray();
            return string.Concat(Enumerable.Range(0, length).Select(_ => runes[stream.NextInt(runes.Length)].ToString()));
        }
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(7, 200)]
    [InlineData(100_000, 3_000)]
    public void However_the_bytes_arrive_the_records_are_the_same(int most, int records)
    {
        var stream = RandomKey.FromSeed(3005).Derive(most).Open();
        var bytes = Encoding.UTF8.GetBytes(Text(records, stream));
        var expected = PlainReader.Read(bytes, ',')!;
        var found = Read(
            DataFile.From("x", () => new Trickle(bytes, RandomKey.FromSeed(3006).Open(), most)),
            new CsvFormat(TrimSpaces: true));
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++) Assert.Equal(expected[i], found[i]);
    }

    [Fact]
    public void A_character_that_the_end_of_the_file_cuts_is_refused_behind_a_fault_too()
    {
        byte[] bytes = [.. "a,b\n1,2\r"u8, 0xE1];
        using var reader = new RecordReader(DataFile.From("x", () => new ContentStream(bytes)), new CsvFormat(), 2);
        Assert.True(reader.Read());
        var problem = Assert.Throws<Core.InvalidInputException>(() => reader.Read()).Problems[0];
        Assert.Equal(("PS3006", "x(2)"), (problem.Code, problem.Place));
    }

    [Fact]
    public void Lines_are_counted_through_blocks_and_line_breaks_in_cells()
    {
        var text = new StringBuilder("x,y\n");
        for (var i = 0; i < 100_000; i++) text.Append(i).Append(i % 10 == 0 ? ",\"a\nb\"\n" : ",c\n");
        using var reader = new RecordReader(
            DataFile.Of(SourceFile.FromBytes("x", Encoding.UTF8.GetBytes(text + "1,2\"\n"))), new CsvFormat(), 2);
        while (reader.Read() && reader.Fault is null)
        {
            // Up to the fault in the last line.
        }
        Assert.Equal("a quote stands inside a cell that does not begin with one", reader.Fault);
        Assert.Equal(1 + 100_000 + 10_000 + 1, reader.Line);
    }

    [Fact]
    public void A_name_table_numbers_names_as_they_come()
    {
        var table = new NameTable();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 5000; i++)
                Assert.Equal(i, table.Number(Encoding.UTF8.GetBytes($"patient {i * 7919}"), "x"));
        }
        Assert.Equal(5000, table.Count);
        Assert.Equal("patient 7919", table.Text(1));
    }
}
