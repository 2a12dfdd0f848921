using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Attacks;

/// <summary>
/// All that an attack does to its victims, before any of it is done: independent campaigns, each of which becomes
/// independent clone jobs once its answers are there.
/// </summary>
/// <remarks>
/// Work = collect(campaign) for each campaign, then run(job) for each job; results carry their
/// <see cref="CloneId"/>, so that no order of the work can change them. Campaigns share their key: a thief that does
/// not adapt asks every victim the same records in the same order, and differences between victims are paired.
/// </remarks>
/// <param name="Campaigns">In the order of victims given, then of exposures.</param>
/// <param name="Omitted">Pairs of victim and exposure that do not exist, to be shown and not passed over.</param>
public sealed record TheftPlan(
    string Attack, ImmutableArray<TheftCampaign> Campaigns, ImmutableArray<OmittedCampaign> Omitted)
{
    /// <param name="attack">The attack's name in its catalog.</param>
    /// <param name="victims">Name and available exposures of each victim; names are distinct.</param>
    /// <param name="poolSize">The number of records that the thief holds.</param>
    /// <param name="key">The address of the attack's randomness.</param>
    /// <exception cref="OptionException">The attack is impossible with this pool and learner: the first obstacle, found
    /// before any query or training. <see cref="IThief.Validate"/> gives them all.</exception>
    public static TheftPlan Create(
        string attack, IThief thief, IReadOnlyList<VictimOffer> victims, int poolSize, ILearner cloneLearner,
        RandomKey key)
    {
        var repeated = victims.GroupBy(victim => victim.Name).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
            throw new ArgumentException($"The victim '{repeated.Key}' stands twice.", nameof(victims));
        var obstacles = thief.Validate(poolSize, cloneLearner);
        if (!obstacles.IsEmpty) throw new OptionException(obstacles[0].Option, obstacles[0].Message);
        var pairs = victims.SelectMany(victim => thief.Exposures, (victim, exposure) => (victim, exposure)).ToList();
        return new TheftPlan(
            attack,
            [
                .. pairs.Where(pair => pair.victim.Exposures.Contains(pair.exposure)).Select(pair =>
                    new TheftCampaign(attack, pair.victim.Name, pair.exposure, thief, cloneLearner, key)),
            ],
            [
                .. pairs.Where(pair => !pair.victim.Exposures.Contains(pair.exposure))
                    .Select(pair => new OmittedCampaign(attack, pair.victim.Name, pair.exposure)),
            ]);
    }
}

/// <summary>What a plan needs to know of a victim, which need not be trained yet.</summary>
public sealed record VictimOffer(string Name, ImmutableArray<Exposure> Exposures)
{
    /// <summary>A served model, with every exposure.</summary>
    public static VictimOffer Served(string name) => new(name, Exposure.All);

    /// <summary>The labeller, with labels only.</summary>
    public static VictimOffer NoVictim { get; } = new(VictimNames.None, [Exposure.Label]);
}

/// <summary>A campaign that does not exist because its victim has no such exposure.</summary>
public sealed record OmittedCampaign(string Attack, string Victim, Exposure Exposure)
{
    public string Reason => $"'{Victim}' has no exposure '{Exposure}'.";
}
