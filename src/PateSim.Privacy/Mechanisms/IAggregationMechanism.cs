using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Mechanisms;

/// <summary>What a mechanism answered.</summary>
public enum VoteOutcome
{
    /// <summary>The teachers' noisy winner.</summary>
    Answered,

    /// <summary>The student's own label, which the teachers did not object to (the paper: reinforced).</summary>
    Confirmed,

    /// <summary>No answer: the noisy agreement was below the threshold.</summary>
    Abstained,
}

/// <summary>The released outcome of one query.</summary>
/// <param name="Label">The class, or −1 when there is no answer.</param>
public readonly record struct VoteAnswer(VoteOutcome Outcome, int Label)
{
    public static VoteAnswer None { get; } = new(VoteOutcome.Abstained, -1);

    /// <summary>Whether there is a label.</summary>
    public bool HasLabel => Outcome != VoteOutcome.Abstained;

    public static VoteAnswer Of(int label) => new(VoteOutcome.Answered, label);
}

/// <summary>Turns the teachers' votes on one query into a noisy answer.</summary>
/// <threadsafety>Immutable; answers may be made side by side, each from its own noise source.</threadsafety>
public interface IAggregationMechanism
{
    /// <summary>Name in the catalog.</summary>
    string Name { get; }

    /// <summary>The scale of the noise on the counts, in votes: b of Laplace, σ of Gaussian noise; 0 for
    /// none.</summary>
    double NoiseScale { get; }

    /// <summary>Pure ε of one answer when one vote moves (one patient replaced); ∞ without noise and for Gaussian
    /// noise, which has no pure ε.</summary>
    double PerAnswerEpsilon { get; }

    /// <summary>Whether the noise follows its stated law exactly, or in double precision.</summary>
    bool ExactSampling { get; }

    /// <summary>Whether <see cref="Answer"/> takes the student's class probabilities.</summary>
    bool UsesStudent { get; }

    /// <summary>The mechanism for queries that are asked before there is a student to look at; this one where it needs
    /// none.</summary>
    IAggregationMechanism BeforeStudent => this;

    /// <summary>Draws the noise and answers.</summary>
    /// <param name="votes">n, shape [m], counts ≥ 0. Private.</param>
    /// <param name="noise">The source opened for this query; read by no one else.</param>
    /// <param name="studentProbabilities">p, shape [m]; empty unless <see cref="UsesStudent"/>.</param>
    /// <exception cref="ArgumentException">The votes are no histogram, or student probabilities do not fit.</exception>
    VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default);

    /// <summary>What the answer cost, with the votes as private data.</summary>
    PrivacyEvent Event(
        ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default);

    /// <summary>The most that an answer can cost, known before any vote is cast.</summary>
    PrivacyEvent WorstCaseEvent(int classCount, int teacherCount);
}
