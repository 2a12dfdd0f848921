using System.Collections.Immutable;
using PateSim.Simulation.Results;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator, attacker and prediction service.</summary>
public static class AttackProtocol
{
    /// <summary>Command: steal this victim.</summary>
    public sealed record BeginAttack(RunId Run, Victim Victim) : IMessage;

    /// <summary>Event: a clone was trained and measured.</summary>
    public sealed record CloneMeasured(RunId Run, TheftEntry Entry) : IMessage;

    /// <summary>Event: the attack on this victim has ended; a reason stands where it could not go on.</summary>
    /// <param name="Entries">All clones of the attack, also those told before.</param>
    public sealed record AttackEnded(
        RunId Run, int Attack, string Victim, ImmutableArray<TheftEntry> Entries, string? Failure) : IMessage;

    /// <summary>Command, to a prediction service: answer for these records. Each record is one query.</summary>
    /// <param name="ReplyTo">Who gets the reply.</param>
    public sealed record Predict(RunId Run, RoleId ReplyTo, PredictionRequest Request) : IMessage;

    /// <summary>Event: the service's reply to a client's request, answers or a typed refusal.</summary>
    public sealed record Replied(RunId Run, RoleId Service, string Client, PredictionReply Reply) : IMessage;
}

/// <summary>Whom a thief is sent against.</summary>
/// <param name="Name">One of <see cref="VictimNames"/>.</param>
/// <param name="Model">The served model, or null: then the thief pays for true diagnoses instead.</param>
/// <param name="TestPredictions">The victim's labels for the test set, shape [t]: what fidelity is measured against.
/// </param>
public sealed record Victim(string Name, ModelKind? Model, ImmutableArray<int> TestPredictions);
