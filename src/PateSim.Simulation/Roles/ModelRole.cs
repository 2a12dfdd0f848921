using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Work;
using PateSim.Theft.Gateways;

namespace PateSim.Simulation.Roles;

/// <summary>What the owner of a served model works with.</summary>
/// <param name="PublicRecords">The de-identified public set: the student's inputs.</param>
/// <param name="PooledRecords">All private records together, made when asked for; the student has none. Only a
/// simulation can have them.</param>
/// <param name="Test">The held-out set of the simulation.</param>
/// <param name="Policy">Who may query the model, and what is answered.</param>
public sealed record ModelSetup(
    RunId Run,
    ModelKind Model,
    ILearner Learner,
    PublicRecords PublicRecords,
    Func<LabelledData>? PooledRecords,
    LabelledData Test,
    PredictionPolicy Policy,
    RandomKey Key)
{
    /// <summary>How the model is to be saved for use elsewhere; null where it is not, as for the pooled model, which knows
    /// every patient.</summary>
    public Publication? Publication { get; init; }

    /// <summary>Public records with the aggregator's labels.</summary>
    /// <param name="records">Positions in the public set, shape [n].</param>
    public LabelledData Labelled(ImmutableArray<int> records, ImmutableArray<int> labels) =>
        new(PublicRecords.Select(records), labels, Test.ClassCount);
}

/// <summary>What is saved with a model that is published.</summary>
/// <param name="Learner">Name of the component that trains it.</param>
/// <param name="Features">Names of the features.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Encoding">From records as they are written to features; null where that is not known.</param>
public sealed record Publication(
    string Learner, ImmutableArray<string> Features, ImmutableArray<string> Classes, RecordEncoding? Encoding);

/// <summary>
/// The owner of a served model, above all of the student: it trains the model once, measures it, and opens the
/// prediction service that users and thieves query.
/// </summary>
public sealed class ModelRole : IRole
{
    private readonly ModelSetup _setup;
    private readonly bool _isStarted;

    public ModelRole(ModelSetup setup)
        : this(setup, false)
    {
    }

    private ModelRole(ModelSetup setup, bool isStarted) => (_setup, _isStarted) = (setup, isStarted);

    public RoleId Id => RoleId.Model(_setup.Model);

    public RoleTurn Receive(IMessage message) => message switch
    {
        ModelProtocol.TrainStudent command when _setup.Model == ModelKind.Student => Train(
            command.Run, () => Labelled(command.Records, command.Labels)),
        ModelProtocol.PredictRound command when _setup.Model == ModelKind.Student => Predict(command),
        RoundReady ready => RoleTurn.Of(this, new Envelope(RoleId.Coordinator, ready.Predictions)),
        WorkFailed { Work: PredictRecords } failed => RoleTurn.Of(this, new Envelope(
            RoleId.Coordinator, new ModelProtocol.ModelFailed(_setup.Run, _setup.Model, failed.Reason))),
        ModelProtocol.TrainPooled command when _setup.PooledRecords is { } records => Train(command.Run, records),
        ModelFitted fitted => Serve(fitted),
        WorkFailed { Work: FitModel } failed => RoleTurn.Of(this, new Envelope(
            RoleId.Coordinator, new ModelProtocol.ModelFailed(_setup.Run, _setup.Model, failed.Reason))),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Train(RunId run, Func<LabelledData> records) => _isStarted || run != _setup.Run
        ? RoleTurn.Of(this)
        : RoleTurn.Working(new ModelRole(_setup, true), new FitModel(_setup, records));

    private RoleTurn Predict(ModelProtocol.PredictRound command) => _isStarted || command.Run != _setup.Run
        ? RoleTurn.Of(this)
        : RoleTurn.Working(this, new PredictRecords(_setup, command));

    private RoleTurn Serve(ModelFitted fitted)
    {
        var gateway = new Gateway(_setup.Policy, fitted.Classifier);
        var service = new PredictionServiceRole(_setup.Run, _setup.Model, gateway);
        var trained = new ModelProtocol.ModelTrained(
            _setup.Run, _setup.Model, fitted.Accuracy, fitted.TestPredictions, fitted.Files);
        return new RoleTurn(this, [new Envelope(RoleId.Coordinator, trained)], [], [service]);
    }

    private LabelledData Labelled(ImmutableArray<int> records, ImmutableArray<int> labels) =>
        _setup.Labelled(records, labels);
}
