using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

public sealed class AnswersTests
{
    private static readonly float[] Scores = [0.9f, 0.1f, 0.3f, 0.7f, 0.6f, 0.4f];

    private static readonly Answers Full = new(Exposure.Probabilities, [0, 1, 0], Scores, 2);

    [Fact]
    public void The_first_answers_are_a_prefix_of_labels_and_rows()
    {
        var two = Full.First(2);
        Same.Sequence([0, 1], two.Labels);
        Assert.Equal(Scores[..4], two.Probabilities.ToArray());
        Assert.Equal(0, Full.First(0).Count);
        Same.Sequence([0], new Answers(Exposure.Label, [0, 1], default, 2).First(1).Labels);
        Assert.Throws<ArgumentOutOfRangeException>(() => Full.First(4));
    }

    [Fact]
    public void Appending_keeps_order_and_refuses_another_exposure()
    {
        var all = Full.First(1).Append(new Answers(Exposure.Probabilities, [1, 0], Scores.AsMemory(2), 2));
        Same.Sequence(Full.Labels, all.Labels);
        Assert.Equal(Scores, all.Probabilities.ToArray());
        Assert.Throws<ArgumentException>(() => Full.Append(new Answers(Exposure.Label, [1], default, 2)));
    }

    [Fact]
    public void Shapes_and_labels_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new Answers(Exposure.Probabilities, [0, 1], Scores, 2));
        Assert.Throws<ArgumentException>(() => new Answers(Exposure.Label, [0, 1, 0], Scores, 2));
        Assert.Throws<ArgumentException>(() => new Answers(Exposure.Label, [0, 2], default, 2));
    }
}
