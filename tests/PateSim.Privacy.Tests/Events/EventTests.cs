using PateSim.Privacy.Events;

namespace PateSim.Privacy.Tests.Events;

public sealed class EventTests
{
    private static readonly NoisyArgmaxEvent Answer = new(NoiseLaw.Laplace, 20, 3, 9, PrivateVotes.From([4, 3, 2]));
    private static readonly NoisyThresholdEvent Check = new(NoiseLaw.Gaussian, 15, 5, 9, new PrivateScore(4));

    [Fact]
    public void Events_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, -1, 3, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, double.NaN, 3, 9));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new NoisyArgmaxEvent(NoiseLaw.Laplace, double.PositiveInfinity, 3, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 1, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 2, 0));
        Assert.Throws<ArgumentException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 2, 9, Answer.Votes));
        Assert.Throws<ArgumentException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 3, 8, Answer.Votes));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyThresholdEvent(NoiseLaw.Gaussian, -1, 5, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyThresholdEvent(NoiseLaw.Gaussian, 1, double.NaN, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyThresholdEvent(NoiseLaw.Gaussian, 1, 5, 0));
        Assert.Equal(2, new NoisyArgmaxEvent(NoiseLaw.Laplace, 0, 2, 1).ClassCount);
    }

    [Fact]
    public void Without_private_data_nothing_of_the_votes_is_left()
    {
        var bare = Answer.WithoutPrivateData();
        Assert.Equal(new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 9), bare);
        Assert.Same(bare, bare.WithoutPrivateData());
        Assert.Equal(new NoisyThresholdEvent(NoiseLaw.Gaussian, 15, 5, 9), Check.WithoutPrivateData());
        Assert.Equal(
            new ComposedEvent([Check.WithoutPrivateData(), bare]),
            new ComposedEvent([Check, Answer]).WithoutPrivateData());
        Assert.DoesNotContain("4", Answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Composed_events_are_equal_by_their_parts_in_order()
    {
        var one = new ComposedEvent([Check, Answer]);
        Assert.Equal(one, new ComposedEvent([Check, Answer]));
        Assert.Equal(one.GetHashCode(), new ComposedEvent([Check, Answer]).GetHashCode());
        Assert.NotEqual(one, new ComposedEvent([Answer, Check]));
        Assert.NotEqual(one, new ComposedEvent([Check]));
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void Flattening_opens_events_at_any_depth_and_keeps_their_order()
    {
        var bare = (NoisyArgmaxEvent)Answer.WithoutPrivateData();
        PrivacyEvent[] nested = [bare, new ComposedEvent([Check, new ComposedEvent([Answer]), new ComposedEvent([])]), Check];
        Assert.Equal([bare, Check, Answer, Check], nested.Flatten());
    }

    [Fact]
    public void Votes_are_equal_by_their_counts()
    {
        var votes = PrivateVotes.From([4, 3, 2]);
        Assert.Equal(votes, PrivateVotes.From([4, 3, 2]));
        Assert.Equal(votes.GetHashCode(), PrivateVotes.From([4, 3, 2]).GetHashCode());
        Assert.NotEqual(votes.GetHashCode(), PrivateVotes.From([2, 3, 4]).GetHashCode());
        Assert.NotEqual(votes, PrivateVotes.From([4, 2, 3]));
        Assert.False(votes.Equals((object?)"[private votes]"));
        Assert.False(votes.Equals((PrivateVotes?)null));
        Assert.Equal((3, 9), (votes.ClassCount, votes.TeacherCount));
    }

    [Fact]
    public void Histograms_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PrivateVotes.From([4]));
        Assert.Throws<ArgumentException>(() => PrivateVotes.From([]));
        Assert.Throws<ArgumentException>(() => PrivateVotes.From([4, -1]));
        Assert.Throws<ArgumentException>(() => PrivateVotes.From([0, 0]));
        Assert.Throws<ArgumentException>(() => PrivateVotes.From([int.MaxValue, 1]));
        Assert.Equal(int.MaxValue, PrivateVotes.From([int.MaxValue, 0], int.MaxValue).TeacherCount);
        Assert.Equal(1, PrivateVotes.Check([0, 1], 1));
    }

    [Theory]
    [InlineData("argmax:Laplace:20:3:9")]
    [InlineData("threshold:Gaussian:15:5.5:9")]
    [InlineData("threshold:DiscreteGaussian:15:5:9+argmax:DiscreteGaussian:0.1:2:1")]
    [InlineData("none")]
    public void Events_read_back_as_written(string text) =>
        Assert.Equal(text, PrivacyEventText.Write(PrivacyEventText.Read(text)));

    [Theory]
    [InlineData("")]
    [InlineData("argmax")]
    [InlineData("argmax:Laplace:20:3")]
    [InlineData("argmax:Laplace:20:3:9:1")]
    [InlineData("argmax:Cauchy:20:3:9")]
    [InlineData("argmax:17:20:3:9")]
    [InlineData("count:Laplace:20:3:9")]
    [InlineData("argmax:Laplace:20:3:9+none")]
    public void What_is_no_event_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PrivacyEventText.Read(text));

    [Fact]
    public void Nested_events_have_no_text() => Assert.Throws<ArgumentException>(
        () => PrivacyEventText.Write(new ComposedEvent([new ComposedEvent([Check])])));

    [Fact]
    public void An_unknown_adjacency_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adjacency((AdjacencyKind)7));
}
