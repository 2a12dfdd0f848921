using PateSim.Learning;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Work;

namespace PateSim.Simulation.Roles;

/// <summary>
/// A hospital: it holds its own records and its teacher, and lets nothing out but votes. Of the rest of the federation
/// it knows the public set alone.
/// </summary>
public sealed class HospitalRole : IRole
{
    private readonly HospitalSetup _setup;
    private readonly bool _isTraining;
    private readonly IClassifier? _teacher;
    private readonly IMessage? _outcome;

    public HospitalRole(HospitalSetup setup) => _setup = setup;

    private HospitalRole(HospitalSetup setup, bool isTraining, IClassifier? teacher, IMessage? outcome) =>
        (_setup, _isTraining, _teacher, _outcome) = (setup, isTraining, teacher, outcome);

    public RoleId Id => RoleId.Hospital(_setup.Index);

    public RoleTurn Receive(IMessage message) => message switch
    {
        HospitalProtocol.TrainTeacher command when command.Run != _setup.Run => RoleTurn.Of(this),
        HospitalProtocol.TrainTeacher => Train(),
        TeacherFitted fitted => Trained(fitted),
        WorkFailed { Work: FitTeacher } failed => Failed(failed.Reason),
        HospitalProtocol.CastVotes command when command.Run != _setup.Run => RoleTurn.Of(this),
        HospitalProtocol.CastVotes command => Vote(command),
        VotesReady ready => RoleTurn.Of(this, new Envelope(RoleId.Aggregator, ready.Votes)),
        WorkFailed { Work: CountVotes work } failed => Refuse(work.Batch, failed.Reason),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Train()
    {
        if (_outcome is not null) return RoleTurn.Of(this, new Envelope(RoleId.Coordinator, _outcome));
        if (_isTraining) return RoleTurn.Of(this);
        return RoleTurn.Working(new HospitalRole(_setup, true, null, null), new FitTeacher(_setup));
    }

    private RoleTurn Trained(TeacherFitted fitted) => Finish(
        fitted.Teacher, new HospitalProtocol.TeacherTrained(_setup.Run, _setup.Index, fitted.Alone)
        {
            Note = fitted.Teacher is IDiagnosedClassifier diagnosed ? diagnosed.Diagnostics.Note : "",
        });

    private RoleTurn Failed(string reason) => Finish(
        null, new HospitalProtocol.TeacherFailed(_setup.Run, _setup.Index, reason));

    private RoleTurn Finish(IClassifier? teacher, IMessage outcome) => RoleTurn.Of(
        new HospitalRole(_setup, false, teacher, outcome), new Envelope(RoleId.Coordinator, outcome));

    private RoleTurn Vote(HospitalProtocol.CastVotes command) => _teacher is null
        ? Refuse(command.Batch, "The hospital has no teacher.")
        : RoleTurn.Working(this, new CountVotes(_setup, _teacher, command.Batch, command.Records));

    private RoleTurn Refuse(int batch, string reason) => RoleTurn.Of(this, new Envelope(
        RoleId.Aggregator, new HospitalProtocol.VotesRefused(_setup.Run, batch, _setup.Index, reason)));
}
