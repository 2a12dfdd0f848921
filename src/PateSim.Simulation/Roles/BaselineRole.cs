using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Work;

namespace PateSim.Simulation.Roles;

/// <summary>What the owner of a baseline works with.</summary>
/// <param name="Index">Place among the run's baselines.</param>
/// <param name="Headline">The run's releasable ε after these answers; null where there is none.</param>
/// <param name="Test">The held-out set of the simulation.</param>
public sealed record BaselineSetup(
    RunId Run,
    int Index,
    Chosen<IBaseline> Baseline,
    ImmutableArray<LabelledData> Hospitals,
    Func<LabelledData> Pooled,
    Func<ImmutableArray<AnswersFact>, EpsilonEntry?> Headline,
    LabelledData Test,
    RandomKey Key);

/// <summary>Trains one baseline and measures it. It opens no service: nobody can query it.</summary>
public sealed class BaselineRole : IRole
{
    private readonly BaselineSetup _setup;
    private readonly bool _isStarted;

    public BaselineRole(BaselineSetup setup)
        : this(setup, false)
    {
    }

    private BaselineRole(BaselineSetup setup, bool isStarted) => (_setup, _isStarted) = (setup, isStarted);

    public RoleId Id => RoleId.Baseline(_setup.Index);

    public RoleTurn Receive(IMessage message) => message switch
    {
        BaselineProtocol.TrainBaseline command when _isStarted || command.Run != _setup.Run => RoleTurn.Of(this),
        BaselineProtocol.TrainBaseline command => RoleTurn.Working(
            new BaselineRole(_setup, true), new FitBaseline(_setup, command.Rounds)),
        BaselineFitted fitted => RoleTurn.Of(this, new Envelope(RoleId.Coordinator, fitted.Ended)),
        WorkFailed { Work: FitBaseline } failed => RoleTurn.Of(this, new Envelope(
            RoleId.Coordinator, new BaselineProtocol.BaselineEnded(
                _setup.Run, _setup.Index,
                new BaselineReport(_setup.Baseline.Name, "", null, failed.Reason), null))),
        _ => RoleTurn.Unhandled(this),
    };
}
