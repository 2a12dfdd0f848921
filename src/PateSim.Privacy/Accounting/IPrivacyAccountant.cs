using System.Collections.Immutable;
using System.Globalization;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Accounting;

/// <summary>At which δ and for whom an ε is wanted.</summary>
public sealed record AccountingTarget
{
    /// <param name="delta">δ in (0, 1), both ends excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside (0, 1) or not a number.</exception>
    public AccountingTarget(double delta, Adjacency adjacency)
    {
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(
                nameof(delta), delta, "Delta lies between 0 and 1, ends excluded; 1e-5 is usual.");
        ArgumentNullException.ThrowIfNull(adjacency);
        (Delta, Adjacency) = (delta, adjacency);
    }

    public double Delta { get; }

    public Adjacency Adjacency { get; }
}

/// <summary>One ε with everything that must stand beside it.</summary>
/// <param name="Method">How it was computed, in lower case words joined by hyphens; unique within one account.</param>
/// <param name="Epsilon">ε ≥ 0 in nats; ∞ when there is no guarantee.</param>
/// <param name="Delta">δ it holds at; 0 for pure ε.</param>
/// <param name="Adjacency">Whom it speaks of.</param>
/// <param name="DataDependent">Whether the number was computed from the votes.</param>
/// <param name="Releasable">Whether the number itself may be published: data-dependent ones may not.</param>
/// <param name="Note">What a reader must know, in sentences; may be empty.</param>
/// <param name="Detail">The optimal order and the like, as "name=value"; may be empty.</param>
public sealed record EpsilonEntry(
    string Method,
    double Epsilon,
    double Delta,
    Adjacency Adjacency,
    bool DataDependent,
    bool Releasable,
    string Note = "",
    string Detail = "");

/// <summary>Turns privacy events into ε.</summary>
/// <threadsafety>Immutable.</threadsafety>
public interface IPrivacyAccountant
{
    /// <summary>Name in the catalog.</summary>
    string Name { get; }

    /// <summary>Whether each answer takes milliseconds or more, so that it should only be used where it was asked for.
    /// </summary>
    bool IsCostly => false;

    /// <summary>Whether <see cref="Account"/> knows the event; composed events are known when all their parts are.
    /// </summary>
    bool Supports(PrivacyEvent privacyEvent);

    /// <summary>The composed cost of all events, in one or several entries.</summary>
    /// <exception cref="UnsupportedPrivacyEventException">An event is unknown to this accountant.</exception>
    ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target);
}

/// <summary>An event that an accountant does not know: no number is better than a wrong one.</summary>
public sealed class UnsupportedPrivacyEventException(string accountant, PrivacyEvent privacyEvent, string reason)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"The accountant '{accountant}' cannot account for {privacyEvent.WithoutPrivateData()}: {reason}"))
{
    public string Accountant { get; } = accountant;

    public PrivacyEvent PrivacyEvent { get; } = privacyEvent.WithoutPrivateData();
}
