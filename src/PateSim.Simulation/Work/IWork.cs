using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Work;

/// <summary>
/// Long, pure computation, such as a fit: it runs off the mailbox, touches no role, and comes back as a message.
/// The same work gives the same message wherever and whenever it runs.
/// </summary>
public interface IWork
{
    /// <summary>What it does, for messages and traces, such as "train the teacher of clinic-017".</summary>
    string Description { get; }

    /// <summary>Computes. An exception becomes <see cref="WorkFailed"/> by way of the runner.</summary>
    IMessage Run(CancellationToken cancellation);
}

/// <summary>Work that threw: the reason in the words of the exception.</summary>
public sealed record WorkFailed(IWork Work, string Reason) : IMessage;

/// <summary>Runs work so that nothing escapes: a result, a failure with its reason, or nothing when cancelled.
/// </summary>
public static class WorkExecution
{
    /// <summary>The message that the work comes back as; null when the run was cancelled meanwhile.</summary>
    public static IMessage? Execute(IWork work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return null;
        try
        {
            return work.Run(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever a learner throws is a recorded failure with its reason; the quorum decides.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new WorkFailed(work, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
