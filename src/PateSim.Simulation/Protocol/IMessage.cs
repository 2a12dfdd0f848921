namespace PateSim.Simulation.Protocol;

/// <summary>
/// What roles say to each other. Commands are imperative, events past tense, refusals typed with a reason. A message
/// that may cross a machine boundary (<see cref="IWireMessage"/>) holds no model, no actor reference and no record of
/// a patient.
/// </summary>
public interface IMessage;

/// <summary>A message of one run, so that stale ones are recognised. Inside the coordinator's site it may hold what must
/// not leave it, such as vote histograms.</summary>
public interface IRunMessage : IMessage
{
    RunId Run { get; }
}

/// <summary>A message between machines.</summary>
public interface IWireMessage : IRunMessage;

/// <summary>Identity of a run: the digest of the resolved scenario and its seed, so that equal runs are one.</summary>
public readonly record struct RunId(string Value)
{
    public override string ToString() => Value;
}
