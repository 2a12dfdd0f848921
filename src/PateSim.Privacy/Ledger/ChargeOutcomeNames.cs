using System.Collections.Immutable;

namespace PateSim.Privacy.Ledger;

/// <summary>Outcomes as they are written in ledgers and results.</summary>
public static class ChargeOutcomeNames
{
    internal static ImmutableArray<(ChargeOutcome Outcome, string Name)> All { get; } =
    [
        (ChargeOutcome.Answered, "answered"), (ChargeOutcome.Confirmed, "confirmed"),
        (ChargeOutcome.Abstained, "abstained"), (ChargeOutcome.Refused, "refused"), (ChargeOutcome.Lost, "lost"),
    ];

    /// <summary>"answered", "confirmed", "abstained", "refused" or "lost".</summary>
    public static string Name(this ChargeOutcome outcome) => All.Single(o => o.Outcome == outcome).Name;
}
