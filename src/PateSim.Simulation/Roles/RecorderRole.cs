using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;

namespace PateSim.Simulation.Roles;

/// <summary>Keeps the facts of a run, tells how far it is, and makes the record when it is sealed.</summary>
public sealed class RecorderRole : IRole
{
    private readonly RunSetup _setup;
    private readonly ProgressCount _count;

    public RecorderRole(RunSetup setup)
        : this(setup, ProgressCount.Of(setup), null)
    {
    }

    private RecorderRole(RunSetup setup, ProgressCount count, RunRecord? record) =>
        (_setup, _count, Record) = (setup, count, record);

    public RoleId Id => RoleId.Recorder;

    /// <summary>The run's record once it is sealed; null before.</summary>
    public RunRecord? Record { get; }

    public RunProgress Progress => _count.Progress;

    public RoleTurn Receive(IMessage message) => message switch
    {
        _ when Record is not null => RoleTurn.Of(this),
        RecorderProtocol.Record record => RoleTurn.Of(new RecorderRole(_setup, _count.With(record.Fact), null)),
        RecorderProtocol.Seal seal => RoleTurn.Of(
            new RecorderRole(_setup, _count, RecordBuilder.Build(_setup, seal.Status, seal.Reason, seal.Facts))),
        _ => RoleTurn.Unhandled(this),
    };
}
