using PateSim.Core;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;

namespace PateSim.Privacy.Tests.Ledger;

/// <summary>Each cell of a ledger's line, right and wrong.</summary>
public sealed class LedgerCellsTests
{
    private static string[] Plain => "1,q0,lnmax,laplace,20,,,3,200,answered,0.1,0.1,true".Split(',');

    private static string[] Checked => "1,q0,confident-gnmax,gaussian,40,120,150,3,200,abstained,∞,∞,true"
        .Replace("∞", "Infinity", StringComparison.Ordinal).Split(',');

    [Fact]
    public void A_line_without_a_threshold_is_one_answer()
    {
        var row = LedgerCells.Read(Plain);
        Assert.Equal(new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 200), row.WorstCase);
        Assert.Equal(ChargeOutcome.Answered, row.Outcome);
        Assert.Equal(string.Join(',', Plain), LedgerCells.Of(row));
    }

    [Fact]
    public void A_line_with_a_threshold_is_a_check_and_an_answer()
    {
        var row = LedgerCells.Read(Checked);
        Assert.Equal(
            new ComposedEvent(
            [
                new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 120, 200),
                new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 200),
            ]),
            row.WorstCase);
        Assert.Equal(ChargeOutcome.Abstained, row.Outcome);
        Assert.Equal(double.PositiveInfinity, row.PerAnswerEpsilon);
        Assert.Equal(string.Join(',', Checked), LedgerCells.Of(row));
    }

    [Theory]
    [InlineData(4, "0")]
    [InlineData(7, "2")]
    [InlineData(8, "1")]
    [InlineData(10, "0")]
    [InlineData(3, "discrete-gaussian")]
    [InlineData(9, "lost")]
    public void The_least_of_each_column_is_read(int column, string cell)
    {
        var cells = Plain;
        cells[column] = cell;
        Assert.Equal(cell, LedgerCells.Of(LedgerCells.Read(cells)).Split(',')[column]);
    }

    [Fact]
    public void A_negative_threshold_and_one_without_noise_are_read()
    {
        var cells = Checked;
        (cells[5], cells[6]) = ("-3.5", "0");
        Assert.Equal(string.Join(',', cells), LedgerCells.Of(LedgerCells.Read(cells)));
    }

    [Theory]
    [InlineData(3, "cauchy", "noise_law")]
    [InlineData(4, "many", "noise_scale")]
    [InlineData(4, "-1", "noise_scale")]
    [InlineData(4, "Infinity", "noise_scale")]
    [InlineData(4, "NaN", "noise_scale")]
    [InlineData(6, "150", "threshold_sigma")]
    [InlineData(7, "1", "classes")]
    [InlineData(7, "x", "classes")]
    [InlineData(7, "-3", "classes")]
    [InlineData(8, "0", "teachers")]
    [InlineData(9, "guessed", "outcome")]
    [InlineData(9, "abstained", "outcome")]
    [InlineData(9, "confirmed", "outcome")]
    [InlineData(10, "cheap", "per_answer_epsilon")]
    [InlineData(10, "-0.1", "per_answer_epsilon")]
    [InlineData(11, "", "cumulative_basic_epsilon")]
    [InlineData(12, "false", "charged")]
    [InlineData(12, "yes", "charged")]
    public void A_wrong_cell_is_named(int column, string cell, string name)
    {
        var cells = Plain;
        cells[column] = cell;
        var error = Assert.Throws<FormatException>(() => LedgerCells.Read(cells));
        Assert.StartsWith($"{name} is '{cell}'; it is ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "", "threshold_sigma is '150'")]
    [InlineData(5, "high", "threshold is 'high'")]
    [InlineData(5, "Infinity", "threshold is 'Infinity'")]
    [InlineData(6, "", "threshold_sigma is ''")]
    [InlineData(6, "-1", "threshold_sigma is '-1'")]
    [InlineData(6, "Infinity", "threshold_sigma is 'Infinity'")]
    public void A_wrong_threshold_is_named(int column, string cell, string start)
    {
        var cells = Checked;
        cells[column] = cell;
        var error = Assert.Throws<FormatException>(() => LedgerCells.Read(cells));
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_that_have_no_columns_are_refused()
    {
        LedgerRow Row(PrivacyEvent worst) => new(1, "q", "m", worst, ChargeOutcome.Answered, 0, 0);
        var answer = new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 200);
        Assert.Throws<ArgumentException>(() => LedgerCells.Of(Row(new ComposedEvent([answer, answer]))));
        Assert.Throws<ArgumentException>(() => LedgerCells.Of(Row(new ComposedEvent(
            [new NoisyThresholdEvent(NoiseLaw.DiscreteGaussian, 150, 120, 200), answer]))));
    }

    private static string Text(params LedgerRow[] rows) => LedgerCsv.Write(rows).Text;

    private static Problem Fault(string text, string? hash = null) =>
        Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(text, "l.csv", hash)).Problems[0];

    private static readonly LedgerRow One = LedgerCells.Read(Plain);
    private static readonly LedgerRow Two = One with { Sequence = 2, Query = "q1", CumulativeBasicEpsilon = 0.2 };

    [Fact]
    public void What_follows_the_seal_is_a_fault_at_its_line()
    {
        var text = Text(One, Two);
        Assert.Equal(("PS3903", "l.csv(5)"), (Fault(text + "more").Code, Fault(text + "more").Place));
        Assert.Equal("l.csv(5)", Fault(text + "\n").Place);
        Assert.Equal("l.csv(5)", Fault(text + "1,2\n").Place);
    }

    [Fact]
    public void A_missing_seal_is_a_fault_at_the_last_line()
    {
        var lines = Text(One, Two).Split('\n');
        Assert.Equal(("PS3902", "l.csv(3)"), Parts(string.Join('\n', lines[..3]) + "\n"));
        Assert.Equal(("PS3902", "l.csv(3)"), Parts(string.Join('\n', lines[..3])));
        Assert.Equal(("PS3902", "l.csv(4)"), Parts(string.Join('\n', lines[..4])));
        Assert.Equal(("PS3902", "l.csv(1)"), Parts(lines[0]));
        Assert.Equal(("PS3902", "l.csv(1)"), Parts(lines[0] + "\n"));

        static (string, string) Parts(string text) => (Fault(text).Code, Fault(text).Place);
    }

    [Fact]
    public void Another_last_hash_is_a_fault_at_the_seal()
    {
        var (text, hash) = LedgerCsv.Write([One, Two]);
        Assert.Equal(2, LedgerCsv.Read(text, "l.csv", hash).Length);
        Assert.Equal(("PS3903", "l.csv(4)"), (Fault(text, "0" + hash).Code, Fault(text, "0" + hash).Place));
    }

    [Fact]
    public void A_line_that_fits_the_chain_and_means_nothing_is_named()
    {
        // Written by another program, with the chain of hashes of this one.
        var text = Text(One, One with { Sequence = 2, Query = "q1", PerAnswerEpsilon = -1 });
        var fault = Fault(text);
        Assert.Equal(("PS3902", "l.csv(3)"), (fault.Code, fault.Place));
        Assert.Contains("per_answer_epsilon", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchanged_and_doubled_lines_are_named()
    {
        var lines = Text(One, Two).Split('\n');
        var exchanged = string.Join('\n', lines[0], lines[2], lines[1], lines[3], "");
        Assert.Equal(("PS3903", "sequence"), (Fault(exchanged).Code, Fault(exchanged).Subject));
        // The right number, and not the line that followed.
        var other = Text(One with { Query = "other" }, Two).Split('\n');
        var mixed = string.Join('\n', lines[0], lines[1], other[2], lines[3], "");
        Assert.Equal(("PS3903", "previous_hash"), (Fault(mixed).Code, Fault(mixed).Subject));
        var letters = string.Join('\n', lines[0], "x" + lines[1][1..], lines[2], lines[3], "");
        Assert.Equal("sequence", Fault(letters).Subject);
        var cut = string.Join('\n', lines[0], lines[1][..20], lines[2], lines[3], "");
        Assert.Equal(("PS3902", "l.csv(2)"), (Fault(cut).Code, Fault(cut).Place));
    }

    [Fact]
    public void Files_of_the_first_schema_and_others_are_refused()
    {
        const string old =
            "sequence,query,mechanism,noise_scale,per_answer_epsilon,cumulative_basic_epsilon,charged,previous_hash,hash";
        Assert.Contains("schema 1", Fault(old + "\n").Message, StringComparison.Ordinal);
        Assert.Equal(("PS3901", "l.csv(1)"), (Fault(old).Code, Fault(old).Place));
        Assert.Contains("first line should be", Fault("a,b\n").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_of_other_systems_are_read() =>
        Assert.Equal(2, LedgerCsv.Read(Text(One, Two).Replace("\n", "\r\n", StringComparison.Ordinal), "l.csv").Length);
}
