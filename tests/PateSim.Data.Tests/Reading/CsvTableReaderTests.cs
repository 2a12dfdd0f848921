using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Reading;

public sealed class CsvTableReaderTests
{
    [Fact]
    public void Cells_become_values_codes_and_classes()
    {
        var table = Support.Tables.Read("63.5,male,0\n?,?,2\r\n.7,female,1\n");
        Assert.Equal([63.5f, float.NaN, .7f], table.Numeric(0).ToArray());
        Assert.Equal([(short)1, RawTable.MissingCode, (short)0], table.Codes(1).ToArray());
        Assert.Equal([0, 1, 1], table.Labels.ToArray());
        Assert.Equal(["well", "ill"], table.ClassNames.ToArray());
        Assert.False(table.HasSites);
        Assert.True(table.Sites.IsEmpty);
    }

    [Theory]
    [InlineData("63", 63f)]
    [InlineData("63.0", 63f)]
    [InlineData(".7", .7f)]
    [InlineData("-2.6", -2.6f)]
    [InlineData("+4", 4f)]
    [InlineData("1e3", 1000f)]
    [InlineData("9999999", 9999999f)]
    [InlineData("16777217", 16777216f)]
    public void Numbers_are_read_as_single_precision(string cell, float expected) =>
        Assert.Equal(expected, Support.Tables.Read(cell + ",male,0").Numeric(0)[0]);

