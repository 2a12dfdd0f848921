using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Work;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Simulation.Roles;

/// <summary>What a thief works with.</summary>
/// <param name="Pool">The records that it holds, unlabelled, shape [n, d].</param>
/// <param name="NoVictim">Who sells it true labels instead.</param>
/// <param name="Test">The held-out set of the simulation, never queried: it measures the clones.</param>
public sealed record AttackSetup(
    RunId Run, int Index, TheftPlan Plan, FeatureMatrix Pool, NoVictim NoVictim, LabelledData Test)
{
    /// <summary>How many clones it will train.</summary>
    public int ExpectedClones => Plan.Campaigns.Sum(campaign => campaign.Thief.Budgets.Length);
}

/// <summary>
/// A thief: it asks each victim through the victim's own service, as any client would, and trains a clone from scratch
/// for each budget.
/// </summary>
public sealed class AttackerRole : IRole
{
    private readonly AttackSetup _setup;
    private readonly ImmutableSortedDictionary<string, Siege> _sieges;

    public AttackerRole(AttackSetup setup)
        : this(setup, ImmutableSortedDictionary.Create<string, Siege>(StringComparer.Ordinal))
    {
    }

    private AttackerRole(AttackSetup setup, ImmutableSortedDictionary<string, Siege> sieges) =>
        (_setup, _sieges) = (setup, sieges);

    public RoleId Id => RoleId.Attacker(_setup.Index);

    public RoleTurn Receive(IMessage message) => message switch
    {
        AttackProtocol.BeginAttack command when command.Run != _setup.Run => RoleTurn.Of(this),
        AttackProtocol.BeginAttack command => Begin(command.Victim),
        AttackProtocol.Replied replied when replied.Run != _setup.Run => RoleTurn.Of(this),
        AttackProtocol.Replied replied => Learn(replied),
        CloneReady ready => Keep(ready),
        WorkFailed { Work: MeasureClone work } failed => Fail(work.Victim.Name, $"{work.Job.Id}: {failed.Reason}"),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Begin(Victim victim)
    {
        if (_sieges.ContainsKey(victim.Name)) return RoleTurn.Of(this);
        var campaigns = _setup.Plan.Campaigns.Where(campaign => campaign.Victim == victim.Name).ToList();
        var siege = new Siege(victim, campaigns.Sum(c => c.Thief.Budgets.Length));
        var turn = RoleTurn.Of(With(siege));
        if (campaigns.Count == 0) return End(siege, null);
        foreach (var campaign in campaigns)
        {
            var step = campaign.Begin(_setup.Pool);
            var next = (AttackerRole)turn.Next;
            var part = victim.Model is null
                ? next.Continue(
                    victim.Name, campaign,
                    new Collected(CollectionStep.Run(step, _setup.NoVictim.Open(campaign.Account()))))
                : next.Continue(victim.Name, campaign, step);
            turn = part with { Sends = [.. turn.Sends, .. part.Sends], Starts = [.. turn.Starts, .. part.Starts] };
        }
        return turn;
    }

    /// <summary>Goes on with a campaign: asks the next batch, or trains the clones once all answers are there.
    /// </summary>
    private RoleTurn Continue(string victimName, TheftCampaign campaign, CollectionStep step)
    {
        var siege = _sieges[victimName];
        if (step is AskVictim ask)
        {
            var account = campaign.Account();
            var request = PredictionRequest.For(account.Id, account.Credential, ask.Queries.Records);
            var next = With(siege with { Waiting = siege.Waiting.SetItem(campaign.Id, (campaign, ask)) });
            var service = RoleId.PredictionService(siege.Victim.Model!.Value);
            return RoleTurn.Of(next, new Envelope(service, new AttackProtocol.Predict(_setup.Run, Id, request)));
        }
        var jobs = campaign.CloneJobs(((Collected)step).TransferSet);
        return RoleTurn.Working(
            With(siege with { Waiting = siege.Waiting.Remove(campaign.Id) }),
            // The largest first, so that no worker is left with the longest fit at the end.
            [.. jobs.Reverse().Select(job => new MeasureClone(job, siege.Victim, _setup.Test))]);
    }

    private RoleTurn Learn(AttackProtocol.Replied replied)
    {
        var siege = _sieges.Values.FirstOrDefault(s => s.Waiting.ContainsKey(replied.Client));
        if (siege is null) return RoleTurn.Of(this);
        var (campaign, ask) = siege.Waiting[replied.Client];
        return replied.Reply switch
        {
            PredictionsMade made => Continue(siege.Victim.Name, campaign, ask.Then(made.Answers)),
            PredictionsRefused refused => Fail(siege.Victim.Name, $"{campaign.Id}: {refused.Refusal}"),
            _ => RoleTurn.Unhandled(this),
        };
    }

    private RoleTurn Keep(CloneReady ready)
    {
        var siege = _sieges[ready.Entry.Victim];
        if (siege.IsEnded || siege.Entries.ContainsKey(ready.Id)) return RoleTurn.Of(this);
        siege = siege with { Entries = siege.Entries.Add(ready.Id, ready.Entry) };
        return siege.Entries.Count == siege.Expected
            ? End(siege, null)
            : RoleTurn.Of(With(siege), new Envelope(
                RoleId.Coordinator, new AttackProtocol.CloneMeasured(_setup.Run, ready.Entry)));
    }

    private RoleTurn Fail(string victim, string reason) => _sieges[victim] is { IsEnded: false } siege
        ? End(siege, reason)
        : RoleTurn.Of(this);

    private RoleTurn End(Siege siege, string? failure) => RoleTurn.Of(
        With(siege with { IsEnded = true }),
        new Envelope(RoleId.Coordinator, new AttackProtocol.AttackEnded(
            _setup.Run, _setup.Index, siege.Victim.Name, [.. siege.Entries.Values], failure)));

    private AttackerRole With(Siege siege) => new(_setup, _sieges.SetItem(siege.Victim.Name, siege));

    /// <summary>All campaigns against one victim.</summary>
    /// <param name="Expected">How many clones will come.</param>
    private sealed record Siege(Victim Victim, int Expected)
    {
        /// <summary>Campaigns whose batch is being answered, by the client that asked.</summary>
        public ImmutableSortedDictionary<string, (TheftCampaign Campaign, AskVictim Ask)> Waiting { get; init; } =
            ImmutableSortedDictionary.Create<string, (TheftCampaign, AskVictim)>(StringComparer.Ordinal);

        public ImmutableSortedDictionary<CloneId, TheftEntry> Entries { get; init; } =
            ImmutableSortedDictionary<CloneId, TheftEntry>.Empty;

        public bool IsEnded { get; init; }
    }
}
