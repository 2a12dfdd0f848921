using PateSim.Privacy.Events;

namespace PateSim.Privacy.Tests.Events;

public sealed class AdjacencyTests
{
    [Fact]
    public void Moved_votes_count_twice_in_L1_and_root_two_in_L2()
    {
        Assert.Equal(2, Adjacency.PatientReplaced.L1);
        Assert.Equal(Math.Sqrt(2), Adjacency.HospitalReplaced.L2);
        Assert.Equal(6, new Adjacency(AdjacencyKind.PatientReplaced, 3).L1);
        Assert.Equal(3 * Math.Sqrt(2), new Adjacency(AdjacencyKind.PatientReplaced, 3).L2);
    }

    [Fact]
    public void Votes_that_appear_count_once()
    {
        Assert.Equal(1, Adjacency.HospitalAddedOrRemoved.L1);
        Assert.Equal(1, Adjacency.HospitalAddedOrRemoved.L2);
        Assert.Equal("hospital-added-or-removed", Adjacency.HospitalAddedOrRemoved.Name);
        Assert.Equal("patient-replaced(k=3)", new Adjacency(AdjacencyKind.PatientReplaced, 3).ToString());
    }

    [Fact]
    public void No_teacher_touched_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adjacency(AdjacencyKind.PatientReplaced, 0));

    [Fact]
    public void A_wrong_teacher_total_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => PrivateVotes.From([4, 5], 10));
        Assert.Contains("sum to 9", error.Message, StringComparison.Ordinal);
        Assert.Contains("10 teachers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Private_votes_print_as_a_mark() =>
        Assert.Equal("[private votes]", PrivateVotes.From([4, 5]).ToString());
}