    [Theory]
    [InlineData("x,male,0", "PS3009", "'x' is not a number; a missing value is written as '?'.")]
    [InlineData("1 2,male,0", "PS3009", "'1 2' is not a number")]
    [InlineData(" 1,male,0", "PS3009", "' 1' is not a number")]
    [InlineData("1_000,male,0", "PS3009", "is not a number")]
    [InlineData("0x1F,male,0", "PS3009", "is not a number")]
    [InlineData("NaN,male,0", "PS3010", "'NaN' is not a finite number.")]
    [InlineData("1e99,male,0", "PS3010", "'1e99' is not a finite number.")]
    [InlineData("-Infinity,male,0", "PS3010", "is not a finite number.")]
    [InlineData(",male,0", "PS3013", "the cell is empty; a missing value is written as '?'.")]
    [InlineData("1,mal,0", "PS3011", "the level 'mal' is unknown. Known: female, male. Did you mean 'male'?")]
    [InlineData("1,Male,0", "PS3011", "the level 'Male' is unknown.")]
    [InlineData("1,,0", "PS3013", "the cell is empty")]
    [InlineData("1,male,3", "PS3012", "the label '3' is unknown. Known: 0, 1, 2.")]
    [InlineData("1,male,?", "PS3012", "the label '?' is unknown.")]
    [InlineData("1,male", "PS3007", "The record has 2 cells where 3 are declared.")]
    [InlineData("1,male,0,", "PS3007", "The record has 4 cells where 3 are declared.")]
    [InlineData("\"1,male,0", "PS3008", "A quoted cell is not closed before the end of the file.")]
    [InlineData("\"1\"2,male,0", "PS3008", "Text stands behind a closing quote.")]
    [InlineData("1\"2,male,0", "PS3008", "A quote stands inside a cell that does not begin with one.")]
    [InlineData("1,male,0\r1,male,0", "PS3008", "A carriage return stands without a line feed.")]
    public void A_bad_record_is_a_located_problem(string line, string code, string message)
    {
        var problem = Assert.Single(Support.Tables.Problems("50,male,0\n" + line));
        Assert.Equal(code, problem.Code);
        Assert.Equal("patients.csv(2)", problem.Place);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_place_column_value_and_what_would_be_right() => Assert.Equal(
        "patients.csv(1): error PS3009 column 'age': 'x' is not a number; a missing value is written as '?'.",
        Support.Tables.Problems("x,male,0")[0].ToString());

    [Fact]
    public void Twenty_problems_are_listed_and_the_others_counted()
    {
        var text = string.Concat(Enumerable.Repeat("x,male,0\n", 57));
        var problems = Support.Tables.Problems(text);
        Assert.Equal(21, problems.Count);
        Assert.Equal("patients.csv(20)", problems[19].Place);
        Assert.Equal(
            "patients.csv: error PS3000: 37 more problems in this file are not listed.", problems[20].ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("  \r\n")]
    [InlineData("\uFEFF")]
    public void A_file_without_records_is_a_problem(string text) =>
        Assert.Equal("PS3005", Assert.Single(Support.Tables.Problems(text)).Code);

    [Fact]
    public void Blank_lines_may_end_a_file_but_not_interrupt_it()
    {
        Assert.Equal(1, Support.Tables.Read("1,male,0\n\n \n").Rows);
        var problem = Assert.Single(Support.Tables.Problems("1,male,0\n\n1,male,0\n"));
        Assert.Equal(("PS3007", "patients.csv(2)"), (problem.Code, problem.Place));
    }

    [Fact]
    public void Lines_are_counted_through_comments_and_quoted_line_ends()
    {
        var problem = Assert.Single(Support.Tables.Problems(
            "|a comment\n1,\"male\",0\n\"?\",\"fe\nmale\",0\nx,male,0\n",
            new TableSchema(
                Support.Tables.Schema.Columns[0],
                new CategoricalColumn("sex", "sex", Level.Named("fe\nmale", "male")),
                Support.Tables.Schema.Label),
            new CsvFormat(CommentMark: '|')));
        Assert.Equal("patients.csv(5)", problem.Place);
    }

    [Fact]
    public void Quoted_cells_hold_delimiters_and_doubled_quotes()
    {
        var schema = new TableSchema(
            new CategoricalColumn("name", "name", Level.Named("a, \"b\"", "c")), Support.Tables.Schema.Label);
        Assert.Equal(
            [(short)0, (short)1], Support.Tables.Read("\"a, \"\"b\"\"\",0\n\"c\",1", schema).Codes(0).ToArray());
    }

    [Fact]
    public void Spaces_are_part_of_a_cell_unless_the_format_trims_them()
    {
        var trimming = new CsvFormat(TrimSpaces: true);
        Assert.Equal(1, Support.Tables.Read(" 1 ,\tmale , \"0\" \n", format: trimming).Rows);
        Assert.Equal("PS3011", Support.Tables.Problems("1, male,0")[0].Code);
    }

    [Fact]
    public void A_header_permits_any_order_of_columns()
    {
        var table = Support.Tables.Read("\uFEFFdiagnosis,age,sex\n2,41,male\n", format: new CsvFormat(Header: true));
        Assert.Equal((41f, (short)1, 1), (table.Numeric(0)[0], table.Codes(1)[0], table.Labels[0]));
    }

    [Fact]
    public void A_header_with_unknown_repeated_or_absent_columns_is_a_problem()
    {
        var problems = Support.Tables.Problems("agee,sex,sex\n1,male,0\n", format: new CsvFormat(Header: true));
        Assert.All(problems, p => Assert.Equal(("PS3014", "patients.csv(1)"), (p.Code, p.Place)));
        Assert.Equal(
            [
                "no such column is declared. Known: age, diagnosis, sex. Did you mean 'age'?",
                "the header names it twice.",
                "the header does not name it.", "the header does not name it.",
            ],
            problems.Select(p => p.Message));
    }

    [Fact]
    public void Binary_and_wrongly_encoded_files_are_refused_at_their_line()
    {
        var nul = Assert.Throws<Core.InvalidInputException>(() => CsvTableReader.Read(
            SourceFile.FromBytes("p", "1,male,0\n1,\0,0"u8.ToArray()), new CsvFormat(), Support.Tables.Schema));
        Assert.Equal(("PS3006", "p(2)"), (nul.Problems[0].Code, nul.Problems[0].Place));
        var latin1 = Assert.Throws<Core.InvalidInputException>(() => CsvTableReader.Read(
            SourceFile.FromBytes("p", [.. "é,male,0\n\n"u8, 0xE9]), new CsvFormat(), Support.Tables.Schema));
        Assert.Equal(("PS3006", "p(3)"), (latin1.Problems[0].Code, latin1.Problems[0].Place));
    }

    [Fact]
    public void Hospitals_may_be_declared_or_found_in_the_file()
    {
        Column[] others = [Support.Tables.Schema.Columns[0], Support.Tables.Schema.Label];
        var found = Support.Tables.Read(
            "north,1,0\neast,2,0\nnorth,3,1\n", new TableSchema([new HospitalColumn("ward", "ward", []), .. others]));
        Assert.Equal(["east", "north"], found.SiteNames.ToArray());
        Assert.Equal([1, 0, 1], found.Sites.ToArray());
        var declared = new TableSchema([new HospitalColumn("ward", "ward", Level.Named("north", "east")), .. others]);
        Assert.Equal([0, 1], Support.Tables.Read("north,1,0\neast,2,0", declared).Sites.ToArray());
        Assert.Contains("the hospital 'west' is unknown",
            Support.Tables.Problems("west,1,0", declared)[0].Message, StringComparison.Ordinal);
        Assert.Equal("PS3013", Support.Tables.Problems(",1,0", declared)[0].Code);
    }

    [Fact]
    public void A_very_long_cell_is_shown_shortened()
    {
        var message = Assert.Single(Support.Tables.Problems(new string('9', 1 << 20) + "x,male,0")).Message;
        Assert.StartsWith($"'{new string('9', 40)}…' is not a number", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_read_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CsvTableReader.Read(
            Support.Tables.File("1,male,0"), new CsvFormat(), Support.Tables.Schema, source.Token));
    }
}
