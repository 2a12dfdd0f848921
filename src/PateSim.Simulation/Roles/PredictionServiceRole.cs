using PateSim.Simulation.Protocol;
using PateSim.Theft.Gateways;

namespace PateSim.Simulation.Roles;

/// <summary>The one door to a served model: every record asked is counted here, whoever asks.</summary>
public sealed class PredictionServiceRole : IRole
{
    private readonly RunId _run;
    private readonly ModelKind _model;
    private readonly Gateway _gateway;
    private readonly GatewayState _state;

    public PredictionServiceRole(RunId run, ModelKind model, Gateway gateway)
        : this(run, model, gateway, gateway.Start())
    {
    }

    private PredictionServiceRole(RunId run, ModelKind model, Gateway gateway, GatewayState state) =>
        (_run, _model, _gateway, _state) = (run, model, gateway, state);

    public RoleId Id => RoleId.PredictionService(_model);

    public RoleTurn Receive(IMessage message) => message switch
    {
        AttackProtocol.Predict request when request.Run != _run => RoleTurn.Of(this),
        AttackProtocol.Predict request => Decide(request),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Decide(AttackProtocol.Predict request)
    {
        var decision = _gateway.Decide(_state, request.Request);
        return RoleTurn.Of(
            new PredictionServiceRole(_run, _model, _gateway, decision.State),
            new Envelope(
                request.ReplyTo, new AttackProtocol.Replied(_run, Id, request.Request.Client, decision.Reply)));
    }
}
