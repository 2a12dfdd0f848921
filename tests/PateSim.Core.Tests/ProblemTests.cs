namespace PateSim.Core.Tests;

public sealed class ProblemTests
{
    private static readonly Problem WithSubject = new("PS2004", "run.conf(3,7)", "hospitals", "0 is out of range.");
    private static readonly Problem Without = new("PS1001", "run.conf", "", "There is no such file.");

    [Fact]
    public void A_problem_reads_as_place_code_subject_message()
    {
        Assert.Equal("run.conf(3,7): error PS2004 hospitals: 0 is out of range.", WithSubject.ToString());
        Assert.Equal("run.conf: error PS1001: There is no such file.", Without.ToString());
    }

    [Fact]
    public void The_exception_lists_all_problems_one_a_line_in_their_order()
    {
        var error = new InvalidInputException(WithSubject, Without);
        Assert.Equal([WithSubject, Without], error.Problems);
        Assert.Equal($"{WithSubject}{Environment.NewLine}{Without}", error.Message);
    }

    [Fact]
    public void An_exception_without_a_problem_is_refused() =>
        Assert.Throws<ArgumentException>(() => new InvalidInputException());
}
